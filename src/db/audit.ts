import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';

/** One line of the audit, in the transaction of what it tells of; `when`: only where this holds. */
export const insertAudit = (
  db: Database,
  event: {
    id: string;
    institutionId: string;
    courseId?: string | SQL;
    actor: string;
    action: string;
    subject: string | SQL;
    reason?: string;
    at: number;
  },
  when: SQL = sql`true`,
) =>
  db.run(sql`insert into audit_event (id, institution_id, course_id, actor, action, subject, reason, created_at)
    select ${event.id}, ${event.institutionId}, ${event.courseId ?? null}, ${event.actor}, ${event.action},
      ${event.subject}, ${event.reason ?? null}, ${event.at} where ${when}`);

/** A line of the audit for each of `events`, made in one act. */
export const insertAudits = (
  db: Database,
  act: { institutionId: string; courseId: string; actor: string; at: number },
  events: readonly { id: string; action: string; subject: string; reason?: string }[],
) =>
  db.run(sql`insert into audit_event (id, institution_id, course_id, actor, action, subject, reason, created_at)
    select value->>'id', ${act.institutionId}, ${act.courseId}, ${act.actor}, value->>'action', value->>'subject',
      value->>'reason', ${act.at} from json_each(${JSON.stringify(events)})`);
