import type { Catalogue } from '../src/catalogue/shapes.ts';
import { countWords } from '../src/grading/count-words.ts';
import { floorOf } from '../src/grading/participation.ts';
import type { PromptRule } from '../src/grading/rule-set.ts';
import type { Demo } from './seed.ts';

/** A request to try, as the demo prints it. */
export type DemoLine = { title: string; path: string; body?: Record<string, unknown> };

const onTwoJobs =
  'I think they are two jobs that share their tools. Honea lets the social media manager place a notice and then step ' +
  'back, while the community manager stays for whatever people say next, and hears first when a customer is unhappy. ' +
  'Those are different days with different worries, so one title for both hides half of the work. Where only one ' +
  'person can be hired, I would still write down which of the two jobs comes first.';

/** A post that meets a prompt's floor, whatever the module is about. */
const firstThought = (rule: PromptRule | undefined, claims: Catalogue['claims']) => {
  const floor = floorOf(rule ?? { criteria: [] });
  const sentence = 'This is a first thought about the question, to be made better. ';
  return {
    claims: Object.keys(claims).slice(0, floor.claims),
    body: sentence.repeat(Math.ceil(floor.words / countWords(sentence))).trim(),
  };
};

/** Read a unit, answer a scenario, post to a discussion: of this module as it is meant, of any other its first of each. */
export const demoLines = (
  { COURSE }: Pick<Demo, 'COURSE'>,
  { module, units, scenarios, prompts, claims, rules }: Catalogue,
): DemoLine[] => {
  const ours = module.id === 'cmgrclass';
  const scenario = ours && scenarios.S28 ? 'S28' : Object.keys(scenarios)[0];
  const prompt = ours && prompts['Q000.1'] ? 'Q000.1' : Object.keys(prompts)[0];
  const entry =
    scenario === undefined ? undefined : rules.ruleSet.scenarios[scenario]?.accepts.find(({ needs }) => needs);
  const cited = entry?.needs ? ('any' in entry.needs ? entry.needs.any.slice(0, 1) : entry.needs.all) : [];
  const course = `/v1/courses/${COURSE}`;
  return [
    { title: 'Read a unit', path: `/v1/units/${ours ? '4' : units[0]?.id}` },
    ...(scenario === undefined
      ? []
      : [
          {
            title: 'Answer a scenario: a role, and a claim in the readings that licenses it',
            path: `${course}/scenarios/${scenario}/answers`,
            body: { role: entry?.role ?? module.roles[0]!.id, claims: cited },
          },
        ]),
    ...(prompt === undefined
      ? []
      : [
          {
            title: 'Post to a discussion; then you see what the others wrote',
            path: `${course}/prompts/${prompt}/posts`,
            body: ours
              ? { role: 'cm', claims: ['001.13'], body: onTwoJobs }
              : firstThought(rules.ruleSet.prompts[prompt], claims),
          },
        ]),
  ];
};
