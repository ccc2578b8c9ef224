import { givesUp, waitAfter } from './backoff.ts';
import type { Settled, Tried } from './claim-store.ts';
import type { Came } from './deliver-score.ts';
import { wordsOf } from './outcome.ts';
import { triedOf } from './plan.ts';
import type { DueRow } from './store.ts';

/** A delivery that was taken in hand. `tried`: what its target may have once it was tried. */
export type InHand = {
  row: DueRow;
  stamp: number;
  sends: { points: number | null; max: number; submittedAt: number | null };
  tried: Tried[];
};

const keyOf = ({ targetId, personId, kind, activity, version }: DueRow) => ({
  targetId,
  personId,
  kind,
  activity,
  version,
});
const orNull = (tried: Tried[]) => (tried.length === 0 ? null : tried);

/**
 * What is written down of a delivery. What failed is tried again later, for a day; a platform that is left alone costs no
 * try. `random` is from [0, 1), `now` in ms.
 */
export const settledBy = ({ row, stamp, sends, tried }: InHand, came: Came, now: number, random: number): Settled => {
  const common = { ...keyOf(row), stamp, dueAt: now, tries: 0, firstTriedAt: null };
  if (came.is === 'sent')
    return { ...common, state: 'sent', outcome: came.outcome, detail: null, sent: sends, tried: null };
  const detail = wordsOf(came.detail, row.subject) || null;
  // An instructor who lets us write over the mark that was found lets us write over that one alone.
  if (came.is === 'conflict')
    return {
      ...common,
      state: 'conflict',
      outcome: came.outcome,
      detail,
      sent: null,
      tried: orNull(
        came.found === null ? tried : [...tried.filter(([, , , theirs]) => theirs === undefined), came.found],
      ),
    };
  const fate = { sent: null, detail, tried: orNull(came.arrived ? tried : triedOf(row)) };
  const firstTriedAt = row.firstTriedAt ?? now;
  if (came.is === 'refused' || givesUp(firstTriedAt, now))
    return { ...common, ...fate, state: 'refused', outcome: came.outcome, tries: row.tries, firstTriedAt };
  const isPaused = came.pausesMs !== null;
  return {
    ...common,
    ...fate,
    state: 'waiting',
    outcome: came.outcome,
    dueAt: now + (came.pausesMs ?? waitAfter(row.tries, came.afterMs, random)),
    tries: isPaused ? row.tries : row.tries + 1,
    firstTriedAt,
  };
};

/** What was taken in hand and not begun goes back, due at a time (ms). */
export const givenBack = ({ row, stamp }: InHand, outcome: string, dueAt: number): Settled => ({
  ...keyOf(row),
  stamp,
  state: 'waiting',
  outcome,
  detail: null,
  dueAt,
  tries: row.tries,
  firstTriedAt: row.firstTriedAt,
  sent: null,
  tried: orNull(triedOf(row)),
});

/** What needs no delivery: the target has it, or the person has no place there. */
export const settledWithout = (row: DueRow, does: 'nothing' | 'refuse', now: number): Settled => ({
  ...keyOf(row),
  stamp: null,
  state: does === 'nothing' ? 'sent' : 'refused',
  outcome: does === 'nothing' ? 'unchanged' : 'not-enrolled',
  detail: null,
  dueAt: now,
  tries: 0,
  firstTriedAt: null,
  sent: null,
  tried: orNull(triedOf(row)),
});
