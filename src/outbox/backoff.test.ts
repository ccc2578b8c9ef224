import { describe, expect, it } from 'vitest';
import { givesUp, waitAfter } from './backoff.ts';

const HOUR_MS = 3_600_000;

describe('what failed waits', () => {
  it.each<[string, [number, number | null, number], number]>([
    ['a second at least', [0, null, 0], 1000],
    ['a few seconds after the first try', [0, null, 0.5], 3500],
    ['longer after each', [1, null, 0.5], 6000],
    ['longer still', [5, null, 0.5], 81_000],
    ['hours at most', [40, null, 1], 4 * HOUR_MS + 1000],
    ['as long as the other side asks', [0, 90_000, 0.5], 90_000],
    ['longer, where it asks for less', [5, 1000, 0.5], 81_000],
  ])('%s', (_, given, expected) => expect(waitAfter(...given)).toBe(expected));

  it('and is given up after a day', () => {
    expect(givesUp(0, 24 * HOUR_MS - 1)).toBe(false);
    expect(givesUp(0, 24 * HOUR_MS)).toBe(true);
  });

  it('so that a day holds some twenty tries', () => {
    let [at, tries] = [0, 0];
    for (; at < 24 * HOUR_MS; tries++) at += waitAfter(tries, null, 0.5);
    expect(tries).toBeGreaterThan(15);
    expect(tries).toBeLessThan(30);
  });
});
