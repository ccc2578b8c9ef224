import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Attempt,
  afterDeductions,
  DAY_MS,
  daysLate,
  deductions,
  hundredths,
  keptPoints,
  pointsOf,
} from './policy.ts';
import type { Policy } from './rule-set.ts';

const policy = (penalty: number, penaltyPerDay = 0, floor = 0): Policy => ({
  attempts: { max: 3, keep: 'best', penalty },
  late: { penaltyPerDay, floor },
  passMark: 0.6,
});

describe('points', () => {
  it.each([
    [3.5, 350],
    [0.1 + 0.2, 30],
    [1.005, 101],
    [0.29, 29],
    [0.57, 57],
    [0.004, 0],
    [0.005, 1],
    [1000, 100_000],
    [0, 0],
  ])('%d are %d hundredths, a half rounded up', (value, expected) => {
    expect(hundredths(value)).toBe(expected);
  });

  it('come back unchanged from JSON, for every hundredth up to 1000 points', () => {
    const changed = Array.from({ length: 100_001 }, (_, points) => points).filter(
      (points) => hundredths(JSON.parse(JSON.stringify(pointsOf(points)))) !== points,
    );
    expect(changed).toEqual([]);
  });

  it.each([
    [null, null],
    [0, 0],
    [350, 3.5],
  ])('%j hundredths are shown as %j: no grade is not zero', (stored, shown) => {
    expect(pointsOf(stored)).toBe(shown);
  });
});

describe('days late', () => {
  it.each([
    [-DAY_MS, 0],
    [0, 0],
    [1, 1],
    [DAY_MS, 1],
    [DAY_MS + 1, 2],
    [10 * DAY_MS, 10],
  ])('%d ms late are %d days, each begun day counting', (lateMs, days) => {
    expect(daysLate(lateMs)).toBe(days);
  });
});

describe('what an attempt keeps of 400', () => {
  it.each([
    ['nothing is taken where the policy takes nothing', policy(0), 3, 30 * DAY_MS, 400],
    ['the first attempt pays no penalty', policy(0.25), 1, 0, 400],
    ['the second pays once', policy(0.25), 2, 0, 300],
    ['the third pays twice', policy(0.25), 3, 0, 200],
    ['a penalty never takes more than there is', policy(0.6), 3, 0, 0],
    ['in time to the millisecond', policy(0, 0.1, 0.5), 1, 0, 400],
    ['a millisecond late is a day late', policy(0, 0.1, 0.5), 1, 1, 360],
    ['three days late', policy(0, 0.1, 0.5), 1, 3 * DAY_MS, 280],
    ['later than the floor', policy(0, 0.1, 0.5), 1, 30 * DAY_MS, 200],
    ['no floor, late beyond all', policy(0, 0.4, 0), 1, 3 * DAY_MS, 0],
    ['a floor of one takes nothing', policy(0, 0.4, 1), 1, 9 * DAY_MS, 400],
    ['both: a share of the share', policy(0.25, 0.1, 0.5), 2, DAY_MS, 270],
    ['the floor holds for lateness alone', policy(0.5, 0.1, 0.5), 2, 30 * DAY_MS, 100],
  ])('%s', (_title, rules, attempt, lateMs, kept) => {
    expect(afterDeductions(rules, 400, attempt, lateMs)).toBe(kept);
  });

  it('is rounded half up, once: 0.05 points less a tenth and a day', () => {
    expect(afterDeductions(policy(0.1), 5, 2, 0)).toBe(5);
    expect(afterDeductions(policy(0.1, 0.1), 5, 2, 1)).toBe(4);
  });

  const share = fc.integer({ min: 0, max: 100 }).map((value) => value / 100);
  const handedIn = {
    rules: fc.tuple(share, share, share).map(([penalty, perDay, floor]) => policy(penalty, perDay, floor)),
    points: fc.nat(100_000),
    attempt: fc.integer({ min: 1, max: 20 }),
    lateMs: fc.nat(60 * DAY_MS),
    more: fc.nat(10 * DAY_MS),
  };

  it('is a whole number of hundredths that never goes up by being later or trying again', () =>
    fc.assert(
      fc.property(fc.record(handedIn), ({ rules, points, attempt, lateMs, more }) => {
        const kept = afterDeductions(rules, points, attempt, lateMs);
        expect(Number.isInteger(kept) && kept >= 0 && kept <= points).toBe(true);
        expect(afterDeductions(rules, points, attempt + 1, lateMs)).toBeLessThanOrEqual(kept);
        expect(afterDeductions(rules, points, attempt, lateMs + more)).toBeLessThanOrEqual(kept);
      }),
    ));

  it('and what is deducted add up to the points before', () =>
    fc.assert(
      fc.property(fc.record(handedIn), ({ rules, points, attempt, lateMs }) => {
        const taken = deductions(rules, points, attempt, lateMs).reduce((sum, one) => sum + one.points, 0);
        expect(taken + afterDeductions(rules, points, attempt, lateMs)).toBe(points);
      }),
    ));
});

describe('what a student is told of deductions from 400', () => {
  it.each([
    ['nothing for a first attempt in time', 1, 0, []],
    ['a further attempt', 2, 0, [['attempt', 100, 'Attempt 2 keeps less of its points.']]],
    ['one day', 1, 1, [['late', 40, 'Handed in 1 day late.']]],
    [
      'both, the attempt first',
      2,
      2 * DAY_MS,
      [
        ['attempt', 100, 'Attempt 2 keeps less of its points.'],
        ['late', 60, 'Handed in 2 days late.'],
      ],
    ],
  ])('%s', (_title, attempt, lateMs, told) => {
    const lines = deductions(policy(0.25, 0.1, 0.5), 400, attempt, lateMs);
    expect(lines.map(({ kind, points, says }) => [kind, points, says])).toEqual(told);
  });

  it('lateness is said even where it takes nothing', () => {
    expect(deductions(policy(0), 400, 1, DAY_MS)).toEqual([{ kind: 'late', points: 0, says: 'Handed in 1 day late.' }]);
  });
});

describe('which attempt counts', () => {
  const attempts = (...points: (number | null)[]): Attempt[] =>
    points.map((value, index) => ({ attempt: index + 1, points: value }));

  it.each([
    ['best', [100, 400, 200], 400],
    ['last', [100, 400, 200], 200],
    ['first', [100, 400, 200], 100],
    ['best', [0], 0],
    ['best', [], null],
    ['last', [], null],
    ['first', [null, null], null],
    ['first', [null, 300], 300],
    ['last', [300, null], 300],
    ['best', [null, 0], 0],
    ['last', [0, null], 0],
  ] as const)('%s of %j is %j; an attempt that counts for nobody is passed over', (keep, points, kept) => {
    expect(keptPoints(keep, attempts(...points))).toBe(kept);
  });

  it('does not depend on the order in which the attempts are read', () => {
    const read = attempts(100, 400, 200).toReversed();
    expect([keptPoints('first', read), keptPoints('last', read), keptPoints('best', read)]).toEqual([100, 200, 400]);
  });
});
