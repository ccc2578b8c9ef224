import { type SQL, sql } from 'drizzle-orm';
import type { Person } from '../auth/actor.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import type { Position } from '../paging.ts';
import {
  gone,
  isHeld,
  isOpenFlag,
  meetsItsFloor,
  type PostRow,
  postColumns,
  type Viewer,
  viewerOf,
  visiblePosts,
  withText,
} from './store.ts';

/** A post's open flags: a person's, or with `personId` `null` all. */
type FlagsOf = { courseId: string; postId: string; personId: string | null };

const openFlag = ({ courseId, postId, personId }: FlagsOf): SQL =>
  sql`select 1 from post_flag f where f.post_id = ${postId} and f.course_id = ${courseId} and ${isOpenFlag}
    and (${personId} is null or f.person_id = ${personId})`;

/** What speaks against a flag: a post that cannot be seen, or is one's own, or is gone. */
export const flagIsRefused = (person: Person, id: string): Guard[] => {
  const viewer = viewerOf(person);
  const post = (also: SQL) =>
    sql`exists (select 1 from post p where p.id = ${id} and ${visiblePosts(viewer)} and ${also})`;
  return [
    [sql`not ${post(sql`true`)}`, 'post-not-found'],
    [post(sql`p.author_id = ${person.personId}`), 'own-post'],
    [post(gone(viewer)), 'post-removed'],
  ];
};

/** Refuses where there is no such open flag. */
export const flagIsMissing = (flags: FlagsOf): Guard => [sql`not exists (${openFlag(flags)})`, 'flag-not-found'];

/** True in SQL where the flag, or its reason, is new. */
export const flagIsNew = (flags: FlagsOf, reason: string): SQL =>
  sql`not exists (${openFlag(flags)} and f.reason = ${reason})`;

type FlagRow = { post: string; reason: string; createdAt: number };

/** Flags a post. A flag that is open gets the new reason and keeps its time; one that was cleared is raised again. */
export const upsertFlag = (db: Database, { institutionId, courseId, personId }: Person, one: FlagRow) =>
  db.all<FlagRow>(sql`insert into post_flag (post_id, person_id, institution_id, course_id, reason, created_at)
    values (${one.post}, ${personId}, ${institutionId}, ${courseId}, ${one.reason}, ${one.createdAt})
    on conflict do update set reason = excluded.reason, cleared_at = null,
      created_at = iif(cleared_at is null, created_at, excluded.created_at)
    returning post_id as post, reason, created_at as createdAt`);

/** Clears open flags: they wait for nobody any more. */
export const clearFlags = (db: Database, { courseId, postId, personId }: FlagsOf, now: number) =>
  db.run(sql`update post_flag set cleared_at = ${now} where post_id = ${postId} and course_id = ${courseId}
    and cleared_at is null and (${personId} is null or person_id = ${personId})`);

/** A person's open flags on the posts of a prompt. */
export const listOwnFlags = (db: Database, { courseId, personId }: Viewer, prompt: string) =>
  db.all<FlagRow>(sql`select f.post_id as post, f.reason, f.created_at as createdAt from post_flag f
    join post p on p.id = f.post_id and p.prompt = ${prompt}
    where f.course_id = ${courseId} and f.person_id = ${personId} and ${isOpenFlag}`);

export type QueueRow = PostRow & {
  /** The place in the queue: when a held post was written, or the first open flag raised. */
  queuedAt: number;
  /** JSON: who flagged it, why and when, the first ones first. */
  raised: string;
};

/** As many flags of a post are told one by one; `flags` counts all. */
const MAX_TOLD = 20;

const openFlags = sql`(select json_group_array(json_object('personId', personId, 'name', name, 'reason', reason, 'at', at))
  from (select f.person_id as personId, x.name, f.reason, f.created_at as at from post_flag f join person x on x.id = f.person_id
    where f.post_id = p.id and ${isOpenFlag} order by f.created_at, f.person_id limit ${MAX_TOLD}))`;

const stands = sql`p.hidden_at is null and p.deleted_at is null`;

/**
 * What waits for the staff after `position`, oldest first, one more than `limit`: held posts, and posts with open flags at
 * the place of the first of these. Each half reads its index of what is open from `position` on.
 */
export const listQueue = (db: Database, viewer: Viewer, position: Position | null, limit: number) => {
  const { courseId, institutionId } = viewer;
  const [at, id] = [position?.at ?? 0, position?.id ?? ''];
  return db.all<QueueRow>(sql`select q.at as queuedAt, ${openFlags} as raised, ${postColumns(viewer)}
    from (select * from (select p.id, p.created_at as at from post p
        where p.course_id = ${courseId} and ${isHeld} and ${meetsItsFloor} and ${stands} and (p.created_at, p.id) > (${at}, ${id})
        order by p.created_at, p.id limit ${limit + 1})
      union all select * from (select f.post_id as id, f.created_at as at from post_flag f join post p on p.id = f.post_id
        where f.course_id = ${courseId} and ${isOpenFlag} and not ${isHeld} and ${stands}
          and (f.created_at, f.post_id) > (${at}, ${id})
          and not exists (select 1 from post_flag e where e.post_id = f.post_id and e.cleared_at is null
            and (e.created_at, e.person_id) < (f.created_at, f.person_id))
        order by f.created_at, f.post_id limit ${limit + 1})
      order by at, id limit ${limit + 1}) q
    join post p on p.id = q.id ${withText} where p.institution_id = ${institutionId}
    order by q.at, q.id`);
};
