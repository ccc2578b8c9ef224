import { type Actor, institutionOf, isStaff } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf } from '../courses/schedule.ts';
import { listWindows } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { ENGINE_VERSION, gradeAnswer, parseAnswerKey } from '../grading/grade-answer.ts';
import { gradeParticipation } from '../grading/participation.ts';
import { afterDeductions, keptPoints, pointsOf } from '../grading/policy.ts';
import { canonicalJson, type RuleSet } from '../grading/rule-set.ts';
import { Problem } from '../problem.ts';
import { adoptRules, believedRules, rulesByHash } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { type EventRow, findGradeEvent, listAttempts } from './ledger-store.ts';
import { participationBody } from './participation-body.ts';
import { isRevealedNow } from './revealed.ts';

import { storedVerdict, verdictBody } from './verdict-body.ts';

const getEvent = async (deps: Deps, actor: Actor, courseId: string, id: string) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const own = actor.kind === 'person' && !isStaff(actor) ? actor.personId : null;
  const [, [event], windows, [current]] = await db.batch([
    standing(db, actor, 'grade-events:read', courseId),
    findGradeEvent(db, { institutionId, courseId }, id, own),
    listWindows(db, { institutionId, courseId }, own ?? ''),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
  ]);
  if (!event) throw new Problem('grade-event-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const revealed = own === null || isRevealedNow(deps, event.activity, windows, ruleSet, event);
  return { db, event, revealed };
};

const rulesOf = (deps: Deps, db: Database, { institutionId, ruleSet }: EventRow): Promise<RuleSet | null> =>
  ruleSet === null ? Promise.resolve(null) : rulesByHash(deps, db, institutionId, ruleSet);

/** The verdict that an event refers to, as the grader gave it. */
const verdictOf = ({ credit, verdictPoints, verdictMax, trace }: EventRow) =>
  trace === null ? null : storedVerdict({ credit: credit!, verdictPoints, max: verdictMax!, trace });

const list = (text: string | null): string[] => (text === null ? [] : (JSON.parse(text) as string[]));

/** A grade event with everything it was made from; for its person, what the key would give away stays closed till the reveal. */
export const readReceipt = async (deps: Deps, actor: Actor, courseId: string, id: string) => {
  const { db, event, revealed } = await getEvent(deps, actor, courseId, id);
  const ruleSet = await rulesOf(deps, db, event);
  const answer =
    event.answerId === null
      ? null
      : {
          id: event.answerId,
          scenario: event.activity,
          attempt: event.attempt!,
          role: event.role!,
          claims: list(event.claims),
          counterClaims: list(event.counterClaims),
          reason: event.answerReason,
          lateMs: event.lateMs!,
          submittedAt: timeOf(event.submittedAt),
        };
  const verdict = verdictOf(event);
  return {
    id: event.id,
    type: event.type,
    person: event.personId,
    activity: { kind: event.kind, id: event.activity },
    was: pointsOf(event.wasPoints),
    points: pointsOf(event.points),
    max: pointsOf(event.max),
    grade: { points: pointsOf(event.gradePoints), max: pointsOf(event.max) },
    ruleSet: event.ruleSet,
    engine: event.engine,
    answer,
    verdict: verdict === null || answer === null ? null : verdictBody(verdict, answer, revealed),
    counted: event.counted === null ? null : (JSON.parse(event.counted) as Record<string, number>),
    criteria:
      event.counted === null || ruleSet === null
        ? null
        : participationBody(ruleSet.prompts[event.activity], event.counted).criteria,
    by: event.actor,
    reason: event.reason,
    createdAt: timeOf(event.createdAt),
  };
};

/** The automatic points of a regrade, made again from the attempts that it compared. */
const regraded = async (db: Database, event: EventRow, ruleSet: RuleSet): Promise<number | null> => {
  const attempts = await listAttempts(db, event, event.personId, event.activity, event.attempts!);
  const points = attempts.map(({ answerKey, attempt, lateMs }) => {
    const verdict = gradeAnswer(ruleSet, parseAnswerKey(answerKey));
    return {
      attempt,
      points: verdict.points === null ? null : afterDeductions(ruleSet.policy, verdict.points, attempt, lateMs),
    };
  });
  return keptPoints(ruleSet.policy.attempts.keep, points);
};

/** What an event should hold, made again from its rule set and facts: canonical JSON, to be compared byte by byte. */
const remade = async (db: Database, event: EventRow, ruleSet: RuleSet | null): Promise<string> => {
  if (ruleSet !== null && event.answerKey !== null) {
    const verdict = gradeAnswer(ruleSet, parseAnswerKey(event.answerKey));
    if (event.type === 'regrade') return canonicalJson({ verdict, points: await regraded(db, event, ruleSet) });
    const points =
      verdict.points === null ? null : afterDeductions(ruleSet.policy, verdict.points, event.attempt!, event.lateMs!);
    return canonicalJson({ verdict, points });
  }
  if (ruleSet !== null && event.counted !== null) {
    const { points } = gradeParticipation(
      ruleSet.prompts[event.activity] ?? { criteria: [] },
      JSON.parse(event.counted),
    );
    return canonicalJson({ points });
  }
  return canonicalJson({ points: event.points });
};

const stored = (event: EventRow): string => {
  const verdict = verdictOf(event);
  return canonicalJson(verdict === null ? { points: event.points } : { verdict, points: event.points });
};

/** Whether an event's facts, graded again by the rule set that it names, give the same bytes. */
export const replay = async (deps: Deps, db: Database, event: EventRow): Promise<boolean> => {
  const again = await remade(db, event, await rulesOf(deps, db, event));
  const same = again === stored(event);
  if (!same)
    deps.log({ level: 'alarm', what: 'a grade event does not replay', event: event.id, course: event.courseId });
  return same;
};

/** Grades an event's facts again, and says whether the bytes are the same; an alarm in the log where they are not. */
export const replayEvent = async (deps: Deps, actor: Actor, courseId: string, id: string) => {
  const { db, event } = await getEvent(deps, actor, courseId, id);
  const same = await replay(deps, db, event);
  return { same, ruleSet: event.ruleSet, engine: { stored: event.engine, now: ENGINE_VERSION } };
};
