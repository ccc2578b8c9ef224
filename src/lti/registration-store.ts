import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { PlatformRow } from '../lms/platform-store.ts';
import type { Connection, Product } from '../lms/products.ts';

export type InvitedRow = Pick<PlatformRow, 'id' | 'name' | 'state' | 'inviteExpiresAt'> & {
  registration: string | null;
};

/** The platform that an invitation was made for, by the hash of its secret; also when it was used. */
export const findInvited = (db: Database, institutionId: string, hash: string) =>
  db.all<InvitedRow>(sql`select id, name, state, invite_expires_at as inviteExpiresAt, registration
    from platform where institution_id = ${institutionId} and invite_hash = ${hash}`);

/** Keeps what Dynamic Registration knows between its two steps, sealed; an earlier first step is forgotten. */
export const keepRegistration = (db: Database, institutionId: string, id: string, sealed: string) =>
  db.run(sql`update platform set registration = ${sealed}
    where id = ${id} and institution_id = ${institutionId} and state = 'invited'`);

/** Takes what was kept, for one of those who ask at the same time: a row for that one alone. */
export const takeRegistration = (db: Database, institutionId: string, id: string, sealed: string) =>
  db.all<{ id: string }>(sql`update platform set registration = null
    where id = ${id} and institution_id = ${institutionId} and state = 'invited' and registration = ${sealed}
    returning id`);

/** The invited platform has come: what is known of it, until somebody approves it. */
export const updateRegistered = (
  db: Database,
  institutionId: string,
  id: string,
  { product, ...known }: Connection & { product: Product },
) =>
  db.run(sql`update platform set state = 'pending', product = ${product}, issuer = ${known.issuer},
      client_id = ${known.clientId}, auth_url = ${known.authUrl}, token_url = ${known.tokenUrl},
      jwks_url = ${known.jwksUrl}, token_audience = ${known.tokenAudience}, invite_expires_at = null,
      registration = null, jwks = null, jwks_at = null, tokens = null, revision = revision + 1
    where id = ${id} and institution_id = ${institutionId}`);
