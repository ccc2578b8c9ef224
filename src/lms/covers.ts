import { promptsOf, scenariosOf } from '../catalogue/course-content.ts';
import type { Catalogue } from '../catalogue/shapes.ts';
import { rubricMax } from '../grading/rubric.ts';
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

/** What everything that can be placed covers under these rules, by `kind:activity`. */
export const coversUnder = (catalogue: Catalogue, ruleSet: RuleSet): Record<string, string[]> => {
  const all: Content[] = [
    ...catalogue.units.map(({ id }) => ({ kind: 'unit' as const, activity: id })),
    ...Object.keys(ruleSet.scenarios).map((activity) => ({ kind: 'scenario' as const, activity })),
    ...Object.keys(ruleSet.prompts).map((activity) => ({ kind: 'prompt' as const, activity })),
  ];
  return Object.fromEntries(all.map((one) => [`${one.kind}:${one.activity}`, coversOf(catalogue, ruleSet, one)]));
};

/** What can be marked by hand under these rules (1/100 point), by `kind:activity`, where anything can. */
export const rubricsUnder = ({ scenarios, prompts }: RuleSet): Record<string, number> => {
  const all = [
    ...Object.entries(scenarios).map(([id, rule]) => [`scenario:${id}`, rubricMax(rule)] as const),
    ...Object.entries(prompts).map(([id, rule]) => [`prompt:${id}`, rubricMax(rule)] as const),
  ];
  return Object.fromEntries(all.filter(([, max]) => max > 0));
};
