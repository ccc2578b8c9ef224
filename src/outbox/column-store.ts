import { sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { listPlacements } from './store.ts';

/** An activity that can have a column of its own. */
export type Graded = { kind: 'unit' | 'scenario' | 'prompt'; activity: string };

export type ContextRow = { id: string; issuer: string };

/** The LMS courses behind a course, on platforms that are in use. */
export const listContexts = (db: Database, at: CourseAt) =>
  db.all<ContextRow>(sql`select c.id, p.issuer from context c join deployment f on f.id = c.deployment_id
    join platform p on p.id = f.platform_id where c.course_id = ${at.courseId} and c.institution_id = ${at.institutionId}
      and f.state = 'active' and p.state = 'active'`);

/** Gives an activity a place in a context where it has none. */
export const insertPlacement = (
  db: Database,
  at: CourseAt,
  { kind, activity }: Graded,
  row: { id: string; contextId: string; issuer: string; title: string; covers: readonly string[]; at: number },
) =>
  db.run(sql`insert into placement (id, institution_id, course_id, context_id, kind, activity, title, issuer, covers, created_at, updated_at)
    select ${row.id}, ${at.institutionId}, ${at.courseId}, ${row.contextId}, ${kind}, ${activity}, ${row.title},
      ${row.issuer}, ${JSON.stringify(row.covers)}, ${row.at}, ${row.at}
    where not exists (select 1 from placement where context_id = ${row.contextId} and kind = ${kind} and activity = ${activity})`);

/** The places of an activity in a course, one with a column first. */
export const listPlacementsOf = (db: Database, at: CourseAt, { kind, activity }: Graded) =>
  listPlacements(
    db,
    sql`l.course_id = ${at.courseId} and l.institution_id = ${at.institutionId} and l.kind = ${kind}
      and l.activity = ${activity} and f.state = 'active' and p.state = 'active' order by l.line_item_url is null, l.id`,
  );
