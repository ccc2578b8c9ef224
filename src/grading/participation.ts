import { type CountedFact, proportion } from './criteria/criterion.ts';
import { kindOf } from './criteria/kinds.ts';
import { hundredths } from './policy.ts';
import type { PromptRule } from './rule-set.ts';

/** A criterion as something to count: so many of this fact, with this floor of words, for these points (1/100). */
export type Count = { id: string; fact: CountedFact; target: number; words: number; points: number };

/** What the store has to count for a prompt, in the rule's order. */
export const countsOf = (rule: PromptRule): Count[] =>
  rule.criteria.map((criterion) => {
    const { fact, target } = kindOf(criterion);
    const { id, words, points } = criterion;
    return { id, fact, target: target(criterion), words, points: hundredths(points) };
  });

/** The floor under which a post of one's own is not yet committed: words and cited claims. */
export const floorOf = (rule: PromptRule): { words: number; claims: number } => {
  const own = rule.criteria.filter((criterion) => criterion.kind === 'committed-post');
  return {
    words: Math.max(1, ...own.map((criterion) => criterion.words)),
    claims: Math.max(0, ...own.map((criterion) => criterion.claims)),
  };
};

export type Participation = {
  points: number;
  max: number;
  criteria: { id: string; title: string; points: number; max: number; done: boolean; needs: string | null }[];
};

/** Grades participation from counts by criterion id. All points in 1/100. Pure and total: a missing count is 0. */
export const gradeParticipation = (rule: PromptRule, counted: Readonly<Record<string, number>>): Participation => {
  const criteria = rule.criteria.map((criterion) => {
    const { target: targetOf, needs } = kindOf(criterion);
    const target = targetOf(criterion);
    const count = Object.hasOwn(counted, criterion.id) ? Math.max(0, counted[criterion.id]!) : 0;
    const max = hundredths(criterion.points);
    const done = count >= target;
    return {
      id: criterion.id,
      title: criterion.title,
      points: proportion(max, count, target),
      max,
      done,
      needs: done ? null : needs(criterion, target - count),
    };
  });
  return {
    points: criteria.reduce((sum, one) => sum + one.points, 0),
    max: criteria.reduce((sum, one) => sum + one.max, 0),
    criteria,
  };
};
