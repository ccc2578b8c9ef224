import * as z from 'zod';
import { scenarioIn } from '../catalogue/course-content.ts';
import type { Catalogue } from '../catalogue/shapes.ts';
import { timeOf } from '../courses/schedule.ts';
import { deductionSchema, storedVerdict, verdictBody, verdictSchema } from '../grades/verdict-body.ts';
import { deductions, pointsOf } from '../grading/policy.ts';
import { rubricMax } from '../grading/rubric.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { revealFor } from './reveal.ts';
import type { AnswerRow } from './store.ts';

export const answerSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      scenario: z.string(),
      role: z.string(),
      claims: z.array(z.string()),
      counterClaims: z.array(z.string()),
      reason: z.string().nullable(),
      attempt: z.int(),
      submittedAt: z.iso.datetime(),
      late: z.boolean(),
      verdict: verdictSchema(),
      points: z.number().nullable(),
      deductions: z.array(deductionSchema),
      grade: z.object({ points: z.number().nullable(), max: z.number() }),
      attempts: z.object({ max: z.int(), used: z.int() }),
      ruleSet: z.string(),
      gradeEvent: z.string(),
      reveal: z
        .object({
          verdict: z.string(),
          because: z.string().nullable(),
          voices: z.array(
            z.object({
              source: z.string(),
              role: z.string().nullable(),
              stance: z.string(),
              claims: z.array(z.string()),
            }),
          ),
        })
        .nullable(),
    })
    .meta({ id: 'Answer' }),
);

/** An answer as its author (or the staff) sees it. The same row, rules and `revealed` give the same bytes. */
export const answerBody = (
  row: AnswerRow,
  catalogue: Catalogue,
  rules: Pick<RuleSet, 'policy' | 'custom' | 'scenarios'>,
  used: number,
  revealed: boolean,
) => {
  const { policy, scenarios } = rules;
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
    grade: { points: pointsOf(row.gradePoints), max: pointsOf(row.max + rubricMax(scenarios[scenario])) },
    attempts: { max: policy.attempts.max, used },
    ruleSet: row.ruleSet,
    gradeEvent: row.id,
    reveal: revealed ? revealFor(catalogue, scenarioIn(catalogue, rules, scenario)?.topic) : null,
  };
};
