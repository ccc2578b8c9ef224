import { and, asc, eq, gt, or, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { deployment } from '../db/lti-schema.ts';
import type { Position } from '../paging.ts';

export type DeploymentRow = typeof deployment.$inferSelect;

export const insertDeployment = (db: Database, row: DeploymentRow) => db.insert(deployment).values(row);

/** Makes deployments of a platform, all of them approved; `rows` as one parameter. */
export const insertDeployments = (
  db: Database,
  at: { institutionId: string; platformId: string; at: number },
  rows: readonly { id: string; deploymentId: string }[],
) =>
  db.run(sql`insert into deployment (id, institution_id, platform_id, deployment_id, state, created_at)
    select value->>'id', ${at.institutionId}, ${at.platformId}, value->>'deploymentId', 'active', ${at.at}
    from json_each(${JSON.stringify(rows)}) where true on conflict do nothing`);

/** A platform's deployments after `after`, oldest first, one more than `limit`. */
export const listDeployments = (
  db: Database,
  institutionId: string,
  platformId: string,
  after: Position | null,
  limit: number,
) =>
  db
    .select()
    .from(deployment)
    .where(
      and(
        eq(deployment.institutionId, institutionId),
        eq(deployment.platformId, platformId),
        after
          ? or(gt(deployment.createdAt, after.at), and(eq(deployment.createdAt, after.at), gt(deployment.id, after.id)))
          : undefined,
      ),
    )
    .orderBy(asc(deployment.createdAt), asc(deployment.id))
    .limit(limit + 1);

export const updateDeploymentState = (
  db: Database,
  institutionId: string,
  platformId: string,
  id: string,
  state: 'active' | 'disabled',
) =>
  db
    .update(deployment)
    .set({ state })
    .where(
      and(eq(deployment.institutionId, institutionId), eq(deployment.platformId, platformId), eq(deployment.id, id)),
    )
    .returning();

/** Takes the deployments of a platform away. */
export const removeDeployments = (db: Database, institutionId: string, platformId: string) =>
  db.delete(deployment).where(and(eq(deployment.institutionId, institutionId), eq(deployment.platformId, platformId)));

export const deploymentIsMissing = (institutionId: string, platformId: string, id: string): Guard => [
  sql`not exists (select 1 from deployment where id = ${id} and platform_id = ${platformId}
    and institution_id = ${institutionId})`,
  'deployment-not-found',
];

/** Refuses a deployment that the platform has already. */
export const deploymentExists = (platformId: string, deploymentId: string): Guard => [
  sql`exists (select 1 from deployment where platform_id = ${platformId} and deployment_id = ${deploymentId})`,
  'deployment-exists',
];
