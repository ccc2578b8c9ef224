import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlation, FEWEST_FOR_CORRELATION } from './correlation.ts';

const sumsOf = (points: [number, number][]) => {
  const sum = (value: (x: number, y: number) => number) => points.reduce((total, [x, y]) => total + value(x, y), 0);
  return {
    n: points.length,
    x: sum((x) => x),
    y: sum((_, y) => y),
    xx: sum((x) => x * x),
    yy: sum((_, y) => y * y),
    xy: sum((x, y) => x * y),
  };
};

describe('the correlation', () => {
  it('is what it is for a table worked by hand, with the interval of Fisher', () => {
    // x 0 or 1, y 0 or 1: 4 + 4 agree and 1 + 1 do not, so φ = (4·4 − 1·1) / 25.
    const agree = [0, 0, 0, 0, 1, 1, 1, 1].map((one): [number, number] => [one, one]);
    const { r, interval } = correlation(sumsOf([...agree, [0, 1], [1, 0]]))!;
    expect(r).toBeCloseTo(0.6, 12);
    expect(interval.low).toBeCloseTo(-0.0476, 3);
    expect(interval.high).toBeCloseTo(0.8923, 3);
  });

  it('says nothing about few people, and where all had the same', () => {
    const people = (count: number): [number, number][] => Array.from({ length: count }, (_, at) => [at, at]);
    expect(correlation(sumsOf(people(FEWEST_FOR_CORRELATION - 1)))).toBeNull();
    expect(correlation(sumsOf(people(FEWEST_FOR_CORRELATION)))!.r).toBeCloseTo(1, 12);
    expect(correlation(sumsOf(people(12).map(([x]) => [x, 100 / 3])))).toBeNull();
    expect(correlation(sumsOf(people(12).map(([, y]) => [0, y])))).toBeNull();
  });

  it('is within its interval, that within −1 and 1, and changes sign with one of the two', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 10, maxLength: 80 }), (points) => {
        const found = correlation(sumsOf(points));
        if (!found) return;
        expect(found.interval.low).toBeGreaterThanOrEqual(-1);
        expect(found.interval.high).toBeLessThanOrEqual(1);
        expect(found.interval.low).toBeLessThanOrEqual(found.r + 1e-12);
        expect(found.interval.high).toBeGreaterThanOrEqual(found.r - 1e-12);
        expect(correlation(sumsOf(points.map(([x, y]) => [x, 100 - y])))!.r).toBeCloseTo(-found.r, 9);
      }),
    );
  });
});
