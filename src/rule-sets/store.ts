import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';

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
