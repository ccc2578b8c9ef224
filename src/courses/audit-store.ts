import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { Position } from '../paging.ts';
import type { CourseAt } from './store.ts';

export type AuditRow = {
  id: string;
  actor: string;
  action: string;
  subject: string;
  reason: string | null;
  createdAt: number;
};

/** A course's audit from before `before` back, in the order of the ids (which sort by time), one more than `limit`; `action`: how it begins. */
export const listAudit = (db: Database, at: CourseAt, action: string, before: Position | null, limit: number) =>
  db.all<AuditRow>(sql`select id, actor, action, subject, reason, created_at as createdAt from audit_event
    where course_id = ${at.courseId} and institution_id = ${at.institutionId}
      and ${before === null ? sql`true` : sql`id < ${before.id}`} and substr(action, 1, ${action.length}) = ${action}
    order by id desc limit ${limit + 1}`);
