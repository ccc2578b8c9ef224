const BASE_MS = 5_000;
const CAP_MS = 4 * 3_600_000;

/** A delivery that failed for so long is given up: somebody has to look, and can send it again. */
export const GIVES_UP_AFTER_MS = 24 * 3_600_000;

/**
 * How long (ms) to wait after so many tries that failed: anything up to a limit that doubles with each ("full jitter", so
 * that what failed together does not come back together), at least what the other side asked for. `random` is from [0, 1).
 */
export const waitAfter = (tries: number, retryAfterMs: number | null, random: number): number => {
  const limit = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(tries, 30));
  return Math.max(1000 + Math.floor(random * limit), retryAfterMs ?? 0);
};

/** Whether to give up what failed first at `firstTriedAt` (ms). */
export const givesUp = (firstTriedAt: number, now: number): boolean => now - firstTriedAt >= GIVES_UP_AFTER_MS;
