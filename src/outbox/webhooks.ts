import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { seal, unseal } from '../auth/digest.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import { type Once, recallFirst, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { refusedUrl } from '../lms/outgoing.ts';
import { invalid, Problem } from '../problem.ts';
import { sendToWebhook } from './deliver-webhook.ts';
import { wordsOf } from './outcome.ts';
import { newWebhookSecret } from './sign-webhook.ts';
import {
  findWebhook,
  insertWebhook,
  removeWebhook,
  reviveWebhook,
  type WebhookRow,
  webhookIsMissing,
} from './webhooks-store.ts';

export const createWebhookSchema = lazily(() =>
  z.strictObject({ url: z.string().trim().min(1).max(2000) }).meta({ id: 'NewWebhook' }),
);

const common = () => ({
  id: z.string(),
  url: z.string(),
  state: z.enum(['active', 'disabled']),
  createdAt: z.iso.datetime(),
});
export const webhookSchema = lazily(() =>
  z.object({ ...common(), waiting: z.int(), refused: z.int() }).meta({ id: 'Webhook' }),
);
/** `secret` is shown once: messages are signed with it, as Standard Webhooks says. */
export const newWebhookSchema = lazily(() =>
  z.object({ ...common(), secret: z.string() }).meta({ id: 'WebhookWithSecret' }),
);
export const pingSchema = lazily(() =>
  z.object({ delivered: z.boolean(), status: z.int().nullable(), detail: z.string() }).meta({ id: 'WebhookPing' }),
);

export const webhookBody = ({ sealedSecret: _, createdAt, ...row }: WebhookRow) => ({
  ...row,
  createdAt: new Date(createdAt).toISOString(),
});

/** Makes a webhook, which is told of every grade from then on. Throws `invalid-input` for an address we do not call. */
export const createWebhook = async (deps: Deps, actor: Actor, once: Once | null, url: string) => {
  const institutionId = institutionOf(actor);
  const refused = refusedUrl(url, deps.config.allowsLoopback);
  if (refused) throw invalid('/url', `this address is not called: ${refused}`);
  const db = deps.dbFor(institutionId);
  const [id, createdAt] = [deps.newId(), deps.now()];
  const sealedSecret = await seal(deps.config.sessionSecret, newWebhookSecret());
  const row = { id, institutionId, url, sealedSecret, state: 'active' as const, createdAt };
  const audit = { id: deps.newId(), institutionId, actor: actorName(actor), action: 'webhook-created', subject: id };
  const { facts, replayed } = await writeOnce(
    db,
    once,
    { institutionId, id, facts: { id, url, sealedSecret, createdAt }, at: createdAt },
    (also) => standing(db, actor, 'webhooks:manage', undefined, also),
    [insertWebhook(db, row), insertAudit(db, { ...audit, at: createdAt })],
  );
  const secret = await unseal(deps.config.sessionSecret, facts.sealedSecret).catch((cause) => {
    throw new Problem('response-lost', { cause });
  });
  const made = { id: facts.id, url: facts.url, state: 'active', createdAt: new Date(facts.createdAt).toISOString() };
  return { body: { ...made, secret }, replayed };
};

/** Takes a webhook away. Throws `webhook-not-found`. */
export const deleteWebhook = async (deps: Deps, actor: Actor, id: string) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const audit = { id: deps.newId(), institutionId, actor: actorName(actor), action: 'webhook-removed', subject: id };
  await db.batch([
    standing(db, actor, 'webhooks:manage', undefined, [webhookIsMissing(institutionId, id)]),
    ...removeWebhook(db, institutionId, id),
    insertAudit(db, { ...audit, at: deps.now() }),
  ]);
};

/** Has everything sent to a webhook again that waits or was given up; one that was disabled is told again. Throws `webhook-not-found`. */
export const retryWebhook = async (deps: Deps, actor: Actor, once: Once | null, webhookId: string) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const [id, at] = [deps.newId(), deps.now()];
  const audit = { id, institutionId, actor: actorName(actor), action: 'webhook-retried', subject: webhookId, at };
  return writeOnce(
    db,
    once,
    { institutionId, id, facts: {}, at },
    (also) => standing(db, actor, 'webhooks:manage', undefined, [...also, webhookIsMissing(institutionId, webhookId)]),
    [...reviveWebhook(db, institutionId, webhookId, at), insertAudit(db, audit)],
  );
};

type Pinged = { delivered: boolean; status: number | null; detail: string };

/** Sends a webhook a message that says nothing, signed like the others, and tells what it answered. Throws `webhook-not-found`. */
export const pingWebhook = async (deps: Deps, actor: Actor, once: Once | null, id: string) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const mayPing: Parameters<typeof recallFirst>[2] = (also) =>
    standing(db, actor, 'webhooks:manage', undefined, [...also, webhookIsMissing(institutionId, id)]);
  const earlier = await recallFirst<Pinged>(db, once, mayPing);
  if (earlier) return { body: earlier, replayed: true };
  const [, rows] = (await db.batch([mayPing([]) as never, findWebhook(db, institutionId, id)])) as [
    unknown,
    WebhookRow[],
  ];
  const now = deps.now();
  const pingId = deps.newId();
  const message = { type: 'ping', timestamp: new Date(now).toISOString(), data: {} };
  const reply = await sendToWebhook(deps, rows[0]!, `msg_${pingId}`, message);
  const body: Pinged = reply.ok
    ? { delivered: true, status: reply.status, detail: 'It was taken.' }
    : { delivered: false, status: reply.status, detail: wordsOf(reply.detail, id) || `It answered ${reply.status}.` };
  const made = { institutionId, id: pingId, facts: body, at: now };
  const { facts, replayed } = await writeOnce(db, once, made, mayPing, []);
  return { body: facts, replayed };
};
