import type * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { institutionIn, newSecret } from '../auth/api-keys.ts';
import { seal, sha256Hex, unseal } from '../auth/digest.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { removeDeployments } from './deployment-store.ts';
import { type invitedSchema, platformBody } from './platform-body.ts';
import { insertPlatform, invitationIsMissing, type PlatformRow, removePlatform } from './platform-store.ts';
import { barePlatform } from './platforms.ts';

const INVITED_FOR_MS = 7 * 86_400_000;
const PREFIX = 'invite_';

/** Whose an invitation's secret is, and the hash by which it is known; `null` for what is none of ours. */
export const readInvitation = async (secret: string): Promise<{ institutionId: string; hash: string } | null> => {
  const institutionId = institutionIn(PREFIX, secret);
  return institutionId === null ? null : { institutionId, hash: await sha256Hex(secret) };
};

/**
 * Invites an LMS to register itself (Dynamic Registration): a link for its administrator, for one registration within seven
 * days. The platform stands in the list as `invited` meanwhile, and can be completed by hand as well.
 */
export const invitePlatform = async (
  deps: Deps,
  actor: Actor,
  once: Once | null,
  origin: string,
  given: z.output<ReturnType<typeof invitedSchema>>,
) => {
  const institutionId = institutionOf(actor);
  const secret = newSecret(PREFIX, institutionId);
  const bare = barePlatform(deps, institutionId, given);
  const { id, createdAt: at } = bare;
  const row: PlatformRow = { ...bare, state: 'invited', inviteExpiresAt: at + INVITED_FOR_MS };
  const db = deps.dbFor(institutionId);
  const facts = { row, sealed: await seal(deps.config.sessionSecret, secret) };
  const audit = { institutionId, actor: actorName(actor), action: 'platform-invited', subject: id, at };
  const { facts: made, replayed } = await writeOnce(
    db,
    once,
    { institutionId, id, facts, at },
    (also) => standing(db, actor, 'platforms:manage', undefined, also),
    [
      insertPlatform(db, { ...row, inviteHash: await sha256Hex(secret) }),
      insertAudit(db, { id: deps.newId(), ...audit }),
    ],
  );
  const shown = await unseal(deps.config.sessionSecret, made.sealed).catch((cause) => {
    throw new Problem('response-lost', { cause });
  });
  const body = {
    ...platformBody(made.row, origin),
    url: `${origin}/lti/register?invite=${shown}`,
    expiresAt: new Date(made.row.inviteExpiresAt!).toISOString(),
  };
  return { body, replayed };
};

/** Takes an invitation back that nobody has used. Throws `invitation-not-found`. */
export const withdrawInvitation = async (deps: Deps, actor: Actor, id: string): Promise<void> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const audit = { institutionId, actor: actorName(actor), action: 'invitation-withdrawn', subject: id };
  await db.batch([
    standing(db, actor, 'platforms:manage', undefined, [invitationIsMissing(institutionId, id)]),
    removeDeployments(db, institutionId, id),
    removePlatform(db, institutionId, id),
    insertAudit(db, { id: deps.newId(), ...audit, at: deps.now() }),
  ]);
};
