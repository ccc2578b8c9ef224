import * as z from 'zod';
import { type Actor, actorName, asPerson } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { personIsMissing } from '../courses/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { hundredths } from '../grading/policy.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { withCurrentRules } from '../rule-sets/current.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import { activitiesOf, effectiveGrade } from './gradebook.ts';
import { type ActivityKind, findGrade, insertOverrideEvent, overrideIsMissing } from './store.ts';

export const overrideSchema = lazily(() =>
  z
    .strictObject({ points: z.number().min(0).max(1000).multipleOf(0.01), reason: z.string().trim().min(1).max(2000) })
    .meta({ id: 'Override' }),
);

type Target = { person: string; kind: string; activity: string };

/**
 * Sets a grade by hand, with a reason (more points than the maximum are extra credit), or lifts the override (`null`):
 * the automatic events go on underneath and count again then. Throws `grade-not-found` where there is none to lift.
 */
export const setOverride = async (
  deps: Deps,
  actor: Actor,
  target: Target,
  override: z.output<ReturnType<typeof overrideSchema>> | null,
) => {
  const { institutionId, courseId } = asPerson(actor);
  const db = deps.dbFor(institutionId);
  const at = {
    institutionId,
    courseId,
    personId: target.person,
    kind: target.kind as ActivityKind,
    activity: target.activity,
  };
  return withCurrentRules(deps, db, at, async ({ hash, ruleSet }) => {
    const activity = activitiesOf(deps.catalogue, ruleSet).find(
      ({ kind, id }) => kind === at.kind && id === at.activity,
    );
    if (!activity) throw new Problem('grade-not-found');
    const points = override === null ? null : hundredths(override.points);
    const [eventId, now] = [deps.newId(), deps.now()];
    const liftsNothing: Guard = [overrideIsMissing(at), 'grade-not-found'];
    const type = override === null ? 'lift' : 'override';
    const audit = { institutionId, courseId, actor: actorName(actor), reason: override?.reason, at: now };
    const [, , [row]] = await db.batch([
      standing(db, actor, 'grades:override', courseId, [
        personIsMissing(courseId, at.personId),
        rulesMoved(courseId, hash, null),
        ...(override === null ? [liftsNothing] : []),
      ]),
      insertOverrideEvent(db, at, {
        id: eventId,
        type,
        points,
        max: activity.max,
        actor: actorName(actor),
        reason: override?.reason,
        now,
      }),
      findGrade(db, at),
      insertAudit(db, {
        ...audit,
        id: deps.newId(),
        action: `grade-${type}`,
        subject: `${at.kind}:${at.activity} of ${at.personId}`,
      }),
    ]);
    return { activity, grade: effectiveGrade(row), eventId };
  });
};
