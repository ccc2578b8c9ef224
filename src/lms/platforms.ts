import type * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { revisionOf } from '../etag.ts';
import { Problem } from '../problem.ts';
import { insertDeployments } from './deployment-store.ts';
import { callableUrls, type newPlatformSchema, type platformChangeSchema } from './platform-body.ts';
import {
  insertPlatform,
  type PlatformRow,
  platformIsIncomplete,
  platformIsMissing,
  platformIsStale,
  updatePlatform,
  updatePlatformState,
} from './platform-store.ts';
import { presetOf } from './products.ts';

type NewPlatform = z.output<ReturnType<typeof newPlatformSchema>>;

/** A platform of which nothing is known but its name. */
export const barePlatform = (deps: Deps, institutionId: string, given: Pick<NewPlatform, 'name' | 'product'>) => ({
  id: deps.newId(),
  institutionId,
  name: given.name,
  product: given.product,
  issuer: null as string | null,
  clientId: null as string | null,
  authUrl: null as string | null,
  tokenUrl: null as string | null,
  tokenAudience: null as string | null,
  jwksUrl: null as string | null,
  approvesDeployments: 0,
  allowsAnonymous: 0,
  inviteExpiresAt: null as number | null,
  pausedUntil: null,
  revision: 1,
  createdAt: deps.now(),
});

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
  callableUrls(deps.config, { ...(siteUrl === undefined ? {} : { siteUrl }), authUrl, tokenUrl, jwksUrl });
  if (issuer === undefined)
    throw new Problem('invalid-input', { errors: [{ pointer: '/issuer', detail: 'it is missing, or give siteUrl' }] });
  const row = {
    ...barePlatform(deps, institutionId, given),
    ...connection,
    issuer,
    tokenAudience: connection.tokenAudience ?? null,
    approvesDeployments: approvesDeployments ? 1 : 0,
    allowsAnonymous: allowsAnonymous ? 1 : 0,
    state: 'pending' as const,
  };
  const { id, createdAt: at } = row;
  const db = deps.dbFor(institutionId);
  const facts = { row: { ...row, pendingDeployments: 0 } as PlatformRow };
  const audit = { institutionId, actor: actorName(actor), action: 'platform-registered', subject: id, at };
  const made = await writeOnce(
    db,
    once,
    { institutionId, id, facts, at },
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

/** Changes what is known of a platform, or our policy towards it. Throws `stale` and `invalid-input`. */
export const changePlatform = async (
  deps: Deps,
  actor: Actor,
  id: string,
  ifMatch: string,
  { approvesDeployments, allowsAnonymous, ...change }: z.output<ReturnType<typeof platformChangeSchema>>,
): Promise<PlatformRow> => {
  const institutionId = institutionOf(actor);
  const urls = Object.entries(change).filter(([field]) => ['authUrl', 'tokenUrl', 'jwksUrl'].includes(field));
  callableUrls(deps.config, Object.fromEntries(urls) as Record<string, string>);
  const flag = (name: 'approvesDeployments' | 'allowsAnonymous', value: boolean | undefined) =>
    value === undefined ? {} : { [name]: value ? 1 : 0 };
  const changes = {
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
    updatePlatform(db, institutionId, id, changes),
    insertAudit(db, { id: deps.newId(), ...audit, at: deps.now() }),
  ]);
  return row!;
};

/** Approves a platform, so that it can launch, or disables it. Throws `platform-incomplete` where it is not registered yet. */
export const decideOnPlatform = async (
  deps: Deps,
  actor: Actor,
  id: string,
  state: 'active' | 'disabled',
): Promise<PlatformRow> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const action = state === 'active' ? 'platform-approved' : 'platform-disabled';
  const [, [row]] = await db.batch([
    standing(db, actor, 'platforms:manage', undefined, [
      platformIsMissing(institutionId, id),
      ...(state === 'active' ? [platformIsIncomplete(institutionId, id)] : []),
    ]),
    updatePlatformState(db, institutionId, id, state),
    insertAudit(db, { id: deps.newId(), institutionId, actor: actorName(actor), action, subject: id, at: deps.now() }),
  ]);
  return row!;
};
