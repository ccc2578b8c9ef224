import { type SQL, sql } from 'drizzle-orm';
import type { Person } from '../auth/actor.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import type { NewPost } from './posts-store.ts';

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

/** Drops the draft of what was just posted, if it was: a draft of another reply stays, and a retry drops nothing. */
export const removeDraft = (db: Database, { id, person: { courseId, personId }, prompt, parentId }: NewPost) =>
  db.run(sql`delete from draft where course_id = ${courseId} and person_id = ${personId} and prompt = ${prompt}
    and parent_id is ${parentId} and exists (select 1 from post where id = ${id})`);
