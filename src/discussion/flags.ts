import * as z from 'zod';
import { type Actor, asPerson } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf } from '../courses/schedule.ts';
import { insertAudit } from '../db/audit.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { clearFlags, flagIsMissing, flagIsNew, flagIsRefused, upsertFlag } from './flags-store.ts';
import { auditOf, reasonSchema } from './moderation.ts';
import { postIsMissing } from './moderation-store.ts';

export const flagSchema = lazily(() => z.strictObject({ reason: reasonSchema() }).meta({ id: 'NewFlag' }));

export const clearFlagsSchema = lazily(() =>
  z.strictObject({ reason: reasonSchema().optional() }).meta({ id: 'FlagClearing' }),
);

export const raisedFlagSchema = lazily(() =>
  z.object({ post: z.string(), reason: z.string(), createdAt: z.iso.datetime() }).meta({ id: 'Flag' }),
);

/** Asks the staff to look at somebody's post. Flagging again changes the reason. Throws `post-not-found`, `own-post`, `post-removed`. */
export const flagPost = async (deps: Deps, actor: Actor, id: string, reason: string) => {
  const person = asPerson(actor);
  const db = deps.dbFor(person.institutionId);
  const at = deps.now();
  const [, , [row]] = await db.batch([
    standing(db, actor, 'posts:flag', person.courseId, flagIsRefused(person, id)),
    insertAudit(
      db,
      auditOf(deps, person, id, { name: 'post-flagged', reason }, at),
      flagIsNew({ ...person, postId: id }, reason),
    ),
    upsertFlag(db, person, { post: id, reason, createdAt: at }),
  ]);
  const { post, createdAt } = row!;
  return { post, reason: row!.reason, createdAt: timeOf(createdAt) };
};

/** Takes one's own flag back. Throws `flag-not-found`. */
export const unflagPost = async (deps: Deps, actor: Actor, id: string): Promise<void> => {
  const person = asPerson(actor);
  const own = { ...person, postId: id };
  const db = deps.dbFor(person.institutionId);
  const at = deps.now();
  await db.batch([
    standing(db, actor, 'posts:flag', person.courseId, [flagIsMissing(own)]),
    insertAudit(db, auditOf(deps, person, id, { name: 'post-unflagged' }, at)),
    clearFlags(db, own, at),
  ]);
};

/** Clears all open flags of a post: the staff have looked. Throws `post-not-found`, `flag-not-found`. */
export const clearAllFlags = async (
  deps: Deps,
  actor: Actor,
  id: string,
  reason: string | undefined,
): Promise<void> => {
  const person = asPerson(actor);
  const all = { courseId: person.courseId, postId: id, personId: null };
  const db = deps.dbFor(person.institutionId);
  const at = deps.now();
  await db.batch([
    standing(db, actor, 'posts:moderate', person.courseId, [postIsMissing(person.courseId, id), flagIsMissing(all)]),
    insertAudit(db, auditOf(deps, person, id, { name: 'post-flags-cleared', reason }, at)),
    clearFlags(db, all, at),
  ]);
};
