const parts = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
const DAY_MS = 86_400_000;

/**
 * The clock on the wall of a time zone, as `<input type="datetime-local">` has it: `2026-11-01T01:30`, with seconds where
 * there are any. Runs of Intl's own zone data; nothing else is needed.
 */
export const wallClockIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

  /** What the wall shows at a moment (ms); '' for none. */
  const wallOf = (at: number | null): string => {
    if (at === null) return '';
    const shown = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const [year, month, day, hour, minute, second] = parts.map((part) => shown[part]!);
    return `${year!.padStart(4, '0')}-${month}-${day}T${hour}:${minute}${second === '00' ? '' : `:${second}`}`;
  };

  /** The moments (ms) at which the wall shows so, earliest first: none in the hour that is skipped, two in the one that comes twice. */
  const momentsOf = (wall: string): number[] => {
    const asUtc = Date.parse(`${wall}Z`);
    if (Number.isNaN(asUtc)) return [];
    const offsetAt = (at: number) => Date.parse(`${wallOf(at)}Z`) - at;
    const offsets = new Set([offsetAt(asUtc - DAY_MS), offsetAt(asUtc + DAY_MS)]);
    const shown = wall.replace(/:00$/, (end) => (wall.length > 16 ? '' : end));
    return [...offsets]
      .map((offset) => asUtc - offset)
      .filter((at) => wallOf(at) === shown)
      .sort((a, b) => a - b);
  };

  return { wallOf, momentsOf };
};

export type WallClock = ReturnType<typeof wallClockIn>;
