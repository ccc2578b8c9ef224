import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '@libsql/client/http';
import { migrateDatabase } from '../../scripts/migrate.ts';
import { freePort, startSqld } from '../../scripts/sqld.ts';
import { cpuMs } from './cpu.ts';
import { childrenNow, temporaryFolder } from './processes.ts';

export type Database = AsyncDisposable & {
  url: string;
  port: number;
  pid: number;
  client: Client;
  /** Writes the log into the database, which takes a restart, and waits until the server has tidied up. */
  settle: () => Promise<void>;
  /** Kills it in the middle of whatever it does, and starts it again on what is there. */
  crash: () => Promise<void>;
};

const IDLE_MS = 500;
const MOST_WAITS = 60;

const untilIdle = async (pid: number) => {
  for (let wait = 0, before = Number.NEGATIVE_INFINITY; wait < MOST_WAITS; wait++) {
    const now = cpuMs(pid);
    if (!(now - before > IDLE_MS / 10)) return;
    before = now;
    await sleep(IDLE_MS);
  }
};

/** A real libSQL server on a folder of its own; `empty`: without our tables. */
export const openDatabase = async (options: { empty?: true } = {}): Promise<Database> => {
  const folder = await temporaryFolder('database');
  const port = await freePort();
  const start = async () => {
    const before = childrenNow();
    const server = await startSqld(folder.path, port);
    return { ...server, pid: childrenNow().find((pid) => !before.includes(pid)) ?? 0 };
  };
  let server = await start();
  if (!options.empty) await migrateDatabase(server.url);
  const { url } = server;
  return {
    url,
    port,
    client: createClient({ url }),
    get pid() {
      return server.pid;
    },
    settle: async () => {
      await server.stop();
      const file = new DatabaseSync(`${folder.path}/dbs/default/data`);
      file.exec('pragma wal_checkpoint(truncate)');
      file.close();
      server = await start();
      await untilIdle(server.pid);
    },
    crash: async () => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
      server = await start();
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
};
