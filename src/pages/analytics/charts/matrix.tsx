import { cut, linesOf } from './lines.ts';
import { KeptBack, WIDTH } from './picture.tsx';

/** `share` of its row, from 0 to 1, is how full it is drawn; `framed`: it is what the row's head says. */
type Cell = { count: number; share: number; framed: boolean };
/** No cells: kept back. */
export type MatrixRow = { label: string; cells: readonly Cell[] | null };

const HEAD_LINE = 15;
const ROW = 54;
const CELL = 32;

const headLines = (columns: readonly string[]): string[][] =>
  columns.map((label) => linesOf(label, WIDTH / columns.length - 6, 3));
const headHeight = (columns: readonly string[]): number =>
  Math.max(...headLines(columns).map((lines) => lines.length)) * HEAD_LINE + 8;

export const matrixHeight = (rows: number, columns: readonly string[]): number => headHeight(columns) + rows * ROW;

/** Counts by row and column, fuller where more of the row is; each row's label stands on a line above its cells. */
export const Matrix = ({
  id,
  columns,
  rows,
}: {
  id: string;
  columns: readonly string[];
  rows: readonly MatrixRow[];
}) => {
  const width = WIDTH / columns.length;
  const head = headHeight(columns);
  return (
    <g>
      {headLines(columns).map((lines, column) =>
        lines.map((line, at) => (
          <text x={(column + 0.5) * width} y={(at + 1) * HEAD_LINE - 3} text-anchor="middle" class="quiet-text">
            {line}
          </text>
        )),
      )}
      {rows.map(({ label, cells }, row) => {
        const y = head + row * ROW;
        return (
          <g>
            <text x="1" y={y + 12}>
              {cut(label, WIDTH)}
            </text>
            {cells === null && <KeptBack of={id} x={1.5} y={y + 18} width={WIDTH - 3} height={CELL - 2} />}
            {cells?.map(({ count, share, framed }, column) => (
              <g>
                <rect
                  x={column * width + 2}
                  y={y + 18}
                  width={width - 4}
                  height={CELL - 2}
                  fill-opacity={Math.round(share * 60) / 100}
                  class={framed ? 'cell framed' : 'cell'}
                />
                <text x={(column + 0.5) * width} y={y + 38} text-anchor="middle" class={framed ? 'strong' : undefined}>
                  {framed ? `✓ ${count}` : count}
                </text>
              </g>
            ))}
          </g>
        );
      })}
    </g>
  );
};
