import { displayName } from '../courses/roster.ts';
import { timeOf } from '../courses/schedule.ts';
import { gradeParticipation, type Participation } from '../grading/participation.ts';
import { pointsOf } from '../grading/policy.ts';
import type { PromptRule } from '../grading/rule-set.ts';
import type { PostRow } from './store.ts';

const stateOf = (row: PostRow) =>
  row.deletedAt !== null
    ? 'deleted'
    : row.hiddenAt !== null
      ? 'hidden'
      : row.parentId === null && row.committedAt === null
        ? 'below-floor'
        : 'visible';

/** A post for JSON. What is gone has a `null` body and keeps its place. */
export const postBody = (row: PostRow) => ({
  id: row.id,
  prompt: row.prompt,
  parentId: row.parentId,
  author: { id: row.authorId, name: displayName(row.authorId, row.authorName) },
  body: row.body,
  html: row.html,
  claims: JSON.parse(row.claims) as string[],
  role: row.role,
  version: row.version,
  state: stateOf(row),
  createdAt: timeOf(row.createdAt),
  editedAt: row.editedAt === row.createdAt ? null : timeOf(row.editedAt),
});

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
