import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { checkRuleSet, type Known } from './check-rule-set.ts';
import type { Accept, PromptRule, RuleSet, Sample, ScenarioRule } from './rule-set.ts';
import { ruleSetSchema } from './rule-set.ts';

const known: Known = {
  roles: new Set(['smm', 'cm']),
  topics: { complaints: { verdict: 'contested' }, moderation: { verdict: 'agreed' } },
  claims: { '000.22': {}, '001.13': {} },
  units: [{ id: '1' }],
  scenarios: { S29: { topic: 'complaints' } },
  prompts: { Q1: {} },
};
const [smm, cm]: [Accept, Accept] = [
  { role: 'smm', credit: 1, needs: { any: ['000.22'] } },
  { role: 'cm', credit: 1, shows: ['001.13'] },
];
const rule: ScenarioRule = { topic: 'complaints', points: 4, accepts: [smm, cm], says: { smm: 'One.', cm: 'Most.' } };
const criterion: PromptRule['criteria'][number] = {
  kind: 'committed-post',
  id: 'post',
  title: 'Post',
  points: 1,
  words: 60,
  claims: 1,
};
const sample: Sample = { scenario: 'S29', title: 'the minority view', role: 'smm', claims: ['000.22'], credit: 1 };
const good: RuleSet = {
  ...catalogue.rules.ruleSet,
  roles: [
    { id: 'smm', label: 'Social media manager' },
    { id: 'cm', label: 'Community manager' },
  ],
  scenarios: { S29: rule },
  prompts: { Q1: { criteria: [criterion] } },
  denials: {},
  bench: [sample],
};
const S29 = (change: Partial<ScenarioRule>): Partial<RuleSet> => ({ scenarios: { S29: { ...rule, ...change } } });
const findings = (change: Partial<RuleSet>, about = known) => [...checkRuleSet({ ...good, ...change }, about)];
const refused = (change: Partial<RuleSet>) =>
  !ruleSetSchema().safeParse({ ...good, ...change }).success ||
  findings(change).some(({ severity }) => severity === 'error');

describe('checking a rule set', () => {
  it('finds nothing in one where all is well', () => {
    expect(findings({})).toEqual([]);
  });

  it.each<[string, string, Partial<RuleSet>, (string | number)[], string]>([
    [
      'a scenario that does not exist',
      'unknown-scenario',
      { scenarios: { S29: rule, S99: rule } },
      ['scenarios', 'S99'],
      'there is no scenario S99',
    ],
    ['a topic that does not exist', 'unknown-topic', S29({ topic: 'x' }), ['scenarios', 'S29', 'topic'], 'no topic x'],
    [
      "another topic than the scenario's",
      'other-topic',
      S29({ topic: 'moderation' }),
      ['scenarios', 'S29', 'topic'],
      'S29 is about complaints, the rule about moderation',
    ],
    [
      'a role that does not exist',
      'unknown-role',
      S29({ accepts: [smm, cm, { role: 'boss', credit: 0.5 }] }),
      ['scenarios', 'S29', 'accepts', 2],
      'no role boss',
    ],
    [
      'a needed claim that does not exist',
      'unknown-claim',
      S29({ accepts: [smm, cm, { ...smm, needs: { all: ['000.99'] } }] }),
      ['scenarios', 'S29', 'accepts', 2],
      'no claim 000.99',
    ],
    [
      'a shown claim that does not exist',
      'unknown-claim',
      S29({ accepts: [smm, { ...cm, shows: ['001.13', 'constructor'] }] }),
      ['scenarios', 'S29', 'accepts', 1],
      'no claim constructor',
    ],
    [
      'full credit for a role without any evidence',
      'no-evidence',
      S29({ accepts: [smm, { role: 'cm', credit: 1 }] }),
      ['scenarios', 'S29', 'accepts'],
      'cm can earn full credit',
    ],
    [
      'full credit for a role whose only evidence is for less',
      'no-evidence',
      S29({ accepts: [smm, { role: 'cm', credit: 1 }, { ...cm, credit: 0.5 }] }),
      ['scenarios', 'S29', 'accepts'],
      'cm can earn full credit',
    ],
    [
      'one role alone on a contested topic, not signed off',
      'one-role',
      S29({ accepts: [smm, { ...cm, credit: 0.99 }] }),
      ['scenarios', 'S29', 'accepts'],
      'complaints is contested',
    ],
    ['a scenario without a rule', 'no-rule', { scenarios: {}, bench: [] }, ['scenarios'], 'scenario S29 has no rule'],
    ['a prompt without criteria', 'no-rule', { prompts: {} }, ['prompts'], 'prompt Q1 has no criteria'],
    [
      'criteria of a prompt that does not exist',
      'unknown-prompt',
      { prompts: { ...good.prompts, Q9: { criteria: [criterion] } } },
      ['prompts', 'Q9'],
      'no prompt Q9',
    ],
    [
      'a role of its own',
      'unknown-role',
      { roles: [...good.roles, { id: 'boss', label: 'Boss' }] },
      ['roles', 2],
      'no role boss',
    ],
    [
      'a denial by a claim that does not exist',
      'unknown-claim',
      { denials: { '000.99': ['cm'] } },
      ['denials', '000.99'],
      'no claim 000.99',
    ],
    [
      'a denial to a role that does not exist',
      'unknown-role',
      { denials: { '000.22': ['cm', 'boss'] } },
      ['denials', '000.22', 1],
      'no role boss',
    ],
    [
      'a sample that comes out otherwise',
      'sample-differs',
      { bench: [{ ...sample, claims: [] }] },
      expect.arrayContaining(['bench', 0]),
      'the sample “the minority view” of S29 should earn 1 and earns 0',
    ],
  ])('stops at %s (%s)', (_title, code, change, path, detail) => {
    expect(findings(change).filter(({ severity }) => severity === 'error')).toEqual([
      { severity: 'error', code, path, detail: expect.stringContaining(detail) },
    ]);
  });

  it('warns of a role to whose choice nothing is said (no-feedback)', () => {
    expect(findings(S29({ says: { cm: 'Most.' } }))).toEqual([
      {
        severity: 'warning',
        code: 'no-feedback',
        path: ['scenarios', 'S29', 'says'],
        detail: 'nothing is said to who chooses smm',
      },
    ]);
  });

  it.each<[string, Partial<RuleSet>, Known]>([
    ['it is signed off with a reason', S29({ accepts: [smm], signOff: 'Narrower than its topic.' }), known],
    [
      'the topic is not contested',
      S29({ accepts: [smm] }),
      { ...known, topics: { complaints: { verdict: 'agreed' } } },
    ],
    ['no role at all can earn everything', S29({ accepts: [{ ...smm, credit: 0.5 }] }), known],
  ])('allows one role or none where %s', (_title, change, about) => {
    const { scenarios } = { ...good, ...change };
    expect(findings({ scenarios, bench: [] }, about)).toEqual([]);
  });

  it.each<[string, Partial<RuleSet>]>([
    ['a sample that cites a claim that does not exist', { bench: [sample, { ...sample, claims: ['000.22', '0.0'] }] }],
    ['a sample for a role that does not exist', { bench: [{ ...sample, role: 'boss', credit: 0 }] }],
    ['a sample of a scenario that does not exist', { bench: [{ ...sample, scenario: 'S99', credit: 0 }] }],
    [
      'two criteria of a prompt with one id',
      { prompts: { Q1: { criteria: [criterion, { ...criterion, words: 9 }] } } },
    ],
  ])('refuses %s', (_title, change) => {
    expect(refused({})).toBe(false);
    expect(refused(change)).toBe(true);
  });

  it('says that feedback to a role that does not exist will be read by nobody', () => {
    expect(findings(S29({ says: { ...rule.says, boss: 'Hm.' } }))).not.toEqual([]);
  });

  it('says one thing of a sample of a scenario that does not exist', () => {
    expect(findings({ bench: [sample, { ...sample, scenario: 'S99' }] }).map(({ code }) => code)).toEqual([
      'unknown-scenario',
    ]);
  });

  it('says one thing of a scenario whose id happens to be a word of JavaScript', () => {
    const scenarios = { S29: rule, constructor: rule };
    expect(findings({ scenarios }).map(({ code }) => code)).toEqual(['unknown-scenario']);
  });
});
