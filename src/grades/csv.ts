import { inert, type LineFault, readTable, uninert, writeCsv } from '../csv.ts';
import { hundredths, pointsOf } from '../grading/policy.ts';
import { type Activity, effectiveGrade } from './gradebook.ts';
import { MAX_OVERRIDE } from './overrides.ts';
import type { GradebookRow, GradeRow } from './store.ts';

const MAX_PEOPLE = 1000;
const fixed = ['person', 'externalId', 'name', 'asOf', 'points'] as const;
type Fixed = (typeof fixed)[number];
/** The key of an activity's column: an activity may be called “name”. */
type Graded = `graded ${string}`;
const keyOf = (activity: string): Graded => `graded ${activity}`;

/** A time that no spreadsheet takes for a date, and then writes in its own way. */
const asOfCell = (ms: number) => `UTC ${new Date(ms).toISOString().slice(0, -1)}`;

const readAsOf = (cell: string): number => Date.parse(`${/^UTC (\S+)$/.exec(cell)?.[1]}Z`);

/**
 * The gradebook as CSV: a row a person, a column an activity; no grade is an empty cell, zero is 0. `asOf` says what the
 * grades were read (ms). Pages after the first come without the head, so that they can be put together.
 */
export const gradebookCsv = (
  activities: readonly Activity[],
  people: readonly (Pick<GradebookRow, 'id' | 'externalId' | 'name'> & { grades: readonly GradeRow[] })[],
  asOf: number,
  withHead: boolean,
): string => {
  const titles = activities.map(({ id, max }) => `${id} (${pointsOf(max)})`);
  const head = ['person', 'externalId', 'name', 'asOf', ...titles, 'points'];
  const rows = people.map(({ id, externalId, name, grades }) => {
    const points = activities.map(
      (one) => effectiveGrade(grades.find((row) => row.kind === one.kind && row.activity === one.id)).points,
    );
    const sum = points.reduce<number>((total, one) => total + (one ?? 0), 0);
    const cells = points.map((one) => (one === null ? '' : String(pointsOf(one))));
    return [id, inert(externalId), inert(name ?? ''), asOfCell(asOf), ...cells, String(pointsOf(sum))];
  });
  return writeCsv([...(withHead ? [head] : []), ...rows]);
};

/** How the gradebook's CSV is sent: as a file. */
export const gradebookFile = {
  type: 'text/csv; charset=utf-8',
  headers: { 'content-disposition': 'attachment; filename="gradebook.csv"' },
};

/** A person's row of an edited gradebook. Points in 1/100; `null`: the cell is empty. Activities without a cell are left out. */
export type EditedRow = {
  line: number;
  person: string | null;
  externalId: string | null;
  /** When the grades were read (ms), where the row says so. */
  asOf: number | null;
  cells: { activity: Activity; points: number | null }[];
};

/** Points (1/100) of a cell, or what is wrong with it. */
const pointsIn = (cell: string): number | null | string => {
  if (cell === '') return null;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(cell)) return `“${cell.slice(0, 40)}” is not a number; write 3.5`;
  const points = Number(cell);
  if (points < 0) return 'points are not negative';
  if (points > MAX_OVERRIDE) return `at most ${MAX_OVERRIDE} points`;
  return /\.\d\d\d*[1-9]/.test(cell) ? 'points have at most two decimals' : hundredths(points);
};

/**
 * Reads the gradebook's CSV, edited by hand: whole, or some of its rows and columns. Gives all that is wrong with it too;
 * where there is anything, the rows are only to be looked at for more.
 */
export const readGradebookCsv = (
  csv: string,
  activities: readonly Activity[],
): { rows: EditedRow[]; faults: LineFault[] } => {
  const table = readTable(csv, (title): Fixed | Graded | undefined => {
    const id = title.replace(/ \([\d.]+\)$/, '');
    return (
      fixed.find((column) => column.toLowerCase() === title.toLowerCase()) ??
      (activities.some((one) => one.id === id) ? keyOf(id) : undefined)
    );
  });
  const faults = [...table.faults];
  const named = table.columns.includes('person') || table.columns.includes('externalId');
  if (!named) faults.push({ line: 1, column: 'person', detail: 'the column is missing' });
  const rows = table.rows.map(({ line, cells }): EditedRow => {
    const text = (column: Fixed) => uninert(cells[column] ?? '') || null;
    const asOf = text('asOf') === null ? null : readAsOf(text('asOf')!);
    const fault = (column: string, detail: string) => faults.push({ line, column, detail });
    if (Number.isNaN(asOf)) fault('asOf', 'leave it as it was, or empty');
    return {
      line,
      person: text('person'),
      externalId: text('externalId'),
      asOf,
      cells: activities.flatMap((activity) => {
        const cell = cells[keyOf(activity.id)];
        if (cell === undefined) return [];
        const points = pointsIn(cell);
        if (typeof points !== 'string') return [{ activity, points }];
        fault(activity.id, points);
        return [];
      }),
    };
  });
  const tooMany = rows[MAX_PEOPLE];
  if (tooMany) faults.push({ line: tooMany.line, detail: `at most ${MAX_PEOPLE} people; split the file` });
  if (rows.length === 0 && faults.length === 0) faults.push({ line: 1, detail: 'there is nobody in it' });
  return { rows: named ? rows.slice(0, MAX_PEOPLE) : [], faults };
};
