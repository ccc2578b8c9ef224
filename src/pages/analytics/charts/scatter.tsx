import { Mark, WIDTH } from './picture.tsx';
import { placeLabels } from './place-labels.ts';
import { scaleOf, ticksOf } from './scale.ts';

type Point = { x: number; y: number; label: string; marked: boolean };

export const SCATTER_HEIGHT = 300;
const [LEFT, RIGHT, TOP, BOTTOM] = [38, WIDTH - 20, 26, SCATTER_HEIGHT - 42];

/** Points by a share (x, 0 to 1) and a correlation (y, −1 to 1); the marked ones as diamonds with their labels. */
export const Scatter = ({ points, x: across, y: up }: { points: readonly Point[]; x: string; y: string }) => {
  const [x, y] = [scaleOf([0, 1], [LEFT, RIGHT]), scaleOf([-1, 1], [BOTTOM, TOP])];
  const at = points.map((point) => ({ ...point, x: x(point.x), y: y(point.y) }));
  const marked = at.filter((point) => point.marked);
  return (
    <g>
      <text x="0" y="12">
        {up}
      </text>
      {ticksOf(-1, 1, 4).map((tick) => (
        <g>
          <path d={`M${LEFT} ${y(tick)}H${RIGHT}`} class={tick === 0 ? 'axis' : 'grid'} />
          <text x={LEFT - 6} y={y(tick) + 4.5} text-anchor="end" class="quiet-text">
            {String(tick).replace('-', '−')}
          </text>
        </g>
      ))}
      {ticksOf(0, 1, 4).map((tick) => (
        <g>
          <path d={`M${x(tick)} ${TOP}V${BOTTOM}`} class="grid" />
          <text x={x(tick)} y={BOTTOM + 17} text-anchor="middle" class="quiet-text">
            {`${tick * 100}%`}
          </text>
        </g>
      ))}
      <text x={RIGHT} y={BOTTOM + 36} text-anchor="end">
        {across}
      </text>
      {at.map((point) => !point.marked && <Mark shape="dot" x={point.x} y={point.y} c={1} />)}
      {marked.map((point) => (
        <Mark shape="diamond" x={point.x} y={point.y} c={2} />
      ))}
      {placeLabels(marked, at, WIDTH).map(({ label, x, y, anchor }) => (
        <text x={x} y={y} text-anchor={anchor} class="plate strong">
          {label}
        </text>
      ))}
    </g>
  );
};
