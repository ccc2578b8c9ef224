import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { type Interval, wilsonInterval } from './wilson.ts';

const figure = z.number().nullable();

/** A share with its Wilson interval. `null` beside `suppressed`: kept back; without: there is nobody to speak of. */
export const shareSchema = lazily(() =>
  z
    .object({ count: figure, share: figure, low: figure, high: figure, suppressed: z.boolean() })
    .meta({ id: 'ShareWithInterval' }),
);

/** Figures for JSON have four decimals. */
export const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** The bounds of an interval for JSON. */
export const boundsOf = (interval: Interval | null) => ({
  low: interval && rounded(interval.low),
  high: interval && rounded(interval.high),
});

/** A share, `count` of `n`, for JSON; nothing of it where it may not be shown. */
export const shareBody = (count: number, n: number, shown: boolean) => {
  if (!shown) return { count: null, share: null, low: null, high: null, suppressed: true };
  const share = n === 0 ? null : rounded(count / n);
  return { count, share, ...boundsOf(wilsonInterval(count, n)), suppressed: false };
};
