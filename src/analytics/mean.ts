import { type Interval, Z_95 } from './wilson.ts';

/** The 0.975 quantiles of Student's t for 1 to 4 degrees of freedom, where the expansion below is too coarse. */
const FEW = [12.7062, 4.3027, 3.1824, 2.7764];

/**
 * The 0.975 quantile of Student's t, to three decimals: the expansion by degrees of freedom of Abramowitz and Stegun
 * (1964), Handbook of Mathematical Functions, 26.7.5.
 */
export const studentQuantile = (freedom: number): number => {
  const z = Z_95;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return FEW[freedom - 1] ?? terms.reduce((sum, term, power) => sum + term / freedom ** power, 0);
};

/**
 * The mean of values from 0 to 1, given their number, sum and sum of squares, and its 95 % t interval, cut to 0 and 1
 * (Student, 1908, The probable error of a mean. Biometrika 6, 1–25). No interval for fewer than two, no mean for none.
 */
export const meanWithInterval = (
  n: number,
  sum: number,
  squares: number,
): { mean: number; interval: Interval | null } | null => {
  if (n === 0) return null;
  const mean = sum / n;
  if (n === 1) return { mean, interval: null };
  const variance = Math.max(0, (squares - n * mean * mean) / (n - 1));
  const half = studentQuantile(n - 1) * Math.sqrt(variance / n);
  return { mean, interval: { low: Math.max(0, mean - half), high: Math.min(1, mean + half) } };
};
