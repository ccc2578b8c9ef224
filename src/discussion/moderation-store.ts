import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { isHeld } from './store.ts';

/** What staff may set on a post, and the column that says since when. */
const columns = {
  hidden: sql`hidden_at`,
  held: sql`held_at`,
  locked: sql`locked_at`,
  pinned: sql`pinned_at`,
};
export type Mark = keyof typeof columns;

const MAX_PINS = 5;

/** True in SQL while the post is hidden, held, locked or pinned. */
export const postIs = (mark: Mark, id: string): SQL =>
  sql`exists (select 1 from post where id = ${id} and ${columns[mark]} is not null)`;

/** True in SQL while it is not. */
export const postIsNot = (mark: Mark, id: string): SQL => sql`not ${postIs(mark, id)}`;

/** Sets a mark (at a time in ms; one that is set keeps its time) or takes it away (`null`). */
export const updatePostMark = (db: Database, mark: Exclude<Mark, 'hidden'>, id: string, at: number | null) =>
  db.run(sql`update post set ${columns[mark]} = ${at === null ? sql`null` : sql`coalesce(${columns[mark]}, ${at})`}
    where id = ${id}`);

/** Hides a post (with its reason), or restores it (`null`). */
export const updatePostHidden = (db: Database, id: string, hidden: { at: number; reason: string } | null) =>
  db.run(
    sql`update post set hidden_at = ${hidden?.at ?? null}, hidden_reason = ${hidden?.reason ?? null} where id = ${id}`,
  );

/** Refuses where the course has no such post. */
export const postIsMissing = (courseId: string, id: string): Guard => [
  sql`not exists (select 1 from post where id = ${id} and course_id = ${courseId})`,
  'post-not-found',
];

/** Refuses what is for the head of a thread. */
export const postIsReply = (id: string): Guard => [
  sql`exists (select 1 from post where id = ${id} and parent_id is not null)`,
  'post-is-reply',
];

/** Refuses to pin a tombstone, or more posts than a first page should carry beside the others. */
export const pinIsRefused = (id: string): Guard[] => [
  [sql`exists (select 1 from post where id = ${id} and deleted_at is not null)`, 'post-removed'],
  [
    sql`${postIsNot('pinned', id)} and (select count(*) from post o join post p on p.course_id = o.course_id
      and p.prompt = o.prompt and p.pinned_at is not null where o.id = ${id}) >= ${MAX_PINS}`,
    'pins-used-up',
  ],
];

/** Refuses to release a reply before the post that it answers. */
export const parentIsHeld = (id: string): Guard => [
  sql`exists (select 1 from post r join post p on p.id = r.parent_id where r.id = ${id} and ${isHeld})`,
  'post-held',
];
