import type { Catalogue } from '../catalogue/shapes.ts';
import { timeOf } from '../courses/schedule.ts';
import { beforeReveal, type TraceLine, type Verdict } from '../grading/grade-answer.ts';
import { deductions, pointsOf } from '../grading/policy.ts';
import type { Policy } from '../grading/rule-set.ts';
import { revealFor } from './reveal.ts';
import type { AnswerRow } from './store.ts';

/** A stored verdict (credit in 1/100) as the grader gave it. */
export const storedVerdict = (row: {
  credit: number;
  verdictPoints: number | null;
  max: number;
  trace: string;
}): Verdict => ({
  credit: row.credit / 100,
  points: row.verdictPoints,
  max: row.max,
  trace: JSON.parse(row.trace) as TraceLine[],
});

/** A verdict for JSON; what the key would give away is left out until it is revealed. */
export const verdictBody = (
  verdict: Verdict,
  answer: { scenario: string; role: string; claims: string[]; counterClaims: string[] },
  revealed: boolean,
) => {
  const { credit, points, max, trace } = revealed ? verdict : beforeReveal(verdict, answer);
  return { credit, points: pointsOf(points), max: pointsOf(max), trace };
};

/** An answer as its author (or the staff) sees it. The same row, policy and `revealed` give the same bytes. */
export const answerBody = (row: AnswerRow, catalogue: Catalogue, policy: Policy, used: number, revealed: boolean) => {
  const claims = JSON.parse(row.claims) as string[];
  const counterClaims = JSON.parse(row.counterClaims) as string[];
  const { scenario, role } = row;
  return {
    id: row.id,
    scenario,
    role,
    claims,
    counterClaims,
    reason: row.reason,
    attempt: row.attempt,
    submittedAt: timeOf(row.submittedAt),
    late: row.lateMs > 0,
    verdict: verdictBody(storedVerdict(row), { scenario, role, claims, counterClaims }, revealed),
    points: pointsOf(row.points),
    deductions: deductions(policy, row.verdictPoints ?? 0, row.attempt, row.lateMs).map((one) => ({
      ...one,
      points: pointsOf(one.points),
    })),
    grade: { points: pointsOf(row.gradePoints), max: pointsOf(row.max) },
    attempts: { max: policy.attempts.max, used },
    ruleSet: row.ruleSet,
    gradeEvent: row.id,
    reveal: revealed ? revealFor(catalogue, scenario) : null,
  };
};
