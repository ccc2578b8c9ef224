import { describe, expect, it } from 'vitest';
import { wallClockIn } from '../wall-clock.ts';
import { changesTyped, momentTyped, never, noMomentWords, type Was } from './typed-dates.ts';

const timeZone = 'America/New_York';
const clock = wallClockIn(timeZone);
const at = Date.parse;
const about = {
  clock,
  timeZone,
  labelOf: ({ kind, activity }: { kind: string; activity: string }) => `${kind} ${activity}`,
};

describe('a typed date', () => {
  it.each([
    ['left empty', 'dueAt', '', null, null],
    ['emptied', 'dueAt', '', at('2026-10-30T03:59Z'), null],
    ['typed', 'dueAt', '2026-10-29T23:59', null, at('2026-10-30T03:59Z')],
    [
      'left with its seconds',
      'dueAt',
      '2026-10-29T23:59:59',
      at('2026-10-30T03:59:59.500Z'),
      at('2026-10-30T03:59:59.500Z'),
    ],
    ['left at the first of two', 'dueAt', '2026-11-01T01:30', at('2026-11-01T05:30Z'), at('2026-11-01T05:30Z')],
    ['that comes twice, due', 'dueAt', '2026-11-01T01:30', null, at('2026-11-01T06:30Z')],
    ['that comes twice, opening', 'opensAt', '2026-11-01T01:30', null, at('2026-11-01T05:30Z')],
    ['that comes twice, closing', 'closesAt', '2026-11-01T01:30', null, at('2026-11-01T06:30Z')],
    ['that is skipped', 'dueAt', '2027-03-14T02:30', null, undefined],
    ['that is none', 'dueAt', 'Friday', null, undefined],
  ] as const)('%s', (_what, name, typed, was, moment) => {
    expect(momentTyped(clock, name, typed, was)).toBe(moment);
  });

  it('that is none is told from one that clocks skip', () => {
    expect(noMomentWords('2027-03-14T02:30', timeZone)).toMatch(
      /^clocks go forward over 2027-03-14 02:30 in America\/New York/,
    );
    expect(noMomentWords('Friday', timeZone)).toMatch(/^Friday is no time/);
  });
});

describe('a form of dates', () => {
  const was: Was = {
    'unit:4': { ...never, dueAt: at('2026-10-30T03:59Z') },
    'criterion:P:post': { ...never, closesAt: 5, dueAt: 1000 },
  };
  const same = { 'dueAt:unit:4': '2026-10-29T23:59', 'opensAt:unit:4': '', 'dueAt:unit:5': '' };

  it.each([
    ['nothing', {}, []],
    [
      'a date set',
      { 'closesAt:unit:4': '2026-10-30T23:59' },
      [{ key: 'unit 4', opensAt: null, dueAt: '2026-10-30T03:59:00.000Z', closesAt: '2026-10-31T03:59:00.000Z' }],
    ],
    ['the last date emptied', { 'dueAt:unit:4': '' }, [{ key: 'unit 4', window: null }]],
    [
      'a part, whose other dates stay',
      { 'dueAt:criterion:P:post': '1969-12-31T19:00' },
      [
        {
          key: 'criterion P:post',
          opensAt: null,
          dueAt: '1970-01-01T00:00:00.000Z',
          closesAt: '1970-01-01T00:00:00.005Z',
        },
      ],
    ],
    ['a field of no form of ours', { 'dueAt:course:4': '2026-10-29T23:59' }, []],
  ])('changes %s', (_what, typed, expected) => {
    const { changes, faults } = changesTyped({ ...same, ...typed }, was, about);
    expect(faults).toEqual([]);
    const shown = changes.map(({ dated, window }) => ({
      key: `${dated.kind} ${dated.activity}`,
      ...(window === null
        ? { window }
        : Object.fromEntries(
            Object.entries(window).map(([name, ms]) => [name, ms === null ? null : new Date(ms).toISOString()]),
          )),
    }));
    expect(shown).toEqual(expected);
  });

  it.each([
    ['closesAt:unit:4', '2026-10-29T00:00', 'closesAt:unit:4', 'unit 4: it closes before it is due.'],
    ['opensAt:unit:4', '2026-10-30T00:00', 'dueAt:unit:4', 'unit 4: it is due before it opens.'],
    ['dueAt:unit:5', '2027-03-14T02:30', 'dueAt:unit:5', 'unit 5: clocks go forward over'],
    ['dueAt:unit:5', 'soon', 'dueAt:unit:5', 'unit 5: soon is no time.'],
  ])('refuses %s %s at its field', (field, typed, pointer, detail) => {
    const { changes, faults } = changesTyped({ ...same, [field]: typed }, was, about);
    expect(changes).toEqual([]);
    expect(faults).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
  });
});
