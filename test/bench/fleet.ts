import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/sqld.ts';
import type { Database } from './database.ts';
import { type Answer, openConnection } from './http.ts';
import { inTime } from './load.ts';
import { fireCron, startWorker, type Worker } from './workerd.ts';

/** Workers on one database whose crons fire again and again, and that can be killed in the middle of it. */
export type Fleet = AsyncDisposable & {
  workers: readonly Worker[];
  /** Kills a Worker and starts another in its place. */
  kill: (index: number) => Promise<void>;
  /** Kills all, and starts others once `meanwhile` is done. */
  killAll: (meanwhile: () => Promise<unknown>) => Promise<void>;
  /** Has the crons fire, each again as soon as it is done, until the next `rest`. */
  work: () => void;
  /** Waits until the crons are done. */
  rest: () => Promise<void>;
};

const BETWEEN_CRONS_MS = 50;

export const startFleet = async (app: string, bindings: Record<string, string>, count: number): Promise<Fleet> => {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  const start = (port: number) => startWorker(app, bindings, { cron: true, port });
  const workers: Worker[] = [];
  for (const port of ports) workers.push(await start(port));
  const kill = async (index: number) => {
    await workers[index]![Symbol.asyncDispose]();
    workers[index] = await start(ports[index]!);
  };
  let working = false;
  let crons: Promise<void>[] = [];
  const keepFiring = async (index: number) => {
    while (working) {
      // One that is killed meanwhile does not answer.
      await fireCron(workers[index]!).catch(() => undefined);
      await sleep(BETWEEN_CRONS_MS);
    }
  };
  return {
    workers,
    kill,
    killAll: async (meanwhile) => {
      await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
      await meanwhile();
      for (const [index, port] of ports.entries()) workers[index] = await start(port);
    },
    work: () => {
      working = true;
      crons = ports.map((_, index) => keepFiring(index));
    },
    rest: async () => {
      working = false;
      await Promise.all(crons);
    },
    [Symbol.asyncDispose]: async () => {
      working = false;
      await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
    },
  };
};

const NO_ANSWER_MS = 15_000;
const AGAIN_MS = 100;

/** Sends a request that may be repeated until it is answered with this status, however often nobody is there. */
export const insist = async (port: number, request: Buffer, status: number): Promise<Answer> => {
  for (;;) {
    const connection = openConnection(port);
    const answer = await inTime(connection.send(request), NO_ANSWER_MS).catch(() => undefined);
    connection.close();
    if (answer?.status === status) return answer;
    if (answer && answer.status < 500) throw new Error(`${answer.status} ${answer.body.toString('utf8', 0, 300)}`);
    await sleep(AGAIN_MS);
  }
};

/**
 * Moves everything that the outbox waits for so far (ms) into the past, for a benchmark has no hours: as if so much time
 * had gone by. Access tokens are forgotten, for they say themselves how old they are. No Worker may have a delivery in hand: its claim would end under it.
 */
export const passTime = ({ client }: Database, ms: number) =>
  client.batch(
    [
      {
        sql: `update delivery set due_at = due_at - ?1, claimed_until = claimed_until - ?1,
          first_tried_at = first_tried_at - ?1 where state = 'waiting'`,
        args: [ms],
      },
      { sql: 'update platform set paused_until = paused_until - ?, tokens = null', args: [ms] },
    ],
    'write',
  );

/** Ends what platforms asked for or seemed to need, as if that much time had gone by for them alone. */
export const endPauses = ({ client }: Database) =>
  client.batch(
    [
      'update platform set paused_until = null',
      `update delivery set due_at = 0 where state = 'waiting' and claimed_until is null`,
    ],
    'write',
  );
