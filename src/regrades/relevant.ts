import { promptsOf, scenariosOf } from '../catalogue/course-content.ts';
import type { Catalogue } from '../catalogue/shapes.ts';
import { canonicalJson, type RuleSet } from '../grading/rule-set.ts';

/** What a regrade has to look at: scenarios and prompts whose rule is not the same in every rule set that may have graded them. */
export const relevantTo = (catalogue: Catalogue, now: RuleSet, others: readonly RuleSet[]) => {
  const differs = (part: (ruleSet: RuleSet) => unknown) => {
    const text = canonicalJson(part(now) ?? null);
    return others.some((other) => canonicalJson(part(other) ?? null) !== text);
  };
  const all = differs(({ policy }) => policy) || differs(({ denials }) => denials) || differs(({ roles }) => roles);
  const known = [...others, now];
  const scenarios = new Set(known.flatMap((one) => scenariosOf(catalogue, one).map(({ id }) => id)));
  const prompts = new Map(known.flatMap((one) => promptsOf(catalogue, one).map(({ id, unit }) => [id, unit] as const)));
  return {
    scenarios: [...scenarios].filter((id) => all || differs((ruleSet) => ruleSet.scenarios[id])),
    prompts: [...prompts]
      .filter(([id]) => differs((ruleSet) => ruleSet.prompts[id]))
      .map(([id, unit]) => ({ id, unit })),
  };
};
