import type * as z from 'zod';

/** What can be counted of a person in one prompt, each within the criterion's own date. */
export type CountedFact = 'committedPosts' | 'peersAnswered' | 'peersOfOtherRolesAnswered';

export type CriterionResult = { done: boolean; points: number; needs: string | null };

type Params = { points: number; words: number };

/** A kind of participation criterion: which fact it counts, how many it wants, and what it tells who has not done it. */
export const defineCriterion = <Kind extends string, Schema extends z.ZodType<Params & { kind: Kind }>>(kind: {
  id: Kind;
  title: string;
  schema: Schema;
  fact: CountedFact;
  /** How many of the fact earn all points. */
  target: (params: z.output<Schema>) => number;
  needs: (params: z.output<Schema>, missing: number) => string;
}) => kind;

/** Points (1/100) for `count` of `target`: in proportion, rounded down, so that only the whole earns the whole. */
export const proportion = (max: number, count: number, target: number): number =>
  Math.floor((max * Math.min(count, target)) / target);
