import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson.ts';

describe("Wilson's interval", () => {
  // Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is what is published', (count, n, low, high) => {
    const interval = wilsonInterval(count, n)!;
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('is nothing where nobody is', () => expect(wilsonInterval(0, 0)).toBeNull());

  it('holds the share, stays within 0 and 1, and mirrors the interval of the others', () => {
    const case_ = fc
      .integer({ min: 1, max: 5000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(case_, ([count, n]) => {
        const [own, others] = [wilsonInterval(count, n)!, wilsonInterval(n - count, n)!];
        expect(own.low).toBeGreaterThanOrEqual(0);
        expect(own.high).toBeLessThanOrEqual(1);
        expect(own.low).toBeLessThanOrEqual(count / n);
        expect(own.high).toBeGreaterThanOrEqual(count / n);
        expect(own.low).toBeCloseTo(1 - others.high, 9);
      }),
    );
  });
});
