import { syncRosters } from './courses/sync-roster.ts';
import { removeOldKeys } from './db/once.ts';
import type { Deps } from './deps.ts';
import { replaySample } from './grades/replay-sample.ts';
import { renewKeys } from './lms/keys.ts';
import { removeOldLaunches } from './lti/log-store.ts';
import { deliverDue } from './outbox/deliver.ts';
import { resumeRegrades } from './regrades/advance.ts';
import { removeOldDryRuns } from './regrades/store.ts';

/** The night's cron, as in wrangler.toml; the other one is every minute. */
export const NIGHTLY = '17 3 * * *';

const DAY_MS = 86_400_000;
/** Retries come within hours; a week is generous. */
const KEYS_LIVE_MS = 7 * DAY_MS;
const DRY_RUNS_LIVE_MS = 30 * DAY_MS;
const LAUNCHES_LIVE_MS = 30 * DAY_MS;
/** What a tick does of each kind at most; the next one goes on. */
const STEPS = 400;
/** Each takes two requests or three, and an invocation of a Worker has ten thousand. */
const SCORES = { rows: 400, ms: 50_000 };
const MESSAGES = { rows: 400, ms: 25_000 };
const SLICES = 50;
const ROSTERS_MS = 600_000;

/** Repeats a removal in slices until nothing is left to remove; gives how many there were. */
const inSlices = async (remove: () => Promise<{ rowsAffected: number }>) => {
  let removed = 0;
  for (let slice = 0; slice < SLICES; slice++) {
    const { rowsAffected } = await remove();
    if (rowsAffected === 0) break;
    removed += rowsAffected;
  }
  return { removed };
};

/** Does one thing of a tick, so that its failing holds up no other; the log says what came of it, if anything did. */
const apart = async (deps: Deps, what: string, work: () => Promise<Record<string, number>>) => {
  try {
    const done = await work();
    if (Object.values(done).some((count) => count > 0)) deps.log({ what, ...done });
  } catch (error) {
    deps.log({ level: 'alarm', what, reason: String(error) });
  }
};

/** What time alone brings about, on every database: regrades go on, grades go out; at night rosters are synced, a sample is replayed and old keys go. */
export const tick = async (deps: Deps, cron: string): Promise<void> => {
  const now = deps.now();
  await apart(deps, 'signing keys', () => renewKeys(deps));
  for (const db of deps.databases()) {
    await apart(deps, 'regrades taken up', () => resumeRegrades(deps, db, STEPS));
    // Apart: a webhook that hangs must not hold up the scores that wait behind its messages.
    await apart(deps, 'scores delivered', () => deliverDue(deps, db, SCORES, { target: 'line-item' }));
    await apart(deps, 'webhooks told', () => deliverDue(deps, db, MESSAGES, { target: 'webhook' }));
    if (cron !== NIGHTLY) continue;
    await apart(deps, 'rosters synced', () => syncRosters(deps, db, ROSTERS_MS));
    await apart(deps, 'replay of a sample', () => replaySample(deps, db));
    await apart(deps, 'old keys removed', () => inSlices(() => removeOldKeys(db, now - KEYS_LIVE_MS)));
    await apart(deps, 'old dry runs removed', () => inSlices(() => removeOldDryRuns(db, now - DRY_RUNS_LIVE_MS)));
    await apart(deps, 'old launches removed', () => inSlices(() => removeOldLaunches(db, now - LAUNCHES_LIVE_MS)));
  }
};
