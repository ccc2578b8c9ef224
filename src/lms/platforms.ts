import type * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { revisionOf } from '../etag.ts';
import { invalid, Problem } from '../problem.ts';
import { insertDeployments } from './deployment-store.ts';
import { audienceFits } from './parties.ts';
import { addressFaults, type newPlatformSchema, type platformChangeSchema } from './platform-body.ts';
import { insertPlatform, type PlatformRow, platformIsStale, updatePlatform } from './platform-store.ts';
import { type Connection, presetOf } from './products.ts';

type NewPlatform = z.output<ReturnType<typeof newPlatformSchema>>;

/** A platform of which nothing is known but its name. */
export const barePlatform = (
  deps: Deps,
  institutionId: string,
  { name, product }: Pick<NewPlatform, 'name' | 'product'>,
): Omit<PlatformRow, 'state'> => ({
  id: deps.newId(),
  institutionId,
  name,
  product,
  issuer: null,
  clientId: null,
  authUrl: null,
  tokenUrl: null,
  tokenAudience: null,
  jwksUrl: null,
  approvesDeployments: 0,
  allowsAnonymous: 0,
  inviteExpiresAt: null,
  pausedUntil: null,
  revision: 1,
  createdAt: deps.now(),
  pendingDeployments: 0,
});

/** Throws `invalid-input` where assertions would go to another party than their audience. */
const refuseAudience = ({ config }: Deps, { tokenUrl, tokenAudience }: Partial<Connection>): void => {
  if (!tokenAudience) return;
  if (tokenUrl === undefined) throw invalid('/tokenUrl', 'give it together with tokenAudience');
  if (!audienceFits(tokenAudience, tokenUrl, config.allowsLoopback))
    throw invalid('/tokenAudience', 'it is at another host than tokenUrl: leave it out, or correct either');
};

/**
 * Registers a platform by hand; it is pending until it is approved. What the product knows of itself may be left out.
 * Throws `invalid-input` for addresses that are missing or must not be called.
 */
export const registerPlatform = async (
  deps: Deps,
  actor: Actor,
  once: Once | null,
  { siteUrl, deploymentIds, approvesDeployments, allowsAnonymous, ...given }: NewPlatform,
): Promise<{ row: PlatformRow; replayed: boolean }> => {
  const institutionId = institutionOf(actor);
  const connection = { ...presetOf(given.product, { ...given, siteUrl }), ...given };
  const { issuer = siteUrl, authUrl, tokenUrl, jwksUrl } = connection;
  const site = siteUrl === undefined ? {} : { siteUrl };
  const errors = addressFaults(deps.config, {
    ...site,
    ...(issuer === undefined ? { issuer } : {}),
    authUrl,
    tokenUrl,
    jwksUrl,
  });
  if (issuer === undefined || errors.length > 0) throw new Problem('invalid-input', { errors });
  refuseAudience(deps, connection);
  const row: PlatformRow = {
    ...barePlatform(deps, institutionId, given),
    ...connection,
    issuer,
    tokenAudience: connection.tokenAudience ?? null,
    approvesDeployments: approvesDeployments ? 1 : 0,
    allowsAnonymous: allowsAnonymous ? 1 : 0,
    state: 'pending',
  };
  const { id, createdAt: at } = row;
  const db = deps.dbFor(institutionId);
  const audit = { institutionId, actor: actorName(actor), action: 'platform-registered', subject: id, at };
  const made = await writeOnce(
    db,
    once,
    { institutionId, id, facts: { row }, at },
    (also) => standing(db, actor, 'platforms:manage', undefined, also),
    [
      insertPlatform(db, row),
      insertDeployments(
        db,
        { institutionId, platformId: id, at },
        deploymentIds.map((deploymentId) => ({ id: deps.newId(), deploymentId })),
      ),
      insertAudit(db, { id: deps.newId(), ...audit, reason: `${issuer} as ${row.clientId}` }),
    ],
  );
  return { row: made.facts.row, replayed: made.replayed };
};

/**
 * Changes what is known of a platform, or our policy towards it. Another connection waits for approval again; another token
 * URL is its own audience where none is given with it. Throws `stale` and `invalid-input`.
 */
export const changePlatform = async (
  deps: Deps,
  actor: Actor,
  id: string,
  ifMatch: string,
  { approvesDeployments, allowsAnonymous, ...change }: z.output<ReturnType<typeof platformChangeSchema>>,
): Promise<PlatformRow> => {
  const institutionId = institutionOf(actor);
  const urls = Object.entries(change).filter(([field]) => /Url$/.test(field));
  const errors = addressFaults(deps.config, Object.fromEntries(urls) as Record<string, string>);
  if (errors.length > 0) throw new Problem('invalid-input', { errors });
  refuseAudience(deps, change as Partial<Connection>);
  const { name: _, product: __, ...connection } = change;
  const flag = (name: 'approvesDeployments' | 'allowsAnonymous', value: boolean | undefined) =>
    value === undefined ? {} : { [name]: value ? 1 : 0 };
  const changes = {
    ...(change.tokenUrl === undefined ? {} : { tokenAudience: null }),
    ...change,
    ...flag('approvesDeployments', approvesDeployments),
    ...flag('allowsAnonymous', allowsAnonymous),
  };
  const reason = Object.entries(changes)
    .map(([what, value]) => `${what}: ${value}`)
    .join(', ');
  const db = deps.dbFor(institutionId);
  const audit = { institutionId, actor: actorName(actor), action: 'platform-changed', subject: id, reason };
  const [, [row]] = await db.batch([
    standing(db, actor, 'platforms:manage', undefined, platformIsStale(institutionId, id, revisionOf(ifMatch))),
    updatePlatform(db, institutionId, id, changes, Object.keys(connection).length > 0),
    insertAudit(db, { id: deps.newId(), ...audit, at: deps.now() }),
  ]);
  return row!;
};
