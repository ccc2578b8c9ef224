import { describe, expect, it } from 'vitest';
import type { PromptRule, Sample, ScenarioRule } from '../../grading/rule-set.ts';
import { benchChanges, policyChanges, promptChanges, ruleChanges } from './rule-changes.ts';

const roleName = (role: string) => ({ smm: 'Manager', cm: 'Community' })[role] ?? role;
const rule: ScenarioRule = {
  topic: 'complaints',
  points: 4,
  accepts: [
    { role: 'cm', credit: 1, needs: { any: ['1.1', '1.2'] } },
    { role: 'cm', credit: 0.75 },
    { role: 'smm', credit: 0.25 },
  ],
  says: { cm: 'Yes.' },
};
const entries = (...accepts: ScenarioRule['accepts']): ScenarioRule => ({ ...rule, accepts });
const [first, bare, other] = rule.accepts as [
  ScenarioRule['accepts'][number],
  ScenarioRule['accepts'][number],
  ScenarioRule['accepts'][number],
];

describe('how a rule changed, in words', () => {
  it.each<[string, ScenarioRule | undefined, string[]]>([
    ['nothing', rule, []],
    ['gone', undefined, ['Its rule is gone']],
    ['points', { ...rule, points: 6.5 }, ['Points: 4 becomes 6.5']],
    ['void', { ...rule, treat: 'void' }, ['It counts for nobody']],
    [
      'a claim more',
      entries({ ...first, needs: { any: ['1.1', '1.2', '2.1'] } }, bare, other),
      ['Community (full credit): 2.1 counts as evidence now'],
    ],
    [
      'a claim for another',
      entries({ ...first, needs: { any: ['1.1', '2.1'] } }, bare, other),
      ['Community (full credit): 2.1 counts as evidence now; 1.2 no longer'],
    ],
    ['another credit', entries(first, { ...bare, credit: 0.5 }, other), ['Community (75%): credit 75% becomes 50%']],
    ['an entry gone', entries(first, bare), ['Entry gone: Manager, without evidence: 25%']],
    [
      'an entry new',
      entries(first, bare, other, { role: 'smm', credit: 1, needs: { all: ['3.1', '3.2'] } }),
      ['Entry new: Manager, with all of 3.1, 3.2: full credit'],
    ],
    ['another order', entries(bare, first, other), ['The entries stand in another order']],
    [
      'claims in another order',
      entries({ ...first, needs: { any: ['1.2', '1.1'] } }, bare, other),
      ['Community (full credit): its claims in another order'],
    ],
    [
      'words',
      { ...rule, says: { cm: 'No.', smm: 'Well.' } },
      ['What is said to Community is rewritten', 'What is said to Manager is new'],
    ],
    ['a sign-off', { ...rule, signOff: 'Because.' }, ['Signed off: Because.']],
    [
      'a rubric',
      { ...rule, rubric: [{ id: 'why', title: 'The reason', points: 1 }] },
      ['Marked by hand, new: The reason: up to 1 point, marked by hand'],
    ],
  ])('%s', (_what, after, lines) => {
    expect(ruleChanges(rule, after, roleName)).toEqual(lines);
  });

  it('names samples while they are few', () => {
    const sample = (title: string): Sample => ({ scenario: 'S', title, role: 'cm', claims: [], credit: 1 });
    expect(benchChanges([sample('a')], [sample('b')])).toEqual([
      'Sample gone: “a”, which must earn full credit',
      'Sample new: “b”, which must earn full credit',
    ]);
    expect(benchChanges([], ['a', 'b', 'c', 'd'].map(sample))).toEqual(['4 samples new']);
  });

  it('says what taking part earns now, and what the policy is', () => {
    const post = { kind: 'committed-post', id: 'post', title: 'A post', points: 2, words: 60, claims: 1 } as const;
    const before: PromptRule = { criteria: [post] };
    expect(promptChanges(before, { criteria: [{ ...post, words: 80 }] })).toEqual([
      'Criterion gone: A post: 2 points. Post at least 60 words and cite at least 1 claim.',
      'Criterion new: A post: 2 points. Post at least 80 words and cite at least 1 claim.',
    ]);
    const policy = {
      attempts: { max: 3, keep: 'best', penalty: 0 },
      late: { penaltyPerDay: 0.1, floor: 0.5 },
      passMark: 0.6,
    } as const;
    expect(policyChanges(policy, { ...policy, attempts: { max: 1, keep: 'best', penalty: 0 } })).toEqual([
      'One attempt at each scenario',
    ]);
    expect(policyChanges(policy, policy)).toEqual([]);
  });
});
