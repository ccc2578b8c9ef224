import { linesOf } from './lines.ts';
import { KeptBack, WIDTH } from './picture.tsx';

/** `share` of its row, from 0 to 1, is how full it is drawn; `framed`: it is what the row's head says. */
type Cell = { count: number; share: number; framed: boolean };
/** No cells: kept back. */
type MatrixRow = { label: string; cells: readonly Cell[] | null };

const LINE = 15;
const CELL = 30;
const GAP = 10;
/** The fullest field, still light or dark enough for the number on it. */
const FULL = 0.5;

const headLines = (columns: readonly string[]): string[][] =>
  columns.map((label) => linesOf(label, WIDTH / columns.length - 4, 3));

/** Where each row begins, and at last where they end. */
const tops = (rows: readonly { label: string }[], columns: readonly string[]): number[] => {
  const all = [Math.max(...headLines(columns).map((lines) => lines.length)) * LINE + 8];
  for (const { label } of rows) all.push(all.at(-1)! + linesOf(label, WIDTH, 2).length * LINE + CELL + GAP);
  return all;
};

/** How high a matrix is drawn: labels may take two lines. */
export const matrixHeight = (rows: readonly { label: string }[], columns: readonly string[]): number =>
  tops(rows, columns).at(-1)!;

type CellProps = { cell: Cell; x: number; y: number; width: number };

const Field = ({ cell: { count, share, framed }, x, y, width }: CellProps) => (
  <g>
    <rect
      x={x + 2}
      y={y}
      width={width - 4}
      height={CELL}
      fill-opacity={Math.round(share * FULL * 100) / 100}
      class={framed ? 'cell framed' : 'cell'}
    />
    <text x={x + width / 2} y={y + 20} text-anchor="middle" class={framed ? 'strong' : undefined}>
      {framed ? `✓ ${count}` : count}
    </text>
  </g>
);

/** Counts by row and column, fuller where more of the row is; each row's label stands above its cells. */
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
  const top = tops(rows, columns);
  return (
    <g>
      {headLines(columns).map((lines, column) =>
        lines.map((line, at) => (
          <text x={(column + 0.5) * width} y={(at + 1) * LINE - 3} text-anchor="middle" class="quiet-text">
            {line}
          </text>
        )),
      )}
      {rows.map(({ label, cells }, row) => {
        const lines = linesOf(label, WIDTH, 2);
        const y = top[row]! + lines.length * LINE + 3;
        return (
          <g>
            {lines.map((line, at) => (
              <text x="1" y={top[row]! + (at + 1) * LINE - 3}>
                {line}
              </text>
            ))}
            {cells === null && <KeptBack of={id} x={1.5} y={y} width={WIDTH - 3} height={CELL} />}
            {cells?.map((cell, column) => (
              <Field cell={cell} x={column * width} y={y} width={width} />
            ))}
          </g>
        );
      })}
    </g>
  );
};
