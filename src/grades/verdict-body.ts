import * as z from 'zod';
import { beforeReveal, type TraceLine, type Verdict } from '../grading/grade-answer.ts';
import { pointsOf } from '../grading/policy.ts';
import { lazily } from '../lazily.ts';

const traceSchema = lazily(() =>
  z.array(
    z.object({
      about: z.enum(['entry', 'feedback', 'denial', 'hint']),
      role: z.string(),
      applied: z.boolean(),
      credit: z.number(),
      claims: z.array(z.string()),
      says: z.string(),
    }),
  ),
);

export const verdictSchema = lazily(() =>
  z
    .object({ credit: z.number(), points: z.number().nullable(), max: z.number(), trace: traceSchema() })
    .meta({ id: 'Verdict' }),
);

/** What the policy took off an answer's points. */
export const deductionSchema = z.object({ kind: z.enum(['attempt', 'late']), points: z.number(), says: z.string() });

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
