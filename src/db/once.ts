import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { Problem } from '../problem.ts';
import type { Database } from './client.ts';
import type { Guard } from './guard.ts';

/** A request that must be carried out once: who asked, their Idempotency-Key, and a hash of what they asked. */
export type Once = { actor: string; key: string; fingerprint: string };

/** True in SQL while this request has not been carried out. */
export const unseen = (once: Once | null): SQL =>
  once ? sql`not exists (select 1 from idempotency where actor = ${once.actor} and key = ${once.key})` : sql`true`;

/** Refuses the key when it stands for another request. */
export const keyFitsRequest = (once: Once | null): Guard[] =>
  once
    ? [
        [
          sql`exists (select 1 from idempotency where actor = ${once.actor} and key = ${once.key} and fingerprint <> ${once.fingerprint})`,
          'idempotency-key-reused',
        ],
      ]
    : [];

/** Refuses a request that was carried out before, and a key that stands for another: for those who then read what there is. */
export const unseenGuards = (once: Once | null): Guard[] =>
  once ? [...keyFitsRequest(once), [sql`not ${unseen(once)}`, 'request-seen']] : [];

/** The id of what the request made: now (`newId`) or when it was first sent. */
export const resultOf = (once: Once | null, newId: string): SQL =>
  once
    ? sql`coalesce((select result_id from idempotency where actor = ${once.actor} and key = ${once.key}), ${newId})`
    : sql`${newId}`;

/** What a request made: the id of it, and what its response needs beside the rows of that id. */
export type Made = { institutionId: string; id: string; facts?: Record<string, unknown>; at: number };

/** Remembers, in the transaction of what it guards, what the request made. Nothing where it is known already. */
export const remember = (db: Database, once: Once, made: Made) =>
  db.run(sql`insert into idempotency (actor, key, institution_id, fingerprint, result_id, facts, created_at)
    values (${once.actor}, ${once.key}, ${made.institutionId}, ${once.fingerprint}, ${made.id},
      ${made.facts ? JSON.stringify(made.facts) : null}, ${made.at})
    on conflict do nothing`);

/** Forgets requests of before a time (ms), a slice of them. */
export const removeOldKeys = (db: Database, before: number) =>
  db.run(sql`delete from idempotency where (actor, key) in
    (select actor, key from idempotency where created_at < ${before} limit 5000)`);

/** The facts remembered for this request, if any. */
export const recall = (db: Database, once: Once | null) =>
  db.all<{ facts: string }>(
    once
      ? sql`select facts from idempotency where actor = ${once.actor} and key = ${once.key}`
      : sql`select '' as facts where false`,
  );

/** The facts of a request that was carried out before, `null` for a new one: for what would be refused by what it did. */
export const recallFirst = async <Facts>(
  db: Database,
  once: Once | null,
  standing: (also: readonly Guard[]) => BatchItem<'sqlite'>,
): Promise<Facts | null> => {
  if (!once) return null;
  const [, [seen]] = await db.batch([standing(keyFitsRequest(once)), recall(db, once)]);
  return seen ? (JSON.parse(seen.facts) as Facts) : null;
};

/**
 * Carries out a write whose response the caller knows beforehand (`facts`), once. `standing` makes the batch's first
 * statement, with further guards; `refusals` are the request's own, which a retry of what was done does not meet again.
 * A retry gets the facts of the first time and changes nothing: two round trips for it, one else.
 */
export const writeOnce = async <Facts extends Record<string, unknown>>(
  db: Database,
  once: Once | null,
  made: Made & { facts: Facts; refusals?: readonly Guard[] },
  standing: (also: readonly Guard[]) => BatchItem<'sqlite'>,
  writes: BatchItem<'sqlite'>[],
): Promise<{ facts: Facts; replayed: boolean }> => {
  try {
    await db.batch([
      standing([...unseenGuards(once), ...(made.refusals ?? [])]),
      ...writes,
      ...(once ? [remember(db, once, made)] : []),
    ]);
    return { facts: made.facts, replayed: false };
  } catch (error) {
    if (!once || !(error instanceof Problem) || error.problem !== 'request-seen') throw error;
    return { facts: (await recallFirst<Facts>(db, once, standing))!, replayed: true };
  }
};
