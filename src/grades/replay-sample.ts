import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { listSampleEvents } from './ledger-store.ts';
import { replay } from './replay.ts';

/** Of each of the ledger's tables, and twice: the newest, and those after a place in the past. */
const SAMPLE = 40;

/** A time between the first event and now that is another every night, as the start of an id: ids sort by time. */
const somewhere = (newId: string, now: number): string => {
  const share = Number.parseInt(newId.slice(-8), 16) / 0x100000000;
  const at = Math.floor(now - share * 365 * 86_400_000)
    .toString(16)
    .padStart(12, '0');
  return `${at.slice(0, 8)}-${at.slice(8)}`;
};

/**
 * Replays the newest grade events and as many from somewhere in the last year, of all tenants; an alarm in the log for
 * each that does not come out the same. Gives how many were replayed and how many differ.
 */
export const replaySample = async (deps: Deps, db: Database): Promise<{ replayed: number; different: number }> => {
  const events = await listSampleEvents(db, somewhere(deps.newId(), deps.now()), SAMPLE);
  let different = 0;
  for (const event of events) if (!(await replay(deps, db, event).catch(() => false))) different += 1;
  return { replayed: events.length, different };
};
