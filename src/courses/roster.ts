import * as z from 'zod';
import { type Actor, actorName, institutionOf, roles } from '../auth/actor.ts';
import { externalIdSchema } from '../auth/open-session.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import { keyFitsRequest, type Once, unseen } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { revisionOf } from '../etag.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import {
  findEnrolled,
  findPerson,
  idOfPerson,
  leavesNoInstructor,
  type Newcomer,
  type PersonRow,
  personIsStale,
  rememberPerson,
  touchEnrolments,
  updateEnrolment,
  updatePersonName,
  upsertEnrolment,
  upsertPerson,
} from './store.ts';

const name = z.string().trim().min(1).max(200);

export const enrolPersonSchema = lazily(() =>
  z
    .strictObject({ externalId: externalIdSchema(), name: name.optional(), role: z.enum(roles) })
    .meta({ id: 'NewPerson' }),
);

export const changePersonSchema = lazily(() =>
  z
    .strictObject({ name: name.optional(), role: z.enum(roles).optional(), withdrawn: z.boolean().optional() })
    .meta({ id: 'PersonChange' }),
);

/** A person in a course for JSON. */
export const personBody = ({ id, externalId, name, role, withdrawnAt }: PersonRow) => ({
  id,
  externalId,
  name,
  role,
  withdrawn: withdrawnAt !== null,
});

/** How somebody without a name is shown to others: stable, and telling nothing. */
export const displayName = (id: string, name: string | null): string => name ?? `Participant ${id.slice(-4)}`;

/** Makes a person known and enrols them, or brings them up to date. Status 201 where they are new to the course, else 200. */
export const enrolPerson = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  once: Once | null,
  input: z.output<ReturnType<typeof enrolPersonSchema>>,
) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const one: Newcomer = { id: deps.newId(), institutionId, courseId, at: deps.now(), ...input, name: input.name };
  const audit = { institutionId, courseId, actor: actorName(actor), action: 'person-enrolled', at: one.at };
  const [, , , , , rows] = await db.batch([
    standing(db, actor, 'people:enrol', courseId, keyFitsRequest(once)),
    upsertPerson(db, one, once),
    upsertEnrolment(db, one, once),
    insertAudit(
      db,
      { id: deps.newId(), ...audit, subject: idOfPerson(institutionId, input.externalId), reason: `as ${input.role}` },
      unseen(once),
    ),
    rememberPerson(db, one, once),
    findEnrolled(db, one, once),
  ]);
  const row = rows[0]!;
  const facts: { by: string; name: string | null; role: PersonRow['role']; status: number } = row.facts
    ? JSON.parse(row.facts)
    : {
        by: one.id,
        name: row.name,
        role: row.role,
        status: row.createdAt === one.at && row.revision === 1 ? 201 : 200,
      };
  const { id, externalId } = row;
  const body = { id, externalId, name: facts.name, role: facts.role };
  return { status: facts.status, body, replayed: facts.by !== one.id };
};

/**
 * Changes a person's name, role or withdrawal in the course. Their work stays. A name is the institution's, so only its
 * key changes it. Throws `person-not-found`, `stale`, `last-instructor`, `not-permitted`.
 */
export const changePerson = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  personId: string,
  ifMatch: string,
  { name, role, withdrawn }: z.output<ReturnType<typeof changePersonSchema>>,
): Promise<PersonRow> => {
  if (name !== undefined && actor.kind !== 'key')
    throw new Problem('not-permitted', { needs: 'an API key, to rename' });
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const at = deps.now();
  const withdrawnAt = withdrawn === undefined ? undefined : withdrawn ? at : null;
  const audit = { institutionId, courseId, actor: actorName(actor), action: 'person-changed', subject: personId };
  const rename =
    name === undefined ? [] : [updatePersonName(db, institutionId, personId, name), touchEnrolments(db, personId)];
  const results = await db.batch([
    standing(db, actor, 'people:change', courseId, [
      ...personIsStale(courseId, personId, revisionOf(ifMatch)),
      ...(withdrawn || (role && role !== 'instructor') ? leavesNoInstructor(actor, courseId, personId) : []),
    ]),
    updateEnrolment(db, courseId, personId, { role, withdrawnAt }),
    insertAudit(db, { id: deps.newId(), ...audit, at }),
    ...rename,
    findPerson(db, { institutionId, courseId }, personId),
  ]);
  return (results.at(-1) as PersonRow[])[0]!;
};
