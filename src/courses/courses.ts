import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { revisionOf } from '../etag.ts';
import { canonicalJson } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { type CourseRow, courseIsStale, insertCourse, insertRuleSet, updateCourse } from './store.ts';

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

export const createCourseSchema = lazily(() =>
  z.strictObject({ name, timeZone: timeZone.default('UTC') }).meta({ id: 'NewCourse' }),
);
export const changeCourseSchema = lazily(() =>
  z
    .strictObject({
      name: name.optional(),
      timeZone: timeZone.optional(),
      holdFirstPosts: z.boolean().optional(),
    })
    .meta({ id: 'CourseChange' }),
);

/** A course for JSON. */
export const courseBody = ({
  id,
  name,
  timeZone,
  ruleSet,
  holdFirstPosts,
}: Pick<CourseRow, 'id' | 'name' | 'timeZone' | 'ruleSet' | 'holdFirstPosts'>) => ({
  id,
  name,
  timeZone,
  ruleSet,
  holdFirstPosts: holdFirstPosts === 1,
});

/** Makes a course under the module's default rules. */
export const createCourse = async (
  deps: Deps,
  actor: Actor,
  once: Once | null,
  input: z.output<ReturnType<typeof createCourseSchema>>,
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
    (also) => standing(db, actor, 'courses:create', undefined, also),
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
      insertAudit(db, {
        id: deps.newId(),
        institutionId,
        courseId: id,
        actor: actorName(actor),
        action: 'rules-published',
        subject: hash,
        at,
      }),
    ],
  );
  return { body: courseBody({ ...made, holdFirstPosts: 0 }), replayed };
};

/** Renames a course, moves its time zone, or turns the holding of first posts on or off. Throws `stale`. */
export const changeCourse = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  ifMatch: string,
  { holdFirstPosts, ...change }: z.output<ReturnType<typeof changeCourseSchema>>,
): Promise<CourseRow> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const reason = Object.entries({ ...change, holdFirstPosts })
    .filter(([, value]) => value !== undefined)
    .map(([what, value]) => `${what}: ${value}`)
    .join(', ');
  const audit = {
    institutionId,
    courseId,
    actor: actorName(actor),
    action: 'course-changed',
    subject: courseId,
    reason,
  };
  const [, [row]] = await db.batch([
    standing(db, actor, 'course:change', courseId, courseIsStale(courseId, revisionOf(ifMatch))),
    updateCourse(db, institutionId, courseId, {
      ...change,
      ...(holdFirstPosts === undefined ? {} : { holdFirstPosts: holdFirstPosts ? 1 : 0 }),
    }),
    insertAudit(db, { id: deps.newId(), ...audit, at: deps.now() }),
  ]);
  if (!row) throw new Problem('course-not-found');
  return row;
};
