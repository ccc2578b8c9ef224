import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquaredTail, symmetryTest } from './symmetry.ts';

describe('the tail of chi-squared', () => {
  it.each([
    [3.841, 1, 0.05],
    [6.635, 1, 0.01],
    [5.991, 2, 0.05],
    [7.815, 3, 0.05],
    [12.592, 6, 0.05],
    [16.812, 6, 0.01],
    [0, 3, 1],
    [5000, 1, 0],
  ])('beyond %f at %i is what the tables say', (value, freedom, p) =>
    expect(chiSquaredTail(value, freedom)).toBeCloseTo(p, 4),
  );
});

describe('the test of symmetry', () => {
  it("with two roles is McNemar's: Agresti's ratings of a prime minister", () => {
    const moves = [
      { from: 'yes', to: 'yes', count: 794 },
      { from: 'yes', to: 'no', count: 150 },
      { from: 'no', to: 'yes', count: 86 },
      { from: 'no', to: 'no', count: 570 },
    ];
    const { statistic, freedom, p } = symmetryTest(moves)!;
    expect(statistic).toBeCloseTo(17.356, 3);
    expect(freedom).toBe(1);
    expect(p).toBeCloseTo(0.00003, 5);
  });

  it('with more roles adds up over those between which anybody moved', () => {
    const moves = [
      { from: 'a', to: 'b', count: 8 },
      { from: 'b', to: 'a', count: 2 },
      { from: 'c', to: 'a', count: 4 },
      { from: 'b', to: 'b', count: 20 },
    ];
    expect(symmetryTest(moves)).toMatchObject({ statistic: 36 / 10 + 16 / 4, freedom: 2 });
  });

  it('says nothing where nobody changed, and no probability where few did', () => {
    expect(symmetryTest([{ from: 'a', to: 'a', count: 30 }])).toBeNull();
    expect(symmetryTest([])).toBeNull();
    expect(symmetryTest([{ from: 'a', to: 'b', count: 9 }])).toEqual({ statistic: 9, freedom: 1, p: null });
  });

  it('is the same with before and after exchanged', () => {
    const role = fc.constantFrom('a', 'b', 'c');
    const move = fc.record({ from: role, to: role, count: fc.integer({ min: 0, max: 40 }) });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (moves) => {
        const back = symmetryTest(moves.map(({ from, to, count }) => ({ from: to, to: from, count })));
        const there = symmetryTest(moves);
        expect(back?.statistic ?? 0).toBeCloseTo(there?.statistic ?? 0, 9);
        expect(back?.freedom).toBe(there?.freedom);
      }),
    );
  });
});
