import { sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';

export type OverviewRow = {
  name: string;
  courses: number;
  platforms: number;
  waitingPlatforms: number;
  waitingDeployments: number;
  keys: number;
  stoppedWebhooks: number;
  refusedLaunches: number;
};

/** An institution at a glance; refused launches since `since` (ms). */
export const readOverview = (db: Database, institutionId: string, since: number) =>
  db.all<OverviewRow>(sql`select i.name,
      (select count(*) from course where institution_id = i.id) as courses,
      (select count(*) from platform where institution_id = i.id and state = 'active') as platforms,
      (select count(*) from platform where institution_id = i.id and state = 'pending') as waitingPlatforms,
      (select count(*) from platform p join deployment d on d.platform_id = p.id
        where p.institution_id = i.id and p.state <> 'disabled' and d.state = 'pending') as waitingDeployments,
      (select count(*) from api_key where institution_id = i.id and revoked_at is null) as keys,
      (select count(*) from webhook where institution_id = i.id and state = 'disabled') as stoppedWebhooks,
      (select count(*) from launch where institution_id = i.id and created_at > ${since} and outcome <> 'opened') as refusedLaunches
    from institution i where i.id = ${institutionId}`);
