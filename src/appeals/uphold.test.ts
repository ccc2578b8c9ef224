import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { gradeAnswer } from '../grading/grade-answer.ts';
import { upholdInRules } from './uphold.ts';

const { ruleSet } = catalogue.rules;
const credit = (rules: typeof ruleSet, role: string, claims: string[]) =>
  gradeAnswer(rules, { scenario: 'S29', role, claims, counterClaims: [] }).credit;

describe('an upheld appeal', () => {
  const answer = { role: 'smm', claims: ['003.09'] };
  const upheld = { scenario: 'S29', role: 'smm', claims: ['003.09'], credit: 1 };
  const changed = upholdInRules(ruleSet, upheld, answer);

  it('licenses the role by the claim, and by those that licensed it before', () => {
    expect(credit(ruleSet, 'smm', ['003.09'])).toBeLessThan(1);
    expect(credit(changed, 'smm', ['003.09'])).toBe(1);
    expect(credit(changed, 'smm', ['000.22'])).toBe(1);
  });

  it('leaves every other answer as it was', () => {
    for (const role of ['smm', 'cm', 'both', 'neither'])
      expect(credit(changed, role, [])).toBe(credit(ruleSet, role, []));
    expect({ ...changed.scenarios, S29: null }).toEqual({ ...ruleSet.scenarios, S29: null });
  });

  it('makes the contested answer a sample, and every sample of the scenario come out', () => {
    const samples = changed.bench.filter(({ scenario }) => scenario === 'S29');
    expect(samples).toContainEqual(expect.objectContaining({ ...answer, credit: 1 }));
    for (const sample of samples) expect(credit(changed, sample.role, sample.claims)).toBe(sample.credit);
  });

  it('with a credit of its own makes an entry of its own', () => {
    const half = upholdInRules(ruleSet, { ...upheld, credit: 0.5 }, answer);
    expect(credit(half, 'smm', ['003.09'])).toBe(0.5);
    expect(half.scenarios.S29!.accepts.length).toBe(ruleSet.scenarios.S29!.accepts.length + 1);
  });

  it('of a scenario without a rule changes nothing', () => {
    expect(upholdInRules(ruleSet, { ...upheld, scenario: 'none' }, answer)).toBe(ruleSet);
  });
});
