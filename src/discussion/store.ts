import { type SQL, sql } from 'drizzle-orm';
import type { Person } from '../auth/actor.ts';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Position } from '../paging.ts';

/** Who looks: staff see everything, a learner what the post-first gate and moderation leave. */
export type Viewer = CourseAt & { personId: string; staff: boolean };

export const viewerOf = ({ institutionId, courseId, personId, role }: Person): Viewer => ({
  institutionId,
  courseId,
  personId,
  staff: role !== 'learner',
});

/** True in SQL once the person has committed a post to the prompt. */
export const gateOpen = (viewer: Viewer, prompt: SQL): SQL =>
  sql`exists (select 1 from post own where own.course_id = ${viewer.courseId} and own.author_id = ${viewer.personId}
    and own.prompt = ${prompt} and own.parent_id is null and own.committed_at is not null)`;

/** A post of the viewer's course. */
const inCourse = ({ institutionId, courseId }: CourseAt): SQL =>
  sql`p.course_id = ${courseId} and p.institution_id = ${institutionId}`;

/** A reply, or a post that met the floor. */
export const meetsItsFloor = sql`(p.parent_id is not null or p.committed_at is not null)`;

/** Waits for the staff to release it: its author and they alone see it. */
export const isHeld = sql`p.held_at is not null`;

const isPublic = sql`(${meetsItsFloor} and not ${isHeld})`;

/**
 * The one rule of who sees which post `p`: staff all; a learner their own, and peers' (replies, and posts that met the
 * floor, none of them held) once they have committed one themselves. Every route that shows, counts or touches posts
 * goes through it; `listPosts`, `listPinned` and `listOwnPosts` are the same rule cut up, so that a shut gate looks at no
 * peer's post.
 */
export const visiblePosts = (viewer: Viewer): SQL =>
  viewer.staff
    ? inCourse(viewer)
    : sql`${inCourse(viewer)} and (p.author_id = ${viewer.personId}
        or (${isPublic} and ${gateOpen(viewer, sql`p.prompt`)}))`;

/** A text that is gone: deleted for everyone, hidden for all but staff. */
export const gone = (viewer: Viewer): SQL => sql`(p.deleted_at is not null or ${withheld(viewer)})`;

/** A text that was hidden, for all but staff. */
const withheld = ({ staff }: Viewer): SQL => (staff ? sql`false` : sql`p.hidden_at is not null`);

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
  /** For staff and the author alone. */
  hiddenReason: string | null;
  heldAt: number | null;
  lockedAt: number | null;
  pinnedAt: number | null;
  /** Open flags; for staff alone. */
  flags: number | null;
};

/** True in SQL while a flag `f` waits for the staff. */
export const isOpenFlag = sql`f.cleared_at is null`;

const flagCount = ({ staff }: Viewer): SQL =>
  staff ? sql`(select count(*) from post_flag f where f.post_id = p.id and ${isOpenFlag})` : sql`null`;

/** Why a post was hidden: for staff, and for its author, who does not see the text either. */
const hiddenReason = ({ staff, personId }: Viewer): SQL =>
  staff ? sql`p.hidden_reason` : sql`iif(p.author_id = ${personId}, p.hidden_reason, null)`;

export const postColumns = (
  viewer: Viewer,
): SQL => sql`p.id, p.prompt, p.parent_id as parentId, p.author_id as authorId,
  a.name as authorName, iif(${gone(viewer)}, null, v.body) as body, iif(${gone(viewer)}, null, v.html) as html,
  iif(${gone(viewer)}, '[]', v.claims) as claims, iif(${gone(viewer)}, null, v.role) as role, v.version,
  p.created_at as createdAt, v.created_at as editedAt, p.committed_at as committedAt, p.deleted_at as deletedAt,
  p.hidden_at as hiddenAt, ${hiddenReason(viewer)} as hiddenReason, p.held_at as heldAt, p.locked_at as lockedAt,
  p.pinned_at as pinnedAt, ${flagCount(viewer)} as flags`;

/** A post's present version `v` and author `a`. */
export const withText = sql`join post_version v on v.post_id = p.id and v.version = p.version
  join person a on a.id = p.author_id`;
const shown = sql`from post p ${withText}`;
const after = (position: Position | null): SQL =>
  sql`(p.created_at, p.id) > (${position?.at ?? 0}, ${position?.id ?? ''})`;

const behindGate = (viewer: Viewer, prompt: string): SQL =>
  viewer.staff
    ? sql`true`
    : sql`(${isPublic} or p.author_id = ${viewer.personId}) and ${gateOpen(viewer, sql`${prompt}`)}`;

/**
 * The posts of a prompt that an open gate shows, but those pinned, after `position`, oldest first, one more than `limit`;
 * none while it is shut, and none is looked at.
 */
export const listPosts = (db: Database, viewer: Viewer, prompt: string, position: Position | null, limit: number) =>
  db.all<PostRow>(sql`select ${postColumns(viewer)} ${shown}
    where ${inCourse(viewer)} and p.prompt = ${prompt} and p.pinned_at is null and ${after(position)}
      and ${behindGate(viewer, prompt)}
    order by p.created_at, p.id limit ${limit + 1}`);

/** The pinned posts of a prompt that an open gate shows: they stand on the first page (no `position`), before the others. */
export const listPinned = (db: Database, viewer: Viewer, prompt: string, position: Position | null) =>
  db.all<PostRow>(sql`select ${postColumns(viewer)} ${shown}
    where ${inCourse(viewer)} and p.prompt = ${prompt} and p.pinned_at is not null
      and ${position === null} and ${behindGate(viewer, prompt)}
    order by p.created_at, p.id`);

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

export type AuthoredRow = {
  id: string;
  prompt: string;
  parentId: string | null;
  createdAt: number;
  committedAt: number | null;
  deletedAt: number | null;
  hiddenAt: number | null;
  hiddenReason: string | null;
  heldAt: number | null;
  version: number;
  body: string | null;
  claims: string;
  role: string | null;
  writtenAt: number;
};

/**
 * Everything a person wrote in the course that is kept, version by version after (`postId`, `version`), deleted texts too;
 * a hidden one is for staff alone, and why it was hidden for its author too.
 */
export const listAuthored = (
  db: Database,
  viewer: Viewer,
  authorId: string,
  { id, version }: { id: string; version: number },
  limit: number,
) =>
  db.all<AuthoredRow>(sql`select p.id, p.prompt, p.parent_id as parentId, p.created_at as createdAt,
      p.committed_at as committedAt, p.deleted_at as deletedAt, p.hidden_at as hiddenAt,
      ${hiddenReason(viewer)} as hiddenReason, p.held_at as heldAt, v.version,
      iif(${withheld(viewer)}, null, v.body) as body, v.claims, v.role, v.created_at as writtenAt
    from post p join post_version v on v.post_id = p.id
    where ${visiblePosts(viewer)} and p.author_id = ${authorId} and (p.id, v.version) > (${id}, ${version})
    order by p.id, v.version limit ${limit}`);
