import * as z from 'zod';
import { insertAudit } from '../db/audit.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { type Actor, actorName, institutionOf, type Scope, scopes } from './actor.ts';
import { makeApiKey } from './api-keys.ts';
import { seal, unseal } from './digest.ts';
import { insertApiKey, keyIsMissing, revokeApiKey, scopesExceedOwn, standing } from './store.ts';

const allScopes: Scope[] = [...scopes];

export const createKeySchema = lazily(() =>
  z
    .strictObject({
      name: z.string().trim().min(1).max(200),
      scopes: z.array(z.enum(scopes)).min(1).default(allScopes),
    })
    .meta({ id: 'NewApiKey' }),
);

/** What a retry needs to show a new key again; the secret in it is sealed. */
export type KeyFacts = { keyId: string; name: string; scopes: Scope[]; sealed: string; createdAt: number };

/** A new key: the row that is stored (without its secret), and the facts from which its response can be made again. */
export const newKey = async (deps: Deps, institutionId: string, name: string, keyScopes: Scope[]) => {
  const { id, hash, secret } = await makeApiKey(institutionId);
  const createdAt = deps.now();
  const facts: KeyFacts = {
    keyId: id,
    name,
    scopes: keyScopes,
    sealed: await seal(deps.config.sessionSecret, secret),
    createdAt,
  };
  return { row: { id, institutionId, name, hash, scopes: keyScopes, createdAt }, facts };
};

/** A key with its secret, for the one response that shows it. Throws `response-lost` when it can be opened no more. */
export const shownKey = async ({ config }: Deps, { keyId, name, scopes: keyScopes, sealed, createdAt }: KeyFacts) => ({
  id: keyId,
  name,
  secret: await unseal(config.sessionSecret, sealed).catch((cause) => {
    throw new Problem('response-lost', { cause });
  }),
  scopes: keyScopes,
  createdAt: new Date(createdAt).toISOString(),
});

/** Makes another key for the institution, with scopes that the asking key has itself. Its secret is shown here only. */
export const createKey = async (
  deps: Deps,
  actor: Actor,
  once: Once | null,
  input: z.output<ReturnType<typeof createKeySchema>>,
) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const { row, facts } = await newKey(deps, institutionId, input.name, input.scopes);
  const at = row.createdAt;
  const audit = {
    id: deps.newId(),
    institutionId,
    actor: actorName(actor),
    action: 'key-created',
    subject: row.id,
    at,
  };
  const exceed = scopesExceedOwn(actor, input.scopes);
  const { facts: made, replayed } = await writeOnce(
    db,
    once,
    { institutionId, id: row.id, facts, at },
    (also) => standing(db, actor, 'keys:manage', undefined, [...exceed, ...also]),
    [insertApiKey(db, row), insertAudit(db, audit)],
  );
  return { body: await shownKey(deps, made), replayed };
};

/** Revokes a key of the institution; revoking twice keeps the first time. Throws `key-not-found`. */
export const revokeKey = async (deps: Deps, actor: Actor, id: string) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const at = deps.now();
  const audit = { id: deps.newId(), institutionId, actor: actorName(actor), action: 'key-revoked', subject: id, at };
  const [, [row]] = await db.batch([
    standing(db, actor, 'keys:manage', undefined, [keyIsMissing(institutionId, id)]),
    revokeApiKey(db, institutionId, id, at),
    insertAudit(db, audit),
  ]);
  return row!;
};
