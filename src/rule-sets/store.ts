import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import type { Position } from '../paging.ts';

export type CurrentRow = { hash: string; doc: string | null };

/** The rule set a course uses now; its document only where it is not the one believed current. */
export const findCurrentRules = (db: Database, institutionId: string, courseId: string, believed: string) =>
  db.all<CurrentRow>(sql`select c.rule_set as hash, iif(c.rule_set = ${believed}, null, r.doc) as doc
    from course c join rule_set r on r.institution_id = c.institution_id and r.hash = c.rule_set
    where c.id = ${courseId} and c.institution_id = ${institutionId}`);

/** A published rule set's document. */
export const findRuleSet = (db: Database, institutionId: string, hash: string) =>
  db.all<{ doc: string }>(sql`select doc from rule_set where institution_id = ${institutionId} and hash = ${hash}`);

/** Refuses work graded by rules that are not the course's any more. */
export const rulesMoved = (courseId: string, believed: string, unseen: SQL | null): Guard => [
  sql`${unseen ? sql`${unseen} and ` : sql``}(select rule_set from course where id = ${courseId}) <> ${believed}`,
  'rules-moved',
];

/** Makes a published rule set the course's: answers are graded by it from this transaction on. */
export const updateCourseRules = (db: Database, { institutionId, courseId }: CourseAt, hash: string) =>
  db.run(sql`update course set rule_set = ${hash}, revision = revision + 1
    where id = ${courseId} and institution_id = ${institutionId}`);

export type PublicationRow = {
  id: string;
  ruleSet: string;
  by: string;
  byName: string | null;
  createdAt: number;
  current: number;
};

/**
 * What was published in a course, newest first, one more than `limit`; the audit keeps it. Only the newest is current,
 * though the same rules were published before.
 */
export const listPublications = (db: Database, at: CourseAt, before: Position | null, limit: number) =>
  db.all<PublicationRow>(sql`select a.id, a.subject as ruleSet, a.actor as "by", p.name as byName, a.created_at as createdAt,
      a.subject = c.rule_set and a.id = (select id from audit_event where course_id = ${at.courseId}
        and action = 'rules-published' order by created_at desc, id desc limit 1) as current
    from audit_event a join course c on c.id = a.course_id
    left join person p on p.id = substr(a.actor, 8) and a.actor like 'person:%' and p.institution_id = a.institution_id
    where a.action = 'rules-published' and a.course_id = ${at.courseId} and a.institution_id = ${at.institutionId}
      ${before ? sql`and (a.created_at, a.id) < (${before.at}, ${before.id})` : sql``}
    order by a.created_at desc, a.id desc limit ${limit + 1}`);
