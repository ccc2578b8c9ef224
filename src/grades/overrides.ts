import * as z from 'zod';
import { type Action, type Actor, actorName, asPerson } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { personIsMissing } from '../courses/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Guard } from '../db/guard.ts';
import { type Once, remember, unseenGuards } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { hundredths } from '../grading/policy.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { withCurrentRules } from '../rule-sets/current.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import { gradeBody } from './grade-body.ts';
import { activitiesOf } from './gradebook.ts';
import { type Along, type DecisionByHand, gradesMoved, insertByHand, overrideIsMissing } from './overrides-store.ts';
import { type ActivityKind, findGrade, type GradeAt } from './store.ts';

/** The most points that a grade can be set to by hand; more than the activity's maximum is extra credit. */
export const MAX_OVERRIDE = 1000;

export const reasonSchema = z.string().trim().min(1).max(2000);

export const overrideSchema = lazily(() =>
  z
    .strictObject({ points: z.number().min(0).max(MAX_OVERRIDE).multipleOf(0.01), reason: reasonSchema })
    .meta({ id: 'Override' }),
);

/** What the audit says of a decision. */
export const auditOf = ({
  type,
  kind,
  activity,
  personId,
  points,
}: Pick<DecisionByHand, 'type' | 'kind' | 'activity' | 'personId' | 'points'>) => ({
  action: type === 'rubric' && points === null ? 'grade-rubric-lift' : `grade-${type}`,
  subject: `${kind}:${activity} of ${personId}`,
});

export type Target = { person: string; kind: string; activity: string };

/**
 * What a form says beside its decision: which request it is, so that a second click changes nothing, and the newest event
 * of the grade as its page showed it (`null`: none), so that nobody decides over what they have not seen. `along`: what
 * else is decided by it, in its transaction.
 */
export type Asked = { once?: Once | null; latest?: string | null; along?: Along };

type Decision = Pick<DecisionByHand, 'type' | 'points' | 'marks'> & { reason?: string | undefined; refusals: Guard[] };

/**
 * Writes what somebody decides of a person's grade to the ledger, and gives the grade after. `decide` makes the decision
 * from the rules of the course, or says why not. Throws `person-not-found`, `grade-not-found` for an activity without a
 * rule, `request-seen` where this request was carried out before, `stale` where the grade has moved on from `latest`.
 */
export const decideByHand = async (
  deps: Deps,
  actor: Actor,
  action: Action,
  target: Target,
  decide: (at: GradeAt, ruleSet: RuleSet) => Decision | Problem,
  { once = null, latest, along }: Asked = {},
) => {
  const { institutionId, courseId } = asPerson(actor);
  const db = deps.dbFor(institutionId);
  const { activity: id, person: personId } = target;
  const at = { institutionId, courseId, personId, kind: target.kind as ActivityKind, activity: id };
  return withCurrentRules(deps, db, at, async ({ hash, ruleSet }) => {
    const activity = activitiesOf(deps.catalogue, ruleSet).find((one) => one.kind === at.kind && one.id === id);
    const may = (also: readonly Guard[]) =>
      standing(db, actor, action, courseId, [
        personIsMissing(courseId, personId),
        rulesMoved(courseId, hash, null),
        ...also,
      ]);
    const decided = activity ? decide(at, ruleSet) : new Problem('grade-not-found');
    if (!activity || decided instanceof Problem) {
      // Refused by rules that may not be the course's any more.
      await db.batch([may([])]);
      throw decided;
    }
    const { refusals, reason, ...decision } = decided;
    const [eventId, now] = [deps.newId(), deps.now()];
    const by = { actor: actorName(actor), reason };
    const made = { ...decision, id: eventId, personId, kind: at.kind, activity: id, autoMax: activity.autoMax };
    const moved = latest === undefined ? [] : [gradesMoved(at, [{ personId, kind: at.kind, activity: id, latest }])];
    const [, , [row]] = await db.batch([
      may([...unseenGuards(once), ...moved, ...(along?.refusals ?? []), ...refusals]),
      insertByHand(db, at, [made], { ...by, now }),
      findGrade(db, at),
      insertAudit(db, { ...by, ...auditOf(made), id: deps.newId(), institutionId, courseId, at: now }),
      ...(once ? [remember(db, once, { institutionId, id: eventId, at: now })] : []),
      ...(along?.writes(db) ?? []),
    ]);
    return gradeBody(activity, row, eventId);
  });
};

/**
 * Sets a grade by hand, with a reason (more points than the maximum are extra credit), or lifts the override (`null`):
 * the automatic events go on underneath and count again then. Throws `grade-not-found` where there is none to lift.
 */
export const setOverride = (
  deps: Deps,
  actor: Actor,
  target: Target,
  override: z.output<ReturnType<typeof overrideSchema>> | null,
  asked?: Asked,
) =>
  decideByHand(
    deps,
    actor,
    'grades:override',
    target,
    (at) =>
      override === null
        ? { type: 'lift', points: null, refusals: [overrideIsMissing(at)] }
        : { type: 'override', points: hundredths(override.points), reason: override.reason, refusals: [] },
    asked,
  );
