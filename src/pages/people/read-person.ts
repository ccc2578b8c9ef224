import { standing } from '../../auth/store.ts';
import { countKept, findOnRoster } from '../../courses/people-store.ts';
import { findCourse, listWindows } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import type { Visit } from '../visit.ts';

/** One person of the course, their dates, and how much is kept of them, in one round trip. Throws `person-not-found`. */
export const readPerson = async (deps: Deps, { person, courseId }: Visit, personId: string) => {
  const here = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(here.institutionId);
  const [, [course], [row], windows, [kept]] = await db.batch([
    standing(db, person, 'people:read', courseId),
    findCourse(db, here.institutionId, courseId),
    findOnRoster(db, here, personId),
    listWindows(db, here, personId),
    countKept(db, here, personId),
  ]);
  if (!row) throw new Problem('person-not-found');
  return { course: course!, row, windows, kept: kept! };
};

export type PersonRead = Awaited<ReturnType<typeof readPerson>>;
