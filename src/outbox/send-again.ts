import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import {
  conflictIsMissing,
  keepConflict,
  overwriteConflict,
  retryScores,
  type ScoreAt,
  scoreIsMissing,
} from './sync-store.ts';

export const retrySchema = lazily(() =>
  z
    .strictObject({
      scores: z
        .array(z.strictObject({ lineItem: z.string().max(100), person: z.string().max(100) }))
        .min(1)
        .max(500)
        .optional()
        .describe('Left out: all that wait or were refused'),
    })
    .meta({ id: 'ScoresToSend' }),
);

/** Makes scores due at once. Throws `line-item-not-found` for one that is none. */
export const sendAgain = async (deps: Deps, actor: Actor, courseId: string, once: Once | null, scores?: ScoreAt[]) => {
  const institutionId = institutionOf(actor);
  const at = { institutionId, courseId };
  const db = deps.dbFor(institutionId);
  const [id, now, by] = [deps.newId(), deps.now(), actorName(actor)];
  const refusals = scores ? [scoreIsMissing(at, scores)] : [];
  const audit = { id, ...at, actor: by, action: 'scores-sent-again', subject: courseId, at: now };
  return writeOnce(
    db,
    once,
    { institutionId, id, facts: {}, at: now, refusals },
    (also) => standing(db, actor, 'lms-sync:retry', courseId, also),
    [retryScores(db, at, scores, now), insertAudit(db, audit)],
  );
};

export const decisionSchema = lazily(() =>
  z
    .strictObject({ decision: z.enum(['overwrite', 'keep']), reason: z.string().trim().min(1).max(2000).optional() })
    .meta({ id: 'ConflictDecision' }),
);

/** Decides which mark counts: ours goes out over the one found there, or that one stays. Throws `conflict-not-found`. */
export const decideConflict = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  score: ScoreAt,
  { decision, reason }: z.output<ReturnType<typeof decisionSchema>>,
) => {
  const institutionId = institutionOf(actor);
  const at = { institutionId, courseId };
  const db = deps.dbFor(institutionId);
  const now = deps.now();
  const change = decision === 'overwrite' ? overwriteConflict : keepConflict;
  const audit = { id: deps.newId(), ...at, actor: actorName(actor), subject: score.person, at: now };
  const because = `${decision} ${score.lineItem}${reason === undefined ? '' : `: ${reason}`}`;
  await db.batch([
    standing(db, actor, 'lms-sync:decide', courseId, [conflictIsMissing(at, score)]),
    change(db, at, score, now),
    insertAudit(db, { ...audit, action: 'lms-conflict-decided', reason: because }),
  ]);
};
