import { scenarioBody } from '../../answers/scenario-body.ts';
import { listProgress } from '../../answers/store.ts';
import { standing } from '../../auth/store.ts';
import { promptsOf, scenariosOf } from '../../catalogue/course-content.ts';
import { displayName } from '../../courses/roster.ts';
import { timeOf, windowFor } from '../../courses/schedule.ts';
import { findCourse, findPerson, listWindows } from '../../courses/store.ts';
import type { Database } from '../../db/client.ts';
import type { Deps } from '../../deps.ts';
import { listCommitted } from '../../discussion/store.ts';
import { gradesBody } from '../../grades/grade-body.ts';
import { activitiesOf } from '../../grades/gradebook.ts';
import { lmsBody, lmsStatesOf } from '../../grades/lms-state.ts';
import { listLmsStates } from '../../grades/lms-store.ts';
import { listGrades } from '../../grades/store.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { timesIn } from '../words.ts';
import type { Task } from './progress.ts';
import { toDoQueries } from './to-do.tsx';

const courseQueries = (deps: Deps, db: Database, { person, courseId, personId }: Visit) => {
  const at = { institutionId: person.institutionId, courseId };
  return [
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    findPerson(db, at, personId),
    listWindows(db, at, personId),
    listProgress(db, at, personId),
    listCommitted(db, at, personId),
    listGrades(db, at, personId),
    ...listLmsStates(db, at, personId),
  ] as const;
};

/** The rows, and, where it is asked, how much waits for the staff. */
const readRows = async (deps: Deps, db: Database, visit: Visit, asksWaiting: boolean) => {
  const stands = standing(db, visit.person, 'scenarios:read', visit.courseId);
  if (!asksWaiting) {
    const [, ...rows] = await db.batch([stands, ...courseQueries(deps, db, visit)]);
    return { rows, waits: null };
  }
  const [, appeals, posts, scores, ...rows] = await db.batch([
    stands,
    ...toDoQueries(db, visit),
    ...courseQueries(deps, db, visit),
  ]);
  return { rows, waits: { appeals: appeals.length, posts: posts.length, scores: scores.length } };
};

/**
 * What the pages of a course and its units say of whoever the visit is about, in one round trip. `asksWaiting`: for staff,
 * what waits for them too.
 */
export const readCourse = async (deps: Deps, visit: Visit, asksWaiting = false) => {
  const { person, courseId } = visit;
  const db = deps.dbFor(person.institutionId);
  const { rows: read, waits } = await readRows(deps, db, visit, asksWaiting);
  const [[current], [course], [about], windows, progress, committed, rows, places, deliveries] = read;
  if (!course) throw new Problem('course-not-found');
  if (!about) throw new Problem('person-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const lms = lmsStatesOf(places, deliveries);
  const grades = gradesBody(activitiesOf(deps.catalogue, ruleSet), rows, lms);
  const datesOf = (kind: 'unit' | 'prompt', activity: string, unit: string) => {
    const { opensAt, dueAt, closesAt } = windowFor(windows, { kind, activity, unit });
    return { opensAt: timeOf(opensAt), dueAt: timeOf(dueAt), closesAt: timeOf(closesAt) };
  };
  const gradeOf = (kind: 'scenario' | 'prompt', id: string) =>
    grades.items.find(({ activity }) => activity.kind === kind && activity.id === id);
  const scenarios = scenariosOf(deps.catalogue, ruleSet).map((one) => ({
    ...scenarioBody(deps, one, ruleSet, windows, progress),
    grade: gradeOf('scenario', one.id),
  }));
  const prompts = promptsOf(deps.catalogue, ruleSet).map(({ id, unit, title }) => ({
    id,
    unit,
    title,
    ...datesOf('prompt', id, unit),
    committed: committed.some(({ prompt }) => prompt === id),
    grade: gradeOf('prompt', id),
  }));
  const order = (unit: string) => deps.catalogue.units.findIndex(({ id }) => id === unit);
  const tasks: Task[] = [
    ...scenarios.map((one) => ({ ...one, kind: 'scenario' as const, done: one.attempts.used > 0 })),
    ...prompts.map((one) => ({ ...one, kind: 'prompt' as const, done: one.committed })),
  ];
  return {
    course,
    waits,
    /** What there is to do, unit by unit: scenarios first. */
    tasks: tasks.sort((a, b) => order(a.unit) - order(b.unit)),
    times: timesIn(course.timeZone),
    name: displayName(about.id, about.name),
    points: grades.points,
    max: grades.max,
    scenarios,
    prompts,
    units: deps.catalogue.units.map((unit) => ({
      ...unit,
      ...datesOf('unit', unit.id, unit.id),
      lms: lmsBody('unit', unit.id, lms),
    })),
  };
};

export type CourseRead = Awaited<ReturnType<typeof readCourse>>;

/** What a unit's activities came to, in points as JSON has them, and how many there are. */
export const unitSums = ({ scenarios, prompts }: CourseRead, unit: string) => {
  const own = [...scenarios, ...prompts].filter((one) => one.unit === unit);
  const graded = own.flatMap(({ grade }) => grade ?? []);
  const sum = (values: number[]) => Math.round(values.reduce((a, b) => a + b, 0) * 100) / 100;
  return {
    points: sum(graded.map(({ points }) => points ?? 0)),
    max: sum(graded.map(({ max }) => max)),
    scenarios: scenarios.filter((one) => one.unit === unit).length,
    prompts: prompts.filter((one) => one.unit === unit).length,
  };
};
