import type { confusionBody } from '../../analytics/confusion.ts';
import { counted, listed, quoted } from '../words.ts';
import { wholePercent } from './figure-words.ts';

export type Confusion = ReturnType<typeof confusionBody>;
/** Fewer answers, or citations, are not compared. */
const FEW = 5;

type Said = readonly { role: string; count: number | null }[];
export type Named = (id: string) => string;

/** A key as a row's head says it. */
export const keyWords = (key: readonly string[], roleName: Named): string =>
  key.length === 0 ? 'Counts for nobody' : listed(key.map(roleName), 'or');

/** The role that most said though it is not of the key. */
const mixUp = (key: readonly string[], said: Said) => {
  const n = said.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const [most] = said
    .filter(({ role, count }) => !key.includes(role) && (count ?? 0) > 0)
    .sort((a, b) => b.count! - a.count!);
  return most && key.length > 0 ? { role: most.role, count: most.count!, n, share: most.count! / n } : undefined;
};

/** Which roles are mixed up most, over all the scenarios shown. */
export const matrixWords = (rows: Confusion['course'], kept: number, roleName: Named): string => {
  const answers = rows.reduce((sum, { n }) => sum + n, 0);
  if (answers === 0)
    return kept > 0
      ? 'So few answered each scenario, or gave the same answer to it, that who said what is kept back.'
      : 'Nobody has answered a scenario yet.';
  const [worst] = rows
    .flatMap(({ key, said }) => {
      const one = mixUp(key, said);
      return one ? [{ key, ...one }] : [];
    })
    .sort((a, b) => b.count - a.count);
  if (!worst) return 'On their first attempts all chose a role that can earn everything.';
  return `The most frequent mix-up: ${worst.count} of ${counted(worst.n, 'first answer')} say ${quoted(roleName(worst.role))} where the key is ${quoted(keyWords(worst.key, roleName))}.`;
};

/** Of these scenarios the one most often read otherwise than its key. */
export const scenariosWords = (
  scenarios: readonly (Confusion['scenarios'][number] & { title: string })[],
  roleName: Named,
): string => {
  const [worst] = scenarios
    .flatMap(({ key, said, title }) => {
      const one = mixUp(key, said);
      return one && one.n >= FEW ? [{ title, ...one }] : [];
    })
    .sort((a, b) => b.share - a.share || b.count - a.count);
  if (worst)
    return `Read otherwise most often is ${quoted(worst.title)}: ${wholePercent(worst.share)} say ${quoted(roleName(worst.role))}, which cannot earn everything there.`;
  if (scenarios.every(({ n }) => n === 0)) return 'Nobody has answered one of these yet.';
  if (scenarios.some(({ suppressed }) => suppressed))
    return 'What stands here would tell of fewer than five students, so it is kept back.';
  return scenarios.some(({ n }) => n! >= FEW)
    ? 'All chose roles that can earn everything here.'
    : 'Fewer than five students have answered each of these: too few to compare them.';
};

type Source = Confusion['sources'][number];
export const relations = ['agrees', 'partly', 'differs', 'denies', 'silent'] as const;
export type Relation = (typeof relations)[number];

/** How a cited claim stands to the role that was said. */
export const relationNames: Record<Relation, string> = {
  agrees: 'Says that role',
  partly: 'One of both',
  differs: 'Says another',
  denies: 'Denies it',
  silent: 'Names no role',
};

/** A source's citations by how they stand to what was said with them. */
export const relationCounts = ({ citations }: Source): Record<Relation, number> => {
  const counts = { agrees: 0, partly: 0, differs: 0, denies: 0, silent: 0 };
  for (const { relation, count } of citations ?? []) counts[relation] += count;
  return counts;
};

/** Which reading is cited against what it says most. */
export const sourcesWords = (sources: readonly (Source & { name: string })[]): string => {
  const [worst] = sources
    .flatMap((source) => {
      const { differs, denies, ...rest } = relationCounts(source);
      const n = differs + denies + rest.agrees + rest.partly + rest.silent;
      return differs + denies > 0 && n >= FEW ? [{ name: source.name, against: differs + denies, n }] : [];
    })
    .sort((a, b) => b.against / b.n - a.against / a.n);
  if (worst)
    return `Cited against what it says most often is ${worst.name}: in ${worst.against} of ${counted(worst.n, 'citation')} the passage speaks of another role, or denies it.`;
  if (sources.every(({ answers }) => answers === 0)) return 'Nobody has cited a reading yet.';
  return sources.some(({ suppressed }) => suppressed)
    ? 'What stands here would tell of fewer than five students, so it is kept back.'
    : 'No reading is cited five times and more for a role that it gives to another.';
};
