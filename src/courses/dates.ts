import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit, insertAudits } from '../db/audit.ts';
import type { Guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { revisionOf } from '../etag.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { timeOf, type Window, type WindowRow } from './schedule.ts';
import {
  courseIsStale,
  criterionIsMissing,
  personIsMissing,
  promptIsMissing,
  removeWindow,
  updateCourse,
  upsertWindow,
} from './store.ts';

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const date = time.nullable().default(null);

export const windowSchema = lazily(() =>
  z
    .strictObject({ opensAt: date, dueAt: date, closesAt: date })
    .refine(
      ({ opensAt, closesAt }) => opensAt === null || closesAt === null || opensAt < closesAt,
      'it closes before it opens',
    )
    .refine(({ opensAt, dueAt }) => opensAt === null || dueAt === null || opensAt <= dueAt, 'it is due before it opens')
    .refine(
      ({ dueAt, closesAt }) => dueAt === null || closesAt === null || dueAt <= closesAt,
      'it closes before it is due',
    )
    .meta({ id: 'Window' }),
);

export const extensionSchema = lazily(() =>
  z.strictObject({ dueAt: date, closesAt: date, reason: z.string().max(2000).optional() }).meta({ id: 'Extension' }),
);

export const windowReturnedSchema = lazily(() =>
  z
    .object({
      kind: z.enum(['unit', 'prompt', 'criterion']),
      activity: z.string(),
      opensAt: z.iso.datetime().nullable(),
      dueAt: z.iso.datetime().nullable(),
      closesAt: z.iso.datetime().nullable(),
    })
    .meta({ id: 'ActivityWindow' }),
);

/** A window or an extension for JSON. */
export const windowBody = ({ kind, activity, opensAt, dueAt, closesAt }: Omit<WindowRow, 'personId'>) => ({
  kind,
  activity,
  opensAt: timeOf(opensAt),
  dueAt: timeOf(dueAt),
  closesAt: timeOf(closesAt),
});

/** Which activity of the course, and whose dates: the class's (`personId` '') or a person's. */
export type Dated = Pick<WindowRow, 'kind' | 'activity' | 'personId'>;

/**
 * What has dates: the module's units and prompts; by the course's rules its own prompts, and criteria
 * (`prompt:criterion`). Throws `content-not-found`, or gives the guard that does.
 */
const activityIsUnknown = ({ catalogue }: Deps, courseId: string, { kind, activity }: Dated): Guard[] => {
  if (kind === 'unit') {
    if (!catalogue.units.some(({ id }) => id === activity)) throw new Problem('content-not-found');
    return [];
  }
  if (kind === 'prompt') return Object.hasOwn(catalogue.prompts, activity) ? [] : [promptIsMissing(courseId, activity)];
  const [prompt = '', criterion = '', ...rest] = activity.split(':');
  if (rest.length > 0) throw new Problem('content-not-found');
  return [criterionIsMissing(courseId, prompt, criterion)];
};

const auditOf = ({ kind, activity, personId }: Dated, window: Window | null) => ({
  action: `${personId === '' ? 'window' : 'extension'}-${window === null ? 'removed' : 'set'}`,
  subject: `${kind}:${activity}${personId === '' ? '' : ` for ${personId}`}`,
});

/** Dates outlive the prompt or criterion that newer rules dropped: they can still be taken away. */
const mayNotBeSet = (deps: Deps, courseId: string, dated: Dated, window: Window | null): Guard[] =>
  window === null && dated.kind !== 'unit' ? [] : activityIsUnknown(deps, courseId, dated);

/** Sets (or with `null` removes) when an activity opens, is due and closes; every change is in the audit. */
export const setDates = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  dated: Dated,
  window: Window | null,
  reason?: string,
): Promise<void> => {
  const unknown = mayNotBeSet(deps, courseId, dated, window);
  const institutionId = institutionOf(actor);
  const forClass = dated.personId === '';
  const db = deps.dbFor(institutionId);
  const audit = { institutionId, courseId, actor: actorName(actor), ...auditOf(dated, window), reason, at: deps.now() };
  await db.batch([
    forClass
      ? standing(db, actor, 'course:change', courseId, unknown)
      : standing(db, actor, 'people:change', courseId, [personIsMissing(courseId, dated.personId)]),
    window === null
      ? removeWindow(db, courseId, dated)
      : upsertWindow(db, institutionId, courseId, { ...dated, ...window }),
    ...(forClass ? [updateCourse(db, institutionId, courseId, {})] : []),
    insertAudit(db, { id: deps.newId(), ...audit }),
  ]);
};

/** Sets or removes several dates of the class at once: all of them, or none. Throws `content-not-found`, `stale`. */
export const changeSchedule = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  ifMatch: string,
  changes: readonly { dated: Dated; window: Window | null }[],
): Promise<void> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const refusals = [
    ...courseIsStale(courseId, revisionOf(ifMatch)),
    ...changes.flatMap(({ dated, window }) => mayNotBeSet(deps, courseId, dated, window)),
  ];
  const audits = changes.map(({ dated, window }) => ({ id: deps.newId(), ...auditOf(dated, window) }));
  await db.batch([
    standing(db, actor, 'course:change', courseId, refusals),
    ...changes.map(({ dated, window }) =>
      window === null
        ? removeWindow(db, courseId, dated)
        : upsertWindow(db, institutionId, courseId, { ...dated, ...window }),
    ),
    updateCourse(db, institutionId, courseId, {}),
    insertAudits(db, { institutionId, courseId, actor: actorName(actor), at: deps.now() }, audits),
  ]);
};
