import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { revisionOf } from '../etag.ts';
import { canonicalJson } from '../grading/rule-set.ts';
import { Problem } from '../problem.ts';
import { timeOf, type WindowRow } from './schedule.ts';
import {
  type CourseRow,
  courseIsStale,
  insertCourse,
  insertRuleSet,
  personIsMissing,
  updateCourse,
  upsertWindow,
} from './store.ts';

const timeZone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
    } catch {
      return false;
    }
  }, 'use an IANA time zone, such as America/New_York');

const name = z.string().trim().min(1).max(200);

export const createCourseSchema = z.strictObject({ name, timeZone: timeZone.default('UTC') }).meta({ id: 'NewCourse' });
export const changeCourseSchema = z
  .strictObject({ name: name.optional(), timeZone: timeZone.optional() })
  .meta({ id: 'CourseChange' });

export const courseBody = ({
  id,
  name,
  timeZone,
  ruleSet,
}: Pick<CourseRow, 'id' | 'name' | 'timeZone' | 'ruleSet'>) => ({
  id,
  name,
  timeZone,
  ruleSet,
});

/** Makes a course under the module's default rules. */
export const createCourse = async (
  deps: Deps,
  actor: Actor,
  once: Once | null,
  input: z.output<typeof createCourseSchema>,
) => {
  const institutionId = institutionOf(actor);
  const [id, at] = [deps.newId(), deps.now()];
  const { hash, ruleSet } = deps.catalogue.rules;
  const db = deps.dbFor(institutionId);
  const facts = { id, ...input, ruleSet: hash };
  const { facts: made, replayed } = await writeOnce(
    db,
    once,
    { institutionId, id, facts, at },
    standing(db, actor, 'courses:create'),
    [
      insertRuleSet(db, { institutionId, hash, doc: canonicalJson(ruleSet), at }),
      insertCourse(db, { ...facts, institutionId, createdAt: at }),
      insertAudit(db, {
        id: deps.newId(),
        institutionId,
        courseId: id,
        actor: actorName(actor),
        action: 'course-created',
        subject: id,
        at,
      }),
    ],
  );
  return { body: courseBody(made), replayed };
};

/** Renames a course or moves its time zone. Throws `stale`. */
export const changeCourse = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  ifMatch: string,
  change: z.output<typeof changeCourseSchema>,
): Promise<CourseRow> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const audit = { institutionId, courseId, actor: actorName(actor), action: 'course-changed', subject: courseId };
  const [, [row]] = await db.batch([
    standing(db, actor, 'course:change', courseId, courseIsStale(courseId, revisionOf(ifMatch))),
    updateCourse(db, institutionId, courseId, change),
    insertAudit(db, { id: deps.newId(), ...audit, at: deps.now() }),
  ]);
  if (!row) throw new Problem('course-not-found');
  return row;
};

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const windowSchema = z
  .strictObject({
    opensAt: time.nullable().default(null),
    dueAt: time.nullable().default(null),
    closesAt: time.nullable().default(null),
  })
  .refine(
    ({ opensAt, closesAt }) => opensAt === null || closesAt === null || opensAt < closesAt,
    'it closes before it opens',
  )
  .refine(
    ({ dueAt, closesAt }) => dueAt === null || closesAt === null || dueAt <= closesAt,
    'it closes before it is due',
  )
  .meta({ id: 'Window' });

export const extensionSchema = z
  .strictObject({
    dueAt: time.nullable().default(null),
    closesAt: time.nullable().default(null),
    reason: z.string().max(2000).optional(),
  })
  .meta({ id: 'Extension' });

export const windowBody = ({ kind, activity, opensAt, dueAt, closesAt }: Omit<WindowRow, 'personId'>) => ({
  kind,
  activity,
  opensAt: timeOf(opensAt),
  dueAt: timeOf(dueAt),
  closesAt: timeOf(closesAt),
});

/** Sets when an activity opens, is due and closes: for the class (`personId` ''), or as a person's extension. */
export const setWindow = async (deps: Deps, actor: Actor, courseId: string, row: WindowRow, reason?: string) => {
  const institutionId = institutionOf(actor);
  const { catalogue } = deps;
  const [prompt = '', criterion] = row.activity.split(':');
  const known =
    row.kind === 'unit'
      ? catalogue.units.some(({ id }) => id === row.activity)
      : Object.hasOwn(catalogue.prompts, prompt) && (row.kind === 'criterion') === (criterion !== undefined);
  if (!known) throw new Problem('content-not-found');
  const db = deps.dbFor(institutionId);
  const also = row.personId === '' ? [] : [personIsMissing(courseId, row.personId)];
  await db.batch([
    standing(db, actor, row.personId === '' ? 'course:change' : 'people:change', courseId, also),
    upsertWindow(db, institutionId, courseId, row),
    insertAudit(db, {
      id: deps.newId(),
      institutionId,
      courseId,
      actor: actorName(actor),
      action: row.personId === '' ? 'window-set' : 'extension-set',
      subject: `${row.kind}:${row.activity}${row.personId === '' ? '' : ` for ${row.personId}`}`,
      reason,
      at: deps.now(),
    }),
  ]);
};
