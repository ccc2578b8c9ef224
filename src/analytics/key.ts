import { licensing } from '../grading/grade-answer.ts';
import type { RuleSet } from '../grading/rule-set.ts';

/** The roles that can earn a scenario's full credit, in the module's order; none where it counts for nobody. */
export const keyRoles = ({ roles, scenarios }: RuleSet, scenario: string): string[] => {
  const rule = Object.hasOwn(scenarios, scenario) ? scenarios[scenario] : undefined;
  if (!rule || rule.treat === 'void') return [];
  const full = rule.accepts.filter(({ credit }) => credit === 1);
  const canEarn = (id: string) => rule.treat === 'full-credit' || full.some(({ role }) => role === id);
  return roles.map(({ id }) => id).filter(canEarn);
};

/** The claims that license any answer to a scenario: all that its entries name. */
export const licensingClaims = ({ scenarios }: RuleSet, scenario: string): string[] =>
  Object.hasOwn(scenarios, scenario) ? [...new Set(scenarios[scenario]!.accepts.flatMap(licensing))] : [];
