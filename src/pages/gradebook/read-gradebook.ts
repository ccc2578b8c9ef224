import { standing } from '../../auth/store.ts';
import { displayName } from '../../courses/roster.ts';
import { findCourse, findPerson } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { bookOf, gradesBody } from '../../grades/grade-body.ts';
import { activitiesOf } from '../../grades/gradebook.ts';
import { lmsStatesOf } from '../../grades/lms-state.ts';
import { listLmsStates, listLmsStatesOfPage } from '../../grades/lms-store.ts';
import { listGradebook, listGrades, listLateOf, listLateOfPage } from '../../grades/store.ts';
import { nextOf, pageOf, readCursor } from '../../paging.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { cellsOf, columnsOf } from './columns.ts';

/** A class is on one page. */
const PAGE = 50;

type Wish = { named: string; cursor: string | undefined; url: URL };

/** A page of the gradebook in one round trip: its columns and its people, by name where they are all there. */
export const readGradebook = async (deps: Deps, { person, courseId }: Visit, { named, cursor, url }: Wish) => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const secret = deps.config.sessionSecret;
  const list = `gradebook ${courseId} ${named}`;
  const page = { after: await readCursor(secret, list, cursor), limit: PAGE, named };
  const [, [current], [course], rows, late, places, deliveries] = await db.batch([
    standing(db, person, 'gradebook:read', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    listGradebook(db, at, page),
    listLateOfPage(db, at, page),
    ...listLmsStatesOfPage(db, at, page),
  ]);
  if (!course) throw new Problem('course-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const { items, link } = await pageOf(secret, list, url, rows, PAGE, ({ createdAt, id }) => ({ at: createdAt, id }));
  const lateOf = Map.groupBy(late, ({ personId }) => personId);
  const people = bookOf(activitiesOf(deps.catalogue, ruleSet), items, places, deliveries).map(
    ({ person: { id, name }, grades, lms }) => ({
      id,
      name: displayName(id, name),
      points: grades.points,
      max: grades.max,
      cells: cellsOf({ items: grades.items, lms }, lateOf.get(id) ?? []),
    }),
  );
  const isWhole = page.after === null && link === null;
  return {
    course,
    units: columnsOf(deps.catalogue, ruleSet),
    isWhole,
    people: isWhole ? people.sort((a, b) => a.name.localeCompare(b.name, 'en')) : people,
    next: nextOf(link),
  };
};

export type GradebookRead = Awaited<ReturnType<typeof readGradebook>>;

/** One person's row of the gradebook, in one round trip. Throws `person-not-found`. */
export const readRow = async (deps: Deps, { person, courseId }: Visit, personId: string) => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [current], [course], [about], rows, late, places, deliveries] = await db.batch([
    standing(db, person, 'gradebook:read', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    findPerson(db, at, personId),
    listGrades(db, at, personId),
    listLateOf(db, at, personId),
    ...listLmsStates(db, at, personId),
  ]);
  if (!course) throw new Problem('course-not-found');
  if (!about) throw new Problem('person-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const lms = lmsStatesOf(places, deliveries);
  const { items, points, max } = gradesBody(activitiesOf(deps.catalogue, ruleSet), rows, lms);
  return {
    course,
    name: displayName(about.id, about.name),
    withdrawn: about.withdrawnAt !== null,
    units: columnsOf(deps.catalogue, ruleSet),
    points,
    max,
    cells: cellsOf({ items, lms }, late),
  };
};
