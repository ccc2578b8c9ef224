import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallClockIn } from './wall-clock.ts';

const zones = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/St_Johns',
  'Pacific/Kiritimati',
  'Africa/Cairo',
];

describe('the clock on the wall', () => {
  it.each([
    ['UTC', '2026-09-07T12:00', ['2026-09-07T12:00Z']],
    ['America/New_York', '2026-07-04T23:59', ['2026-07-05T03:59Z']],
    ['America/New_York', '2026-12-04T23:59', ['2026-12-05T04:59Z']],
    ['Asia/Kolkata', '2026-01-01T00:00', ['2025-12-31T18:30Z']],
    ['Asia/Kathmandu', '2026-01-01T00:00', ['2025-12-31T18:15Z']],
    ['Pacific/Kiritimati', '2026-01-01T00:00', ['2025-12-31T10:00Z']],
    // Clocks go forward: the time is skipped.
    ['America/New_York', '2026-03-08T01:59', ['2026-03-08T06:59Z']],
    ['America/New_York', '2026-03-08T02:30', []],
    ['America/New_York', '2026-03-08T03:00', ['2026-03-08T07:00Z']],
    ['Europe/Berlin', '2026-03-29T02:00', []],
    ['Africa/Cairo', '2026-04-24T00:30', []],
    ['Australia/Lord_Howe', '2026-10-04T02:15', []],
    // A whole day was skipped at the date line.
    ['Pacific/Apia', '2011-12-30T12:00', []],
    ['Pacific/Apia', '2011-12-31T00:00', ['2011-12-30T10:00Z']],
    // Clocks go back: the time comes twice.
    ['America/New_York', '2026-11-01T00:59', ['2026-11-01T04:59Z']],
    ['America/New_York', '2026-11-01T01:30', ['2026-11-01T05:30Z', '2026-11-01T06:30Z']],
    ['America/New_York', '2026-11-01T02:00', ['2026-11-01T07:00Z']],
    ['Europe/Berlin', '2026-10-25T02:30', ['2026-10-25T00:30Z', '2026-10-25T01:30Z']],
    ['Australia/Lord_Howe', '2026-04-05T01:45', ['2026-04-04T14:45Z', '2026-04-04T15:15Z']],
    ['UTC', '2026-09-07T12:00:00', ['2026-09-07T12:00Z']],
    ['UTC', '2026-09-07T12:00:59', ['2026-09-07T12:00:59Z']],
    ['UTC', '2026-02-30T12:00', []],
    ['UTC', 'tomorrow', []],
    ['UTC', '', []],
  ])('in %s shows %s at %j', (zone, wall, moments) => {
    expect(wallClockIn(zone).momentsOf(wall)).toEqual(moments.map((one) => Date.parse(one)));
  });

  it('gives every moment of a whole second back, in every zone', () => {
    const clocks = zones.map(wallClockIn);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.constantFrom(...clocks),
        (second, { wallOf, momentsOf }) => {
          expect(momentsOf(wallOf(second * 1000))).toContain(second * 1000);
        },
      ),
    );
  });

  it('shows nothing where there is no date', () => {
    expect(wallClockIn('UTC').wallOf(null)).toBe('');
  });
});
