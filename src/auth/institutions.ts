import * as z from 'zod';
import { insertAudit } from '../db/audit.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { type Actor, actorName, institutionOf, type Scope, scopes } from './actor.ts';
import { makeApiKey } from './api-keys.ts';
import { seal, unseal } from './digest.ts';
import { insertApiKey, insertInstitution, standing } from './store.ts';

const name = z.string().trim().min(1).max(200);

export const createInstitutionSchema = z.strictObject({ name }).meta({ id: 'NewInstitution' });

type KeyFacts = { id: string; keyId: string; sealed: string; scopes: Scope[]; name: string; createdAt: number };

const madeKey = async (deps: Deps, facts: KeyFacts) => ({
  id: facts.keyId,
  name: facts.name,
  secret: await unseal(deps.config.sessionSecret, facts.sealed),
  scopes: facts.scopes,
  createdAt: new Date(facts.createdAt).toISOString(),
});

/** Makes an institution and its first key, with every scope. The root key's only use. */
export const createInstitution = async (
  deps: Deps,
  actor: Actor,
  once: Once | null,
  input: z.output<typeof createInstitutionSchema>,
) => {
  const [id, at] = [deps.newId(), deps.now()];
  const key = await makeApiKey(id);
  const db = deps.dbFor(id);
  const sealed = await seal(deps.config.sessionSecret, key.secret);
  const facts: KeyFacts & { institution: string } = {
    id,
    institution: input.name,
    keyId: key.id,
    sealed,
    scopes: [...scopes],
    name: 'first key',
    createdAt: at,
  };
  const written = await writeOnce(
    db,
    once,
    { institutionId: id, id, facts, at },
    standing(db, actor, 'institutions:create'),
    [
      insertInstitution(db, { id, name: input.name, createdAt: at }),
      insertApiKey(db, {
        id: key.id,
        institutionId: id,
        name: facts.name,
        hash: key.hash,
        scopes: facts.scopes,
        createdAt: at,
      }),
      insertAudit(db, {
        id: deps.newId(),
        institutionId: id,
        actor: 'root',
        action: 'institution-created',
        subject: id,
        at,
      }),
    ],
  );
  const { facts: made, replayed } = written;
  return { body: { id: made.id, name: made.institution, key: await madeKey(deps, made) }, replayed };
};

export const createKeySchema = z
  .strictObject({
    name,
    scopes: z
      .array(z.enum(scopes))
      .min(1)
      .default([...scopes]),
  })
  .meta({ id: 'NewApiKey' });

/** Makes another key for the institution. Its secret is in this response only (and in a retry's). */
export const createKey = async (
  deps: Deps,
  actor: Actor,
  once: Once | null,
  input: z.output<typeof createKeySchema>,
) => {
  const institutionId = institutionOf(actor);
  const at = deps.now();
  const key = await makeApiKey(institutionId);
  const db = deps.dbFor(institutionId);
  const sealed = await seal(deps.config.sessionSecret, key.secret);
  const facts: KeyFacts = { id: key.id, keyId: key.id, sealed, ...input, createdAt: at };
  const row = { id: key.id, institutionId, hash: key.hash, ...input, createdAt: at };
  const subject = key.id;
  const { facts: made, replayed } = await writeOnce(
    db,
    once,
    { institutionId, id: key.id, facts, at },
    standing(db, actor, 'keys:manage'),
    [
      insertApiKey(db, row),
      insertAudit(db, { id: deps.newId(), institutionId, actor: actorName(actor), action: 'key-created', subject, at }),
    ],
  );
  return { body: await madeKey(deps, made), replayed };
};
