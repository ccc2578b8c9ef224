import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { leavesNoInstructor, personIsMissing } from '../courses/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { eraseIdentity, eraseWords, findIdentity, withdraw } from './erase-store.ts';

export const eraseSchema = lazily(() =>
  z.strictObject({ reason: z.string().trim().min(1).max(2000) }).meta({ id: 'Erasure' }),
);

export const erasedSchema = lazily(() =>
  z
    .object({ person: z.string(), identity: z.enum(['erased', 'kept']), detail: z.string() })
    .meta({ id: 'ErasedPerson' }),
);

const details = {
  erased: 'Name, external id and every text are gone; grades, the ledger and the shape of threads stay.',
  kept: 'Every text of this course is gone. Name and external id stay, for the person is in another course: erase there too.',
};

/**
 * Erases what a person wrote in the course and withdraws them; where they are in no other course of the institution,
 * their name and what it calls them go too. The ledger, the grades and the places in threads stay. Doing it again
 * changes nothing more. Throws `person-not-found`, `last-instructor`.
 */
export const erasePerson = async (deps: Deps, actor: Actor, courseId: string, personId: string, reason: string) => {
  const institutionId = institutionOf(actor);
  const at = { institutionId, courseId, personId };
  const db = deps.dbFor(institutionId);
  const now = deps.now();
  const audit = {
    institutionId,
    courseId,
    actor: actorName(actor),
    action: 'person-erased',
    subject: personId,
    reason,
  };
  const results = await db.batch([
    standing(db, actor, 'people:erase', courseId, [
      personIsMissing(courseId, personId),
      ...leavesNoInstructor(actor, courseId, personId),
    ]),
    ...eraseWords(db, at, now),
    withdraw(db, at, now),
    ...eraseIdentity(db, at, `erased-${deps.newId()}`),
    insertAudit(db, { id: deps.newId(), ...audit, at: now }),
    findIdentity(db, at),
  ]);
  const [row] = results.at(-1) as { erased: number }[];
  const identity = row!.erased === 1 ? ('erased' as const) : ('kept' as const);
  return { person: personId, identity, detail: details[identity] };
};
