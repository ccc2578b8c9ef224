import { load, type Rate, type Target } from './load.ts';

export type Spread = { median: number; min: number; max: number };

export const spread = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
};

/** The ratio of two rates, taken inside each round, because the machine is not equally fast in all of them. */
export const ratioOf = (rates: readonly Rate[], base: readonly Rate[]): Spread =>
  spread(rates.map(({ perSecond }, round) => perSecond / base[round]!.perSecond));

export const perSecond = (rates: readonly Rate[]): Spread => spread(rates.map((rate) => rate.perSecond));

export const answeredIn = (...lanes: (readonly Rate[])[]): number =>
  lanes.flat().reduce((sum, { answered }) => sum + answered, 0);

/** Microseconds of CPU a request cost a process. */
export const cpuPerRequest = (rates: readonly Rate[], name: string): number =>
  Math.round(spread(rates.map(({ cpuMicros }) => cpuMicros[name] ?? Number.NaN)).median);

export type Timing = { rounds: number; seconds: number; progress: (text: string) => void };

const WARM_UP_SECONDS = 0.5;

/** Loads the targets in turn, round by round (A, B, A, B …), after a warm-up of each. Gives each target's rates. */
export const interleave = async <Name extends string>(
  { rounds, seconds, progress }: Timing,
  targets: Record<Name, Target>,
): Promise<Record<Name, Rate[]>> => {
  const names = Object.keys(targets) as Name[];
  const rates = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Rate[]>;
  for (const name of names) await load(targets[name], WARM_UP_SECONDS);
  for (let round = 1; round <= rounds; round++)
    for (const name of names) {
      const rate = await load(targets[name], seconds);
      rates[name].push(rate);
      progress(`round ${round} of ${rounds}: ${name} ${Math.round(rate.perSecond)}/s`);
    }
  return rates;
};
