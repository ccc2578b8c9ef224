import type { Person } from '../auth/actor.ts';
import { randomShare } from '../auth/digest.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { pausePlatform } from '../lms/service-store.ts';
import { openService } from '../lms/tokens.ts';
import { type Settled, settleDeliveries } from './claim-store.ts';
import { type Column, columnOf } from './column.ts';
import { type Came, deliverScore } from './deliver-score.ts';
import { deliverWebhook } from './deliver-webhook.ts';
import { givenBack, settledBy } from './settle.ts';
import { IN_HAND_MS, type Job, takeSlice } from './slice.ts';
import type { Whose } from './store.ts';
import { turns } from './turns.ts';

/** How many requests one platform, or one webhook, gets from us at the same time. */
const AT_ONCE = 4;
/** A Worker has six connections open at most, one of them to the database; a request that waits for one would time out. */
const AT_ONCE_IN_ALL = 5;
/** A platform that fails so often in a row is left alone for a while. */
const FAILS_IN_A_ROW = 8;
const DOWN_PAUSES_MS = 30_000;
const SLICE = 100;
/** A pause so short is waited for, while there is time. */
const WAITS_MS = 5_000;

/** How much to deliver at most: so many deliveries, begun within so much time (ms). */
export type Limits = { rows: number; ms: number };

const groupOf = (job: Job) => (job.target === 'webhook' ? job.webhook.id : job.placement.platformId);

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What delivers the jobs of one platform or webhook; those of a placement share its column. */
const carrier = (deps: Deps, db: Database, jobs: readonly Job[]) => {
  const [first] = jobs;
  if (first?.target === 'webhook') return (job: Job) => deliverWebhook(deps, db, job as Job & { target: 'webhook' });
  const session = openService({ ...first!.placement, id: first!.placement.platformId });
  const columns = new Map<string, Promise<Column>>();
  // One after the other for an activity: two places that show it are to find the same column.
  const last = new Map<string, Promise<unknown>>();
  return (job: Job): Promise<Came> => {
    const { placement, rules } = job as Job & { target: 'line-item' };
    const columnFor = (gone?: string) => {
      const name = `${placement.id} ${gone ?? ''}`;
      const known = columns.get(name);
      if (known) return known;
      const shownAs = `${placement.contextId} ${placement.kind} ${placement.activity}`;
      const before = last.get(shownAs) ?? Promise.resolve();
      const column = before.then(() => columnOf(deps, db, session, placement, rules, gone));
      last.set(
        shownAs,
        column.catch(() => undefined),
      );
      columns.set(name, column);
      return column;
    };
    return deliverScore(deps, session, job as Job & { target: 'line-item' }, columnFor);
  };
};

/**
 * Delivers the jobs of one group, a few at a time. Once the platform asks to be left alone, or fails again and again,
 * what is not begun goes back until then.
 */
const deliverGroup = async (deps: Deps, db: Database, jobs: Job[], until: number, inTurn: ReturnType<typeof turns>) => {
  const deliver = carrier(deps, db, jobs);
  const settled: Settled[] = [];
  let pause: { until: number; outcome: string } | null = null;
  let failsInARow = 0;
  const pauseFor = (ms: number, outcome: string) => {
    pause = { until: Math.max(pause?.until ?? 0, deps.now() + ms), outcome };
  };
  const attempt = async (job: Job): Promise<Settled> => {
    const now = deps.now();
    if (pause || now >= until) return givenBack(job, pause?.outcome ?? 'waiting', pause?.until ?? now);
    const came = await deliver(job).catch((error: unknown): Came => {
      deps.log({ level: 'alarm', what: 'delivery', target: job.row.targetId, reason: String(error) });
      return { is: 'retry', outcome: 'waiting', detail: '', arrived: true, afterMs: null, pausesMs: null };
    });
    failsInARow = came.is === 'retry' && came.outcome !== 'waiting' ? failsInARow + 1 : 0;
    if (came.is === 'retry' && came.pausesMs !== null) pauseFor(came.pausesMs, came.outcome);
    else if (came.is === 'retry' && failsInARow >= FAILS_IN_A_ROW) pauseFor(DOWN_PAUSES_MS, came.outcome);
    return settledBy(job, came, deps.now(), randomShare());
  };
  const waiting = [...jobs];
  const work = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const taken = job;
      settled.push(await inTurn(() => attempt(taken)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { settled, pausedUntil: (pause as { until: number } | null)?.until ?? null };
};

const deliverSlice = async (deps: Deps, db: Database, jobs: Job[], until: number) => {
  const groups = [...Map.groupBy(jobs, groupOf)];
  const inTurn = turns(AT_ONCE_IN_ALL);
  const done = await Promise.all(
    groups.map(async ([id, own]) => ({
      id,
      ...(await deliverGroup(deps, db, own, until, inTurn)),
      isPlatform: own[0]!.target === 'line-item',
    })),
  );
  const settled = done.flatMap((one) => one.settled);
  const pauses = done.filter((one) => one.pausedUntil !== null);
  if (settled.length === 0) return { settled, pauses: [] };
  await db.batch([
    settleDeliveries(db, settled, deps.now()),
    ...pauses.filter((one) => one.isPlatform).map(({ id, pausedUntil }) => pausePlatform(db, id, pausedUntil!)),
  ]);
  return { settled, pauses: pauses.map((one) => one.pausedUntil!) };
};

/**
 * Delivers what is due, slice after slice, until nothing is or the limits are reached; waits for pauses of a few seconds.
 * Whatever is left, or was in the hands of somebody who died, is taken up by the next. Counts by what became of them.
 */
export const deliverDue = async (deps: Deps, db: Database, limits: Limits, whose: Whose = {}) => {
  const until = deps.now() + limits.ms;
  const counts = { sent: 0, waiting: 0, refused: 0, conflict: 0 };
  let [left, empty] = [limits.rows, 0];
  const pauses: number[] = [];
  while (left > 0 && deps.now() < until && empty < 3) {
    // What is begun within half of the time that it is in hand is done before that ends.
    const beginBy = Math.min(until, deps.now() + IN_HAND_MS / 2);
    const { read, settled: without, jobs } = await takeSlice(deps, db, whose, Math.min(SLICE, left));
    if (read === 0) {
      const ends = Math.min(...pauses.splice(0)) - deps.now();
      if (!(ends > 0 && ends <= WAITS_MS)) break;
      await sleep(ends);
      continue;
    }
    const slice = await deliverSlice(deps, db, jobs, beginBy);
    for (const { state } of slice.settled) counts[state] += 1;
    pauses.push(...slice.pauses);
    left -= read;
    // Others have them all in hand.
    empty = jobs.length + without === 0 ? empty + 1 : 0;
  }
  return counts;
};

const AT_ONCE_AFTER_A_WRITE: Limits = { rows: 50, ms: 25_000 };

const deliverNow = async (deps: Deps, institutionId: string, whose: Whose): Promise<void> => {
  await deliverDue(deps, deps.dbFor(institutionId), AT_ONCE_AFTER_A_WRITE, whose).catch((error: unknown) =>
    deps.log({ level: 'alarm', what: 'delivery after a write', ...whose, reason: String(error) }),
  );
};

/** Delivers what is due of a course, right after a request that made it so. */
export const deliverCourse = (deps: Deps, institutionId: string, courseId: string) =>
  deliverNow(deps, institutionId, { courseId });

/**
 * Delivers what a person's request may have put into the outbox, right after it: of their own, or for the staff of the
 * course. One round trip where there is nothing.
 */
export const deliverFor = (deps: Deps, { institutionId, courseId, personId, role }: Person) =>
  deliverNow(deps, institutionId, role === 'learner' ? { courseId, personId } : { courseId });
