import type { Catalogue } from '../../catalogue/shapes.ts';
import { ClaimLinks, roleName, WithClaims } from '../claims.tsx';
import { counted, pointsWords, type Times } from '../words.ts';
import type { AnswerRead } from './read-scenario.ts';

/** An answer with its verdict in plain words. */
export const AnswerResult = ({
  catalogue,
  answer,
  times,
}: {
  catalogue: Catalogue;
  answer: AnswerRead;
  times: Times;
}) => {
  const deciding = answer.verdict.trace.find(({ about, applied }) => about === 'entry' && applied);
  const others = answer.verdict.trace.filter((line) => line.about === 'entry' && line !== deciding);
  return (
    <>
      <p>
        <b>
          Attempt {answer.attempt}: {roleName(catalogue, answer.role)}
        </b>
        {answer.claims.length > 0 && (
          <>
            {' '}
            with <ClaimLinks ids={answer.claims} />
          </>
        )}{' '}
        <small>
          {times(answer.submittedAt)}
          {answer.late && ', late'}
        </small>
      </p>
      {answer.reason && <blockquote dir="auto">{answer.reason}</blockquote>}
      <p>
        <b>{answer.points === null ? 'It counts for nobody.' : `${pointsWords(answer.points, answer.verdict.max)}.`}</b>
      </p>
      <ul>
        {answer.verdict.trace
          .filter((line) => !others.includes(line))
          .map(({ says }) => (
            <li>
              <WithClaims catalogue={catalogue} text={says} />
            </li>
          ))}
        {answer.deductions.map(({ says, points }) => (
          <li>
            {says} {counted(points, 'point')} less.
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details>
          <summary>What other answers would have earned</summary>
          <ul>
            {others.map(({ says }) => (
              <li>
                <WithClaims catalogue={catalogue} text={says} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};

/** Every claim that an answer's words and its reveal speak of. */
export const claimsIn = ({ claims, verdict, reveal }: AnswerRead): string[] => [
  ...claims,
  ...verdict.trace.flatMap((line) => line.claims),
  ...(reveal?.voices.flatMap((voice) => voice.claims) ?? []),
];
