import * as z from 'zod';
import { type Actor, actorName, asPerson } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { postBody } from './post-body.ts';
import { findPost, postIsHidden, postIsMissing, updatePostHidden } from './store.ts';

export const hidingSchema = lazily(() =>
  z.strictObject({ reason: z.string().trim().min(1).max(2000) }).meta({ id: 'Hiding' }),
);

/** Hides a post from students everywhere (with a reason), or restores it (`null`). */
export const setHiding = async (deps: Deps, actor: Actor, id: string, reason: string | null) => {
  const { institutionId, courseId, personId } = asPerson(actor);
  const db = deps.dbFor(institutionId);
  const at = deps.now();
  const action = reason === null ? 'post-restored' : 'post-hidden';
  const [, , , [row]] = await db.batch([
    standing(db, actor, 'posts:moderate', courseId, [postIsMissing(courseId, id)]),
    insertAudit(
      db,
      {
        id: deps.newId(),
        institutionId,
        courseId,
        actor: actorName(actor),
        action,
        subject: id,
        reason: reason ?? undefined,
        at,
      },
      reason === null ? postIsHidden(id) : undefined,
    ),
    updatePostHidden(db, id, reason === null ? null : { at, reason }),
    findPost(db, { institutionId, courseId, personId, staff: true }, id),
  ]);
  return { ...postBody(row!), hiddenReason: row!.hiddenReason };
};
