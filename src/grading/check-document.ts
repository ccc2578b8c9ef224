import { plainWords } from '../plain-words.ts';
import { checkEntries } from './check-entries.ts';
import { checkRuleSet, type Finding, type Known } from './check-rule-set.ts';
import { findUnnoticed } from './mutations.ts';
import { type RuleSet, ruleSetSchema } from './rule-set.ts';

export type Checked = { ruleSet: RuleSet | null; findings: Finding[] };

/**
 * The whole check of a document that wants to be a rule set: its shape (`null` where that fails), then what it names,
 * its bench, entries that decide nothing, and what the bench would not notice. Publishable is what has no error.
 */
export const checkDocument = (doc: unknown, known: Known): Checked => {
  const parsed = ruleSetSchema().safeParse(doc, { error: plainWords });
  if (!parsed.success) {
    const findings = parsed.error.issues.map(
      ({ path, message }): Finding => ({
        severity: 'error',
        code: 'schema',
        path: path as (string | number)[],
        detail: message,
      }),
    );
    return { ruleSet: null, findings };
  }
  const ruleSet = parsed.data;
  return { ruleSet, findings: [...checkRuleSet(ruleSet, known), ...checkEntries(ruleSet), ...findUnnoticed(ruleSet)] };
};
