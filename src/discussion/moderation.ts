import * as z from 'zod';
import { type Actor, actorName, asPerson, type Person } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import {
  type Mark,
  parentIsHeld,
  pinIsRefused,
  postIs,
  postIsMissing,
  postIsNot,
  postIsReply,
  updatePostHidden,
  updatePostMark,
} from './moderation-store.ts';
import { postBody } from './post-body.ts';
import { findPost, type PostRow, viewerOf } from './store.ts';

export const reasonSchema = lazily(() => z.string().trim().min(1).max(2000));

export const hidingSchema = lazily(() => z.strictObject({ reason: reasonSchema() }).meta({ id: 'Hiding' }));

type Act = {
  name: string;
  reason?: string;
  refusals?: readonly Guard[];
  /** Where this holds, there is something to do: only then is the act in the audit. */
  when?: ReturnType<typeof postIs>;
  update: (db: Database, at: number) => ReturnType<typeof updatePostMark>;
};

/** What the audit keeps of who does what to a post. */
export const auditOf = (
  deps: Deps,
  person: Person,
  id: string,
  { name, reason }: Pick<Act, 'name' | 'reason'>,
  at: number,
) => ({
  id: deps.newId(),
  institutionId: person.institutionId,
  courseId: person.courseId,
  actor: actorName(person),
  action: name,
  subject: id,
  reason,
  at,
});

/** Carries out an act of the staff on a post, its line in the audit with it. Throws `post-not-found` and the act's refusals. */
const moderate = async (deps: Deps, actor: Actor, id: string, act: Act): Promise<PostRow> => {
  const person = asPerson(actor);
  const db = deps.dbFor(person.institutionId);
  const at = deps.now();
  const [, , , [row]] = await db.batch([
    standing(db, actor, 'posts:moderate', person.courseId, [
      postIsMissing(person.courseId, id),
      ...(act.refusals ?? []),
    ]),
    insertAudit(db, auditOf(deps, person, id, act, at), act.when),
    act.update(db, at),
    findPost(db, viewerOf(person), id),
  ]);
  return row!;
};

/** Hides a post from students everywhere (with a reason), or restores it (`null`). */
export const setHiding = async (deps: Deps, actor: Actor, id: string, reason: string | null) => {
  const row = await moderate(deps, actor, id, {
    name: reason === null ? 'post-restored' : 'post-hidden',
    ...(reason === null ? { when: postIs('hidden', id) } : { reason }),
    update: (db, at) => updatePostHidden(db, id, reason === null ? null : { at, reason }),
  });
  return postBody(row);
};

const setMark = async (
  deps: Deps,
  actor: Actor,
  id: string,
  mark: Exclude<Mark, 'hidden'>,
  on: boolean,
  act: Pick<Act, 'name' | 'refusals'>,
) =>
  postBody(
    await moderate(deps, actor, id, {
      ...act,
      when: on ? postIsNot(mark, id) : postIs(mark, id),
      update: (db, at) => updatePostMark(db, mark, id, on ? at : null),
    }),
  );

/** Locks a thread, which takes no more replies then, or unlocks it. Throws `post-is-reply`. */
export const setLock = (deps: Deps, actor: Actor, id: string, on: boolean) =>
  setMark(deps, actor, id, 'locked', on, { name: on ? 'post-locked' : 'post-unlocked', refusals: [postIsReply(id)] });

/** Pins a post before the others of its prompt, or unpins it. Throws `post-is-reply`, `post-removed`, `pins-used-up`. */
export const setPin = (deps: Deps, actor: Actor, id: string, on: boolean) =>
  setMark(deps, actor, id, 'pinned', on, {
    name: on ? 'post-pinned' : 'post-unpinned',
    refusals: on ? [postIsReply(id), ...pinIsRefused(id)] : [postIsReply(id)],
  });

/** Lets a held post through to the class. Throws `post-held` for a reply to one that is still held. */
export const releasePost = (deps: Deps, actor: Actor, id: string) =>
  setMark(deps, actor, id, 'held', false, { name: 'post-released', refusals: [parentIsHeld(id)] });
