import * as z from 'zod';
import { displayName } from '../courses/roster.ts';
import { timeOf } from '../courses/schedule.ts';
import { revisionTag } from '../etag.ts';
import { floorOf } from '../grading/participation.ts';
import type { PromptRule } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { limitUpTo, pageQuery } from '../paging.ts';
import type { PostRow } from './store.ts';

const time = z.iso.datetime().nullable();

/** Texts are long: at most fifty a page. */
export const postsQuery = lazily(() => pageQuery().extend({ limit: limitUpTo(50).default(50) }));

export const postSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      prompt: z.string(),
      parentId: z.string().nullable(),
      author: z.object({ id: z.string(), name: z.string() }),
      body: z.string().nullable(),
      html: z.string().nullable(),
      claims: z.array(z.string()),
      role: z.string().nullable(),
      version: z.int(),
      state: z.enum(['visible', 'below-floor', 'hidden', 'deleted']),
      hiddenReason: z.string().nullable().describe('For its author and for staff'),
      held: z.boolean(),
      locked: z.boolean(),
      pinned: z.boolean(),
      flags: z.int().optional(),
      createdAt: z.iso.datetime(),
      editedAt: time,
    })
    .meta({ id: 'Post' }),
);

const stateOf = (row: PostRow) =>
  row.deletedAt !== null
    ? 'deleted'
    : row.hiddenAt !== null
      ? 'hidden'
      : row.parentId === null && row.committedAt === null
        ? 'below-floor'
        : 'visible';

/** A post's ETag: its version, and its state, which moderation changes without a new one. */
export const postTag = ({ version, state, ...marks }: PostBody): string => {
  const set = (['held', 'locked', 'pinned'] as const).filter((mark) => marks[mark]);
  return revisionTag(version, [...(state === 'visible' ? [] : [state]), ...set].join('-'));
};

type PostBody = Pick<ReturnType<typeof postBody>, 'version' | 'state' | 'held' | 'locked' | 'pinned'>;

/** A post for JSON. What is gone has a `null` body and keeps its place. How many flagged it is for staff alone. */
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
  hiddenReason: row.hiddenReason,
  held: row.heldAt !== null,
  locked: row.lockedAt !== null,
  pinned: row.pinnedAt !== null,
  ...(row.flags === null ? {} : { flags: row.flags }),
  createdAt: timeOf(row.createdAt),
  editedAt: row.editedAt === row.createdAt ? null : timeOf(row.editedAt),
});

export const gateSchema = lazily(() =>
  z.object({ open: z.boolean(), needs: z.array(z.string()) }).meta({ id: 'Gate' }),
);

/** Whether peers' posts are open to the viewer, and what opens them. */
export const gateBody = (rule: PromptRule | undefined, open: boolean) => {
  const { words, claims } = floorOf(rule ?? { criteria: [] });
  const cite = claims === 0 ? '' : ` that cites at least ${claims} ${claims === 1 ? 'claim' : 'claims'}`;
  return { open, needs: open ? [] : [`Commit a post of your own of at least ${words} words${cite}.`] };
};
