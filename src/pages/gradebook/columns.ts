import { promptsOf, scenariosOf } from '../../catalogue/course-content.ts';
import type { Catalogue } from '../../catalogue/shapes.ts';
import type { gradesBody } from '../../grades/grade-body.ts';
import { activitiesOf, ruleOf } from '../../grades/gradebook.ts';
import { type InLms, lmsBody } from '../../grades/lms-state.ts';
import type { LateRow } from '../../grades/store.ts';
import { pointsOf } from '../../grading/policy.ts';
import type { RuleSet } from '../../grading/rule-set.ts';
import type { CellRead } from './cell-words.ts';

/** An activity as the gradebook shows it. `max` in JSON's points; `rubric`: people mark it by hand too. */
export type Column = {
  kind: 'scenario' | 'prompt';
  id: string;
  unit: string;
  title: string;
  max: number;
  rubric: boolean;
};

/** The units with what is graded in each, in the course's order; units without a graded activity are left out. */
export const columnsOf = (catalogue: Catalogue, ruleSet: RuleSet) => {
  const known = new Map<string, { unit: string; title: string }>(
    [
      ...scenariosOf(catalogue, ruleSet).map((one) => [`scenario:${one.id}`, one] as const),
      ...promptsOf(catalogue, ruleSet).map((one) => [`prompt:${one.id}`, one] as const),
    ].map(([key, { unit, title }]) => [key, { unit, title }]),
  );
  const columns = activitiesOf(catalogue, ruleSet).map(({ kind, id, max }) => ({
    ...known.get(`${kind}:${id}`)!,
    kind: kind as Column['kind'],
    id,
    max: pointsOf(max),
    rubric: ruleOf(ruleSet, kind, id)?.rubric !== undefined,
  }));
  return catalogue.units
    .map(({ id, title }) => ({ id, title, columns: columns.filter(({ unit }) => unit === id) }))
    .filter((unit) => unit.columns.length > 0);
};

export type UnitColumns = ReturnType<typeof columnsOf>[number];

type Graded = { items: ReturnType<typeof gradesBody>['items']; lms: ReadonlyMap<string, InLms> | undefined };

/** A person's cells, by `kind:activity`, and of a whole unit. `late`: the scenarios of theirs that came late. */
export const cellsOf = ({ items, lms }: Graded, late: readonly LateRow[]) => {
  const grades = new Map(items.map((one) => [`${one.activity.kind}:${one.activity.id}`, one]));
  const isLate = new Set(late.map(({ scenario }) => `scenario:${scenario}`));
  const standingOf = ({ kind, id }: Column) => grades.get(`${kind}:${id}`)?.lms ?? null;
  const of = ({ kind, id, rubric, max }: Column): CellRead => {
    const key = `${kind}:${id}`;
    const grade = grades.get(key);
    return {
      points: grade?.points ?? null,
      max: grade?.max ?? max,
      byHand: grade?.source === 'override',
      late: isLate.has(key),
      needsRubric: rubric && grade?.source === 'auto' && grade.rubric === null,
      lms: grade?.lms?.state ?? null,
    };
  };
  const ofUnit = ({ id, columns }: Pick<UnitColumns, 'id' | 'columns'>): CellRead => {
    const cells = columns.map(of);
    const graded = cells.flatMap(({ points }) => (points === null ? [] : [points]));
    const sum = (values: readonly number[]) => Math.round(values.reduce((a, b) => a + b, 0) * 100) / 100;
    return {
      points: graded.length === 0 ? null : sum(graded),
      max: sum(cells.map(({ max }) => max)),
      byHand: cells.some(({ byHand }) => byHand),
      late: cells.some((one) => one.late),
      needsRubric: cells.some(({ needsRubric }) => needsRubric),
      lms: lmsBody('unit', id, lms)?.state ?? null,
    };
  };
  return { of, ofUnit, standingOf };
};

export type Cells = ReturnType<typeof cellsOf>;
