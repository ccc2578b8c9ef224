import { checkDocument } from '../grading/check-document.ts';
import type { Known } from '../grading/check-rule-set.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import type { Documents } from './documents.ts';
import type { Report } from './read-files.ts';

/** The module's default rule set, standing alone; what the check calls an error is a fault, and a warning is said. */
export const compileRules = (
  documents: Documents,
  known: Omit<Known, 'roles'>,
  report: Report,
  warn: Report,
): RuleSet => {
  const { module, sources, rules } = documents;
  const denials: RuleSet['denials'] = {};
  for (const { value } of sources)
    for (const { id, stance, role } of value.claims) if (stance === 'denies' && role) denials[id] = [role];
  const samples = Object.entries(rules.value.scenarios).flatMap(([scenario, { bench }]) =>
    bench.map((sample, index) => ({ sample: { scenario, ...sample }, path: ['scenarios', scenario, 'bench', index] })),
  );
  const ruleSet: RuleSet = {
    module: module.value.id,
    roles: module.value.roles.map(({ id, label }) => ({ id, label })),
    policy: rules.value.policy,
    scenarios: Object.fromEntries(
      Object.entries(rules.value.scenarios).map(([id, { bench: _bench, ...rule }]) => [id, rule]),
    ),
    prompts: rules.value.prompts,
    denials,
    bench: samples.map(({ sample }) => sample),
  };
  const roles = new Set(module.value.roles.map(({ id }) => id));
  for (const { severity, path, detail } of checkDocument(ruleSet, { ...known, roles }).findings) {
    // In the file a sample stands with its scenario; in the rule set all samples are one list.
    const place = path[0] === 'bench' ? samples[Number(path[1])]!.path : path;
    (severity === 'error' ? report : warn)(rules, place, `${place.slice(0, 2).join('.')}: ${detail}`);
  }
  return ruleSet;
};
