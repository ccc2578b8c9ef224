import * as z from 'zod';
import { gradeParticipation, type Participation } from '../grading/participation.ts';
import { pointsOf } from '../grading/policy.ts';
import type { PromptRule } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';

const criterionResultSchema = lazily(() =>
  z.object({
    id: z.string(),
    title: z.string(),
    points: z.number(),
    max: z.number(),
    done: z.boolean(),
    needs: z.string().nullable(),
  }),
);
export const participationSchema = lazily(() =>
  z
    .object({ points: z.number(), max: z.number(), criteria: z.array(criterionResultSchema()) })
    .meta({ id: 'Participation' }),
);

/** Participation for JSON, from counts as the ledger keeps them. */
export const participationBody = (rule: PromptRule | undefined, counted: string | null) => {
  const { points, max, criteria }: Participation = gradeParticipation(
    rule ?? { criteria: [] },
    counted === null ? {} : JSON.parse(counted),
  );
  return {
    points: pointsOf(points),
    max: pointsOf(max),
    criteria: criteria.map((one) => ({ ...one, points: pointsOf(one.points), max: pointsOf(one.max) })),
  };
};
