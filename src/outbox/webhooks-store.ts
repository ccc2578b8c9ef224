import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { webhook } from '../db/lti-schema.ts';
import type { Position } from '../paging.ts';

export type WebhookRow = {
  id: string;
  url: string;
  sealedSecret: string;
  state: 'active' | 'disabled';
  createdAt: number;
  waiting: number;
  refused: number;
};

export const insertWebhook = (db: Database, row: typeof webhook.$inferInsert) => db.insert(webhook).values(row);

const counted = (state: string) =>
  sql`(select count(*) from delivery d where d.target_id = w.id and d.state = ${state})`;

const columns = sql`w.id, w.url, w.sealed_secret as sealedSecret, w.state, w.created_at as createdAt,
  ${counted('waiting')} as waiting, ${counted('refused')} as refused`;

/** An institution's webhooks after `after`, oldest first, one more than `limit`, with how many messages wait or were given up. */
export const listWebhooks = (db: Database, institutionId: string, after: Position | null, limit: number) =>
  db.all<WebhookRow>(sql`select ${columns} from webhook w where w.institution_id = ${institutionId}
    ${after ? sql`and (w.created_at, w.id) > (${after.at}, ${after.id})` : sql``}
    order by w.created_at, w.id limit ${limit + 1}`);

export const findWebhook = (db: Database, institutionId: string, id: string) =>
  db.all<WebhookRow>(sql`select ${columns} from webhook w where w.institution_id = ${institutionId} and w.id = ${id}`);

export const webhookIsMissing = (institutionId: string, id: string): Guard => [
  sql`not exists (select 1 from webhook where id = ${id} and institution_id = ${institutionId})`,
  'webhook-not-found',
];

/** Has a webhook told again from now on: of what waits, and of what was given up. */
export const reviveWebhook = (db: Database, institutionId: string, id: string, now: number) =>
  [
    db.run(sql`update webhook set state = 'active' where id = ${id} and institution_id = ${institutionId}`),
    db.run(sql`update delivery set state = 'waiting', due_at = ${now}, tries = 0, first_tried_at = null, updated_at = ${now}
      where target_id = ${id} and institution_id = ${institutionId} and state in ('waiting', 'refused')
        and coalesce(claimed_until, 0) <= ${now}`),
  ] as const;

/** Takes a webhook away, with what waits for it. */
export const removeWebhook = (db: Database, institutionId: string, id: string) =>
  [
    db.run(sql`delete from delivery where target_id = ${id} and institution_id = ${institutionId}`),
    db.run(sql`delete from webhook where id = ${id} and institution_id = ${institutionId}`),
  ] as const;
