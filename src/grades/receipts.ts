import { type Actor, institutionOf, isStaff } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf } from '../courses/schedule.ts';
import { listWindows } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { deductions, pointsOf } from '../grading/policy.ts';
import { type Marks, rubricMax } from '../grading/rubric.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { Problem } from '../problem.ts';
import { adoptRules, believedRules, rulesByHash } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { ruleOf } from './gradebook.ts';
import { type EventRow, findGradeEvent } from './ledger-store.ts';
import { participationBody } from './participation-body.ts';
import { isRevealedNow } from './revealed.ts';
import { storedVerdict, verdictBody } from './verdict-body.ts';

/** A grade event that the actor may see, and whether the key behind it is open to them. Throws `grade-event-not-found`. */
export const getEvent = async (deps: Deps, actor: Actor, courseId: string, id: string) => {
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

/** The rule set that an event names. */
export const rulesOf = (deps: Deps, db: Database, { institutionId, ruleSet }: EventRow): Promise<RuleSet | null> =>
  ruleSet === null ? Promise.resolve(null) : rulesByHash(deps, db, institutionId, ruleSet);

/** The verdict that an event refers to, as the grader gave it. */
export const verdictOf = ({ credit, verdictPoints, verdictMax, trace }: EventRow) =>
  trace === null ? null : storedVerdict({ credit: credit!, verdictPoints, max: verdictMax!, trace });

const list = (text: string | null): string[] => (text === null ? [] : (JSON.parse(text) as string[]));

/** What participation was counted by, or what somebody marked by the rubric: criterion by criterion, in JSON's points. */
const criteriaOf = (event: EventRow, ruleSet: RuleSet | null) => {
  if (event.counted === null || ruleSet === null) return null;
  if (event.type !== 'rubric') return participationBody(ruleSet.prompts[event.activity], event.counted).criteria;
  const marks = JSON.parse(event.counted) as Marks;
  return (ruleOf(ruleSet, event.kind, event.activity)?.rubric ?? []).map(({ id, title, points: max }) => ({
    id,
    title,
    points: pointsOf(marks[id] ?? null),
    max,
  }));
};

/** What the policy of the rules took off an answer's points, in JSON's points; nothing where no answer was graded. */
const deductionsOf = ({ verdictPoints, attempt, lateMs }: EventRow, ruleSet: RuleSet | null) =>
  ruleSet === null || attempt === null
    ? []
    : deductions(ruleSet.policy, verdictPoints ?? 0, attempt, lateMs!).map((one) => ({
        ...one,
        points: pointsOf(one.points),
      }));

/** A grade event for JSON, with everything it was made from. `revealed`: the key behind it is open to whoever reads it. */
export const receiptBody = (event: EventRow, ruleSet: RuleSet | null, revealed: boolean) => {
  const byHand = rubricMax(ruleSet === null ? undefined : ruleOf(ruleSet, event.kind, event.activity));
  const most = event.max + byHand;
  const own = event.type === 'rubric' ? byHand : event.type === 'override' || event.type === 'lift' ? most : event.max;
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
    max: pointsOf(own),
    grade: { points: pointsOf(event.gradePoints), max: pointsOf(most) },
    ruleSet: event.ruleSet,
    rulesFrom: timeOf(event.rulesFrom),
    engine: event.engine,
    answer,
    verdict: verdict === null || answer === null ? null : verdictBody(verdict, answer, revealed),
    deductions: deductionsOf(event, ruleSet),
    counted:
      event.counted === null || event.type === 'rubric' ? null : (JSON.parse(event.counted) as Record<string, number>),
    criteria: criteriaOf(event, ruleSet),
    by: event.actor,
    reason: event.reason,
    createdAt: timeOf(event.createdAt),
  };
};

/** A grade event with everything it was made from; for its person, what the key would give away stays closed till the reveal. */
export const readReceipt = async (deps: Deps, actor: Actor, courseId: string, id: string) => {
  const { db, event, revealed } = await getEvent(deps, actor, courseId, id);
  return receiptBody(event, await rulesOf(deps, db, event), revealed);
};
