import { cut } from './lines.ts';
import { KeptBack, WIDTH } from './picture.tsx';
import { scaleOf } from './scale.ts';

/** `whole` and the `part` of it, shares from 0 to 1; `null`: kept back. */
type Bar = { label: string; figure: string; whole: number; part: number } | { label: string; figure: null };

const ROW = 40;

/** How high so many bars are drawn. */
export const barsHeight = (rows: number): number => rows * ROW;

/** A bar a row: framed as long as its whole, filled as far as its part, of a track that is everybody. */
export const Bars = ({ id, bars }: { id: string; bars: readonly Bar[] }) => {
  const x = scaleOf([0, 1], [0, WIDTH - 2]);
  return (
    <g>
      {bars.map((bar, at) => {
        const y = at * ROW + 18;
        return (
          <g>
            <text x="0" y={y - 5}>
              {cut(bar.label, WIDTH - 8 - (bar.figure?.length ?? 0) * 7)}
            </text>
            {bar.figure === null ? (
              <KeptBack of={id} x={1} y={y} width={WIDTH - 2} height={15} />
            ) : (
              <>
                <text x={WIDTH} y={y - 5} text-anchor="end" class="quiet-text">
                  {bar.figure}
                </text>
                <rect x="1" y={y} width={WIDTH - 2} height="14" class="track" />
                <rect x="1" y={y} width={x(bar.part)} height="14" class="c1" />
                <rect x="1" y={y} width={x(bar.whole)} height="14" class="whole" />
              </>
            )}
          </g>
        );
      })}
    </g>
  );
};
