import { expect, it } from 'vitest';
import { scaleOf, ticksOf } from './scale.ts';

it.each([
  [0, 1, 4, [0, 0.5, 1]],
  [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [-1, 1, 4, [-1, -0.5, 0, 0.5, 1]],
  [0, 30, 4, [0, 10, 20, 30]],
  [0, 7, 4, [0, 2, 4, 6]],
  [3, 3, 4, [3]],
])('from %f to %f in about %i steps the ticks are round', (low, high, count, ticks) =>
  expect(ticksOf(low, high, count)).toEqual(ticks),
);

it.each([
  [[0, 1], [20, 320], 0.5, 170],
  [[0, 1], [20, 320], 1.2, 320],
  [[-1, 1], [200, 0], -1, 200],
  [[-1, 1], [200, 0], -7, 200],
  [[3, 3], [10, 20], 3, 10],
] as const)('of %j on %j the place of %f is %f', (domain, range, value, place) =>
  expect(scaleOf(domain, range)(value)).toBe(place),
);
