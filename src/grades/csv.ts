import Papa from 'papaparse';
import { pointsOf } from '../grading/policy.ts';
import { type Activity, effectiveGrade } from './gradebook.ts';
import type { GradebookRow, GradeRow } from './store.ts';

/** The gradebook as CSV (RFC 4180): a row a person, a column an activity; no grade is an empty cell, zero is 0. */
export const gradebookCsv = (
  activities: readonly Activity[],
  people: readonly (Omit<GradebookRow, 'grades'> & { grades: GradeRow[] })[],
): string =>
  Papa.unparse(
    {
      fields: ['person', 'externalId', 'name', ...activities.map(({ id, max }) => `${id} (${pointsOf(max)})`), 'points'],
      data: people.map(({ id, externalId, name, grades }) => {
        const points = activities.map(
          (one) => effectiveGrade(grades.find((row) => row.kind === one.kind && row.activity === one.id)).points,
        );
        const sum = points.reduce<number>((total, one) => total + (one ?? 0), 0);
        return [id, externalId, name ?? '', ...points.map((one) => (one === null ? '' : pointsOf(one))), pointsOf(sum)];
      }),
    },
    { escapeFormulae: true, newline: '\r\n' },
  );
