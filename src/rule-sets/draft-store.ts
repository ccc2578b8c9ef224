import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { revisionTag } from '../etag.ts';

export type RuleDraftRow = {
  base: string;
  /** The course's rule set. */
  current: string;
  doc: string;
  /** 0 where nothing was changed yet: the course's current rules. */
  revision: number;
  updatedBy: string | null;
  /** Their name, where it is a person with one. */
  updatedByName: string | null;
  updatedAt: number | null;
};

/** The draft of a course's rules, or its current rules as the draft they would start. */
export const findRuleDraft = (db: Database, { institutionId, courseId }: CourseAt) =>
  db.all<RuleDraftRow>(sql`select coalesce(d.base, c.rule_set) as base, c.rule_set as current, coalesce(d.doc, r.doc) as doc,
      coalesce(d.revision, 0) as revision, d.updated_by as updatedBy, p.name as updatedByName, d.updated_at as updatedAt
    from course c join rule_set r on r.institution_id = c.institution_id and r.hash = c.rule_set
    left join rule_draft d on d.course_id = c.id
    left join person p on p.id = substr(d.updated_by, 8) and d.updated_by like 'person:%' and p.institution_id = c.institution_id
    where c.id = ${courseId} and c.institution_id = ${institutionId}`);

/** The strong tag of a draft; without one, that of the rules it would start from. `ruleDraftIsStale` makes the same in SQL. */
export const ruleDraftTag = ({ revision, base }: Pick<RuleDraftRow, 'revision' | 'base'>): string =>
  revision > 0 ? revisionTag(revision) : `"${base}"`;

/** Refuses to change a draft that is not the one an If-Match header names; `*`: any. */
export const ruleDraftIsStale = (courseId: string, ifMatch: string): Guard[] => {
  const tag = sql`coalesce((select '"r' || revision || '"' from rule_draft where course_id = ${courseId}),
    (select '"' || rule_set || '"' from course where id = ${courseId}))`;
  return ifMatch.trim() === '*' ? [] : [[sql`${tag} <> ${ifMatch.trim()}`, 'stale']];
};

/** What a request may send whole; parts may not make more of it. */
const MAX_DRAFT_BYTES = 1_048_576;

/** Refuses a draft that has grown too large, part by part. */
export const ruleDraftIsTooLarge = (courseId: string): Guard => [
  sql`exists (select 1 from rule_draft where course_id = ${courseId} and length(cast(doc as blob)) > ${MAX_DRAFT_BYTES})`,
  'body-too-large',
];

/** Refuses where the course has no draft. */
export const ruleDraftIsMissing = (courseId: string): Guard => [
  sql`not exists (select 1 from rule_draft where course_id = ${courseId})`,
  'rule-draft-not-found',
];

type Saved = { by: string; now: number };

const save = (
  db: Database,
  { institutionId, courseId }: CourseAt,
  base: SQL,
  doc: SQL,
  again: SQL,
  { by, now }: Saved,
) =>
  db.run(sql`insert into rule_draft (course_id, institution_id, base, doc, revision, updated_by, updated_at)
    select c.id, c.institution_id, ${base}, ${doc}, ${now}, ${by}, ${now}
    from course c join rule_set r on r.institution_id = c.institution_id and r.hash = c.rule_set
    where c.id = ${courseId} and c.institution_id = ${institutionId}
    on conflict (course_id) do update set base = excluded.base, doc = ${again},
      revision = max(revision + 1, excluded.revision), updated_by = excluded.updated_by, updated_at = excluded.updated_at`);

/** Keeps a whole document as the draft. Revisions start from the clock, so that none comes twice though drafts come and go. */
export const upsertRuleDraft = (
  db: Database,
  at: CourseAt,
  draft: { base: string | null; doc: string },
  saved: Saved,
) =>
  save(
    db,
    at,
    sql`coalesce(${draft.base}, (select base from rule_draft where course_id = c.id), c.rule_set)`,
    sql`${draft.doc}`,
    sql`excluded.doc`,
    saved,
  );

/** A part of the document: its path, and its JSON text; `null` takes it away. */
type PartAt = { path: string; part: string | null };

const changed = (doc: SQL, { path, part }: PartAt): SQL => {
  if (part === null) return sql`json_remove(${doc}, ${path})`;
  const whole = path.startsWith('$.custom.')
    ? sql`json_insert(${doc}, '$.custom', json('{}'), '$.custom.scenarios', json('{}'), '$.custom.prompts', json('{}'))`
    : doc;
  return sql`json_set(${whole}, ${path}, json(${part}))`;
};

/** Puts parts of the document, or takes them away; the rest of the draft, or of the current rules, stays. */
export const upsertRuleParts = (db: Database, at: CourseAt, parts: readonly PartAt[], saved: Saved) => {
  const base = sql`coalesce((select base from rule_draft where course_id = c.id), c.rule_set)`;
  const withParts = (doc: SQL) => parts.reduce(changed, doc);
  return save(db, at, base, withParts(sql`r.doc`), withParts(sql`rule_draft.doc`), saved);
};

/** Drops the draft. */
export const removeRuleDraft = (db: Database, { institutionId, courseId }: CourseAt) =>
  db.run(sql`delete from rule_draft where course_id = ${courseId} and institution_id = ${institutionId}`);
