import * as z from 'zod';
import { keyFitsRequest, type Once, recall, remember } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { type Actor, institutionOf } from './actor.ts';
import { signSession } from './sessions.ts';
import { findEnrolmentBySubject, standing } from './store.ts';

export const openSessionSchema = z.strictObject({ externalId: z.string().min(1).max(200) }).meta({ id: 'NewSession' });

/** A session token for somebody enrolled in the course. Under one Idempotency-Key it is the same token. */
export const openSession = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  once: Once | null,
  { externalId }: z.output<typeof openSessionSchema>,
) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const at = deps.now();
  const [, , [remembered], [person]] = await db.batch([
    standing(db, actor, 'sessions:create', courseId, keyFitsRequest(once)),
    remember(db, once, { institutionId, id: courseId, facts: { at }, at }),
    recall(db, once),
    findEnrolmentBySubject(db, institutionId, courseId, externalId),
  ]);
  if (!person) throw new Problem('person-not-found');
  const issuedAt = remembered ? (JSON.parse(remembered.facts) as { at: number }).at : at;
  const expiresAt = issuedAt + deps.config.sessionMs;
  const session = { institutionId, courseId, personId: person.id, role: person.role };
  const token = await signSession(deps.config.sessionSecret, session, issuedAt, expiresAt);
  const body = {
    token,
    expiresAt: new Date(expiresAt).toISOString(),
    person: { id: person.id, externalId, name: person.name, role: person.role },
  };
  return { body, replayed: issuedAt !== at };
};
