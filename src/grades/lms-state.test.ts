import { describe, expect, it } from 'vitest';
import { type InLms, lmsBody, lmsStatesOf } from './lms-state.ts';
import type { LmsState } from './lms-store.ts';

const places = [
  { id: 'unit', kind: 'unit', activity: '4', covers: '["scenario:S29","prompt:Q1"]' },
  { id: 'link', kind: 'scenario', activity: 'S29', covers: '["scenario:S29"]' },
];
const to = (targetId: string, state: LmsState, at: number) => ({ personId: 'sam', targetId, state, at });

describe('how far a grade has got on its way to the LMS', () => {
  it.each<[string, ReturnType<typeof to>[], Record<string, InLms>]>([
    ['nowhere', [], {}],
    [
      'one score stands for all that it covers',
      [to('unit', 'sent', 1)],
      {
        'unit:4': { state: 'sent', at: 1 },
        'scenario:S29': { state: 'sent', at: 1 },
        'prompt:Q1': { state: 'sent', at: 1 },
      },
    ],
    [
      'of two places the one that needs attention',
      [to('unit', 'refused', 1), to('link', 'sent', 2)],
      {
        'unit:4': { state: 'refused', at: 1 },
        'scenario:S29': { state: 'refused', at: 1 },
        'prompt:Q1': { state: 'refused', at: 1 },
      },
    ],
    [
      'a conflict before all',
      [to('link', 'conflict', 1), to('unit', 'waiting', 2)],
      {
        'unit:4': { state: 'waiting', at: 2 },
        'scenario:S29': { state: 'conflict', at: 1 },
        'prompt:Q1': { state: 'waiting', at: 2 },
      },
    ],
    [
      'of equals the last',
      [to('link', 'sent', 5), to('unit', 'sent', 2)],
      {
        'unit:4': { state: 'sent', at: 2 },
        'scenario:S29': { state: 'sent', at: 5 },
        'prompt:Q1': { state: 'sent', at: 2 },
      },
    ],
    [
      'a scenario’s own column says nothing of its unit',
      [to('link', 'sent', 1)],
      { 'scenario:S29': { state: 'sent', at: 1 } },
    ],
    ['a place that covers nothing any more', [to('gone', 'sent', 5)], {}],
  ])('%s', (_, deliveries, expected) => expect(Object.fromEntries(lmsStatesOf(places, deliveries))).toEqual(expected));

  it('is said with its time', () => {
    const states = lmsStatesOf(places, [to('unit', 'sent', 0)]);
    expect(lmsBody('prompt', 'Q1', states)).toEqual({ state: 'sent', at: '1970-01-01T00:00:00.000Z' });
    expect(lmsBody('prompt', 'Q2', states)).toBeNull();
  });
});
