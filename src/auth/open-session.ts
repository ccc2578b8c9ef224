import * as z from 'zod';
import { keyFitsRequest, type Once, recall, remember } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { type Actor, institutionOf } from './actor.ts';
import { signSession } from './sessions.ts';
import { findEnrolment, isNotEnrolled, standing } from './store.ts';

/** What the institution calls a person. */
export const externalIdSchema = lazily(() => z.string().trim().min(1).max(200));

export const openSessionSchema = lazily(() =>
  z
    .strictObject({
      externalId: externalIdSchema().optional(),
      person: z.string().min(1).max(64).optional().describe('Instead: the id here, of those too who came by LTI'),
    })
    .refine(({ externalId, person }) => (externalId === undefined) !== (person === undefined), {
      error: 'Send one of the two: externalId of somebody whom you enrolled, or person, the id here of anybody.',
    })
    .meta({ id: 'NewSession', oneOf: [{ required: ['externalId'] }, { required: ['person'] }] }),
);

/**
 * A session token for somebody enrolled in the course: by what the institution calls them, or, who came by LTI too, by our
 * id. Under one Idempotency-Key it is the same token while it lives.
 * Throws `person-not-found`.
 */
export const openSession = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  once: Once | null,
  who: z.output<ReturnType<typeof openSessionSchema>>,
) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const at = Math.floor(deps.now() / 1000) * 1000;
  const [, people, remembered] = await db.batch([
    standing(db, actor, 'sessions:create', courseId, [
      ...keyFitsRequest(once),
      isNotEnrolled(institutionId, courseId, who),
    ]),
    findEnrolment(db, institutionId, courseId, who),
    recall(db, once),
    ...(once ? [remember(db, once, { institutionId, id: courseId, facts: { at }, at })] : []),
  ]);
  const person = people[0]!;
  const before = remembered[0] ? (JSON.parse(remembered[0].facts) as { at: number }) : undefined;
  const replayed = before !== undefined && before.at + deps.config.sessionMs > at;
  const issuedAt = replayed ? before.at : at;
  const expiresAt = issuedAt + deps.config.sessionMs;
  const { id: personId, role, delivers, isVisitor } = person;
  const session = { institutionId, courseId, personId, role, delivers: delivers === 1, readOnly: isVisitor === 1 };
  const token = await signSession(deps.config.sessionSecret, session, issuedAt, expiresAt);
  const body = {
    token,
    expiresAt: new Date(expiresAt).toISOString(),
    person: { id: person.id, externalId: person.externalId, name: person.name, role: person.role },
  };
  return { body, replayed };
};
