import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanWithInterval, studentQuantile } from './mean.ts';

describe("Student's t", () => {
  it.each([
    [1, 12.7062],
    [4, 2.7764],
    [5, 2.5706],
    [6, 2.4469],
    [9, 2.2622],
    [30, 2.0423],
    [120, 1.9799],
  ])('at %i degrees of freedom is what the tables say', (freedom, value) =>
    expect(studentQuantile(freedom)).toBeCloseTo(value, 3),
  );
});

describe('a mean', () => {
  const of = (values: number[]) =>
    meanWithInterval(
      values.length,
      values.reduce((sum, one) => sum + one, 0),
      values.reduce((sum, one) => sum + one * one, 0),
    );

  it('comes with its t interval', () => {
    // 0.25 apart: standard deviation 0.25, divided by √3, times 4.3027.
    const { mean, interval } = of([0.25, 0.5, 0.75])!;
    expect(mean).toBe(0.5);
    expect(interval!.low).toBeCloseTo(0, 9);
    const six = of([0.4, 0.4, 0.4, 0.6, 0.6, 0.6])!;
    expect(six.interval!.high).toBeCloseTo(0.5 + 2.5706 * Math.sqrt(0.012 / 6), 4);
  });

  it('of one has no interval, of none is nothing, and of equal values is certain', () => {
    expect(of([])).toBeNull();
    expect(of([0.75])).toEqual({ mean: 0.75, interval: null });
    expect(of([0.5, 0.5])).toEqual({ mean: 0.5, interval: { low: 0.5, high: 0.5 } });
  });

  it('lies within its interval, and that within 0 and 1', () => {
    const credits = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 200 });
    fc.assert(
      fc.property(credits, (hundredths) => {
        const { mean, interval } = of(hundredths.map((one) => one / 100))!;
        expect(interval!.low).toBeGreaterThanOrEqual(0);
        expect(interval!.high).toBeLessThanOrEqual(1);
        expect(mean - interval!.low).toBeGreaterThanOrEqual(0);
        expect(interval!.high - mean).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });
});
