import type { Catalogue } from '../../catalogue/shapes.ts';
import { shortSourceName } from '../claims.tsx';
import type { AnswerRead } from './read-scenario.ts';

type Voice = NonNullable<AnswerRead['reveal']>['voices'][number];

const ROW = 30;
const [FROM, TO, WIDTH] = [100, 196, 340] as const;

const middle = (row: number, of: number, height: number): number => ((row + 0.5) * height) / of;

const Line = ({ voice, y1, y2, colour }: { voice: Voice; y1: number; y2: number; colour: number }) => {
  const bend = (FROM + TO) / 2;
  return (
    <g class={`s${colour}`}>
      <path
        d={`M${FROM} ${y1}C${bend} ${y1} ${bend} ${y2} ${TO} ${y2}`}
        fill="none"
        stroke-width="2.5"
        stroke-dasharray={voice.stance === 'asserts' ? undefined : voice.stance === 'denies' ? '1.5 4' : '6 4'}
      />
      {voice.stance === 'denies' && (
        <path d={`M${bend - 5} ${(y1 + y2) / 2 - 5}l10 10m0 -10l-10 10`} fill="none" stroke-width="2.5" />
      )}
    </g>
  );
};

/** Who gives this duty to whom: the voices on the left, the roles on the right. The table beneath says the same in words. */
export const VoicesPicture = ({
  catalogue: { sources, module },
  voices,
}: {
  catalogue: Catalogue;
  voices: readonly Voice[];
}) => {
  const { roles } = module;
  const height = ROW * Math.max(sources.length, roles.length);
  const speaks = (id: string) => voices.some(({ source, role }) => source === id && role !== null);
  return (
    <figure class="voices">
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label="Which voice gives this duty to which role">
        {voices.flatMap((voice) => {
          const [from, to] = [
            sources.findIndex(({ id }) => id === voice.source),
            roles.findIndex(({ id }) => id === voice.role),
          ];
          return from < 0 || to < 0
            ? []
            : [
                <Line
                  voice={voice}
                  y1={middle(from, sources.length, height)}
                  y2={middle(to, roles.length, height)}
                  colour={(to % 6) + 1}
                />,
              ];
        })}
        {sources.map((source, row) => (
          <text
            x={FROM - 6}
            y={middle(row, sources.length, height) + 4}
            text-anchor="end"
            class={speaks(source.id) ? undefined : 'silent'}
          >
            {shortSourceName(source)}
          </text>
        ))}
        {roles.map(({ label }, row) => (
          <text x={TO + 6} y={middle(row, roles.length, height) + 4}>
            {label}
          </text>
        ))}
      </svg>
      <figcaption class="quiet">
        A line: says so. Dashes: with a hedge, in a quotation or as an example. Dots and a cross: denies it. Without a
        line: says nothing of it.
      </figcaption>
    </figure>
  );
};
