import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { hundredths } from './policy.ts';

/** What people mark by hand beside what is graded automatically: the prose of an answer or of posts. */
export const rubricSchema = lazily(() =>
  z
    .array(
      z.strictObject({
        id: z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'an id is letters, digits and dashes'),
        title: z.string().min(1).max(200),
        points: z.number().positive().max(1000).multipleOf(0.01),
      }),
    )
    .min(1)
    .max(20)
    .refine((rubric) => new Set(rubric.map(({ id }) => id)).size === rubric.length, 'give each criterion its own id')
    .meta({ id: 'Rubric' }),
);

export type Rubric = z.output<ReturnType<typeof rubricSchema>>;
type Rule = { rubric?: Rubric | undefined } | undefined;

/** The most that can be marked by hand under a rule, in 1/100 point; 0 without a rubric. */
export const rubricMax = (rule: Rule): number =>
  (rule?.rubric ?? []).reduce((sum, { points }) => sum + hundredths(points), 0);

/** Marks in 1/100 point by criterion, as the ledger keeps them. */
export type Marks = Readonly<Record<string, number>>;

export const sumOfMarks = (marks: Marks): number => Object.values(marks).reduce((sum, points) => sum + points, 0);

/**
 * Points by criterion (a criterion left out is not marked, and adds nothing) as marks, or everything wrong with them:
 * the criterion and what to do.
 */
export const readMarks = (
  rubric: Rubric,
  points: Readonly<Record<string, number>>,
): { marks: Marks } | { faults: { criterion: string; detail: string }[] } => {
  const ids = rubric.map(({ id }) => id).join(', ');
  const faults = Object.entries(points).flatMap(([criterion, given]) => {
    const known = rubric.find(({ id }) => id === criterion);
    if (!known) return [{ criterion, detail: `there is no criterion ${criterion}; there are ${ids}` }];
    return given >= 0 && given <= known.points
      ? []
      : [{ criterion, detail: `give ${criterion} from 0 to ${known.points} points` }];
  });
  if (faults.length > 0) return { faults };
  const marked = rubric.filter(({ id }) => Object.hasOwn(points, id));
  return { marks: Object.fromEntries(marked.map(({ id }) => [id, hundredths(points[id]!)])) };
};
