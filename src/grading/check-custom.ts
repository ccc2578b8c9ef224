import type { Finding, Known } from './check-rule-set.ts';
import type { RuleSet } from './rule-set.ts';

/** Faults of a course's own scenarios and prompts: the ids are the module's no more than once, units and topics exist. */
export function* checkCustom({ custom }: RuleSet, known: Known): Generator<Finding> {
  const error = (code: string, path: string[], detail: string): Finding => ({ severity: 'error', code, path, detail });
  const units = new Set(known.units.map(({ id }) => id));
  for (const kind of ['scenarios', 'prompts'] as const)
    for (const [id, { unit }] of Object.entries(custom?.[kind] ?? {})) {
      const path = ['custom', kind, id];
      if (Object.hasOwn(known[kind], id))
        yield error('id-taken', path, `${id} is one of the module's own ${kind}: choose another id`);
      if (!units.has(unit)) yield error('unknown-unit', [...path, 'unit'], `there is no unit ${unit}`);
    }
  for (const [id, { topic }] of Object.entries(custom?.scenarios ?? {}))
    if (!Object.hasOwn(known.topics, topic))
      yield error('unknown-topic', ['custom', 'scenarios', id, 'topic'], `there is no topic ${topic}`);
}

/** What a rule set may speak of when it brings scenarios and prompts of its own; the module's stand first. */
export const withCustom = (known: Known, { custom }: RuleSet): Known =>
  custom
    ? {
        ...known,
        scenarios: { ...custom.scenarios, ...known.scenarios },
        prompts: { ...custom.prompts, ...known.prompts },
      }
    : known;
