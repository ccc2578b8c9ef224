import { gradeAnswer } from '../grading/grade-answer.ts';
import type { Accept, RuleSet, Sample } from '../grading/rule-set.ts';

/** What an upheld appeal says: this role, given one of these claims, earns this credit. */
export type Upheld = { scenario: string; role: string; claims: string[]; credit: number };

const sameCredit =
  ({ role, credit }: Upheld) =>
  (entry: Accept) =>
    entry.role === role && entry.credit === credit && entry.needs !== undefined && 'any' in entry.needs;

const withClaims = (accepts: readonly Accept[], upheld: Upheld): Accept[] => {
  const there = accepts.findIndex(sameCredit(upheld));
  if (there === -1) return [...accepts, { role: upheld.role, credit: upheld.credit, needs: { any: upheld.claims } }];
  return accepts.map((entry, index) => {
    if (index !== there) return entry;
    const any = entry.needs && 'any' in entry.needs ? entry.needs.any : [];
    return { ...entry, needs: { any: [...new Set([...any, ...upheld.claims])] } };
  });
};

/**
 * The rule set that an upheld appeal asks for: the claims license the role, the samples of the scenario are what the
 * changed rule makes of them, and the answer that was contested becomes one. Pure; a scenario without a rule is left alone.
 */
export const upholdInRules = (
  ruleSet: RuleSet,
  upheld: Upheld,
  answer: { role: string; claims: string[] },
): RuleSet => {
  const { scenario } = upheld;
  const rule = Object.hasOwn(ruleSet.scenarios, scenario) ? ruleSet.scenarios[scenario] : undefined;
  if (!rule) return ruleSet;
  const changed: RuleSet = {
    ...ruleSet,
    scenarios: { ...ruleSet.scenarios, [scenario]: { ...rule, accepts: withClaims(rule.accepts, upheld) } },
  };
  const creditOf = (sample: Pick<Sample, 'role' | 'claims'>) =>
    gradeAnswer(changed, { scenario, ...sample, counterClaims: [] }).credit;
  const key = ({ role, claims }: { role: string; claims: readonly string[] }) => `${role} ${[...claims].sort()}`;
  const bench = changed.bench.map((sample) =>
    sample.scenario === scenario ? { ...sample, credit: creditOf(sample) } : sample,
  );
  const known = bench.some((sample) => sample.scenario === scenario && key(sample) === key(answer));
  const added = { scenario, title: 'upheld on appeal', ...answer, credit: creditOf(answer) };
  return { ...changed, bench: known ? bench : [...bench, added] };
};
