import type { shareBody } from '../../analytics/figures.ts';
import { percentWords } from '../words.ts';

export type Share = ReturnType<typeof shareBody>;

/** What stands where a figure is withheld: it is not zero, and not nothing. */
export const KEPT_BACK = 'kept back';
/** What stands where there is nobody to speak of. */
export const NOBODY = '–';

/** A share in whole percent. */
export const wholePercent = (share: number): string => percentWords(share, 0);

/** An interval of shares. */
export const rangeWords = (low: number | null, high: number | null): string =>
  low === null || high === null ? NOBODY : `${wholePercent(low)} to ${wholePercent(high)}`;

/** A correlation, or a bound of one. */
export const correlationWords = (value: number): string => value.toFixed(2).replace('-', '−');

/** A count that `null` keeps back. */
export const countWords = (count: number | null): string => (count === null ? KEPT_BACK : String(count));

/** A share as a table has it, with its interval. */
export const shareWords = ({ count, share, low, high, suppressed }: Share): string => {
  if (suppressed) return KEPT_BACK;
  return share === null ? NOBODY : `${wholePercent(share)} (${count}; ${rangeWords(low, high)})`;
};
