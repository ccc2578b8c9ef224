import { promptsOf, scenariosOf } from '../catalogue/course-content.ts';
import type { Catalogue } from '../catalogue/shapes.ts';
import { gradeParticipation } from '../grading/participation.ts';
import { hundredths } from '../grading/policy.ts';
import { rubricMax } from '../grading/rubric.ts';
import type { PromptRule, RuleSet, ScenarioRule } from '../grading/rule-set.ts';
import type { ActivityKind, GradeRow } from './store.ts';

/** What is graded. Max in 1/100 point: of all that can be earned, and of what is graded automatically. */
export type Activity = { kind: ActivityKind; id: string; max: number; autoMax: number };

/** A voided scenario's key counts for nobody, so it adds nothing to anybody's maximum; what is marked by hand stays. */
const autoMaxOf = ({ points, treat }: ScenarioRule): number => (treat === 'void' ? 0 : hundredths(points));

const activityOf = (kind: ActivityKind, id: string, autoMax: number, rule: ScenarioRule | PromptRule): Activity => ({
  kind,
  id,
  autoMax,
  max: autoMax + rubricMax(rule),
});

/** The rule of an activity, if there is one. */
export const ruleOf = (ruleSet: RuleSet, kind: string, activity: string): ScenarioRule | PromptRule | undefined => {
  const rules = kind === 'scenario' ? ruleSet.scenarios : kind === 'prompt' ? ruleSet.prompts : {};
  return Object.hasOwn(rules, activity) ? rules[activity] : undefined;
};

/** Everything that is graded under a rule set, in the order of the units. */
export const activitiesOf = (catalogue: Catalogue, ruleSet: RuleSet): Activity[] => {
  const { scenarios: rules, prompts: promptRules } = ruleSet;
  const scenarios = scenariosOf(catalogue, ruleSet).filter(({ id }) => Object.hasOwn(rules, id));
  const prompts = promptsOf(catalogue, ruleSet).filter(({ id }) => Object.hasOwn(promptRules, id));
  return catalogue.units.flatMap((unit) => [
    ...scenarios
      .filter((one) => one.unit === unit.id)
      .map(({ id }) => activityOf('scenario', id, autoMaxOf(rules[id]!), rules[id]!)),
    ...prompts
      .filter((one) => one.unit === unit.id)
      .map(({ id }) => activityOf('prompt', id, gradeParticipation(promptRules[id]!, {}).max, promptRules[id]!)),
  ]);
};

export type Effective = { points: number | null; source: 'auto' | 'override' | 'rubric' | null };

/**
 * The grade that counts: the override while there is one, else what the attempts or the participation earned and what
 * was marked by hand. `effectivePoints` in `store.ts` is the same in SQL.
 */
export const effectiveGrade = (row: Pick<GradeRow, 'auto' | 'override' | 'rubric'> | undefined): Effective => {
  if (row === undefined) return { points: null, source: null };
  const { auto, override, rubric } = row;
  if (override !== null) return { points: override, source: 'override' };
  if (auto !== null) return { points: auto + (rubric ?? 0), source: 'auto' };
  return { points: rubric, source: rubric === null ? null : 'rubric' };
};
