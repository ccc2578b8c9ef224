import { describe, expect, it } from 'vitest';
import type { Settled, Tried } from './claim-store.ts';
import type { Came } from './deliver-score.ts';
import { givenBack, type InHand, settledBy, settledWithout } from './settle.ts';
import type { DueRow } from './store.ts';

const DAY_MS = 86_400_000;
const NOW = 10 * DAY_MS;
const earlier: Tried = [100, 400, null];
const now: Tried = [300, 400, 5000];

const inHand = (row: Partial<DueRow> = {}): InHand => ({
  row: {
    targetId: 'l',
    personId: 'p',
    kind: 'scenario',
    activity: 'S29',
    version: 7,
    tries: 2,
    firstTriedAt: null,
    tried: JSON.stringify([earlier]),
    subject: '17',
    ...row,
  } as DueRow,
  stamp: NOW - 50,
  sends: { points: 300, max: 400, submittedAt: 5000 },
  tried: [earlier, now],
});

const failed = { outcome: 'platform-down', detail: '', arrived: false, afterMs: null, pausesMs: null } as const;

describe('what is written down of a delivery', () => {
  it.each<[string, Partial<DueRow>, Came, Partial<Settled>]>([
    [
      'sent: what the target has now is known',
      {},
      { is: 'sent', outcome: 'sent' },
      { state: 'sent', sent: { points: 300, max: 400, submittedAt: 5000 }, tried: null, tries: 0 },
    ],
    [
      'failed for certain: it waits, and what the target may have is as before',
      {},
      { is: 'retry', ...failed },
      { state: 'waiting', tried: [earlier], tries: 3, firstTriedAt: NOW, dueAt: NOW + 11_000, sent: null },
    ],
    [
      'cut off: the target may have it now',
      {},
      { is: 'retry', ...failed, arrived: true },
      { state: 'waiting', tried: [earlier, now] },
    ],
    [
      'asked to wait: as long as that',
      {},
      { is: 'retry', ...failed, afterMs: 90_000 },
      { dueAt: NOW + 90_000, tries: 3 },
    ],
    [
      'the platform is left alone: no try is lost',
      {},
      { is: 'retry', ...failed, pausesMs: 30_000 },
      { dueAt: NOW + 30_000, tries: 2 },
    ],
    [
      'failed for a day: given up, by its class',
      { firstTriedAt: NOW - DAY_MS },
      { is: 'retry', ...failed },
      { state: 'refused', outcome: 'platform-down', firstTriedAt: NOW - DAY_MS },
    ],
    [
      'refused, in the platform’s words without the person',
      { tried: null },
      { is: 'refused', outcome: 'not-enrolled', detail: 'no user 17', arrived: false },
      { state: 'refused', outcome: 'not-enrolled', detail: 'no user …', tried: null },
    ],
    [
      'in conflict: the mark that was found is one that may be written over, if an instructor says so',
      {},
      {
        is: 'conflict',
        outcome: 'superseded',
        found: [9000, 10_000, null, 'stays'],
        detail: 'The LMS shows 90 of 100.',
      },
      { state: 'conflict', outcome: 'superseded', tried: [earlier, now, [9000, 10_000, null, 'stays']] },
    ],
  ])('%s', (_, row, came, expected) => {
    const settled = settledBy(inHand(row), came, NOW, 0.5);
    expect(settled).toMatchObject(expected);
    expect(settled).toMatchObject({ targetId: 'l', personId: 'p', version: 7, stamp: NOW - 50 });
  });

  it('what was not begun goes back as it was', () => {
    expect(givenBack(inHand(), 'throttled', NOW + 5)).toMatchObject({
      state: 'waiting',
      outcome: 'throttled',
      dueAt: NOW + 5,
      tries: 2,
      tried: [earlier],
    });
  });

  it('what needs no delivery is sent, or refused, and was never in hand', () => {
    const { row } = inHand({ tried: null });
    expect(settledWithout(row, 'nothing', NOW)).toMatchObject({ state: 'sent', outcome: 'unchanged', stamp: null });
    expect(settledWithout(row, 'refuse', NOW)).toMatchObject({ state: 'refused', outcome: 'not-enrolled' });
  });
});
