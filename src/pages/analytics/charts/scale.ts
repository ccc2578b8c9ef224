/** From a value to a place on a picture. */
type Scale = (value: number) => number;

/** Places values of `low` to `high` evenly between `from` and `to`, to a tenth; what lies beyond stays at the border. */
export const scaleOf = ([low, high]: readonly [number, number], [from, to]: readonly [number, number]): Scale => {
  const width = high - low;
  return (value) => {
    const share = width === 0 ? 0 : Math.min(1, Math.max(0, (value - low) / width));
    return Math.round((from + share * (to - from)) * 10) / 10;
  };
};

/** About `count` round values from `low` to `high`: steps of 1, 2 or 5 times a power of ten. */
export const ticksOf = (low: number, high: number, count: number): number[] => {
  if (high <= low) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
};
