import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { launch } from '../db/lti-schema.ts';
import type { Position } from '../paging.ts';

export type LaunchRow = typeof launch.$inferSelect;

/** Refusals of one kind in one institution that the log takes in a minute: whoever sends rubbish does not fill the database. */
const REFUSALS_A_MINUTE = 60;
const MINUTE_MS = 60_000;

/** Notes a launch that did not open. */
export const insertRefusedLaunch = (
  db: Database,
  row: Pick<
    LaunchRow,
    'id' | 'institutionId' | 'platformId' | 'outcome' | 'messageType' | 'deploymentId' | 'detail'
  > & {
    at: number;
  },
) =>
  db.run(sql`insert into launch (id, institution_id, platform_id, outcome, message_type, deployment_id, detail, created_at)
    select ${row.id}, ${row.institutionId}, ${row.platformId}, ${row.outcome}, ${row.messageType}, ${row.deploymentId},
      ${row.detail}, ${row.at}
    where (select count(*) from launch where institution_id = ${row.institutionId} and created_at > ${row.at - MINUTE_MS}
      and outcome = ${row.outcome}) < ${REFUSALS_A_MINUTE}`);

/** An institution's launches before `before`, newest first, one more than `limit`; '' as platform or outcome: any; `refused`: what did not open. */
export const listLaunches = (
  db: Database,
  institutionId: string,
  { platform, outcome }: { platform: string; outcome: string },
  before: Position | null,
  limit: number,
) =>
  db.all<
    Omit<LaunchRow, 'stateHash'>
  >(sql`select id, institution_id as institutionId, platform_id as platformId, outcome,
      message_type as messageType, deployment_id as deploymentId, course_id as courseId, person_id as personId, detail,
      created_at as createdAt
    from launch where institution_id = ${institutionId}
      and ${before === null ? sql`true` : sql`(created_at, id) < (${before.at}, ${before.id})`}
      and (${platform} = '' or platform_id = ${platform}) and (${outcome} = '' or outcome = ${outcome} or (${outcome} = 'refused' and outcome <> 'opened'))
    order by created_at desc, id desc limit ${limit + 1}`);

/** Forgets launches of before a time (ms), a slice of them: the ids sort by time. */
export const removeOldLaunches = (db: Database, before: number) =>
  db.run(sql`delete from launch where created_at < ${before} and id in (select id from launch order by id limit 5000)`);
