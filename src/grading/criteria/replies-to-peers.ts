import * as z from 'zod';
import { criterionFields, defineCriterion } from './criterion.ts';

/** Replies to so many different people; two to the same person count once. */
export const repliesToPeers = defineCriterion({
  id: 'replies-to-peers',
  title: 'Replies to different people',
  schema: () =>
    z.strictObject({
      kind: z.literal('replies-to-peers'),
      ...criterionFields(),
      count: z.int().min(1).max(20),
    }),
  fact: 'peersAnswered',
  target: ({ count }) => count,
  needs: ({ words }, missing) =>
    `Reply to ${missing} more ${missing === 1 ? 'person' : 'people'}, with at least ${words} words each.`,
});
