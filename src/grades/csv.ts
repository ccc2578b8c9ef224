import { csvFormatRow } from 'd3-dsv';
import { pointsOf } from '../grading/policy.ts';
import { type Activity, effectiveGrade } from './gradebook.ts';
import type { GradebookRow, GradeRow } from './store.ts';

/** A text that no spreadsheet takes for a formula (OWASP, CSV Injection). */
const inert = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/**
 * The gradebook as CSV (RFC 4180): a row a person, a column an activity; no grade is an empty cell, zero is 0. Pages
 * after the first come without the head, so that they can be put together.
 */
export const gradebookCsv = (
  activities: readonly Activity[],
  people: readonly (Omit<GradebookRow, 'grades'> & { grades: GradeRow[] })[],
  withHead: boolean,
): string => {
  const titles = activities.map(({ id, max }) => `${id} (${pointsOf(max)})`);
  const head = ['person', 'externalId', 'name', ...titles, 'points'];
  const rows = people.map(({ id, externalId, name, grades }) => {
    const points = activities.map(
      (one) => effectiveGrade(grades.find((row) => row.kind === one.kind && row.activity === one.id)).points,
    );
    const sum = points.reduce<number>((total, one) => total + (one ?? 0), 0);
    const cells = points.map((one) => (one === null ? '' : String(pointsOf(one))));
    return [id, inert(externalId), inert(name ?? ''), ...cells, String(pointsOf(sum))];
  });
  return [...(withHead ? [head] : []), ...rows].map((row) => `${csvFormatRow(row)}\r\n`).join('');
};
