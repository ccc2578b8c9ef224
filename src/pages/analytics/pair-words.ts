import type { pairBody } from '../../analytics/pairs.ts';
import { quoted } from '../words.ts';
import { wholePercent } from './figure-words.ts';

/** A matched pair with the titles of its sides. */
export type TitledPair = ReturnType<typeof pairBody> & { titles: readonly [string, string] };

/** Fewer people are not compared. */
const FEW = 5;

/** Which distinction was held on both sides least. */
export const pairsWords = (pairs: readonly TitledPair[]): string => {
  const [least] = pairs
    .filter(({ n, both: { share } }) => (n ?? 0) >= FEW && share !== null)
    .sort((a, b) => a.both.share! - b.both.share!);
  if (!least)
    return pairs.some(({ suppressed }) => suppressed)
      ? 'Too few answered both sides of a pair, or one side alone, so this is kept back.'
      : pairs.some(({ n }) => n !== 0)
        ? 'Fewer than five students have answered both sides of each pair: too few to compare them.'
        : 'Nobody has answered both sides of a pair yet.';
  const [a, b] = least.titles;
  return `The distinction that fewest held on both sides is that of ${quoted(a)} and ${quoted(b)}: ${wholePercent(least.both.share!)} of those who answered both.`;
};
