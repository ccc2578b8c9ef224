import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database.ts';
import { endPauses, type Fleet, passTime } from './fleet.ts';

const EASES_MS = 500;
export const PASSES_MS = 10 * 60_000;

/** Kills Workers and the database at random until told otherwise; pauses end soon, and with all Workers dead time passes. */
export const startChaos = (fleet: Fleet, database: Database) => {
  const done = { workers: 0, databases: 0, passes: 0 };
  let [on, calm] = [true, false];
  const strike = async () => {
    const lot = Math.random();
    if (lot < 0.35) {
      await fleet.kill(Math.floor(Math.random() * fleet.workers.length));
      done.workers += 1;
    } else if (lot < 0.65) {
      await database.crash();
      done.databases += 1;
    } else {
      await fleet.killAll(async () => {
        // What was on its way to the platform is to arrive first.
        await sleep(100);
        await passTime(database, PASSES_MS);
      });
      done.workers += fleet.workers.length;
      done.passes += 1;
    }
  };
  // The database may be dead just then.
  const easing = setInterval(() => endPauses(database).catch(() => undefined), EASES_MS);
  const striking = (async () => {
    while (on) {
      await sleep(500 + Math.random() * 3000);
      if (on && !calm) await strike();
    }
  })();
  return {
    done,
    /** Nothing is killed during this. */
    spare: async (work: () => Promise<unknown>) => {
      calm = true;
      await sleep(3000);
      await work();
      calm = false;
    },
    end: async () => {
      on = false;
      await striking;
      clearInterval(easing);
      return done;
    },
  };
};
