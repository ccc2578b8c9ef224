import { type SQL, sql } from 'drizzle-orm';
import type { Person } from '../auth/actor.ts';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { type Once, resultOf, unseen } from '../db/once.ts';
import type { Position } from '../paging.ts';

/** Who looks: staff see everything, a learner what the post-first gate and moderation leave. */
export type Viewer = CourseAt & { personId: string; staff: boolean };

/** True in SQL once the person has committed a post to the prompt. */
const gateOpen = (viewer: Viewer, prompt: SQL): SQL =>
  sql`exists (select 1 from post own where own.course_id = ${viewer.courseId} and own.author_id = ${viewer.personId}
    and own.prompt = ${prompt} and own.parent_id is null and own.committed_at is not null)`;

/** A post of the viewer's course. */
const inCourse = ({ institutionId, courseId }: CourseAt): SQL =>
  sql`p.course_id = ${courseId} and p.institution_id = ${institutionId}`;

/** A reply, or a post that met the floor. */
const isPublic = sql`(p.parent_id is not null or p.committed_at is not null)`;

/**
 * The one rule of who sees which post `p`: staff all; a learner their own, and peers' (replies, and posts that met the
 * floor) once they have committed one themselves. Every route that shows, counts or touches posts goes through it;
 * `listPosts` and `listOwnPosts` are the same rule cut in two, so that a shut gate looks at no peer's post.
 */
const visiblePosts = (viewer: Viewer): SQL =>
  viewer.staff
    ? inCourse(viewer)
    : sql`${inCourse(viewer)} and (p.author_id = ${viewer.personId}
        or (${isPublic} and ${gateOpen(viewer, sql`p.prompt`)}))`;

/** A text that is gone: deleted for everyone, hidden for all but staff. */
const gone = (viewer: Viewer): SQL =>
  viewer.staff ? sql`p.deleted_at is not null` : sql`(p.deleted_at is not null or p.hidden_at is not null)`;

export type PostRow = {
  id: string;
  prompt: string;
  parentId: string | null;
  authorId: string;
  authorName: string | null;
  body: string | null;
  html: string | null;
  claims: string;
  role: string | null;
  version: number;
  createdAt: number;
  editedAt: number;
  committedAt: number | null;
  deletedAt: number | null;
  hiddenAt: number | null;
  hiddenReason: string | null;
};

const postColumns = (viewer: Viewer): SQL => sql`p.id, p.prompt, p.parent_id as parentId, p.author_id as authorId,
  a.name as authorName, iif(${gone(viewer)}, null, v.body) as body, iif(${gone(viewer)}, null, v.html) as html,
  iif(${gone(viewer)}, '[]', v.claims) as claims, iif(${gone(viewer)}, null, v.role) as role, v.version,
  p.created_at as createdAt, v.created_at as editedAt, p.committed_at as committedAt, p.deleted_at as deletedAt,
  p.hidden_at as hiddenAt, p.hidden_reason as hiddenReason`;

const shown = sql`from post p join post_version v on v.post_id = p.id and v.version = p.version
  join person a on a.id = p.author_id`;
const after = (position: Position | null): SQL =>
  sql`(p.created_at, p.id) > (${position?.at ?? 0}, ${position?.id ?? ''})`;

/**
 * The posts of a prompt that an open gate shows, after `position`, oldest first, one more than `limit`; none while it
 * is shut, and none is looked at.
 */
export const listPosts = (db: Database, viewer: Viewer, prompt: string, position: Position | null, limit: number) =>
  db.all<PostRow>(sql`select ${postColumns(viewer)} ${shown}
    where ${inCourse(viewer)} and p.prompt = ${prompt} and ${after(position)}
      and ${viewer.staff ? sql`true` : sql`(${isPublic} or p.author_id = ${viewer.personId}) and ${gateOpen(viewer, sql`${prompt}`)}`}
    order by p.created_at, p.id limit ${limit + 1}`);

/** One's own posts to a prompt: all that a shut gate shows. */
export const listOwnPosts = (db: Database, viewer: Viewer, prompt: string, position: Position | null, limit: number) =>
  db.all<PostRow>(sql`select ${postColumns(viewer)} ${shown}
    where ${inCourse(viewer)} and p.prompt = ${prompt} and p.author_id = ${viewer.personId} and ${after(position)}
    order by p.created_at, p.id limit ${limit + 1}`);

/** A post that the viewer may see. */
export const findPost = (db: Database, viewer: Viewer, id: string) =>
  db.all<PostRow>(sql`select ${postColumns(viewer)} ${shown} where ${visiblePosts(viewer)} and p.id = ${id}`);

/** The versions of a post that the viewer may see, after version `from`, one more than `limit`. */
export const listVersions = (db: Database, viewer: Viewer, id: string, from: number, limit: number) =>
  db.all<PostRow>(sql`select ${postColumns(viewer)} from post p
      join post_version v on v.post_id = p.id join person a on a.id = p.author_id
    where ${visiblePosts(viewer)} and p.id = ${id} and v.version > ${from} order by v.version limit ${limit + 1}`);

/** The prompts to which the person has committed a post. */
export const listCommitted = (db: Database, at: CourseAt, personId: string) =>
  db.all<{
    prompt: string;
  }>(sql`select distinct prompt from post where course_id = ${at.courseId} and institution_id = ${at.institutionId}
    and author_id = ${personId} and parent_id is null and committed_at is not null`);

/** Whether the viewer's gate to the prompt is open. */
export const isCommitted = (db: Database, viewer: Viewer, prompt: string) =>
  db.all<{ open: number }>(sql`select ${gateOpen(viewer, sql`${prompt}`)} as open`);

// Writing

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

const viewerOf = (person: Person): Viewer => ({ ...person, staff: person.role !== 'learner' });

/** What speaks against a reply: the gate, a parent that cannot be seen, or one that is gone. */
export const replyIsRefused = ({ person, prompt, parentId }: NewPost, once: Once | null): Guard[] => {
  if (parentId === null) return [];
  const viewer = viewerOf(person);
  const parent = (also: SQL) =>
    sql`exists (select 1 from post p where p.id = ${parentId} and p.prompt = ${prompt} and ${visiblePosts(viewer)} and ${also})`;
  return [
    ...(viewer.staff
      ? []
      : [[sql`${unseen(once)} and not ${gateOpen(viewer, sql`${prompt}`)}`, 'post-first'] as const]),
    [sql`${unseen(once)} and not ${parent(sql`true`)}`, 'post-not-found'],
    [sql`${unseen(once)} and ${parent(gone(viewer))}`, 'post-removed'],
    [sql`${unseen(once)} and not ${parent(isPublic)}`, 'post-not-committed'],
  ];
};

/** The post itself; its text is its first version. */
export const insertPost = (db: Database, one: NewPost, once: Once | null) =>
  db.run(sql`insert into post (id, institution_id, course_id, prompt, parent_id, author_id, role, words, committed_at,
      committed_version, version, created_at)
    select ${one.id}, ${one.person.institutionId}, ${one.person.courseId}, ${one.prompt}, ${one.parentId},
      ${one.person.personId}, ${one.role}, ${one.words}, ${one.meetsFloor ? one.now : null}, ${one.meetsFloor ? 1 : null},
      1, ${one.now}
    where ${unseen(once)}`);

/** The version of a post that `post.version` names now; nothing where the post was not written. */
export const insertVersion = (db: Database, one: Pick<NewPost, 'id' | 'body' | 'html' | 'claims' | 'role' | 'now'>) =>
  db.run(sql`insert into post_version (post_id, version, institution_id, body, html, claims, role, created_at)
    select id, version, institution_id, ${one.body}, ${one.html}, ${JSON.stringify(one.claims)}, ${one.role}, ${one.now}
    from post where id = ${one.id}`);

/** Drops the draft of what was just posted, if it was: a draft of another reply stays, and a retry drops nothing. */
export const removeDraft = (db: Database, { id, person: { courseId, personId }, prompt, parentId }: NewPost) =>
  db.run(sql`delete from draft where course_id = ${courseId} and person_id = ${personId} and prompt = ${prompt}
    and parent_id is ${parentId} and exists (select 1 from post where id = ${id})`);

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
  one: { id: string; role: string | null; words: number; meetsFloor: boolean; now: number },
) => {
  const commits = sql`parent_id is null and committed_at is null and ${one.meetsFloor}`;
  return db.run(sql`update post set version = version + 1,
      words = case when parent_id is not null then max(words, ${one.words}) when ${commits} then ${one.words} else words end,
      role = iif(committed_at is null, ${one.role}, role),
      committed_version = iif(${commits}, version + 1, committed_version),
      committed_at = iif(${commits}, ${one.now}, committed_at)
    where id = ${one.id}`);
};

/** Makes a post a tombstone. */
export const updatePostDeleted = (db: Database, id: string, now: number) =>
  db.run(sql`update post set deleted_at = ${now} where id = ${id}`);

/** True in SQL while the post is hidden. */
export const postIsHidden = (id: string): SQL =>
  sql`exists (select 1 from post where id = ${id} and hidden_at is not null)`;

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

// Drafts

export type DraftRow = {
  body: string;
  claims: string;
  role: string | null;
  parentId: string | null;
  revision: number;
  updatedAt: number;
};

/** A person's draft to a prompt. */
export const findDraft = (db: Database, { courseId, personId }: Person, prompt: string) =>
  db.all<DraftRow>(sql`select body, claims, role, parent_id as parentId, revision, updated_at as updatedAt from draft
    where course_id = ${courseId} and person_id = ${personId} and prompt = ${prompt}`);

/** Refuses to write over a draft that was not read (428) or that has moved on (412). */
export const draftIsStale = (
  { courseId, personId }: Person,
  prompt: string,
  revision: number | null | undefined,
): Guard[] => {
  const exists = (also: SQL) =>
    sql`exists (select 1 from draft where course_id = ${courseId} and person_id = ${personId} and prompt = ${prompt} and ${also})`;
  if (revision === undefined) return [[exists(sql`true`), 'precondition-required']];
  return [[sql`not ${exists(revision === null ? sql`true` : sql`revision = ${revision}`)}`, 'stale']];
};

/** Keeps a draft. Revisions start from the clock, so that none comes twice though drafts come and go. */
export const upsertDraft = (
  db: Database,
  { institutionId, courseId, personId }: Person,
  prompt: string,
  draft: { body: string; claims: string[]; role: string | null; parentId: string | null; now: number },
) =>
  db.run(sql`insert into draft (course_id, person_id, prompt, institution_id, body, claims, role, parent_id, revision, updated_at)
    values (${courseId}, ${personId}, ${prompt}, ${institutionId}, ${draft.body}, ${JSON.stringify(draft.claims)},
      ${draft.role}, ${draft.parentId}, ${draft.now}, ${draft.now})
    on conflict do update set body = excluded.body, claims = excluded.claims, role = excluded.role,
      parent_id = excluded.parent_id, revision = max(revision + 1, excluded.revision), updated_at = excluded.updated_at`);
