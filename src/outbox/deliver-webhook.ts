import { sha256Hex, unseal } from '../auth/digest.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { gradeBody } from '../grades/grade-body.ts';
import { activitiesOf } from '../grades/gradebook.ts';
import { fault, faultOf } from '../lms/fault.ts';
import { send } from '../lms/outgoing.ts';
import { disableWebhook } from './claim-store.ts';
import type { Came } from './deliver-score.ts';
import { mayHaveArrived } from './outcome.ts';
import { gradesOf } from './plan.ts';
import { signWebhook } from './sign-webhook.ts';
import type { Job } from './slice.ts';

/** Sends a message to a webhook: signed, with an id that stays the same when it is sent again. */
export const sendToWebhook = async (
  deps: Deps,
  { url, sealedSecret }: { url: string; sealedSecret: string },
  id: string,
  message: object,
) => {
  const secret = await unseal(deps.config.sessionSecret, sealedSecret).catch(() => null);
  if (secret === null) return fault('key', 'its secret was sealed with another SESSION_SECRET: make the webhook again');
  const body = JSON.stringify(message);
  const seconds = Math.floor(deps.now() / 1000);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': await signWebhook(secret, id, seconds, body),
  };
  const reply = await send(deps, { url, method: 'POST', headers, body });
  if (!reply.ok) return fault(reply.reason, reply.detail);
  return reply.status >= 200 && reply.status <= 299 ? reply : faultOf('status', reply, deps.now());
};

/** What a receiver is told of a grade. */
const messageOf = (deps: Deps, { row, rules }: Job & { target: 'webhook' }) => {
  const grade = gradesOf(row)[0]!;
  const activity = activitiesOf(deps.catalogue, rules).find(({ kind, id }) => kind === row.kind && id === row.activity);
  const { rubric: _, ...body } = gradeBody(
    activity ?? { kind: row.kind, id: row.activity, max: grade.max, autoMax: grade.max },
    grade,
  );
  return {
    type: 'grade.changed',
    timestamp: new Date(grade.updatedAt).toISOString(),
    data: { course: row.courseId, person: { id: row.personId, externalId: row.subject }, ...body },
  };
};

/** Tells a webhook of a grade. Where its address is gone (410) it is told nothing more. */
export const deliverWebhook = async (deps: Deps, db: Database, job: Job & { target: 'webhook' }): Promise<Came> => {
  const { targetId, personId, kind, activity, version } = job.row;
  const id = `msg_${(await sha256Hex(`${targetId} ${personId} ${kind} ${activity} ${version}`)).slice(0, 32)}`;
  const reply = await sendToWebhook(deps, job.webhook, id, messageOf(deps, job));
  if (reply.ok) return { is: 'sent', outcome: 'sent' };
  const { detail, retryAfterMs, status } = reply;
  const arrived = mayHaveArrived(reply);
  if (status === 410) {
    await db.batch([...disableWebhook(db, targetId)]);
    return { is: 'refused', outcome: 'refused', detail, arrived };
  }
  if (reply.reason === 'url-refused' || reply.reason === 'key')
    return { is: 'refused', outcome: 'refused', detail, arrived };
  const outcome = reply.throttled ? 'throttled' : 'platform-down';
  return { is: 'retry', outcome, detail, arrived, afterMs: retryAfterMs, pausesMs: null };
};
