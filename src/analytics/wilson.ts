/** The two-sided 95 % range of the standard normal distribution is from minus this to this. */
export const Z_95 = 1.959963984540054;

export type Interval = { low: number; high: number };

/**
 * The 95 % score interval of a share, `count` of `n`: within 0 and 1, and sensible for small classes and for shares of
 * 0 and 1. `null` where n is 0. E. B. Wilson (1927), Probable inference, the law of succession, and statistical
 * inference. Journal of the American Statistical Association 22, 209–212.
 */
export const wilsonInterval = (count: number, n: number): Interval | null => {
  if (n === 0) return null;
  const share = count / n;
  const square = Z_95 ** 2;
  const scale = 1 + square / n;
  const centre = (share + square / (2 * n)) / scale;
  const half = (Z_95 / scale) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  return { low: count === 0 ? 0 : Math.max(0, centre - half), high: count === n ? 1 : Math.min(1, centre + half) };
};
