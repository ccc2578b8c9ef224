import * as z from 'zod';
import { type Action, type Actor, actorName, asPerson } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { personIsMissing } from '../courses/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { hundredths } from '../grading/policy.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { withCurrentRules } from '../rule-sets/current.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import { gradeBody } from './grade-body.ts';
import { activitiesOf } from './gradebook.ts';
import { type Along, type DecisionByHand, insertByHand, overrideIsMissing } from './overrides-store.ts';
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

type Decision = Pick<DecisionByHand, 'type' | 'points' | 'marks'> & {
  reason?: string | undefined;
  refusals: readonly Guard[];
  writes?: Along['writes'];
};

/**
 * Writes what somebody decides of a person's grade to the ledger, and gives the grade after. `decide` makes the decision
 * from the rules of the course, or says why not. Throws `person-not-found`, `grade-not-found` for an activity without a rule.
 */
export const decideByHand = async (
  deps: Deps,
  actor: Actor,
  action: Action,
  target: Target,
  decide: (at: GradeAt, ruleSet: RuleSet) => Decision | Problem,
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
    const { refusals, reason, writes, ...decision } = decided;
    const [eventId, now] = [deps.newId(), deps.now()];
    const by = { actor: actorName(actor), reason };
    const made = { ...decision, id: eventId, personId, kind: at.kind, activity: id, autoMax: activity.autoMax };
    const [, , [row]] = await db.batch([
      may(refusals),
      insertByHand(db, at, [made], { ...by, now }),
      findGrade(db, at),
      insertAudit(db, { ...by, ...auditOf(made), id: deps.newId(), institutionId, courseId, at: now }),
      ...(writes?.(db) ?? []),
    ]);
    return gradeBody(activity, row, eventId);
  });
};

/**
 * Sets a grade by hand, with a reason (more points than the maximum are extra credit), or lifts the override (`null`):
 * the automatic events go on underneath and count again then. `along`: what else is decided by it. Throws
 * `grade-not-found` where there is none to lift.
 */
export const setOverride = (
  deps: Deps,
  actor: Actor,
  target: Target,
  override: z.output<ReturnType<typeof overrideSchema>> | null,
  along: Along = { refusals: [], writes: () => [] },
) =>
  decideByHand(deps, actor, 'grades:override', target, (at) =>
    override === null
      ? { type: 'lift', points: null, ...along, refusals: [overrideIsMissing(at), ...along.refusals] }
      : { type: 'override', points: hundredths(override.points), reason: override.reason, ...along },
  );
