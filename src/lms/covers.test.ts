import { expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { coversOf } from './covers.ts';

const { ruleSet } = catalogue.rules;
const unit = catalogue.units.find(({ id }) => id === '4')!;
const within = [...unit.scenarios.map((id) => `scenario:${id}`), ...unit.prompts.map((id) => `prompt:${id}`)];
const without = (scenario: string) => {
  const { [scenario]: _, ...scenarios } = ruleSet.scenarios;
  return { ...ruleSet, scenarios };
};

it.each([
  ['the course as a whole has no score', { kind: 'course', activity: '' }, ruleSet, []],
  ['a unit has what is within it', { kind: 'unit', activity: '4' }, ruleSet, within],
  ['a scenario has itself', { kind: 'scenario', activity: 'S29' }, ruleSet, ['scenario:S29']],
  ['a prompt has itself', { kind: 'prompt', activity: 'Q003.1' }, ruleSet, ['prompt:Q003.1']],
  ['what has no rule is not graded', { kind: 'scenario', activity: 'S29' }, without('S29'), []],
  ['what is not there is not either', { kind: 'unit', activity: '99' }, ruleSet, []],
] as const)('%s', (_what, content, rules, covers) => expect(coversOf(catalogue, rules, content)).toEqual(covers));
