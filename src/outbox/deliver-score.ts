import type { Deps } from '../deps.ts';
import type { Fault } from '../lms/fault.ts';
import { agsScopes } from '../lms/line-items.ts';
import { postScore, readResult, type ScoreService } from '../lms/scores.ts';
import type { ServiceSession } from '../lms/tokens.ts';
import type { Tried } from './claim-store.ts';
import type { Column } from './column.ts';
import { judge, type Shown, sameMark } from './conflict.ts';
import { mayHaveArrived, type Outcome, type Verdict, verdictOn } from './outcome.ts';
import { shown, theirsOf, triedOf } from './plan.ts';
import type { ScoreNow } from './score-of.ts';
import type { DueRow, PlacementRow } from './store.ts';

/** A score in hand until a time (ms). `stamp`: the timestamp that it goes with. */
export type ScoreJob = {
  row: DueRow;
  placement: PlacementRow;
  score: ScoreNow;
  tried: Tried[];
  stamp: number;
  until: number;
};

/** What came of one delivery. `arrived`: it may have been carried out all the same. */
export type Came =
  | { is: 'sent'; outcome: 'sent' | 'unchanged' }
  | { is: 'conflict'; outcome: 'superseded' | 'kept-there'; found: Tried | null; detail: string }
  | { is: 'retry'; outcome: Outcome; detail: string; arrived: boolean; afterMs: number | null; pausesMs: number | null }
  | { is: 'refused'; outcome: Outcome; detail: string; arrived: boolean };

/** A platform may put our score before a mark that it dates later; after so many tries without seeing which, people decide. */
const BLIND_TRIES = 2;

/** What the call itself may take, with another token. From then on somebody else may send a later one before it. */
const LAST_CALL_MS = 30_000;

const failed = (fault: Fault, verdict: Exclude<Verdict, { is: 'stale' | 'line-item-gone' }>): Came => ({
  ...verdict,
  detail: fault.detail,
  arrived: mayHaveArrived(fault),
});

const told = ({ points, max }: Shown) =>
  `${points === null ? 'no mark' : Number(points.toFixed(2))} of ${Number(max.toFixed(2))}`;

const conflictOf = (
  found: Shown,
  { sentPoints, sentMax }: DueRow,
  outcome: 'superseded' | 'kept-there' = 'superseded',
): Came => ({
  is: 'conflict',
  outcome,
  found: [found.points! * 100, found.max * 100, null, 'stays'],
  detail: `The LMS shows ${told(found)}; ${
    sentPoints === null ? 'we had sent nothing' : `we had sent ${told(shown([sentPoints, sentMax ?? 0]))}`
  }.`,
});

/**
 * A platform that shows no results to us. 404 may be its way to say that there is none, or a moment's fault: it does not
 * settle whether an earlier try arrived. Whether there is a column the score itself finds out.
 */
const shownToNobody = ({ reason, status, throttled }: Fault) =>
  reason === 'scope' || (reason === 'status' && !throttled && [403, 404, 410].includes(status ?? 0));

/** Reads back what the platform shows, where it lets us; `null` where it does not. */
const readBack = async (deps: Deps, session: ServiceSession, service: ScoreService, userId: string) => {
  if (!service.scopes.includes(agsScopes.result)) return null;
  const read = await readResult(deps, session, service, userId);
  if (!read.ok) return shownToNobody(read) ? null : read;
  const { result } = read;
  return {
    ok: true as const,
    shown: result === null ? { points: null, max: 1 } : { points: result.score, max: result.max },
  };
};

const oursOf = (row: DueRow): Tried[] => [
  ...(row.sentVersion === null ? [] : [[row.sentPoints, row.sentMax ?? 0, row.sentSubmittedAt] as Tried]),
  ...triedOf(row).filter(([, , , theirs]) => theirs !== 'stays'),
];

/**
 * Delivers one score into one column. It is compared with what the platform shows first: so nothing goes twice, and a mark
 * typed there by hand is not written over. One that goes over such a mark is read back, for some platforms take a score
 * and keep the mark. Gives `line-item-gone` where the platform has no such column.
 */
const deliverInto = async (
  deps: Deps,
  session: ServiceSession,
  service: ScoreService,
  { row, score, stamp, until }: ScoreJob,
): Promise<Came | 'line-item-gone'> => {
  const ours = oursOf(row);
  const next = shown([score.points, score.max]);
  const look = async () => {
    const seen = await readBack(deps, session, service, row.subject);
    if (seen === null || !seen.ok) return { seen, means: null };
    return { seen, means: judge(seen.shown, next, ours.map(shown)) };
  };
  let known = row.sentSubmittedAt;
  let isSure = triedOf(row).length === 0;
  const before = await look();
  if (before.seen !== null && !before.seen.ok) {
    const verdict = verdictOn(before.seen);
    if (verdict.is === 'retry') return { ...failed(before.seen, verdict), arrived: false } as Came;
  }
  if (before.means === 'same') return { is: 'sent', outcome: 'unchanged' };
  if (before.seen?.ok) {
    const there = before.seen.shown;
    if (before.means === 'conflict') return conflictOf(there, row);
    isSure = true;
    known = ours.findLast((one) => sameMark(shown(one), there))?.[2] ?? known;
  }
  if (deps.now() > until - LAST_CALL_MS)
    return { is: 'retry', outcome: 'waiting', detail: '', arrived: false, afterMs: null, pausesMs: null };
  const isNewSubmission = isSure && score.submittedAt !== null && score.submittedAt > (known ?? 0);
  const posted = await postScore(deps, session, service, { ...score, userId: row.subject, isNewSubmission }, stamp);
  if (posted.ok) {
    const after = theirsOf(row)?.[3] === 'yields' ? await readBack(deps, session, service, row.subject) : null;
    const isKept = after?.ok && after.shown.points !== null && !sameMark(after.shown, next);
    return isKept ? conflictOf(after.shown, row, 'kept-there') : { is: 'sent', outcome: 'sent' };
  }
  const verdict = verdictOn(posted);
  if (verdict.is === 'line-item-gone') return verdict.is;
  if (verdict.is !== 'stale') return failed(posted, verdict);
  const { seen, means } = await look();
  if (means === 'same') return { is: 'sent', outcome: 'unchanged' };
  if (seen?.ok && means === 'conflict') return conflictOf(seen.shown, row);
  if (seen === null && row.tries >= BLIND_TRIES)
    return {
      is: 'conflict',
      outcome: 'superseded',
      found: null,
      detail: 'The LMS has a newer mark, and does not let this tool read it.',
    };
  // What we sent stands there, dated later than our stamp: the next one is later still.
  return { is: 'retry', outcome: 'waiting', detail: posted.detail, arrived: false, afterMs: null, pausesMs: null };
};

/** Delivers a score. A column that is gone is chosen again, once; one that is not is tried again. `columnFor` gives the placement's, for all its scores alike. */
export const deliverScore = async (
  deps: Deps,
  session: ServiceSession,
  job: ScoreJob,
  columnFor: (gone?: string) => Promise<Column>,
): Promise<Came> => {
  let gone: string | undefined;
  for (let tries = 0; ; tries++) {
    const column = await columnFor(gone);
    if (!column.ok) {
      if (column.reason === 'shared') return { is: 'sent', outcome: 'unchanged' };
      const isNone = column.reason === 'none' || !('status' in column);
      const verdict = isNone ? null : verdictOn(column as Fault);
      if (verdict?.is === 'retry') return { ...failed(column as Fault, verdict), arrived: false } as Came;
      const detail = isNone ? '' : (column as Fault).detail;
      return { is: 'refused', outcome: 'line-item-gone', detail, arrived: false };
    }
    const service = { lineItem: column.url, scopes: JSON.parse(job.placement.scopes) as string[] };
    const came = await deliverInto(deps, session, service, job);
    if (came !== 'line-item-gone') return came;
    // It has the column, and does not know the score's address: one of the two passes.
    if (column.url === gone)
      return {
        is: 'retry',
        outcome: 'platform-down',
        detail: 'The LMS has the column, and says it has not.',
        arrived: false,
        afterMs: null,
        pausesMs: null,
      };
    if (tries === 1) return { is: 'refused', outcome: 'line-item-gone', detail: '', arrived: false };
    gone = column.url;
  }
};
