import type { Catalogue } from '../catalogue/shapes.ts';
import { activitiesOf } from '../grades/gradebook.ts';
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

/** A scenario and the roles that can earn its full credit. */
export type KeyedScenario = { id: string; key: string[] };

/** The scenarios that a rule set grades, in the order of the units. */
export const keyedScenarios = (catalogue: Catalogue, ruleSet: RuleSet): KeyedScenario[] =>
  activitiesOf(catalogue, ruleSet)
    .filter(({ kind }) => kind === 'scenario')
    .map(({ id }) => ({ id, key: keyRoles(ruleSet, id) }));
