import type { shareBody } from '../../analytics/figures.ts';

export type Share = ReturnType<typeof shareBody>;

/** What stands where a figure is withheld: it is not zero, and not nothing. */
export const KEPT_BACK = 'kept back';
/** What stands where there is nobody to speak of. */
export const NOBODY = '–';

/** A share in whole percent. */
export const percentWords = (share: number): string => `${Math.round(share * 100)}%`;

/** An interval of shares. */
export const rangeWords = (low: number | null, high: number | null): string =>
  low === null || high === null ? NOBODY : `${percentWords(low)} to ${percentWords(high)}`;

/** A correlation, or a bound of one. */
export const correlationWords = (value: number): string => value.toFixed(2).replace('-', '−');

/** A count that `null` keeps back. */
export const countWords = (count: number | null): string => (count === null ? KEPT_BACK : String(count));

/** A share as a table has it, with its interval. */
export const shareWords = ({ count, share, low, high, suppressed }: Share): string => {
  if (suppressed) return KEPT_BACK;
  return share === null ? NOBODY : `${percentWords(share)} (${count}; ${rangeWords(low, high)})`;
};

/** “Both, shared”, “Community manager or Social media manager”. */
export const listed = (words: readonly string[], last: 'and' | 'or'): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

/** A title within a sentence. */
export const quoted = (title: string): string => `“${title}”`;
