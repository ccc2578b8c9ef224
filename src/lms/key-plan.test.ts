import { describe, expect, it } from 'vitest';
import { planKeys } from './key-plan.ts';

const DAY = 86_400_000;
const day = (kid: string, created: number) => ({ kid, createdAt: created * DAY });

describe('the tool’s keys', () => {
  it.each([
    ['none: the first is made', [], 0, { signing: null, makesNext: true, retires: [] }],
    ['the first signs at once', [day('a', 0)], 0, { signing: 'a', makesNext: false, retires: [] }],
    ['after thirty days the next is made', [day('a', 0)], 30, { signing: 'a', makesNext: true, retires: [] }],
    [
      'the next is published, and does not sign yet',
      [day('a', 0), day('b', 30)],
      31,
      { signing: 'a', makesNext: false, retires: [] },
    ],
    ['after two days it signs', [day('a', 0), day('b', 30)], 32, { signing: 'b', makesNext: false, retires: [] }],
    [
      'the one before stays published for another week',
      [day('a', 0), day('b', 30)],
      38,
      { signing: 'b', makesNext: false, retires: [] },
    ],
    ['and is retired then', [day('a', 0), day('b', 30)], 39, { signing: 'b', makesNext: false, retires: ['a'] }],
    [
      'a tool that slept for a year goes on with what it has',
      [day('a', 0), day('b', 30)],
      400,
      { signing: 'b', makesNext: true, retires: ['a'] },
    ],
  ])('%s', (_, keys, now, plan) => expect(planKeys(keys, now * DAY)).toMatchObject(plan));
});
