import * as z from 'zod';
import type { Actor } from '../auth/actor.ts';
import type { Deps } from '../deps.ts';
import { readMarks, sumOfMarks } from '../grading/rubric.ts';
import { lazily } from '../lazily.ts';
import { Problem, pointerTo } from '../problem.ts';
import { ruleOf } from './gradebook.ts';
import { type Asked, decideByHand, type Target } from './overrides.ts';
import { rubricIsMissing } from './overrides-store.ts';

export const rubricMarksSchema = lazily(() =>
  z
    .strictObject({
      points: z
        .record(z.string(), z.number().min(0).multipleOf(0.01))
        .refine((points) => Object.keys(points).length > 0, 'mark one criterion or more'),
      comment: z.string().trim().min(1).max(2000).optional(),
    })
    .meta({ id: 'RubricMarks' }),
);

/**
 * Marks what a person wrote by the rubric of the activity's rule, all criteria at once, or takes the marks away (`null`).
 * They are added to the automatic points. Throws `rubric-not-found`, and `invalid-input` for points that do not fit.
 */
export const markByRubric = (
  deps: Deps,
  actor: Actor,
  target: Target,
  marked: z.output<ReturnType<typeof rubricMarksSchema>> | null,
  asked?: Asked,
) => {
  const decide: Parameters<typeof decideByHand>[4] = (at, ruleSet) => {
    if (marked === null) return { type: 'rubric', points: null, refusals: [rubricIsMissing(at)] };
    const { rubric } = ruleOf(ruleSet, at.kind, at.activity) ?? {};
    if (!rubric) return new Problem('rubric-not-found');
    const read = readMarks(rubric, marked.points);
    if ('faults' in read) {
      const errors = read.faults.map(({ criterion, detail }) => ({
        pointer: pointerTo(['points', criterion]),
        detail,
      }));
      return new Problem('invalid-input', { errors });
    }
    const { marks } = read;
    return { type: 'rubric', points: sumOfMarks(marks), marks, reason: marked.comment, refusals: [] };
  };
  return decideByHand(deps, actor, 'rubric:mark', target, decide, asked);
};
