import { type Interval, Z_95 } from './wilson.ts';

/** Fewer people say nothing about how an item discriminates. */
export const FEWEST_FOR_CORRELATION = 10;

/** Sums over people of two values each, x and y. */
export type Sums = { n: number; x: number; y: number; xx: number; yy: number; xy: number };

/** What is left of a variance by rounding alone. */
const ROUNDING = 1e-9;

/**
 * The correlation of x and y with its 95 % interval, from their sums; `null` for fewer than ten people, and where all
 * have the same x or the same y. With x the credit of an item and y the mean credit of the person's other items it is
 * the corrected item-total correlation, the item's discrimination: S. Henrysson (1963), Correction of item-total
 * correlations in item analysis. Psychometrika 28, 211–218. The interval: R. A. Fisher (1921), On the "probable error"
 * of a coefficient of correlation deduced from a small sample. Metron 1, 3–32.
 */
export const correlation = ({ n, x, y, xx, yy, xy }: Sums): { r: number; interval: Interval } | null => {
  if (n < FEWEST_FOR_CORRELATION) return null;
  const [spreadX, spreadY] = [n * xx - x * x, n * yy - y * y];
  if (spreadX <= ROUNDING * n * xx || spreadY <= ROUNDING * n * yy) return null;
  const r = Math.max(-1, Math.min(1, (n * xy - x * y) / Math.sqrt(spreadX * spreadY)));
  const half = Z_95 / Math.sqrt(n - 3);
  return { r, interval: { low: Math.tanh(Math.atanh(r) - half), high: Math.tanh(Math.atanh(r) + half) } };
};
