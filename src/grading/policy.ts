import type { Policy } from './rule-set.ts';

export const DAY_MS = 86_400_000;

/** Points for people and JSON, from integers of 1/100 point: 350 gives 3.5, `null` (no grade) stays `null`. */
export const pointsOf = <P extends number | null>(hundredths: P): P =>
  (hundredths === null ? null : hundredths / 100) as P;

/** Integers of 1/100 from a JSON number. The one place where a fraction is rounded: half up. */
export const hundredths = (value: number): number => Math.floor(value * 100 + 0.5 + 1e-9);

/** Whole days late, each begun day counting; 0 when in time. */
export const daysLate = (lateMs: number): number => Math.ceil(Math.max(0, lateMs) / DAY_MS);

/**
 * Points (1/100) that an attempt keeps after the policy's deductions. Integer arithmetic only, because
 * `answers/submission-store.ts` does the same in SQL and the two must agree to the last point.
 */
export const afterDeductions = (policy: Policy, points: number, attempt: number, lateMs: number): number => {
  const kept = Math.max(0, 100 - hundredths(policy.attempts.penalty) * (attempt - 1));
  const days = daysLate(lateMs);
  const onTime =
    days === 0 ? 100 : Math.max(hundredths(policy.late.floor), 100 - hundredths(policy.late.penaltyPerDay) * days);
  return Math.floor((points * kept * onTime + 5000) / 10_000);
};

export type Deduction = { kind: 'attempt' | 'late'; points: number; says: string };

/** The deductions of `afterDeductions`, one by one, in words. Points in 1/100. */
export const deductions = (policy: Policy, points: number, attempt: number, lateMs: number): Deduction[] => {
  const forAttempt = afterDeductions(policy, points, attempt, 0);
  const forBoth = afterDeductions(policy, points, attempt, lateMs);
  const days = daysLate(lateMs);
  return [
    ...(forAttempt < points
      ? [
          {
            kind: 'attempt' as const,
            points: points - forAttempt,
            says: `Attempt ${attempt} keeps less of its points.`,
          },
        ]
      : []),
    ...(days > 0
      ? [
          {
            kind: 'late' as const,
            points: forAttempt - forBoth,
            says: `Handed in ${days} ${days === 1 ? 'day' : 'days'} late.`,
          },
        ]
      : []),
  ];
};

export type Attempt = { attempt: number; points: number | null };

/** Which of a person's attempts counts (points in 1/100), or `null` where none has points. */
export const keptPoints = (keep: Policy['attempts']['keep'], attempts: readonly Attempt[]): number | null => {
  const graded = attempts
    .filter((one): one is { attempt: number; points: number } => one.points !== null)
    .sort((a, b) => a.attempt - b.attempt);
  if (graded.length === 0) return null;
  if (keep === 'best') return Math.max(...graded.map((one) => one.points));
  return (keep === 'last' ? graded.at(-1)! : graded[0]!).points;
};
