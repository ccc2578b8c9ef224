import { type Actor, asPerson, isStaff, type Person } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { scenarioIn } from '../catalogue/course-content.ts';
import type { Scenario } from '../catalogue/shapes.ts';
import type { WindowRow } from '../courses/schedule.ts';
import { type CourseAt, listWindows } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { isRevealedNow } from '../grades/revealed.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { Problem } from '../problem.ts';
import { adoptRules, believedRules, rulesByHash } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { answerBody } from './answer-body.ts';
import type { AnswerWithProgress, listAnswers } from './store.ts';

/** A scenario of the course. Throws `scenario-not-found`. */
export const theScenario = ({ catalogue }: Deps, rules: RuleSet, id: string): Scenario => {
  const scenario = scenarioIn(catalogue, rules, id);
  if (!scenario) throw new Problem('scenario-not-found');
  return scenario;
};

/** Answers as they stand now: what is revealed goes by the course's present policy, not by the answer's. */
export const answersNow = (
  deps: Deps,
  actor: Person,
  ruleSet: RuleSet,
  windows: readonly WindowRow[],
  rows: readonly AnswerWithProgress[],
) => {
  const db = deps.dbFor(actor.institutionId);
  const { max } = ruleSet.policy.attempts;
  return Promise.all(
    rows.map(async (row) => {
      const rules = await rulesByHash(deps, db, actor.institutionId, row.ruleSet);
      const policy = { ...rules.policy, attempts: { ...rules.policy.attempts, max } };
      const progress = { used: row.used, fullCredit: row.everFull };
      const revealed = isStaff(actor) || isRevealedNow(deps, row.scenario, windows, ruleSet, progress);
      return answerBody(row, deps.catalogue, { ...rules, policy }, row.used, revealed);
    }),
  );
};

/** Reads answers to a scenario, as they stand now. Throws `scenario-not-found`. */
export const readAnswers = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  scenario: string,
  select: (db: Database, at: CourseAt) => ReturnType<typeof listAnswers>,
) => {
  const person = asPerson(actor);
  const { institutionId, personId } = person;
  const at = { institutionId, courseId };
  const db = deps.dbFor(institutionId);
  const [, [current], rows, windows] = await db.batch([
    standing(db, actor, 'answers:read', courseId),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
    select(db, at),
    listWindows(db, at, personId),
  ]);
  const { ruleSet } = adoptRules(deps, courseId, current);
  // What was answered stays to be read when newer rules have dropped the scenario.
  if (rows.length === 0) theScenario(deps, ruleSet, scenario);
  return answersNow(deps, person, ruleSet, windows, rows);
};
