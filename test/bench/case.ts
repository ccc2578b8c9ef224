import type { Catalogue } from '../../src/catalogue/shapes.ts';
import type { Spread, Timing } from './rounds.ts';

/** One line of the table. `met` is `null` where there is nothing to meet. */
export type Row = { name: string; measured: string; target: string; met: boolean | null; n: number; note?: string };

/** What every case is given. `app` is the path of the built Worker, `answers` how many the large course of a regrade has, `scores` how many go to an LMS. */
export type Setting = Timing & {
  app: string;
  catalogue: Catalogue;
  soakSeconds: number;
  answers: number;
  scores: number;
};

export type Case = { name: string; run: (setting: Setting) => Promise<Row[]> };

const two = (value: number) => (value >= 20 ? value.toFixed(0) : value.toFixed(2));

export const shown = ({ median, min, max }: Spread): string => `${two(median)} (${two(min)}..${two(max)})`;

/** A line for a ratio that is to be at least `target`. */
export const atLeast = (target: number, name: string, measured: Spread, n: number, note?: string): Row => ({
  name,
  measured: shown(measured),
  target: `>= ${target.toFixed(2)}`,
  met: measured.median >= target,
  n,
  note,
});

/** A line for a ratio that nothing is asked of. */
export const forTheRecord = (name: string, measured: Spread, n: number): Row => ({
  name,
  measured: shown(measured),
  target: '',
  met: null,
  n,
});

/** A line for something that is to be at most `target`. */
export const atMost = (target: number, name: string, measured: Spread, n: number, note?: string): Row => ({
  name,
  measured: shown(measured),
  target: `<= ${target}`,
  met: measured.median <= target,
  n,
  note,
});

/** A line for something that must not happen at all. */
export const none = (name: string, measured: number, n: number, note?: string): Row => ({
  name,
  measured: String(measured),
  target: '0',
  met: measured === 0,
  n,
  note,
});

/** A line for a figure that nothing is asked of. */
export const told = (name: string, measured: string, n: number, note?: string): Row => ({
  name,
  measured,
  target: '',
  met: null,
  n,
  note,
});
