import * as z from 'zod';
import { insertAudit } from '../db/audit.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { type Actor, actorName, scopes } from './actor.ts';
import { newKey, shownKey } from './keys.ts';
import { insertApiKey, insertInstitution, standing } from './store.ts';

export const createInstitutionSchema = lazily(() =>
  z.strictObject({ name: z.string().trim().min(1).max(200) }).meta({ id: 'NewInstitution' }),
);

/** Makes an institution and its first key, with every scope. The root key's only use. */
export const createInstitution = async (
  deps: Deps,
  actor: Actor,
  once: Once | null,
  { name }: z.output<ReturnType<typeof createInstitutionSchema>>,
) => {
  const id = deps.newId();
  const db = deps.dbFor(id);
  const { row, facts } = await newKey(deps, id, 'first key', [...scopes]);
  const at = row.createdAt;
  const audit = { institutionId: id, actor: actorName(actor), action: 'institution-created', subject: id, at };
  const { facts: made, replayed } = await writeOnce(
    db,
    once,
    { institutionId: id, id, facts: { ...facts, id, institution: name }, at },
    (also) => standing(db, actor, 'institutions:create', undefined, also),
    [
      insertInstitution(db, { id, name, createdAt: at }),
      insertApiKey(db, row),
      insertAudit(db, { id: deps.newId(), ...audit }),
    ],
  );
  return { body: { id: made.id, name: made.institution, key: await shownKey(deps, made) }, replayed };
};
