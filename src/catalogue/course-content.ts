import type { RuleSet } from '../grading/rule-set.ts';
import type { Catalogue } from './shapes.ts';

export const scenariosOf = ({ units, scenarios }: Catalogue, _ruleSet: RuleSet) =>
  units.flatMap((unit) => unit.scenarios.map((id) => scenarios[id]!));
export const promptsOf = ({ units, prompts }: Catalogue, _ruleSet: RuleSet) =>
  units.flatMap((unit) => unit.prompts.map((id) => prompts[id]!));
