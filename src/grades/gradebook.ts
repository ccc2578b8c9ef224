import type { Catalogue } from '../catalogue/shapes.ts';
import { gradeParticipation } from '../grading/participation.ts';
import { hundredths, pointsOf } from '../grading/policy.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import type { ActivityKind, GradeRow } from './store.ts';

export type Activity = { kind: ActivityKind; id: string; max: number };

/** Everything that is graded under a rule set, in the order of the units. Max in 1/100 point. */
export const activitiesOf = ({ units }: Catalogue, ruleSet: RuleSet): Activity[] =>
  units.flatMap(({ scenarios, prompts }) => [
    ...scenarios
      .filter((id) => Object.hasOwn(ruleSet.scenarios, id))
      .map((id) => ({ kind: 'scenario' as const, id, max: hundredths(ruleSet.scenarios[id]!.points) })),
    ...prompts
      .filter((id) => Object.hasOwn(ruleSet.prompts, id))
      .map((id) => ({ kind: 'prompt' as const, id, max: gradeParticipation(ruleSet.prompts[id]!, {}).max })),
  ]);

export type Effective = { points: number | null; source: 'auto' | 'override' | null };

/** The grade that counts: the override while there is one, else what the attempts or the participation earned. */
export const effectiveGrade = (row: Pick<GradeRow, 'auto' | 'override'> | undefined): Effective =>
  row === undefined
    ? { points: null, source: null }
    : row.override !== null
      ? { points: row.override, source: 'override' }
      : { points: row.auto, source: row.auto === null ? null : 'auto' };

/** Grades for JSON: every activity, also those without a grade yet (`null`, which is not 0), and the sums. */
export const gradesBody = (activities: readonly Activity[], rows: readonly GradeRow[]) => {
  const items = activities.map(({ kind, id, max }) => {
    const grade = effectiveGrade(rows.find((row) => row.kind === kind && row.activity === id));
    return {
      activity: { kind, id },
      points: pointsOf(grade.points),
      max: pointsOf(max),
      source: grade.source,
      lms: null,
    };
  });
  const sum = (values: (number | null)[]) =>
    pointsOf(values.reduce<number>((total, one) => total + hundredths(one ?? 0), 0));
  return { items, points: sum(items.map(({ points }) => points)), max: sum(items.map(({ max }) => max)) };
};
