import * as z from 'zod';
import { criterionFields, defineCriterion } from './criterion.ts';

/** A reply to somebody whose post takes another role than one's own. */
export const replyAcrossRoles = defineCriterion({
  id: 'reply-across-roles',
  title: 'A reply to somebody who took another role',
  schema: () =>
    z.strictObject({
      kind: z.literal('reply-across-roles'),
      ...criterionFields(),
      count: z.int().min(1).max(20).default(1),
    }),
  fact: 'peersOfOtherRolesAnswered',
  target: ({ count }) => count,
  needs: ({ words }, missing) =>
    `Name a role in your post, and reply with at least ${words} words to ${missing} more ${missing === 1 ? 'person' : 'people'} who took another one.`,
});
