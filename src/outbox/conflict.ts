/** A score as a share of its maximum; `null`: none. Points and maximum of one scale. */
export type Shown = { points: number | null; max: number };

/** What is rounded to half a hundredth, on either scale. */
const ROUNDING = 0.006;

/**
 * Whether two scores are the same mark. They are compared as shares, for platforms rescale to their column's maximum, and
 * with a tolerance, for they round there. What is over the maximum may have been cut to it.
 */
export const sameMark = (a: Shown, b: Shown): boolean => {
  if (a.points === null || b.points === null) return a.points === b.points;
  const [left, right] = [a.points / a.max, b.points / b.max];
  const over = left >= 1 && right >= 1 && (left === 1 || right === 1);
  return over || Math.abs(left - right) <= ROUNDING / a.max + ROUNDING / b.max;
};

/** How far apart two marks are, as shares; `null` and a mark are not comparable. */
const apart = (a: Shown, b: Shown): number =>
  a.points === null || b.points === null ? Number.POSITIVE_INFINITY : Math.abs(a.points / a.max - b.points / b.max);

/**
 * What a result that was read back means for the score that is to go: `same`: the platform has it; `go`: it has what it
 * can have from us (what was sent, or one of those tried whose fate was not known), or nothing; `conflict`: somebody put
 * another mark there. A zero from before anything of ours is what an LMS writes for missing work, and is nobody's mark. On
 * a small scale both what was sent and what is to go may be that mark: the nearer one counts.
 */
export const judge = (result: Shown, next: Shown, ours: readonly Shown[]): 'same' | 'go' | 'conflict' => {
  const before = ours.filter((one) => sameMark(result, one));
  if (sameMark(result, next) && !before.some((one) => apart(result, one) < apart(result, next))) return 'same';
  const isMissing = result.points === null || (result.points === 0 && ours.length === 0);
  return isMissing || before.length > 0 ? 'go' : 'conflict';
};
