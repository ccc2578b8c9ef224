import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { DeliveryKey } from './store.ts';

const isThis = (x: SQL): SQL => sql`target_id = ${x} ->> 'targetId' and person_id = ${x} ->> 'personId'
  and kind = ${x} ->> 'kind' and activity = ${x} ->> 'activity'`;
const value = sql`x.value`;

/**
 * What a target may have: points and maximum (1/100), and when its work was handed in (ms). `theirs`: not a score of ours
 * but a mark that somebody typed into the LMS; it `stays` until an instructor decides that it `yields`.
 */
export type Tried = [points: number | null, max: number, submittedAt: number | null, theirs?: 'stays' | 'yields'];

/** A delivery to be taken in hand, as it was read, and what its target may have once it is tried. */
export type Claim = DeliveryKey & { version: number; stamp: number | null; tried: Tried[] };

/**
 * Takes deliveries in hand until `until`, where nobody else has, or had since they were read. Each gets a stamp later
 * than its last. Whoever dies with one in hand loses it then; what was tried is written before it goes out.
 */
export const claimDeliveries = (db: Database, claims: readonly Claim[], now: number, until: number) =>
  db.all<DeliveryKey & { stamp: number }>(sql`update delivery
    set claimed_until = ${until}, due_at = ${until}, stamp = max(${now}, coalesce(stamp, 0) + 1000),
      tried = json(x.value -> 'tried')
    from json_each(${JSON.stringify(claims)}) x
    where ${isThis(value)} and version = x.value ->> 'version' and stamp is x.value ->> 'stamp' and state = 'waiting'
      and coalesce(claimed_until, 0) <= ${now}
    returning target_id as targetId, person_id as personId, kind, activity, stamp`);

/** What came of a delivery. `sent`: what its target has now; `tried`: what it may have, as JSON. Points in 1/100, times in ms. */
export type Settled = DeliveryKey & {
  version: number;
  /** That of the claim; `null` where there was nothing to send, so that nothing was claimed. */
  stamp: number | null;
  state: 'waiting' | 'sent' | 'refused' | 'conflict';
  outcome: string;
  detail: string | null;
  dueAt: number;
  tries: number;
  firstTriedAt: number | null;
  sent: { points: number | null; max: number; submittedAt: number | null } | null;
  tried: Tried[] | null;
};

/**
 * Writes down what came of deliveries, for those still in hand by that stamp. Where the grade has changed meanwhile it
 * stays due, with what is known of its target; a conflict stays one.
 */
export const settleDeliveries = (db: Database, settled: readonly Settled[], now: number) =>
  db.run(sql`update delivery set
      claimed_until = null,
      state = case when x.value ->> 'state' = 'conflict' then 'conflict' when version = x.value ->> 'version'
        then x.value ->> 'state' else 'waiting' end,
      due_at = iif(version = x.value ->> 'version', x.value ->> 'dueAt', ${now}),
      tries = iif(version = x.value ->> 'version', x.value ->> 'tries', 0),
      first_tried_at = iif(version = x.value ->> 'version', x.value ->> 'firstTriedAt', null),
      outcome = x.value ->> 'outcome', detail = x.value ->> 'detail',
      tried = x.value -> 'tried' ->> '$',
      sent_version = iif(x.value ->> 'sent' is null, sent_version, x.value ->> 'version'),
      sent_points = iif(x.value ->> 'sent' is null, sent_points, x.value -> 'sent' ->> 'points'),
      sent_max = iif(x.value ->> 'sent' is null, sent_max, x.value -> 'sent' ->> 'max'),
      sent_submitted_at = iif(x.value ->> 'sent' is null, sent_submitted_at, x.value -> 'sent' ->> 'submittedAt'),
      sent_at = iif(x.value ->> 'sent' is null, sent_at, ${now}),
      updated_at = ${now}
    from json_each(${JSON.stringify(settled)}) x
    where ${isThis(value)} and iif(x.value ->> 'stamp' is null, version = x.value ->> 'version' and state = 'waiting'
      and coalesce(claimed_until, 0) <= ${now}, stamp = x.value ->> 'stamp')`);

/** A column that the platform deleted is known no longer. */
export const forgetLineItem = (db: Database, placementId: string, url: string) =>
  db.run(sql`update placement set line_item_url = null where id = ${placementId} and line_item_url = ${url}`);

/** A column that another placement of the same activity has in the same course of the LMS. */
export const findOtherColumn = (db: Database, placementId: string) =>
  db.all<{
    url: string;
  }>(sql`select o.line_item_url as url from placement l join placement o on o.context_id = l.context_id
      and o.course_id = l.course_id and o.kind = l.kind and o.activity = l.activity and o.id <> l.id
    where l.id = ${placementId} and o.line_item_url is not null limit 1`);

/**
 * Gives a placement its column, where it has none and no other placement of ours fills that one; by a trigger, what another
 * column had is sent again. What it then has says whether somebody else was faster.
 */
export const adoptLineItem = (db: Database, placementId: string, url: string, now: number) =>
  [
    db.run(sql`update placement set line_item_url = ${url}, updated_at = ${now} where id = ${placementId}
      and line_item_url is null
      and not exists (select 1 from placement o where o.context_id = placement.context_id and o.line_item_url = ${url})`),
    db.all<{ lineItemUrl: string | null }>(
      sql`select line_item_url as lineItemUrl from placement where id = ${placementId}`,
    ),
  ] as const;

/** A webhook whose address is gone for good gets nothing more; what waited is kept for when it is sent again. */
export const disableWebhook = (db: Database, webhookId: string) =>
  [
    db.run(sql`update webhook set state = 'disabled' where id = ${webhookId}`),
    db.run(sql`update delivery set state = 'refused', outcome = 'refused'
      where target_id = ${webhookId} and state = 'waiting' and claimed_until is null`),
  ] as const;
