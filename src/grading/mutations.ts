import { leastEvidence } from './check-entries.ts';
import type { Finding } from './check-rule-set.ts';
import { creditOf, needsMet } from './grade-answer.ts';
import type { Accept, RuleSet } from './rule-set.ts';

/** A change of one entry: its credit, or where it applies. */
export type Mutation =
  | { kind: 'dropped' }
  | { kind: 'flipped' }
  | { kind: 'bare' }
  | { kind: 'without'; claim: string };

/** The mutations of an entry: dropped, its credit flipped, its condition taken away, each of several claims left out. */
export const mutationsOf = ({ needs }: Accept): Mutation[] => {
  const any = needs && 'any' in needs ? [...new Set(needs.any)] : [];
  return [
    { kind: 'dropped' },
    { kind: 'flipped' },
    ...(needs ? [{ kind: 'bare' as const }] : []),
    ...(any.length > 1 ? any.map((claim) => ({ kind: 'without' as const, claim })) : []),
  ];
};

/** The entry as a mutation leaves it. A credit of 0 decides nothing, which is as good as dropped. */
export const mutated = (entry: Accept, mutation: Mutation): Accept => {
  if (mutation.kind === 'dropped') return { ...entry, credit: 0 };
  if (mutation.kind === 'flipped') return { ...entry, credit: entry.credit === 1 ? 0 : 1 };
  const { needs, ...bare } = entry;
  if (mutation.kind === 'bare' || !needs || !('any' in needs)) return bare;
  return { ...bare, needs: { any: needs.any.filter((id) => id !== mutation.claim) } };
};

/** Whether an answer with these claims earns another credit from the mutant; `others`: what the other entries give it. */
const notices = (entry: Accept, mutant: Accept, others: number, claims: readonly string[]): boolean => {
  const credit = (one: Accept) => (needsMet(one, claims) ? Math.max(others, one.credit) : others);
  return credit(entry) !== credit(mutant);
};

/** A mutation that goes unnoticed, and the claims of a sample that would notice. */
export type Loss = { mutation: Mutation; sample: readonly string[] };

/**
 * What an entry could lose without one of the samples noticing; `bench`: the claims of each sample for the entry's role.
 * A mutant that no answer at all can tell from the entry is left out.
 */
export const unnoticed = (accepts: readonly Accept[], index: number, bench: readonly (readonly string[])[]): Loss[] => {
  const entry = accepts[index]!;
  const rest = accepts.filter((other, at) => at !== index && other.role === entry.role);
  const answer = (claims: readonly string[]) => ({ claims, others: creditOf(rest, entry.role, claims) });
  const given = bench.map(answer);
  // One of these notices if any answer does: citing more changes what the others give upwards only.
  const possible = [...leastEvidence(entry), ...(entry.needs ? [[]] : [])].map(answer);
  return mutationsOf(entry).flatMap((mutation) => {
    const mutant = mutated(entry, mutation);
    const tells = ({ claims, others }: ReturnType<typeof answer>) =>
      (mutation.kind !== 'without' || claims.includes(mutation.claim)) && notices(entry, mutant, others, claims);
    const sample = given.some(tells) ? undefined : possible.find(tells)?.claims;
    return sample ? [{ mutation, sample }] : [];
  });
};

const list = (words: readonly string[], last: string) => words.join(', ').replace(/, ([^,]*)$/, ` ${last} $1`);

const inWords = (mutations: readonly Mutation[]): string => {
  const has = (kind: Mutation['kind']) => mutations.some((one) => one.kind === kind);
  const claims = mutations.flatMap((one) => (one.kind === 'without' ? [one.claim] : []));
  const parts = [
    ...(has('dropped') ? ['this entry is dropped'] : []),
    ...(has('flipped') && !has('dropped') ? ['its credit becomes 1'] : []),
    ...(has('bare') ? ['its evidence is not asked for'] : []),
    ...(claims.length > 0 ? [`${list(claims, 'or')} is left out of its needs`] : []),
  ];
  return parts.join(', or when ');
};

const samplesInWords = (role: string, wanted: readonly (readonly string[])[]): string => {
  const singles = wanted.filter(({ length }) => length === 1).flat();
  const parts = wanted
    .filter(({ length }) => length !== 1)
    .map((claims) => `one with role ${role} and ${claims.length === 0 ? 'no claim' : list(claims, 'and')}`);
  if (singles.length === 1) parts.push(`one with role ${role} and ${singles[0]}`);
  if (singles.length > 1) parts.push(`one with role ${role} for each of ${list(singles, 'and')}`);
  return parts.join(', and ');
};

/**
 * The mutation pass: what could be lost from a scenario's rule without any sample of the bench noticing. A finding an
 * entry, with the samples that would. Scenarios that are treated (void, full credit) are left out: their entries decide
 * nothing now.
 */
export function* findUnnoticed({ scenarios, bench }: RuleSet): Generator<Finding> {
  const keyOf = (scenario: string, role: string) => JSON.stringify([scenario, role]);
  const samples = Map.groupBy(bench, ({ scenario, role }) => keyOf(scenario, role));
  for (const [id, { accepts, treat }] of Object.entries(scenarios)) {
    if (treat) continue;
    for (const [index, { role }] of accepts.entries()) {
      const losses = unnoticed(
        accepts,
        index,
        (samples.get(keyOf(id, role)) ?? []).map(({ claims }) => claims),
      );
      if (losses.length === 0) continue;
      const what = inWords(losses.map(({ mutation }) => mutation));
      const wanted = new Map(losses.map(({ sample }) => [sample.join(), sample]));
      const detail = `no sample notices when ${what}; add ${samplesInWords(role, [...wanted.values()])}`;
      yield { severity: 'warning', code: 'unnoticed', path: ['scenarios', id, 'accepts', index], detail };
    }
  }
}
