import * as z from 'zod';

/** What every criterion has: a name within its prompt, points for all of it, and a floor of words. */
export const criterionFields = () => ({
  id: z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'an id is letters, digits and dashes'),
  title: z.string().max(200),
  points: z.number().positive().max(1000).multipleOf(0.01),
  words: z.int().min(1).max(10_000).describe('The least that counts'),
});

/** What can be counted of a person in one prompt, each within the criterion's own date. */
export type CountedFact = 'committedPosts' | 'peersAnswered' | 'peersOfOtherRolesAnswered';

/** A kind of participation criterion: which fact it counts, how many it wants, and what it tells who has not done it. */
export type CriterionKind<Params> = {
  id: string;
  title: string;
  schema: () => z.ZodType<Params>;
  fact: CountedFact;
  /** How many of the fact earn all points. */
  target: (params: Params) => number;
  needs: (params: Params, missing: number) => string;
};

export const defineCriterion = <Schema extends z.ZodType>(
  kind: Omit<CriterionKind<z.output<Schema>>, 'schema'> & { schema: () => Schema },
) => kind;

/** Points (1/100) for `count` of `target`: in proportion, rounded down, so that only the whole earns the whole. */
export const proportion = (max: number, count: number, target: number): number =>
  Math.floor((max * Math.min(count, target)) / target);
