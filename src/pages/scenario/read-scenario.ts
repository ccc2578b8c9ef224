import { answersNow, theScenario } from '../../answers/read.ts';
import { scenarioBody } from '../../answers/scenario-body.ts';
import { listAnswers } from '../../answers/store.ts';
import { standing } from '../../auth/store.ts';
import { findCourse, findPerson, listWindows } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { gradesBody } from '../../grades/grade-body.ts';
import { activitiesOf } from '../../grades/gradebook.ts';
import { lmsStatesOf } from '../../grades/lms-state.ts';
import { listLmsStates } from '../../grades/lms-store.ts';
import { listGrades } from '../../grades/store.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { timesIn } from '../words.ts';

/** A scenario, the answers of whoever the visit is about, and their grade: one round trip. Throws `scenario-not-found`. */
export const readScenario = async (deps: Deps, { person, courseId, personId }: Visit, id: string) => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [current], [course], [about], windows, rows, grades, places, deliveries] = await db.batch([
    standing(db, person, 'answers:read', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    findPerson(db, at, personId),
    listWindows(db, at, personId),
    listAnswers(db, at, id, personId),
    listGrades(db, at, personId),
    ...listLmsStates(db, at, personId),
  ]);
  if (!course) throw new Problem('course-not-found');
  if (!about) throw new Problem('person-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const progress = [{ scenario: id, used: rows.length }];
  const { items } = gradesBody(activitiesOf(deps.catalogue, ruleSet), grades, lmsStatesOf(places, deliveries));
  return {
    course,
    about,
    times: timesIn(course.timeZone),
    scenario: scenarioBody(deps, theScenario(deps, ruleSet, id), ruleSet, windows, progress),
    policy: ruleSet.policy,
    answers: await answersNow(deps, person, ruleSet, windows, rows),
    grade: items.find(({ activity }) => activity.kind === 'scenario' && activity.id === id),
  };
};

export type ScenarioRead = Awaited<ReturnType<typeof readScenario>>;
export type AnswerRead = ScenarioRead['answers'][number];
