import type { Catalogue } from '../catalogue/shapes.ts';
import { hundredths } from '../grading/policy.ts';
import type { Accept, RuleSet } from '../grading/rule-set.ts';

/** A scenario of the instructor's own, beside the module's. */
export type OwnScenario = { unit: string; title: string; topic: string; text: string };
/** What the module says of scenarios. */
export type Module = Pick<Catalogue, 'units' | 'topics' | 'scenarios' | 'prompts' | 'claims'>;

/** A role as a choice: `weight` is the most it can earn, in hundredths; `feedback` is what the rule says to it. */
export type Choice = { role: string; label: string; weight: number; feedback: string };
/** A scenario with its rule, as far as a quiz format has a place for it. `max` in 1/100 point. */
export type Question = {
  id: string;
  unit: string;
  topic: string;
  title: string;
  text: string;
  max: number;
  choices: Choice[];
};

/** Text as formats carry it: lines end in one way, and no white space stands around it. */
export const carried = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/** The most a role can earn, in hundredths. */
export const weightOf = (accepts: readonly Accept[], role: string): number =>
  Math.max(0, ...accepts.filter((entry) => entry.role === role).map(({ credit }) => hundredths(credit)));

/** What a role is called in a file: its label, or its id where two have the same label. */
export const roleName = (roles: RuleSet['roles'], { id, label }: RuleSet['roles'][number]): string => {
  const name = carried(label);
  const shared = roles.some((other) => other.id !== id && (carried(other.label) === name || other.id === name));
  return shared || name === '' ? id : name;
};

/** A scenario's text: the module's, or the instructor's own. */
export const scenarioText = (ruleSet: RuleSet, { scenarios }: Module, id: string): OwnScenario | undefined => {
  const own = ruleSet.custom?.scenarios ?? {};
  return Object.hasOwn(scenarios, id) ? scenarios[id] : Object.hasOwn(own, id) ? own[id] : undefined;
};

/** A scenario's question; `undefined` where it has no rule or no text. */
export const questionOf = (ruleSet: RuleSet, module: Module, id: string): Question | undefined => {
  const rule = Object.hasOwn(ruleSet.scenarios, id) ? ruleSet.scenarios[id] : undefined;
  const scenario = scenarioText(ruleSet, module, id);
  if (!rule || !scenario) return undefined;
  return {
    id,
    unit: scenario.unit,
    topic: rule.topic,
    title: carried(scenario.title),
    text: carried(scenario.text),
    max: hundredths(rule.points),
    choices: ruleSet.roles.map((role) => ({
      role: role.id,
      label: roleName(ruleSet.roles, role),
      weight: weightOf(rule.accepts, role.id),
      feedback: carried(Object.hasOwn(rule.says, role.id) ? rule.says[role.id]! : ''),
    })),
  };
};

/** Every scenario that has a rule and a text, by unit: the module's in their order, then the instructor's own. */
export const listQuestions = (ruleSet: RuleSet, module: Module): Question[] => {
  const own = Object.keys(ruleSet.custom?.scenarios ?? {}).sort();
  const ids = module.units.flatMap(({ id, scenarios }) => [
    ...scenarios,
    ...own.filter((name) => ruleSet.custom?.scenarios[name]?.unit === id),
  ]);
  return [...new Set([...ids, ...own])].flatMap((id) => questionOf(ruleSet, module, id) ?? []);
};
