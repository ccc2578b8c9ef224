import type { Catalogue } from '../../catalogue/shapes.ts';
import { ClaimLinks, roleName, WithClaims } from '../claims.tsx';
import { counted, pointsWords, type Times } from '../words.ts';
import type { AnswerRead } from './read-scenario.ts';

type Traced = Pick<AnswerRead, 'deductions'> & { trace: AnswerRead['verdict']['trace'] };

/** What earned what, line by line, what the policy took off, and folded in what other answers would have earned. */
export const Trace = ({ catalogue, trace, deductions }: Traced & { catalogue: Catalogue }) => {
  const deciding = trace.find(({ about, applied }) => about === 'entry' && applied);
  const others = trace.filter((line) => line.about === 'entry' && line !== deciding);
  return (
    <>
      <ul>
        {trace
          .filter((line) => !others.includes(line))
          .map(({ says }) => (
            <li>
              <WithClaims catalogue={catalogue} text={says} />
            </li>
          ))}
        {deductions.map(({ says, points }) => (
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

/** An answer with its verdict in plain words. */
export const AnswerResult = ({
  catalogue,
  answer,
  times,
}: {
  catalogue: Catalogue;
  answer: AnswerRead;
  times: Times;
}) => (
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
    <Trace catalogue={catalogue} trace={answer.verdict.trace} deductions={answer.deductions} />
  </>
);

/** Every claim that an answer's words and its reveal speak of. */
export const claimsIn = ({ claims, verdict, reveal }: AnswerRead): string[] => [
  ...claims,
  ...verdict.trace.flatMap((line) => line.claims),
  ...(reveal?.voices.flatMap((voice) => voice.claims) ?? []),
];
