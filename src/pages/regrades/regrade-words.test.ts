import { describe, expect, it } from 'vitest';
import { timesIn } from '../words.ts';
import {
  besidesWords,
  byWords,
  lmsMoved,
  movedBy,
  movedWords,
  progressOf,
  remarksOf,
  rulesWords,
  stateWords,
  talliesOf,
  wouldWords,
} from './regrade-words.ts';

const times = timesIn('America/New_York');
const published = Date.parse('2026-09-07T12:00:00Z');
const counts = {
  raiseOnly: { raised: 5, lowered: 0, same: 94, risesAbovePass: 2, fallsBelowPass: 0, lmsWouldMove: 4 },
  replace: { raised: 5, lowered: 3, same: 91, risesAbovePass: 2, fallsBelowPass: 1, lmsWouldMove: 7 },
  voided: 1,
  overridden: 2,
  changes: 12,
};

it.each([
  [{ isCurrent: 1, publishedAt: published }, 'the rules in use, published Mon, Sep 7, 2026, 8:00 AM EDT'],
  [{ isCurrent: 1, publishedAt: null }, 'the rules in use'],
  [{ isCurrent: 0, publishedAt: published }, 'former rules, published Mon, Sep 7, 2026, 8:00 AM EDT'],
  [{ isCurrent: 0, publishedAt: null }, 'a draft that is not published'],
] as const)('the rules of %j are called: %s', (run, says) => {
  expect(rulesWords(run, times)).toBe(says);
});

it('says who did it and when, and leaves out what it does not know', () => {
  expect(byWords('person:0123456789', null, published, times)).toBe(
    'Mon, Sep 7, 2026, 8:00 AM EDT, by Participant 6789',
  );
  expect(byWords('person:1', 'Ines', published, times)).toMatch(/by Ines$/);
  expect(byWords('key:1', null, published, times)).not.toContain('by');
  expect(byWords(null, null, null, times)).toBe('');
});

describe('the three policies', () => {
  it('stand side by side, of which the first leaves every grade as it is', () => {
    expect(talliesOf(counts, 100)).toEqual([
      { policy: 'none', raised: 0, lowered: 0, voided: 0, same: 100, rise: 0, fall: 0, lms: 0 },
      { policy: 'raise-only', raised: 5, lowered: 0, voided: 1, same: 94, rise: 2, fall: 0, lms: 4 },
      { policy: 'replace', raised: 5, lowered: 3, voided: 1, same: 91, rise: 2, fall: 1, lms: 7 },
    ]);
  });

  it('share out every grade that was compared', () => {
    for (const { raised, lowered, voided, same } of talliesOf(counts, 100))
      expect(raised + lowered + voided + same).toBe(100);
  });

  it('leave something beside: overrides, voided grades, and points that can be had', () => {
    expect(besidesWords(counts)).toEqual([
      '2 overrides stand over a change: those grades stay as a person set them.',
      'Of 1 grade only the points that can be had would change.',
      '1 grade would count for nobody any more, under either policy.',
    ]);
    expect(besidesWords({ ...counts, overridden: 1, voided: 0, changes: 9 })).toEqual([
      '1 override stands over a change: those grades stay as a person set them.',
    ]);
    expect(besidesWords({ ...counts, overridden: 0, voided: 0, changes: 8 })).toEqual([]);
  });

  it('move so many grades and marks in the LMS', () => {
    expect([movedBy('raise-only', counts), movedBy('replace', counts)]).toEqual([6, 9]);
    expect([lmsMoved('raise-only', counts), lmsMoved('replace', counts)]).toEqual([4, 7]);
    expect([movedWords(0), movedWords(1), movedWords(2400)]).toEqual([
      'No grade moved.',
      '1 grade moved.',
      '2,400 grades moved.',
    ]);
  });
});

const run = { graded: 0, done: 0, total: 0, policy: null };

it.each([
  [{ ...run, state: 'grading' }, 0, null, 'Grading the different answers'],
  [{ ...run, state: 'comparing', graded: 1500, total: 6000 }, 1500, 6000, '1,500 of 6,000 grades compared'],
  // Answers that came meanwhile were not counted beforehand.
  [{ ...run, state: 'comparing', graded: 6001, total: 6000 }, 6000, 6000, '6,000 of 6,000 grades compared'],
  [{ ...run, state: 'hashing', graded: 6000 }, 6000, null, 'Every grade is compared'],
  [{ ...run, state: 'applying', graded: 9000, done: 1, total: 1 }, 1, 1, '1 of 1 change gone through'],
] as const)('of %j, %i of %s are done: %s', (row, done, total, says) => {
  expect(progressOf(row)).toEqual({ done, total, says: expect.stringContaining(says) });
});

it.each([
  ['applied', 'raise-only', 'applied: raise only'],
  ['applying', 'replace', 'being applied'],
  ['failed', 'replace', 'stopped while it was applied'],
  ['failed', null, 'stopped'],
  ['comparing', null, 'being worked out'],
  ['ready', null, 'ready, not applied'],
] as const)('a run that is %s (%s) is called: %s', (state, policy, says) => {
  expect(stateWords({ state, policy }, counts).says).toBe(says);
});

it('a dry run that found nothing says so', () => {
  expect(stateWords({ state: 'ready', policy: null }, { ...counts, changes: 0 }).says).toBe(
    'ready: nothing would move',
  );
});

const plain = { from: 1, to: 4, override: false, lmsWouldMove: false, crossesPass: false };

it.each([
  [plain, []],
  [{ ...plain, crossesPass: true, lmsWouldMove: true }, ['now passes', 'moves in the LMS']],
  [{ ...plain, to: 0, crossesPass: true }, ['no longer passes']],
  [{ ...plain, from: null, crossesPass: true }, ['now passes']],
  [{ ...plain, to: null, crossesPass: true }, ['counts for nobody', 'no longer passes']],
  [{ ...plain, override: true }, ['override stands']],
])('of %j there is to know: %j', (one, remarks) => {
  expect(remarksOf(one).map(({ says }) => says)).toEqual(remarks);
});

it.each([
  [{ from: 1, to: 4, override: false }, 'from 1 to 4'],
  [{ from: null, to: 0, override: false }, 'from none to 0'],
  [{ from: 4, to: 4, override: true }, 'stay at 4, under an override'],
])('%j is told as: %s', (would, says) => {
  expect(wouldWords(would)).toBe(says);
});
