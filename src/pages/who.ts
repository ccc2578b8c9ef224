import { displayName } from '../courses/roster.ts';

/** Who did something, as the ledger and the audit name them; '' where nobody knows. */
export const whoWords = (actor: string | null, name: string | null): string => {
  if (actor === null) return '';
  const [kind, id = ''] = actor.split(':');
  if (kind === 'person') return displayName(id, name);
  return kind === 'key' ? "the institution's system" : 'the operator of this tool';
};

/** A rule set in short: enough of its hash to tell it from others. */
export const shortHash = (hash: string): string => hash.replace(/^sha256:/, '').slice(0, 8);
