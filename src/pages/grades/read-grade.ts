import { listAppeals } from '../../appeals/store.ts';
import { standing } from '../../auth/store.ts';
import { titleOf } from '../../catalogue/course-content.ts';
import { findCourse, findPerson, listWindows } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { gradeBody } from '../../grades/grade-body.ts';
import { activitiesOf } from '../../grades/gradebook.ts';
import { type EventRow, listLastEvents } from '../../grades/ledger-store.ts';
import { lmsBody, lmsStatesOf } from '../../grades/lms-state.ts';
import { listLmsStates } from '../../grades/lms-store.ts';
import { receiptBody, rulesOf } from '../../grades/receipts.ts';
import { isRevealedNow } from '../../grades/revealed.ts';
import { type ActivityKind, findGrade } from '../../grades/store.ts';
import { pointsOf } from '../../grading/policy.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { timesIn } from '../words.ts';
import { counting } from './counting.ts';
import { MOST_APPEALS, sentAtAll } from './read-grades.ts';

/** What a page tells of a grade's history; the earlier is left out. */
const MOST_EVENTS = 60;

/**
 * One grade of whoever the visit is about, with the receipts of all that led there, as much of the key as is open to who
 * reads, and what was contested: one round trip. Throws `grade-not-found` for what the rules do not grade.
 */
export const readGrade = async (deps: Deps, visit: Visit, kind: string, activity: string) => {
  const { person, courseId, personId, staff } = visit;
  const at = { institutionId: person.institutionId, courseId };
  const gradeAt = { ...at, personId, kind: kind as ActivityKind, activity };
  const db = deps.dbFor(at.institutionId);
  const [, [current], [course], [about], windows, [row], rows, contested, places, deliveries] = await db.batch([
    standing(db, person, 'grade-events:read', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    findPerson(db, at, personId),
    listWindows(db, at, personId),
    findGrade(db, gradeAt),
    listLastEvents(db, gradeAt, MOST_EVENTS),
    listAppeals(db, at, { onlyOf: personId, state: null }, null, MOST_APPEALS),
    ...listLmsStates(db, at, personId),
  ]);
  if (!course) throw new Problem('course-not-found');
  if (!about) throw new Problem('person-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const graded = activitiesOf(deps.catalogue, ruleSet).find((one) => one.kind === kind && one.id === activity);
  if (!graded) throw new Problem('grade-not-found');
  const revealed = (event: EventRow) => staff || isRevealedNow(deps, activity, windows, ruleSet, event);
  const events = await Promise.all(
    rows
      .slice(0, MOST_EVENTS)
      .reverse()
      .map(async (event) => ({
        ...receiptBody(event, await rulesOf(deps, db, event), revealed(event)),
        actorName: event.actorName,
      })),
  );
  const grade = gradeBody(graded, row);
  const { keep } = ruleSet.policy.attempts;
  return {
    course,
    about,
    kind,
    id: activity,
    title: titleOf(deps.catalogue, ruleSet, kind, activity) ?? activity,
    grade,
    earned: pointsOf(row?.auto ?? null),
    events,
    more: rows.length > MOST_EVENTS,
    counts: counting(row, keep, rows.slice(0, MOST_EVENTS).reverse()),
    void: kind === 'scenario' && ruleSet.scenarios[activity]?.treat === 'void',
    policy: ruleSet.policy,
    appeals: contested.filter(({ scenario }) => kind === 'scenario' && scenario === activity),
    times: timesIn(course.timeZone),
    lms: grade.points === null ? null : lmsBody(graded.kind, activity, lmsStatesOf(places, deliveries)),
    sends: places.length > 0,
    goes: sentAtAll(places).has(`${kind}:${activity}`),
  };
};

export type GradeExplained = Awaited<ReturnType<typeof readGrade>>;
export type EventRead = GradeExplained['events'][number];
