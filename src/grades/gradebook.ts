import { promptsOf, scenariosOf } from '../catalogue/course-content.ts';
import type { Catalogue } from '../catalogue/shapes.ts';
import { gradeParticipation } from '../grading/participation.ts';
import { hundredths, pointsOf } from '../grading/policy.ts';
import type { RuleSet, ScenarioRule } from '../grading/rule-set.ts';
import type { ActivityKind, GradeRow } from './store.ts';

export type Activity = { kind: ActivityKind; id: string; max: number };

/** A voided scenario counts for nobody, so it adds nothing to anybody's maximum. */
const maxOf = ({ points, treat }: ScenarioRule): number => (treat === 'void' ? 0 : hundredths(points));

/** Everything that is graded under a rule set, in the order of the units. Max in 1/100 point. */
export const activitiesOf = (catalogue: Catalogue, ruleSet: RuleSet): Activity[] => {
  const scenarios = scenariosOf(catalogue, ruleSet).filter(({ id }) => Object.hasOwn(ruleSet.scenarios, id));
  const prompts = promptsOf(catalogue, ruleSet).filter(({ id }) => Object.hasOwn(ruleSet.prompts, id));
  return catalogue.units.flatMap((unit) => [
    ...scenarios
      .filter((one) => one.unit === unit.id)
      .map(({ id }) => ({ kind: 'scenario' as const, id, max: maxOf(ruleSet.scenarios[id]!) })),
    ...prompts
      .filter((one) => one.unit === unit.id)
      .map(({ id }) => ({ kind: 'prompt' as const, id, max: gradeParticipation(ruleSet.prompts[id]!, {}).max })),
  ]);
};

export type Effective = { points: number | null; source: 'auto' | 'override' | null };

/** The grade that counts: the override while there is one, else what the attempts or the participation earned and what was given by hand. */
export const effectiveGrade = (row: Pick<GradeRow, 'auto' | 'override' | 'rubric'> | undefined): Effective => {
  if (row === undefined) return { points: null, source: null };
  if (row.override !== null) return { points: row.override, source: 'override' };
  const points = row.auto === null ? row.rubric : row.auto + (row.rubric ?? 0);
  return { points, source: points === null ? null : 'auto' };
};

/** Grades for JSON: every activity, also those without a grade yet (`null`, which is not 0), and the sums. */
export const gradesBody = (activities: readonly Activity[], rows: readonly GradeRow[]) => {
  const byActivity = new Map(rows.map((row) => [`${row.kind} ${row.activity}`, row]));
  const grades = activities.map((activity) => {
    const row = byActivity.get(`${activity.kind} ${activity.id}`);
    return { ...activity, ...effectiveGrade(row), eventId: row?.eventId ?? null };
  });
  const sum = (values: (number | null)[]) => pointsOf(values.reduce<number>((total, one) => total + (one ?? 0), 0));
  return {
    items: grades.map(({ kind, id, points, max, source, eventId }) => ({
      activity: { kind, id },
      points: pointsOf(points),
      max: pointsOf(max),
      source,
      gradeEvent: eventId,
      lms: null,
    })),
    points: sum(grades.map(({ points }) => points)),
    max: sum(grades.map(({ max }) => max)),
  };
};
