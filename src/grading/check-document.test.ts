import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { knownOf } from '../catalogue/course-content.ts';
import { checkDocument } from './check-document.ts';
import type { RuleSet } from './rule-set.ts';

const known = knownOf(catalogue);
const { ruleSet } = catalogue.rules;
const rule = ruleSet.scenarios.S29!;
const scenario = { unit: '4', topic: 'complaints', title: 'Ours', text: 'Whose job?' };
const prompt = { unit: '4', title: 'Ours', text: 'What do *you* think?' };
const bench = ruleSet.bench.flatMap((one) => (one.scenario === 'S29' ? [one, { ...one, scenario: 'Ours.1' }] : [one]));
const withCustom: RuleSet = {
  ...ruleSet,
  scenarios: { ...ruleSet.scenarios, 'Ours.1': rule },
  prompts: { ...ruleSet.prompts, 'Ours.2': ruleSet.prompts['Q003.1']! },
  bench,
  custom: { scenarios: { 'Ours.1': scenario }, prompts: { 'Ours.2': prompt } },
};
const check = (change: Partial<RuleSet>) => checkDocument({ ...withCustom, ...change }, known).findings;

describe('the check of a document', () => {
  it("finds nothing in the module's own rules, nor in a course's that bring a scenario and a prompt", () => {
    expect(checkDocument(ruleSet, known)).toEqual({ ruleSet, findings: [] });
    expect(checkDocument(withCustom, known)).toEqual({ ruleSet: withCustom, findings: [] });
  });

  it('stops at a shape that is none, and says where', () => {
    const doc = { ...ruleSet, policy: { ...ruleSet.policy, passMark: 2 }, benhc: [] };
    const { ruleSet: parsed, findings } = checkDocument(doc, known);
    expect(parsed).toBe(null);
    expect(findings).toEqual([
      { severity: 'error', code: 'schema', path: ['policy', 'passMark'], detail: expect.any(String) },
      { severity: 'error', code: 'schema', path: [], detail: expect.stringContaining('benhc') },
    ]);
    for (const nothing of [null, 7, 'rules', [], {}]) {
      const { findings: all } = checkDocument(nothing, known);
      expect([...new Set(all.map(({ code }) => code))]).toEqual(['schema']);
    }
  });

  it('says what an entry may need where it needs something else', () => {
    const accepts = [{ ...rule.accepts[0]!, needs: { all: ['a', 'b', 'c', 'd'] } }];
    const { findings } = checkDocument({ ...ruleSet, scenarios: { S29: { ...rule, accepts } } }, known);
    expect(findings).toMatchObject([
      { path: ['scenarios', 'S29', 'accepts', 0, 'needs'], detail: expect.stringContaining('at most three claims') },
    ]);
  });

  it('goes on after errors to warnings, so that both are read at once', () => {
    const accepts = [...rule.accepts, { role: 'cm', credit: 0.5 }, { role: 'boss', credit: 0.5 }];
    expect(
      check({ scenarios: { ...withCustom.scenarios, S29: { ...rule, accepts } } }).map(({ code }) => code),
    ).toEqual(['unknown-role', 'unreachable', 'unnoticed']);
  });

  it('lets a scenario be void, or everybody have all of it, without a change of its bench', () => {
    for (const treat of ['void', 'full-credit'] as const)
      expect(check({ scenarios: { ...withCustom.scenarios, S29: { ...rule, treat } } })).toEqual([]);
  });
});

describe("a course's own scenarios and prompts", () => {
  const { 'Ours.1': _rule, ...noRule } = withCustom.scenarios;
  const { 'Ours.2': _criteria, ...noCriteria } = withCustom.prompts;
  const own = (scenarios: object, prompts: object = {}) => ({
    custom: { scenarios: { 'Ours.1': scenario, ...scenarios }, prompts: { 'Ours.2': prompt, ...prompts } },
  });

  it.each<[string, Partial<RuleSet>, string, (string | number)[]]>([
    ['a scenario without a rule', { scenarios: noRule, bench: ruleSet.bench }, 'no-rule', ['scenarios']],
    ['a prompt without criteria', { prompts: noCriteria }, 'no-rule', ['prompts']],
    [
      'a rule whose scenario is gone',
      { ...own({}), custom: { scenarios: {}, prompts: { 'Ours.2': prompt } }, bench: ruleSet.bench },
      'unknown-scenario',
      ['scenarios', 'Ours.1'],
    ],
    [
      'criteria whose prompt is gone',
      { custom: { scenarios: { 'Ours.1': scenario }, prompts: {} } },
      'unknown-prompt',
      ['prompts', 'Ours.2'],
    ],
    ["an id of the module's scenarios", own({ S29: scenario }), 'id-taken', ['custom', 'scenarios', 'S29']],
    ["an id of the module's prompts", own({}, { 'Q003.1': prompt }), 'id-taken', ['custom', 'prompts', 'Q003.1']],
    [
      'a unit that does not exist',
      own({ 'Ours.1': { ...scenario, unit: '99' } }),
      'unknown-unit',
      ['custom', 'scenarios', 'Ours.1', 'unit'],
    ],
    [
      'a prompt in a unit that does not exist',
      own({}, { 'Ours.2': { ...prompt, unit: 'x' } }),
      'unknown-unit',
      ['custom', 'prompts', 'Ours.2', 'unit'],
    ],
    [
      "another topic than its rule's",
      own({ 'Ours.1': { ...scenario, topic: 'crisis' } }),
      'other-topic',
      ['scenarios', 'Ours.1', 'topic'],
    ],
  ])('cannot be published with %s', (_title, change, code, path) => {
    const errors = check(change).filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([{ severity: 'error', code, path, detail: expect.any(String) }]);
  });

  it('cannot be about a topic that does not exist', () => {
    const codes = check(own({ 'Ours.1': { ...scenario, topic: 'x' } })).map(({ code }) => code);
    expect(codes).toContain('unknown-topic');
  });

  it.each([
    ['an id that starts with a digit', { '1st': scenario }],
    ['an id with a space', { 'a b': scenario }],
    ['an id of 41 letters', { [`a${'b'.repeat(40)}`]: scenario }],
    ['a text of 5 001 characters', { 'Ours.1': { ...scenario, text: 'a'.repeat(5001) } }],
    ['no text', { 'Ours.1': { ...scenario, text: ' ' } }],
    ['a key that means nothing', { 'Ours.1': { ...scenario, hint: 'cm' } }],
  ])('are refused with %s', (_title, scenarios) => {
    expect(check(own(scenarios)).map(({ code }) => code)).toEqual(['schema']);
  });
});
