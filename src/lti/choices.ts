import { promptsOf, scenariosOf } from '../catalogue/course-content.ts';
import type { Catalogue } from '../catalogue/shapes.ts';
import { activitiesOf } from '../grades/gradebook.ts';
import { pointsOf } from '../grading/policy.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { coversOf } from '../lms/covers.ts';
import { lineItemTag, submissionReview } from '../lms/line-items.ts';
import { historyFields } from '../lms/tool.ts';

/** Something of a course that can become a link: its content id (`unit:4`), and what it can earn (1/100 point; 0: not graded). */
export type Choice = { id: string; title: string; max: number };
export type UnitChoices = { unit: Choice & { number: string }; scenarios: Choice[]; prompts: Choice[] };

/** Everything that a course has to link to, unit by unit, its own scenarios and prompts too. */
export const choicesOf = (catalogue: Catalogue, ruleSet: RuleSet): UnitChoices[] => {
  const max = new Map(activitiesOf(catalogue, ruleSet).map((one) => [`${one.kind}:${one.id}`, one.max]));
  const choice = (kind: 'unit' | 'scenario' | 'prompt', { id, title }: { id: string; title: string }): Choice => {
    const covers = coversOf(catalogue, ruleSet, { kind, activity: id });
    return { id: `${kind}:${id}`, title, max: covers.reduce((sum, one) => sum + (max.get(one) ?? 0), 0) };
  };
  const [scenarios, prompts] = [scenariosOf(catalogue, ruleSet), promptsOf(catalogue, ruleSet)];
  return catalogue.units.map((unit) => ({
    unit: { ...choice('unit', unit), number: unit.id },
    scenarios: scenarios.filter((one) => one.unit === unit.id).map((one) => choice('scenario', one)),
    prompts: prompts.filter((one) => one.unit === unit.id).map((one) => choice('prompt', one)),
  }));
};

/** Those of `ids` that the course has, in its order. */
export const chosenOf = (units: readonly UnitChoices[], ids: ReadonlySet<string>): Choice[] =>
  units.flatMap(({ unit, scenarios, prompts }) => [unit, ...scenarios, ...prompts]).filter(({ id }) => ids.has(id));

/**
 * A link to a choice (Deep Linking 2.0, 3.2). Every link has the one launch URL, for D2L and Blackboard take no query; what
 * it opens is in `custom`, and again in the line item, which is all that some platforms keep of it.
 */
export const contentItem = ({ id, title, max }: Choice, launchUrl: string, lineItems: boolean) => ({
  type: 'ltiResourceLink',
  title,
  url: launchUrl,
  custom: { content_id: id, ...historyFields },
  ...(lineItems && max > 0
    ? {
        lineItem: {
          scoreMaximum: pointsOf(max),
          label: title,
          resourceId: id,
          tag: lineItemTag,
          submissionReview,
        },
      }
    : {}),
});
