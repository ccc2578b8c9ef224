import { sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { type RegradeRow, regradeColumns } from './store.ts';

/** A dry run as pages tell of it: who started and applied it, and what its rules are to the course. */
export type ToldRegrade = RegradeRow & {
  starterName: string | null;
  appliedBy: string | null;
  applierName: string | null;
  /** When its rules were last published (ms), and whether they are the course's. */
  publishedAt: number | null;
  isCurrent: 0 | 1;
  /** The rules before them, where they were published. */
  former: string | null;
};

const nameOf = (column: 'created_by' | 'applied_by') =>
  sql`(select p.name from person p where p.id = substr(r.${sql.raw(column)}, 8) and p.institution_id = r.institution_id)`;

const publications = sql`audit_event a where a.course_id = r.course_id and a.action = 'rules-published'`;
const lastPublished = (what: string) =>
  sql`(select ${sql.raw(what)} from ${publications} and a.subject = r.rule_set order by a.created_at desc, a.id desc limit 1)`;

const told = sql`select ${regradeColumns}, ${nameOf('created_by')} as starterName, applied_by as appliedBy,
    ${nameOf('applied_by')} as applierName,
    ${lastPublished('a.created_at')} as publishedAt,
    rule_set = (select c.rule_set from course c where c.id = r.course_id) as isCurrent,
    (select a.subject from ${publications} and a.subject <> r.rule_set
      and (a.created_at, a.id) < ${lastPublished('a.created_at, a.id')} order by a.created_at desc, a.id desc limit 1) as former
  from regrade r`;

/** A dry run of a course, as it is told. */
export const findTold = (db: Database, at: CourseAt, id: string) =>
  db.all<ToldRegrade>(
    sql`${told} where id = ${id} and course_id = ${at.courseId} and institution_id = ${at.institutionId}`,
  );

/** A course's dry runs as they are told, newest first, one more than `limit`. */
export const listTold = (db: Database, at: CourseAt, before: string | null, limit: number) =>
  db.all<ToldRegrade>(sql`${told} where course_id = ${at.courseId} and institution_id = ${at.institutionId}
    ${before ? sql`and id < ${before}` : sql``} order by id desc limit ${limit + 1}`);

/** The rules of a dry run; their document only where they are not among those at hand. */
export const findRulesOf = (db: Database, at: CourseAt, id: string, atHand: readonly string[]) =>
  db.all<{ hash: string; doc: string | null }>(sql`select s.hash,
      iif(s.hash in (select value from json_each(${JSON.stringify(atHand)})), null, s.doc) as doc
    from regrade r join rule_set s on s.institution_id = r.institution_id and s.hash = r.rule_set
    where r.id = ${id} and r.course_id = ${at.courseId} and r.institution_id = ${at.institutionId}`);

/** Whether the course's rules have a draft. */
export const findDraftOf = (db: Database, at: CourseAt) =>
  db.all<{ isThere: 0 | 1 }>(sql`select exists (select 1 from rule_draft d where d.course_id = ${at.courseId}
    and d.institution_id = ${at.institutionId}) as isThere`);

/** What people of an institution are called. */
export const listNames = (db: Database, institutionId: string, ids: readonly string[]) =>
  db.all<{ id: string; name: string | null }>(sql`select id, name from person
    where institution_id = ${institutionId} and id in (select value from json_each(${JSON.stringify(ids)}))`);
