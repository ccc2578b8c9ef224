import { and, asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { comesAfter } from '../db/keyset.ts';
import { platform } from '../db/lti-schema.ts';
import type { Position } from '../paging.ts';
import type { Claim } from './parties.ts';

/** A platform without what is sealed or fetched. */
const { inviteHash: _, registration: __, jwks: ___, jwksAt: ____, tokens: _____, ...shown } = getTableColumns(platform);
const columns = {
  ...shown,
  pendingDeployments: sql<number>`(select count(*) from deployment d where d.platform_id = platform.id and d.state = 'pending')`,
};

export type PlatformRow = Omit<
  typeof platform.$inferSelect,
  'inviteHash' | 'registration' | 'jwks' | 'jwksAt' | 'tokens'
> & { pendingDeployments: number };

export const insertPlatform = (db: Database, row: typeof platform.$inferInsert) => db.insert(platform).values(row);

const ofInstitution = (institutionId: string, id: string): SQL =>
  and(eq(platform.institutionId, institutionId), eq(platform.id, id))!;

export const findPlatform = (db: Database, institutionId: string, id: string) =>
  db.select(columns).from(platform).where(ofInstitution(institutionId, id));

/** An institution's platforms after `after`, oldest first, one more than `limit`. */
export const listPlatforms = (db: Database, institutionId: string, after: Position | null, limit: number) =>
  db
    .select(columns)
    .from(platform)
    .where(and(eq(platform.institutionId, institutionId), comesAfter(platform, after)))
    .orderBy(asc(platform.createdAt), asc(platform.id))
    .limit(limit + 1);

export type PlatformChange = Partial<
  Pick<
    typeof platform.$inferInsert,
    | 'name'
    | 'product'
    | 'issuer'
    | 'clientId'
    | 'authUrl'
    | 'tokenUrl'
    | 'tokenAudience'
    | 'jwksUrl'
    | 'approvesDeployments'
    | 'allowsAnonymous'
  >
>;

/**
 * Changes a platform. Of another connection (`reconnects`) nothing is believed yet: what was kept of the old one is dropped, and
 * it waits for approval again.
 */
export const updatePlatform = (
  db: Database,
  institutionId: string,
  id: string,
  change: PlatformChange,
  reconnects: boolean,
) =>
  db
    .update(platform)
    .set({
      ...change,
      ...(reconnects
        ? { state: sql`iif(state = 'active', 'pending', state)`, jwks: null, jwksAt: null, tokens: null }
        : {}),
      revision: sql`${platform.revision} + 1`,
    })
    .where(ofInstitution(institutionId, id))
    .returning(columns);

/** Approves a platform or disables it; an invitation that is open ends by either. */
export const updatePlatformState = (db: Database, institutionId: string, id: string, state: 'active' | 'disabled') =>
  db
    .update(platform)
    .set({ state, registration: null, inviteExpiresAt: null, revision: sql`${platform.revision} + 1` })
    .where(ofInstitution(institutionId, id))
    .returning(columns);

const row = (institutionId: string, id: string): SQL =>
  sql`select 1 from platform p where p.id = ${id} and p.institution_id = ${institutionId}`;

export const platformIsMissing = (institutionId: string, id: string): Guard => [
  sql`not exists (${row(institutionId, id)})`,
  'platform-not-found',
];

/** Refuses a change of a revision that is no longer the newest. `null`: any revision. */
export const platformIsStale = (institutionId: string, id: string, revision: number | null): Guard[] => [
  platformIsMissing(institutionId, id),
  ...(revision === null
    ? []
    : [[sql`exists (${row(institutionId, id)} and p.revision <> ${revision})`, 'stale'] as const]),
];

/** What other institutions believe of the same client id. Reads all platforms: approvals are rare, and platforms few. */
export const listClaims = (db: Database, institutionId: string, id: string) =>
  db.all<Claim>(sql`select o.token_url as tokenUrl, o.jwks_url as jwksUrl from platform own join platform o
      on o.client_id = own.client_id and o.institution_id <> own.institution_id and o.state = 'active'
    where own.id = ${id} and own.institution_id = ${institutionId}`);

/** Refuses a platform of which not everything is known yet. */
export const platformIsIncomplete = (institutionId: string, id: string): Guard => [
  sql`exists (${row(institutionId, id)} and (p.issuer is null or p.client_id is null or p.auth_url is null
    or p.token_url is null or p.jwks_url is null))`,
  'platform-incomplete',
];

/** Refuses to end an invitation that is none, or was used. */
export const invitationIsMissing = (institutionId: string, id: string): Guard => [
  sql`not exists (${row(institutionId, id)} and p.state = 'invited')`,
  'invitation-not-found',
];

/** Takes a platform away that was invited and never came. */
export const removePlatform = (db: Database, institutionId: string, id: string) =>
  db.delete(platform).where(ofInstitution(institutionId, id));
