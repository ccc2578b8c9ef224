import type { Actor } from '../auth/actor.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { ENGINE_VERSION, gradeAnswer, parseAnswerKey } from '../grading/grade-answer.ts';
import { gradeParticipation } from '../grading/participation.ts';
import { afterDeductions, keptPoints } from '../grading/policy.ts';
import { type Marks, sumOfMarks } from '../grading/rubric.ts';
import { canonicalJson, type RuleSet } from '../grading/rule-set.ts';
import { type EventRow, listAttempts } from './ledger-store.ts';
import { getEvent, rulesOf, verdictOf } from './receipts.ts';

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
  if (event.type === 'rubric' && event.counted !== null)
    return canonicalJson({ points: sumOfMarks(JSON.parse(event.counted) as Marks) });
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
