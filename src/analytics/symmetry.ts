/** How many went from one role to another between two answers. */
export type Move = { from: string; to: string; count: number };

/** With fewer who changed, the chi-squared distribution is too coarse to speak of a probability. */
export const FEWEST_CHANGES = 10;

/** Γ(freedom / 2 + 1), for whole degrees of freedom. */
const gamma = (freedom: number): number =>
  freedom === 0 ? 1 : freedom === 1 ? Math.sqrt(Math.PI) / 2 : (freedom / 2) * gamma(freedom - 2);

/**
 * The probability of a chi-squared value of at least `value`: one minus the series of the incomplete gamma function
 * (Abramowitz and Stegun, 1964, 26.4.6), whole degrees of freedom.
 */
export const chiSquaredTail = (value: number, freedom: number): number => {
  if (value > 700) return 0;
  let [term, sum] = [1, 1];
  for (let step = freedom + 2; term > sum * 1e-16; step += 2) {
    term *= value / step;
    sum += term;
  }
  return Math.max(0, 1 - (((value / 2) ** (freedom / 2) * Math.exp(-value / 2)) / gamma(freedom)) * sum);
};

/**
 * Whether the moves between any two roles balance: the statistic sums (a − b)² / (a + b) over the pairs of roles between
 * which anybody moved, each a degree of freedom. `null` where nobody changed. `p` is `null` below ten changes (Agresti,
 * 2007, An Introduction to Categorical Data Analysis, chapter 8). A. H. Bowker (1948), A test for symmetry in contingency
 * tables. Journal of the American Statistical Association 43, 572–574; with two roles McNemar's test (1947).
 */
export const symmetryTest = (
  moves: readonly Move[],
): { statistic: number; freedom: number; p: number | null } | null => {
  const pairs = new Map<string, [there: number, back: number]>();
  for (const { from, to, count } of moves) {
    if (from === to || count === 0) continue;
    const [a, b] = from < to ? [from, to] : [to, from];
    const [there, back] = pairs.get(`${a} ${b}`) ?? [0, 0];
    pairs.set(`${a} ${b}`, from === a ? [there + count, back] : [there, back + count]);
  }
  if (pairs.size === 0) return null;
  const both = [...pairs.values()];
  const changes = both.reduce((sum, [there, back]) => sum + there + back, 0);
  const statistic = both.reduce((sum, [there, back]) => sum + (there - back) ** 2 / (there + back), 0);
  const p = changes < FEWEST_CHANGES ? null : chiSquaredTail(statistic, both.length);
  return { statistic, freedom: both.length, p };
};
