import { insertAudit } from '../db/audit.ts';
import { guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { actorName, type Scope } from './actor.ts';
import { signAdmin } from './admin-sessions.ts';
import { readApiKey } from './api-keys.ts';
import { findApiKey, keyIsDead } from './store.ts';

/** Scopes for which there are pages. */
const useful: readonly Scope[] = ['courses', 'platforms', 'keys', 'webhooks'];

/** Signs an administrator in by an API key of their institution. Throws `credentials-invalid`, `not-permitted`. */
export const signIn = async (deps: Deps, secret: string): Promise<string> => {
  const key = await readApiKey(secret);
  if (!key) throw new Problem('credentials-invalid');
  const { institutionId, keyId } = key;
  const db = deps.dbFor(institutionId);
  const audit = { institutionId, actor: actorName(key), action: 'administrator-signed-in', subject: keyId };
  const [, [row]] = await db.batch([
    guard(db, [keyIsDead(key)]),
    findApiKey(db, key),
    insertAudit(db, { id: deps.newId(), ...audit, at: deps.now() }),
  ]);
  const scopes = useful.filter((scope) => row!.scopes.includes(scope));
  if (scopes.length === 0) throw new Problem('not-permitted', { needs: useful.join(', ') });
  return signAdmin(deps.config.sessionSecret, key, scopes, deps.now());
};
