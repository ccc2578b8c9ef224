import type { Known } from '../grading/check-rule-set.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import type { Catalogue, Prompt, Scenario } from './shapes.ts';

// What a course puts to its people: the module's scenarios and prompts, and those of its own that its rules bring.

/** A prompt as a course has it. `html` is `null` for one of the course's own: it is made from `text` when it is shown. */
export type CoursePrompt = Omit<Prompt, 'html'> & { html: string | null };

type Rules = Pick<RuleSet, 'custom'>;

const own = <T>(record: Readonly<Record<string, T>> | undefined, id: string): T | undefined =>
  record && Object.hasOwn(record, id) ? record[id] : undefined;

/** A scenario of the module, or of the course under these rules. */
export const scenarioIn = ({ scenarios }: Catalogue, { custom }: Rules, id: string): Scenario | undefined => {
  const fromCourse = own(custom?.scenarios, id);
  return own(scenarios, id) ?? (fromCourse && { id, ...fromCourse });
};

/** A prompt of the module, or of the course under these rules. */
export const promptIn = ({ prompts }: Catalogue, { custom }: Rules, id: string): CoursePrompt | undefined => {
  const fromCourse = own(custom?.prompts, id);
  return own(prompts, id) ?? (fromCourse && { id, ...fromCourse, html: null, source: null });
};

const inOrder = (
  { units }: Catalogue,
  kind: 'scenarios' | 'prompts',
  custom: Readonly<Record<string, { unit: string }>> = {},
): string[] => {
  const ids = Object.keys(custom).sort();
  return units.flatMap((unit) => [...unit[kind], ...ids.filter((id) => custom[id]!.unit === unit.id)]);
};

/** The scenarios of a course, unit by unit; its own come after the unit's. */
export const scenariosOf = (catalogue: Catalogue, rules: Rules): Scenario[] =>
  inOrder(catalogue, 'scenarios', rules.custom?.scenarios).map((id) => scenarioIn(catalogue, rules, id)!);

/** The prompts of a course, unit by unit; its own come after the unit's. */
export const promptsOf = (catalogue: Catalogue, rules: Rules): CoursePrompt[] =>
  inOrder(catalogue, 'prompts', rules.custom?.prompts).map((id) => promptIn(catalogue, rules, id)!);

/** What a rule set of this module may speak of. */
export const knownOf = ({ module, topics, claims, units, scenarios, prompts }: Catalogue): Known => ({
  roles: new Set(module.roles.map(({ id }) => id)),
  topics,
  claims,
  units,
  scenarios,
  prompts,
});

/** What a unit, a scenario or a prompt is called; `undefined` where there is none. */
export const titleOf = (catalogue: Catalogue, rules: Rules, kind: string, id: string): string | undefined => {
  if (kind === 'unit') return catalogue.units.find((unit) => unit.id === id)?.title;
  return (kind === 'scenario' ? scenarioIn(catalogue, rules, id) : promptIn(catalogue, rules, id))?.title;
};
