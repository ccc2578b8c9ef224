import { removeOldKeys } from './db/once.ts';
import type { Deps } from './deps.ts';
import { replaySample } from './grades/replay-sample.ts';
import { resumeRegrades } from './regrades/advance.ts';
import { removeOldDryRuns } from './regrades/store.ts';

/** The night's cron, as in wrangler.toml; the other one is every minute. */
export const NIGHTLY = '17 3 * * *';

const DAY_MS = 86_400_000;
/** Retries come within hours; a week is generous. */
const KEYS_LIVE_MS = 7 * DAY_MS;
const DRY_RUNS_LIVE_MS = 30 * DAY_MS;
/** What a tick does of each kind at most; the next one goes on. */
const STEPS = 400;
const SLICES = 50;

/** Repeats a removal in slices until nothing is left to remove. */
const inSlices = async (remove: () => Promise<{ rowsAffected: number }>) => {
  for (let slice = 0; slice < SLICES; slice++) if ((await remove()).rowsAffected === 0) return;
};

/** What time alone brings about, on every database: regrades go on; at night a sample is replayed and old keys go. */
export const tick = async (deps: Deps, cron: string): Promise<void> => {
  const now = deps.now();
  for (const db of deps.databases()) {
    const resumed = await resumeRegrades(deps, db, STEPS);
    if (resumed > 0) deps.log({ what: 'regrades taken up', regrades: resumed });
    if (cron !== NIGHTLY) continue;
    deps.log({ what: 'replay of a sample', ...(await replaySample(deps, db)) });
    await inSlices(() => removeOldKeys(db, now - KEYS_LIVE_MS));
    await inSlices(() => removeOldDryRuns(db, now - DRY_RUNS_LIVE_MS));
  }
};
