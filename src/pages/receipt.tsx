import type { Catalogue } from '../catalogue/shapes.ts';
import { daysLate } from '../grading/policy.ts';
import { ClaimLinks, roleName } from './claims.tsx';
import { arithmeticWords, eventWords, type ReceiptRead, rulesWords } from './receipt-words.ts';
import { Trace } from './scenario/answer-result.tsx';
import { Table } from './table.tsx';
import { counted, pointsWords, type Times } from './words.ts';

type Answer = NonNullable<ReceiptRead['answer']>;

const AnswerGiven = ({ catalogue, answer, times }: { catalogue: Catalogue; answer: Answer; times: Times }) => {
  const days = daysLate(answer.lateMs);
  return (
    <>
      <dt>The answer</dt>
      <dd>
        <p>
          Attempt {answer.attempt}: <b>{roleName(catalogue, answer.role)}</b>
          {answer.claims.length > 0 ? (
            <>
              {' '}
              with <ClaimLinks ids={answer.claims} />
            </>
          ) : (
            ' without a claim'
          )}
          {answer.counterClaims.length > 0 && (
            <>
              , against <ClaimLinks ids={answer.counterClaims} />
            </>
          )}
          , {times(answer.submittedAt)}
          {days > 0 && `, ${counted(days, 'day')} late`}.
        </p>
        {answer.reason && <blockquote dir="auto">{answer.reason}</blockquote>}
      </dd>
    </>
  );
};

type Criterion = { title: string; points: number | null; max: number; needs?: string | null };

const Criteria = ({ criteria, caption }: { criteria: readonly Criterion[]; caption: string }) => (
  <Table caption={caption} head={['For', 'Points', 'Of']}>
    {criteria.map(({ title, points, max, needs }) => (
      <tr>
        <th scope="row" dir="auto">
          {title}
          {needs && <div class="quiet">{needs}</div>}
        </th>
        <td class="num">{points ?? 'not marked'}</td>
        <td class="num">{max}</td>
      </tr>
    ))}
  </Table>
);

type Props = {
  catalogue: Catalogue;
  receipt: ReceiptRead;
  times: Times;
  /** What they are called who did it, where it was somebody other than the grade's owner. */
  by?: string;
  /** Its sentence stands above it already. */
  isHeaded?: boolean;
};

/**
 * One grade event line by line: what happened, what was answered, what the rules said of it, the arithmetic, and by which
 * rules. Whoever shows it puts `ClaimNotes` of its `claimsOfReceipt` on the page.
 */
export const Receipt = ({ catalogue, receipt, times, by = 'The staff', isHeaded = false }: Props) => {
  const { answer, verdict, criteria, type, deductions, grade, reason } = receipt;
  const arithmetic = arithmeticWords(receipt);
  return (
    <>
      {!isHeaded && <p dir="auto">{eventWords(receipt, by)}</p>}
      <dl class="facts receipt">
        <dt>When</dt>
        <dd>{times(receipt.createdAt)}</dd>
        {reason && (
          <>
            <dt>{type === 'rubric' ? 'Comment' : 'Why'}</dt>
            <dd dir="auto">{reason}</dd>
          </>
        )}
        {answer && <AnswerGiven catalogue={catalogue} answer={answer} times={times} />}
        {verdict && (
          <>
            <dt>{type === 'regrade' ? 'The answer that counts, by these rules' : 'The verdict'}</dt>
            <dd>
              <Trace catalogue={catalogue} trace={verdict.trace} deductions={deductions} />
            </dd>
          </>
        )}
        {arithmetic && (
          <>
            <dt>The points</dt>
            <dd>{arithmetic}</dd>
          </>
        )}
        {criteria && criteria.length > 0 && (
          <>
            <dt>{type === 'rubric' ? 'The rubric' : 'What was counted'}</dt>
            <dd>
              <Criteria
                criteria={criteria}
                caption={type === 'rubric' ? 'Points by the rubric' : 'Points for taking part'}
              />
            </dd>
          </>
        )}
        <dt>The grade after it</dt>
        <dd>{pointsWords(grade.points, grade.max)}</dd>
        <dt>Rules</dt>
        <dd>{rulesWords(receipt, times)}</dd>
      </dl>
    </>
  );
};
