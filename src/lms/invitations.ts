import type * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { randomToken, seal, sha256Hex, unseal } from '../auth/digest.ts';
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
const shape = /^([0-9a-f]{32})_[A-Za-z0-9_-]{43}$/;

const newSecret = (institutionId: string): string => `${institutionId.replaceAll('-', '')}_${randomToken(32)}`;

/** Whose an invitation's secret is, and the hash by which it is known; `null` for what is none of ours. */
export const readInvitation = async (secret: string): Promise<{ institutionId: string; hash: string } | null> => {
  const [, compact] = shape.exec(secret) ?? [];
  if (compact === undefined) return null;
  const institutionId = compact.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { institutionId, hash: await sha256Hex(secret) };
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
  const secret = newSecret(institutionId);
  const bare = barePlatform(deps, institutionId, given);
  const { id, createdAt: at } = bare;
  const row = { ...bare, state: 'invited' as const, inviteExpiresAt: at + INVITED_FOR_MS };
  const db = deps.dbFor(institutionId);
  const facts = {
    row: { ...row, pendingDeployments: 0 } as PlatformRow,
    sealed: await seal(deps.config.sessionSecret, secret),
  };
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
