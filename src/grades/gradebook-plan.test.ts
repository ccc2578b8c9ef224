import { describe, expect, it } from 'vitest';
import type { EditedRow } from './csv.ts';
import type { Activity } from './gradebook.ts';
import { type PresentGrade, type PresentPerson, planGradebook } from './gradebook-plan.ts';

const S01: Activity = { kind: 'scenario', id: 'S01', max: 600, autoMax: 400 };
const grade = (auto: number | null, override: number | null = null, rubric: number | null = null): PresentGrade => ({
  kind: 'scenario',
  activity: 'S01',
  auto,
  override,
  rubric,
  latest: 'event',
  updatedAt: 1000,
});
const ana = (row?: PresentGrade): PresentPerson => ({ id: 'p1', externalId: 'u1', grades: row ? [row] : [] });
const cell = (points: number | null, more: Partial<EditedRow> = {}): EditedRow => ({
  line: 2,
  person: 'p1',
  externalId: 'u1',
  asOf: null,
  cells: [{ activity: S01, points }],
  ...more,
});

describe('a cell', () => {
  it.each<
    [
      title: string,
      points: number | null,
      row: PresentGrade | undefined,
      kind: string | null,
      from: number | null,
      to: number | null,
    ]
  >([
    ['that was and is empty stays', null, undefined, null, null, null],
    ['equal to the automatic grade stays', 300, grade(300), null, null, null],
    ['equal to the automatic points and those by hand stays', 500, grade(300, null, 200), null, null, null],
    ['equal to the override stays', 100, grade(300, 100), null, null, null],
    ['of zero where there is no grade overrides', 0, undefined, 'override', null, 0],
    ['with other points overrides', 350, grade(300), 'override', 300, 350],
    ['with other points than the override overrides again', 350, grade(300, 100), 'override', 100, 350],
    ['equal to what lies under an override overrides still', 300, grade(300, 100), 'override', 100, 300],
    ['emptied where there is an override lifts it', null, grade(300, 100), 'lift', 100, 300],
    ['emptied over points by hand gives them back', null, grade(300, 100, 50), 'lift', 100, 350],
    ['emptied where nothing lies underneath leaves no grade', null, grade(null, 100), 'lift', 100, null],
    ['emptied where there is none changes nothing: what was earned stays', null, grade(300), null, null, null],
  ])('%s', (_title, points, row, kind, from, to) => {
    const decided = planGradebook([cell(points)], [ana(row)]);
    if (!('plan' in decided)) throw new Error(JSON.stringify(decided));
    const latest = row ? 'event' : null;
    const change = { line: 2, person: 'p1', activity: S01, from, to, kind, latest };
    expect(decided.plan).toEqual(kind === null ? { changes: [], same: 1 } : { changes: [change], same: 0 });
  });

  it.each<[title: string, asOf: number | null, points: number, stale: number]>([
    ['of a grade that moved after it was read is stale', 999, 350, 1],
    ['of a grade that did not is not', 1000, 350, 0],
    ['that changes nothing is not', 999, 300, 0],
    ['of a file that does not say when it was read is not', null, 350, 0],
  ])('%s', (_title, asOf, points, stale) => {
    const decided = planGradebook([cell(points, { asOf })], [ana(grade(300))]);
    expect('stale' in decided ? decided.stale.length : 0).toBe(stale);
  });
});

describe('a row', () => {
  it.each<[title: string, rows: EditedRow[], lines: number[]]>([
    ['of nobody in the course', [cell(1, { person: 'p9' })], [2]],
    ['of nobody at all', [cell(1, { person: null, externalId: null })], [2]],
    ['of a person with the id of another', [cell(1, { externalId: 'u9' })], [2]],
    ['of somebody who has one already', [cell(1), cell(2, { line: 3, person: null }), cell(2, { line: 4 })], [3, 4]],
  ])('%s is a fault', (_title, rows, lines) => {
    const decided = planGradebook(rows, [ana()]);
    expect('faults' in decided && decided.faults.map(({ line }) => line)).toEqual(lines);
  });

  it('that changes the ten thousand and first cell is a fault', () => {
    const many = { length: 10_001 };
    const people = Array.from(
      many,
      (_, index): PresentPerson => ({ id: `p${index}`, externalId: `u${index}`, grades: [] }),
    );
    const rows = people.map(({ id }, index) => cell(1, { line: index + 2, person: id, externalId: null }));
    const decided = planGradebook(rows, people);
    expect('faults' in decided && decided.faults.map(({ line }) => line)).toEqual([10_002]);
    expect(planGradebook(rows.slice(1), people)).toHaveProperty('plan');
  });

  it("may name its person by the institution's id alone, or by ours alone", () => {
    for (const names of [{ person: null }, { externalId: null }])
      expect(planGradebook([cell(1, names)], [ana()])).toMatchObject({ plan: { changes: [{ person: 'p1' }] } });
  });
});
