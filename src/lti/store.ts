import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { platform } from '../db/lti-schema.ts';

export type PlatformRow = Pick<
  typeof platform.$inferSelect,
  | 'id'
  | 'institutionId'
  | 'product'
  | 'state'
  | 'issuer'
  | 'clientId'
  | 'authUrl'
  | 'jwksUrl'
  | 'approvesDeployments'
  | 'allowsAnonymous'
>;

const platformColumns = sql`p.id, p.institution_id as institutionId, p.product, p.state, p.issuer, p.client_id as clientId,
  p.auth_url as authUrl, p.jwks_url as jwksUrl, p.approves_deployments as approvesDeployments,
  p.allows_anonymous as allowsAnonymous`;

/** Platforms that may be meant by a login: of any institution, for an issuer's name is all it gives. */
export const listPlatformsByIssuer = (db: Database, issuer: string, clientId: string | undefined) =>
  db.all<PlatformRow>(sql`select ${platformColumns} from platform p
    where p.issuer = ${issuer} and ${clientId === undefined ? sql`true` : sql`p.client_id = ${clientId}`} limit 50`);

export const findPlatformById = (db: Database, id: string) =>
  db.all<PlatformRow>(sql`select ${platformColumns} from platform p where p.id = ${id}`);

export type CandidateRow = PlatformRow & {
  jwks: string | null;
  jwksAt: number | null;
  /** The deployment of that id, where the platform has it. */
  deployment: string | null;
  deploymentState: 'pending' | 'active' | 'disabled' | null;
};

/**
 * The platforms to which a launch may belong: that of its login, and those that share its issuer, client id and keys, each
 * with the deployment that the token names (unverified as yet). The login's comes first, it alone with the key set.
 */
export const listCandidates = (db: Database, platformId: string, deploymentId: string) =>
  db.all<CandidateRow>(sql`select ${platformColumns}, iif(p.id = own.id, p.jwks, null) as jwks, p.jwks_at as jwksAt,
      d.id as deployment, d.state as deploymentState
    from platform own join platform p on p.issuer = own.issuer and p.client_id = own.client_id
      and p.jwks_url = own.jwks_url
    left join deployment d on d.platform_id = p.id and d.deployment_id = ${deploymentId}
    where own.id = ${platformId} order by p.id <> own.id, d.id is null, p.id limit 50`);

export type ContextRow = {
  deployment: string;
  courseId: string;
  ruleSet: string;
  /** The rules, where this isolate does not know them. */
  doc: string | null;
};

const deploymentsOf = (platformId: string, deploymentId: string): SQL =>
  sql`platform own join platform p on p.issuer = own.issuer and p.client_id = own.client_id
      and p.jwks_url = own.jwks_url and p.state = 'active' and own.id = ${platformId}
    join deployment d on d.platform_id = p.id and d.deployment_id = ${deploymentId} and d.state = 'active'`;

/** The course behind a context, with its rules unless they are among `known` (hashes). */
export const listContexts = (
  db: Database,
  at: { platformId: string; deploymentId: string; contextId: string },
  known: readonly string[],
) =>
  db.all<ContextRow>(sql`select d.id as deployment, c.id as courseId, c.rule_set as ruleSet,
      iif(c.rule_set in (select value from json_each(${JSON.stringify(known)})), null, r.doc) as doc
    from ${deploymentsOf(at.platformId, at.deploymentId)}
    join context x on x.deployment_id = d.id and x.context_id = ${at.contextId}
    join course c on c.id = x.course_id
    join rule_set r on r.institution_id = c.institution_id and r.hash = c.rule_set`);

export type PlacementRow = {
  deployment: string;
  contextId: string;
  resourceLinkId: string;
  kind: 'course' | 'unit' | 'scenario' | 'prompt';
  activity: string;
};

/** What was placed under these resource links of the deployment: the launch's own, and those that it was copied from. */
export const listPlacements = (
  db: Database,
  at: { platformId: string; deploymentId: string },
  resourceLinkIds: readonly string[],
) =>
  db.all<PlacementRow>(sql`select d.id as deployment, x.context_id as contextId, l.resource_link_id as resourceLinkId,
      l.kind, l.activity
    from ${deploymentsOf(at.platformId, at.deploymentId)}
    join placement l on l.resource_link_id in (select value from json_each(${JSON.stringify(resourceLinkIds)}))
    join context x on x.id = l.context_id and x.deployment_id = d.id`);

/** Whether a launch with this state has opened. */
export const findUsedState = (db: Database, stateHash: string) =>
  db.all<{ used: number }>(sql`select 1 as used from launch where state_hash = ${stateHash}`);

/** A deployment that came with a launch. */
export const insertLaunchedDeployment = (
  db: Database,
  row: {
    id: string;
    institutionId: string;
    platformId: string;
    deploymentId: string;
    state: 'pending' | 'active';
    at: number;
  },
) =>
  db.run(sql`insert into deployment (id, institution_id, platform_id, deployment_id, state, created_at)
    values (${row.id}, ${row.institutionId}, ${row.platformId}, ${row.deploymentId}, ${row.state}, ${row.at})
    on conflict do nothing`);

/** Keeps a key set that was fetched well. */
export const updateKeySet = (
  db: Database,
  { issuer, clientId, jwksUrl }: { issuer: string; clientId: string; jwksUrl: string },
  jwks: string,
  at: number,
) =>
  db.run(sql`update platform set jwks = ${jwks}, jwks_at = ${at} where issuer = ${issuer} and client_id = ${clientId}
    and jwks_url = ${jwksUrl}`);
