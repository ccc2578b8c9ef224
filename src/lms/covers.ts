import { promptsOf, scenariosOf } from '../catalogue/course-content.ts';
import type { Catalogue } from '../catalogue/shapes.ts';
import type { RuleSet } from '../grading/rule-set.ts';

/** What can be placed in an LMS: the whole course (activity ''), or one thing of it. */
export type Content = { kind: 'course' | 'unit' | 'scenario' | 'prompt'; activity: string };

export const wholeCourse: Content = { kind: 'course', activity: '' };

/** The graded activities (`scenario:S29`) whose points make a placement's score: a unit has those within it. */
export const coversOf = (catalogue: Catalogue, ruleSet: RuleSet, { kind, activity }: Content): string[] => {
  const isWithin = (one: { id: string; unit: string }, own: Content['kind']) =>
    kind === 'unit' ? one.unit === activity : kind === own && one.id === activity;
  const graded = (record: Readonly<Record<string, unknown>>, id: string) => Object.hasOwn(record, id);
  return [
    ...scenariosOf(catalogue, ruleSet)
      .filter((one) => isWithin(one, 'scenario') && graded(ruleSet.scenarios, one.id))
      .map(({ id }) => `scenario:${id}`),
    ...promptsOf(catalogue, ruleSet)
      .filter((one) => isWithin(one, 'prompt') && graded(ruleSet.prompts, one.id))
      .map(({ id }) => `prompt:${id}`),
  ];
};
