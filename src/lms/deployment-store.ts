import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { comesAfter } from '../db/keyset.ts';
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
        comesAfter(deployment, after),
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

/** In SQL, deployments by what their platform calls them: one, that of a row, or all of a platform that are active. */
export const theOneCalled = (deploymentId: string): SQL => sql`${deploymentId}`;
export const theOneOfRow = (id: string): SQL => sql`select deployment_id from deployment where id = ${id}`;
export const allActiveOf = (platformId: string): SQL =>
  sql`select deployment_id from deployment where platform_id = ${platformId} and state = 'active'`;

/**
 * Refuses deployments (`named`, in SQL) that are active at another institution under the same
 * registration: a launch could be for either, so it would open for none.
 */
export const deploymentIsClaimed = (institutionId: string, platformId: string, named: SQL): Guard => [
  sql`exists (select 1 from platform own join platform o on o.issuer = own.issuer and o.client_id = own.client_id
      and o.jwks_url = own.jwks_url and o.institution_id <> own.institution_id and o.state = 'active'
    join deployment d on d.platform_id = o.id and d.state = 'active' and d.deployment_id in (${named})
    where own.id = ${platformId} and own.institution_id = ${institutionId})`,
  'deployment-claimed',
];
