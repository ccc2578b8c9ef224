import type { LineFault } from '../csv.ts';
import { pointsOf } from '../grading/policy.ts';
import type { EditedRow } from './csv.ts';
import { type Activity, effectiveGrade } from './gradebook.ts';
import type { GradeRow } from './store.ts';

/** What the database takes in one go. */
const MAX_CHANGES = 10_000;

/** A grade as it stands: `latest` is its newest event, `updatedAt` when that was (ms). */
export type PresentGrade = Pick<GradeRow, 'kind' | 'activity' | 'auto' | 'override' | 'rubric'> & {
  latest: string;
  updatedAt: number;
};

/** Somebody in the course, with all their grades. */
export type PresentPerson = { id: string; externalId: string; grades: readonly PresentGrade[] };

/** A changed cell: an override, or an emptied one that lifts it. Points in 1/100; `latest` null: there is no grade yet. */
export type GradeChange = {
  line: number;
  person: string;
  activity: Activity;
  from: number | null;
  to: number | null;
  kind: 'override' | 'lift';
  latest: string | null;
};

export type GradebookPlan = { changes: GradeChange[]; same: number };

const changeOf = (
  line: number,
  person: string,
  { activity, points }: EditedRow['cells'][number],
  row?: PresentGrade,
) => {
  const from = effectiveGrade(row).points;
  const change = { line, person, activity, from, latest: row?.latest ?? null };
  if (points === from) return null;
  if (points !== null) return { ...change, to: points, kind: 'override' as const };
  return row === undefined || row.override === null
    ? null
    : { ...change, to: effectiveGrade({ ...row, override: null }).points, kind: 'lift' as const };
};

/**
 * What an edited gradebook makes of the grades: a changed cell overrides, an emptied one lifts the override that there
 * is. A change of a grade that has moved since the row was read is `stale`, for nobody has seen what it would undo. Faults
 * come together with those `ofTheFile`. Pure: preview and import both carry out what it says.
 */
export const planGradebook = (
  rows: readonly EditedRow[],
  people: readonly PresentPerson[],
  ofTheFile: readonly LineFault[] = [],
): { plan: GradebookPlan } | { faults: LineFault[] } | { stale: LineFault[] } => {
  const byId = new Map(people.map((one) => [one.id, one]));
  const byExternalId = new Map(people.map((one) => [one.externalId, one]));
  const lineOf = new Map<string, number>();
  const faults = [...ofTheFile];
  const stale: LineFault[] = [];
  const plan: GradebookPlan = { changes: [], same: 0 };
  for (const { line, person, externalId, asOf, cells } of rows) {
    const one = person === null ? byExternalId.get(externalId ?? '') : byId.get(person);
    const fault = (detail: string) => faults.push({ line, detail });
    if (!one) {
      fault(`there is nobody ${person ?? externalId ?? 'without an id'} in the course`);
      continue;
    }
    if (externalId !== null && externalId !== one.externalId) fault(`${person} is not ${externalId}`);
    const first = lineOf.get(one.id);
    if (first !== undefined) fault(`the same person as in line ${first}`);
    lineOf.set(one.id, first ?? line);
    const grades = new Map(one.grades.map((row) => [`${row.kind} ${row.activity}`, row]));
    for (const cell of cells) {
      const row = grades.get(`${cell.activity.kind} ${cell.activity.id}`);
      const change = changeOf(line, one.id, cell, row);
      if (change === null) plan.same += 1;
      else plan.changes.push(change);
      if (change && row && asOf !== null && row.updatedAt > asOf)
        stale.push({ line, column: cell.activity.id, detail: `it is ${pointsOf(change.from) ?? 'no grade'} by now` });
    }
  }
  const tooMany = plan.changes[MAX_CHANGES];
  if (tooMany) faults.push({ line: tooMany.line, detail: `at most ${MAX_CHANGES} changed cells; split the file` });
  if (faults.length > 0) return { faults: faults.sort((a, b) => a.line - b.line) };
  return stale.length > 0 ? { stale } : { plan };
};
