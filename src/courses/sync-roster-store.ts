import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { ServicePlatform } from '../lms/tokens.ts';
import type { CourseAt } from './store.ts';

/** A course of an LMS behind one of ours, whose roster can be read. `id` is the platform's. */
export type RosterSourceRow = ServicePlatform & {
  contextId: string;
  courseId: string;
  issuer: string;
  membershipsUrl: string;
};

const sources = (db: Database, which: SQL) =>
  db.all<RosterSourceRow>(sql`select c.id as contextId, c.course_id as courseId, c.memberships_url as membershipsUrl,
      p.id, p.institution_id as institutionId, p.product, p.client_id as clientId, p.token_url as tokenUrl,
      p.token_audience as tokenAudience, p.tokens, p.issuer
    from context c join deployment f on f.id = c.deployment_id join platform p on p.id = f.platform_id
    where c.memberships_url is not null and f.state = 'active' and p.state = 'active' and ${which}`);

/** The rosters of a course. */
export const listRosterSources = (db: Database, at: CourseAt) =>
  sources(db, sql`c.course_id = ${at.courseId} and c.institution_id = ${at.institutionId} order by c.id`);

/** Courses that have rosters, in no order: where a night is too short for all, none is always the one left out. */
export const listSyncedCourses = (db: Database, limit: number) =>
  db.all<CourseAt>(sql`select distinct course_id as courseId, institution_id as institutionId from context
    where memberships_url is not null order by random() limit ${limit}`);

/** When rosters were brought here whole; `detail`: why they were not. */
export const updateSynced = (db: Database, contextIds: readonly string[], at: number, detail: string | null) =>
  db.run(sql`update context set sync_detail = ${detail} ${detail === null ? sql`, synced_at = ${at}` : sql``}
    where id in (select value from json_each(${JSON.stringify(contextIds)}))`);
