import { wholePercent } from '../figure-words.ts';
import { cut } from './lines.ts';
import { KeptBack, Mark, WIDTH } from './picture.tsx';
import { scaleOf, ticksOf } from './scale.ts';

/** A value from 0 to 1 with its interval where there is one. */
type Dot = { value: number; low: number | null; high: number | null; shape: 'dot' | 'ring' | 'diamond'; c: number };
type DotRow = {
  label: string;
  /** What stands at the end of the label's line. */
  figure: string;
  dots: readonly Dot[];
  kept?: boolean;
};

const ROW = 44;
const FOOT = 26;
const PAD = 18;

/** How high a dot plot of so many rows is drawn. */
export const dotPlotHeight = (rows: number): number => rows * ROW + FOOT;

const Interval = ({ from, to, y, c }: { from: number; to: number; y: number; c: number }) => (
  <path d={`M${from} ${y}H${to}M${from} ${y - 4}v8M${to} ${y - 4}v8`} class={`line-${c}`} />
);

/** Shares from 0 to 100 %, a row each: its label on a line of its own, beneath it the dots with their intervals. */
export const DotPlot = ({ id, rows }: { id: string; rows: readonly DotRow[] }) => {
  const x = scaleOf([0, 1], [PAD, WIDTH - PAD]);
  const foot = rows.length * ROW;
  return (
    <g>
      {ticksOf(0, 1, 4).map((tick) => (
        <g>
          <path d={`M${x(tick)} 18V${foot}`} class="grid" />
          <text x={x(tick)} y={foot + 18} text-anchor="middle" class="quiet-text">
            {wholePercent(tick)}
          </text>
        </g>
      ))}
      {rows.map(({ label, figure, dots, kept }, at) => {
        const y = at * ROW + 31;
        return (
          <g>
            <text x="0" y={at * ROW + 13} class="plate">
              {cut(label, WIDTH - 8 - figure.length * 7)}
            </text>
            <text x={WIDTH} y={at * ROW + 13} text-anchor="end" class="plate quiet-text">
              {figure}
            </text>
            <path d={`M${PAD} ${y}H${WIDTH - PAD}`} class="grid" />
            {kept && <KeptBack of={id} x={PAD} y={y - 9} width={WIDTH - 2 * PAD} height={18} />}
            {dots.map(({ value, low, high, shape, c }, which) => {
              const own = y + (dots.length === 1 ? 0 : which * 12 - 6);
              return (
                <>
                  {low !== null && high !== null && <Interval from={x(low)} to={x(high)} y={own} c={c} />}
                  <Mark shape={shape} x={x(value)} y={own} c={c} />
                </>
              );
            })}
          </g>
        );
      })}
    </g>
  );
};
