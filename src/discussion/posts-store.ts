import { type SQL, sql } from 'drizzle-orm';
import type { Person } from '../auth/actor.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { type Once, resultOf, unseen } from '../db/once.ts';
import { gateOpen, gone, isHeld, meetsItsFloor, type PostRow, postColumns, viewerOf, visiblePosts } from './store.ts';

export type NewPost = {
  id: string;
  person: Person;
  prompt: string;
  parentId: string | null;
  body: string;
  html: string;
  claims: string[];
  role: string | null;
  words: number;
  meetsFloor: boolean;
  now: number;
};

/** What speaks against a reply: the gate, a parent that cannot be seen, is gone or held, or a locked thread. */
export const replyIsRefused = ({ person, prompt, parentId }: NewPost, once: Once | null): Guard[] => {
  if (parentId === null) return [];
  const viewer = viewerOf(person);
  const parent = (also: SQL) =>
    sql`exists (select 1 from post p where p.id = ${parentId} and p.prompt = ${prompt} and ${visiblePosts(viewer)} and ${also})`;
  const theirs = sql`${isHeld} and p.author_id <> ${person.personId}`;
  return [
    ...(viewer.staff
      ? []
      : [[sql`${unseen(once)} and not ${gateOpen(viewer, sql`${prompt}`)}`, 'post-first'] as const]),
    [sql`${unseen(once)} and not ${parent(sql`true`)}`, 'post-not-found'],
    [sql`${unseen(once)} and ${parent(gone(viewer))}`, 'post-removed'],
    [sql`${unseen(once)} and not ${parent(meetsItsFloor)}`, 'post-not-committed'],
    [sql`${unseen(once)} and ${parent(theirs)}`, 'post-held'],
    [sql`${unseen(once)} and ${threadIsLocked(parentId)}`, 'post-locked'],
  ];
};

/** True in SQL where the post, or one that it answers at whatever distance, is locked. */
const threadIsLocked = (id: string): SQL =>
  sql`exists (with recursive up (parent_id, locked_at) as (
      select parent_id, locked_at from post where id = ${id}
      union all select q.parent_id, q.locked_at from up join post q on q.id = up.parent_id)
    select 1 from up where locked_at is not null)`;

/**
 * True in SQL where what a learner makes public waits for the staff: the course holds first posts, and nothing of theirs
 * stands in public yet.
 */
const mustWait = ({ courseId, personId, role }: Person): SQL =>
  role !== 'learner'
    ? sql`false`
    : sql`(exists (select 1 from course where id = ${courseId} and hold_first_posts = 1)
      and not exists (select 1 from post p where p.course_id = ${courseId} and p.author_id = ${personId}
        and ${meetsItsFloor} and not ${isHeld} and p.hidden_at is null))`;

/** The post itself; its text is its first version. What answers a held post is held like it. */
export const insertPost = (db: Database, one: NewPost, once: Once | null) =>
  db.run(sql`insert into post (id, institution_id, course_id, prompt, parent_id, author_id, role, words, committed_at,
      committed_version, version, created_at, held_at)
    select ${one.id}, ${one.person.institutionId}, ${one.person.courseId}, ${one.prompt}, ${one.parentId},
      ${one.person.personId}, ${one.role}, ${one.words}, ${one.meetsFloor ? one.now : null}, ${one.meetsFloor ? 1 : null},
      1, ${one.now}, iif(${mustWait(one.person)} or exists (select 1 from post p where p.id = ${one.parentId} and ${isHeld}), ${one.now}, null)
    where ${unseen(once)}`);

/** The version of a post that `post.version` names now; nothing where the post was not written. */
export const insertVersion = (db: Database, one: Pick<NewPost, 'id' | 'body' | 'html' | 'claims' | 'role' | 'now'>) =>
  db.run(sql`insert into post_version (post_id, version, institution_id, body, html, claims, role, created_at)
    select id, version, institution_id, ${one.body}, ${one.html}, ${JSON.stringify(one.claims)}, ${one.role}, ${one.now}
    from post where id = ${one.id}`);

/** What speaks against changing or deleting a post, for its author. `version` `null`: any. */
export const changeIsRefused = (person: Person, id: string, version: number | null): Guard[] => {
  const own = (also: SQL) =>
    sql`exists (select 1 from post where id = ${id} and course_id = ${person.courseId} and author_id = ${person.personId} and ${also})`;
  return [
    [
      sql`not ${own(sql`true`)} and not exists (select 1 from post p where p.id = ${id} and ${visiblePosts(viewerOf(person))})`,
      'post-not-found',
    ],
    [sql`not ${own(sql`true`)}`, 'not-permitted'],
    [own(sql`(deleted_at is not null or hidden_at is not null)`), 'post-removed'],
    ...(version === null ? [] : [[own(sql`version <> ${version}`), 'stale'] as const]),
  ];
};

/**
 * Moves a post to its next version, and commits it where it meets the floor for the first time; what was committed
 * before stays as it was. A reply has no floor: it counts with the most words it ever had.
 */
export const updatePost = (
  db: Database,
  person: Person,
  one: { id: string; role: string | null; words: number; meetsFloor: boolean; now: number },
) => {
  const commits = sql`parent_id is null and committed_at is null and ${one.meetsFloor}`;
  return db.run(sql`update post set version = version + 1,
      words = case when parent_id is not null then max(words, ${one.words}) when ${commits} then ${one.words} else words end,
      role = iif(committed_at is null, ${one.role}, role),
      committed_version = iif(${commits}, version + 1, committed_version),
      committed_at = iif(${commits}, ${one.now}, committed_at),
      held_at = iif(${commits} and ${mustWait(person)}, coalesce(held_at, ${one.now}), held_at)
    where id = ${one.id}`);
};

/** Makes a post a tombstone, which nobody pins. */
export const updatePostDeleted = (db: Database, id: string, now: number) =>
  db.run(sql`update post set deleted_at = ${now}, pinned_at = null where id = ${id}`);

export type SubmittedRow = PostRow & {
  committedAtFirst: number | null;
  counted: string | null;
  ruleSet: string | null;
};

/**
 * The post that the request made, now or when it was first sent: its first version, in the state it was in then, and
 * what it counted. Only a text that is gone since stays gone.
 */
export const findSubmittedPost = (db: Database, person: Person, once: Once | null, id: string) =>
  db.all<SubmittedRow>(sql`select ${postColumns(viewerOf(person))}, iif(p.committed_version = 1, p.committed_at, null) as committedAtFirst,
      e.counted, e.rule_set as ruleSet from post p
      join post_version v on v.post_id = p.id and v.version = 1 join person a on a.id = p.author_id
      left join grade_event e on e.id = p.id
    where p.id = ${resultOf(once, id)}`);
