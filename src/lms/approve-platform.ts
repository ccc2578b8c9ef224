import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { allActiveOf, deploymentIsClaimed } from './deployment-store.ts';
import { type Claim, isClaimed } from './parties.ts';
import {
  findPlatform,
  listClaims,
  type PlatformRow,
  platformIsIncomplete,
  platformIsMissing,
  platformIsStale,
  updatePlatformState,
} from './platform-store.ts';

/**
 * Approves a platform, so that it can launch. Throws `platform-incomplete` where it is not registered yet, `platform-claimed`
 * where another institution has its client by other keys, `deployment-claimed` where one has a deployment of it.
 */
export const approvePlatform = async (deps: Deps, actor: Actor, id: string): Promise<PlatformRow> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const [, [own], claims] = await db.batch([
    standing(db, actor, 'platforms:manage', undefined, [
      platformIsMissing(institutionId, id),
      platformIsIncomplete(institutionId, id),
    ]),
    findPlatform(db, institutionId, id),
    listClaims(db, institutionId, id),
  ]);
  const { tokenUrl, jwksUrl, revision } = own as PlatformRow & Claim;
  if (isClaimed({ tokenUrl, jwksUrl }, claims)) throw new Problem('platform-claimed');
  return decide(deps, actor, id, 'active', [
    ...platformIsStale(institutionId, id, revision),
    deploymentIsClaimed(institutionId, id, allActiveOf(id)),
  ]);
};

/** Disables a platform: nobody launches from it, and no grade goes to it. */
export const disablePlatform = async (deps: Deps, actor: Actor, id: string): Promise<PlatformRow> =>
  decide(deps, actor, id, 'disabled', [platformIsMissing(institutionOf(actor), id)]);

const decide = async (
  deps: Deps,
  actor: Actor,
  id: string,
  state: 'active' | 'disabled',
  refusals: readonly Guard[],
): Promise<PlatformRow> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const action = state === 'active' ? 'platform-approved' : 'platform-disabled';
  const [, [row]] = await db.batch([
    standing(db, actor, 'platforms:manage', undefined, refusals),
    updatePlatformState(db, institutionId, id, state),
    insertAudit(db, { id: deps.newId(), institutionId, actor: actorName(actor), action, subject: id, at: deps.now() }),
  ]);
  return row!;
};
