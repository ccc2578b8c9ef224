import type { Child } from 'hono/jsx';

/** All pictures are so many units wide, and their letters 12.5 high: 11 pixels and more on the narrowest phone. */
export const WIDTH = 320;

type Props = {
  /** The id of the picture, unique on its page. */
  id: string;
  title: string;
  /** What it shows, for who does not see it. */
  desc: string;
  height: number;
  /** The sentence with which it begins. */
  says: Child;
  /** The drawing. */
  drawing: Child;
  /** What its marks mean. */
  legend?: Child;
  /** Its table. */
  children?: Child;
};

/** A picture: a sentence that says what there is to see, the drawing, what its marks mean, and the same numbers as a table. */
export const Picture = ({ id, title, desc, height, says, drawing, legend, children }: Props) => (
  <figure class="picture" id={id}>
    <figcaption>{says}</figcaption>
    <div class="drawn">
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{desc}</desc>
        <defs>
          <pattern id={`${id}-kept`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="2" height="6" class="faint-fill" />
          </pattern>
        </defs>
        {drawing}
      </svg>
      {legend && <p class="quiet legend">{legend}</p>}
    </div>
    <div class="numbers">{children}</div>
  </figure>
);

/** What is kept back, drawn as such: hatched, and in words. `of`: the picture's id. */
export const KeptBack = ({
  of,
  x,
  y,
  width,
  height,
}: {
  of: string;
  x: number;
  y: number;
  width: number;
  height: number;
}) => (
  <g>
    <rect x={x} y={y} width={width} height={height} fill={`url(#${of}-kept)`} class="edge" />
    <text x={x + width / 2} y={y + height / 2 + 4.5} text-anchor="middle" class="plate">
      kept back
    </text>
  </g>
);

type MarkShape = 'dot' | 'ring' | 'diamond';

/** A mark at a place: shapes tell kinds apart, not colours alone. */
export const Mark = ({ shape, x, y, c }: { shape: MarkShape; x: number; y: number; c: number }) => {
  if (shape === 'diamond') return <path d={`M${x} ${y - 7}l7 7l-7 7l-7 -7z`} class={`c${c} rim`} />;
  return <circle cx={x} cy={y} r="5" class={shape === 'ring' ? `ring-${c}` : `c${c} rim`} />;
};

/** A mark as it stands in a legend. */
export const Sample = ({ shape, c }: { shape: MarkShape; c: number }) => (
  <svg viewBox="0 0 16 16" class="sample" aria-hidden="true">
    <Mark shape={shape} x={8} y={8} c={c} />
  </svg>
);
