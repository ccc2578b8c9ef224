import type { Finding } from './check-rule-set.ts';
import { needsMet } from './grade-answer.ts';
import type { Accept, RuleSet } from './rule-set.ts';

/**
 * The least evidence under which an entry applies: it does exactly where one of these sets of claims is cited, whatever
 * else is. As citing more never takes credit away, what holds of these sets holds of all answers.
 */
export const leastEvidence = ({ needs }: Accept): string[][] =>
  !needs ? [[]] : 'any' in needs ? [...new Set(needs.any)].map((id) => [id]) : [[...new Set(needs.all)]];

const covers = (entry: Accept, other: Accept) => leastEvidence(other).every((claims) => needsMet(entry, claims));

const nameOf = ({ role, credit, needs }: Accept) => {
  const asked = needs ? ('any' in needs ? `any of ${needs.any.join(', ')}` : `all of ${needs.all.join(', ')}`) : '';
  return `${role} ${credit}${asked && ` with ${asked}`}`;
};

/** Entries that can never decide a credit, and entries whose evidence speaks against their own role. */
export function* checkEntries({ scenarios, denials }: RuleSet): Generator<Finding> {
  for (const [id, { accepts }] of Object.entries(scenarios))
    for (const [index, entry] of accepts.entries()) {
      const path = ['scenarios', id, 'accepts', index];
      const rival = accepts.findIndex(
        (other, at) =>
          at !== index &&
          other.role === entry.role &&
          other.credit >= entry.credit &&
          covers(other, entry) &&
          // Of two that say the same, the later one is too much.
          (other.credit > entry.credit || at < index || !covers(entry, other)),
      );
      if (rival >= 0) {
        const detail = `entry ${index} (${nameOf(entry)}) never decides: wherever it applies, entry ${rival} (${nameOf(accepts[rival]!)}) gives as much or more`;
        yield { severity: 'warning', code: 'unreachable', path, detail };
      }
      for (const claim of new Set(leastEvidence(entry).flat()))
        if (Object.hasOwn(denials, claim) && denials[claim]!.includes(entry.role)) {
          const detail = `${claim} denies this duty to ${entry.role}, so it licenses no such choice`;
          yield { severity: 'warning', code: 'denied-evidence', path, detail };
        }
    }
}
