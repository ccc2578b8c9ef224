import { listProgress } from '../../answers/store.ts';
import { listAppeals } from '../../appeals/store.ts';
import { standing } from '../../auth/store.ts';
import { titleOf } from '../../catalogue/course-content.ts';
import { findCourse, findPerson } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { listCommitted } from '../../discussion/store.ts';
import { gradesBody } from '../../grades/grade-body.ts';
import { activitiesOf } from '../../grades/gradebook.ts';
import { lmsBody, lmsStatesOf } from '../../grades/lms-state.ts';
import { listLmsStates, type PlaceRow } from '../../grades/lms-store.ts';
import { listGrades } from '../../grades/store.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { timesIn } from '../words.ts';

/** More than anybody makes in a course. */
export const MOST_APPEALS = 200;

/** What goes to the LMS at all, as `kind:activity`. */
export const sentAtAll = (places: readonly PlaceRow[]): Set<string> =>
  new Set(places.flatMap(({ covers }) => JSON.parse(covers) as string[]));

/** Every grade of whoever the visit is about, unit by unit, how far each has got to the LMS, and what they contest: one round trip. */
export const readGrades = async (deps: Deps, { person, courseId, personId }: Visit) => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [current], [course], [about], progress, committed, rows, appeals, places, deliveries] = await db.batch([
    standing(db, person, 'grades:read-own', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    findPerson(db, at, personId),
    listProgress(db, at, personId),
    listCommitted(db, at, personId),
    listGrades(db, at, personId),
    listAppeals(db, at, { onlyOf: personId, state: null }, null, MOST_APPEALS),
    ...listLmsStates(db, at, personId),
  ]);
  if (!course) throw new Problem('course-not-found');
  if (!about) throw new Problem('person-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const activities = activitiesOf(deps.catalogue, ruleSet);
  const lms = lmsStatesOf(places, deliveries);
  const { items, points, max } = gradesBody(activities, rows, lms);
  const goes = sentAtAll(places);
  const unitOf = (kind: string, id: string) =>
    deps.catalogue.units.find((unit) => unit[kind === 'scenario' ? 'scenarios' : 'prompts'].includes(id))?.id ??
    ruleSet.custom?.[kind === 'scenario' ? 'scenarios' : 'prompts'][id]?.unit;
  const grades = items.map(({ activity: { kind, id }, ...grade }) => ({
    ...grade,
    kind,
    id,
    // A unit's column holds a sum; of what adds nothing to it there is nothing to say.
    lms: grade.points === null ? null : grade.lms,
    unit: unitOf(kind, id),
    title: titleOf(deps.catalogue, ruleSet, kind, id) ?? id,
    begun:
      kind === 'scenario'
        ? progress.some(({ scenario }) => scenario === id)
        : committed.some(({ prompt }) => prompt === id),
    void: kind === 'scenario' && ruleSet.scenarios[id]?.treat === 'void',
    goes: goes.has(`${kind}:${id}`),
    appeal: kind === 'scenario' ? appeals.findLast(({ scenario }) => scenario === id) : undefined,
  }));
  return {
    course,
    about,
    points,
    max,
    grades,
    times: timesIn(course.timeZone),
    sends: places.length > 0,
    units: deps.catalogue.units.map(({ id, title }) => ({ id, title, lms: lmsBody('unit', id, lms) })),
  };
};

export type GradesRead = Awaited<ReturnType<typeof readGrades>>;
export type GradeRead = GradesRead['grades'][number];
