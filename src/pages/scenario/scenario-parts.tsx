import type { Deps } from '../../deps.ts';
import { lmsWords } from '../lms-words.ts';
import { Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { counted, pointsWords, type Times } from '../words.ts';
import type { TypedAnswer } from './answer-form.tsx';
import { AnswerResult } from './answer-result.tsx';
import type { AnswerRead, ScenarioRead } from './read-scenario.ts';

/** The last answer with its verdict, the grade that came of it, and where that stands with the LMS. */
export const Result = ({
  deps,
  visit,
  read,
  answer,
}: {
  deps: Deps;
  visit: Visit;
  read: ScenarioRead;
  answer: AnswerRead;
}) => {
  const { used, max } = read.scenario.attempts;
  const lms = lmsWords(read.grade?.lms ?? null, read.times);
  return (
    <section
      id="result"
      class={`box ${answer.points === answer.verdict.max ? 'good' : 'warn'}`}
      role="status"
      tabindex={-1}
      aria-label="Your last answer"
    >
      <AnswerResult catalogue={deps.catalogue} answer={answer} times={read.times} />
      <p>
        {read.grade && (
          <>
            Your grade for this scenario: <b>{pointsWords(read.grade.points, read.grade.max)}</b>
            {read.grade.source === 'override' && ', set by your instructor'}.{' '}
          </>
        )}
        {used < max ? `${counted(max - used, 'attempt')} left.` : 'No attempts left.'} {lms}
      </p>
      <p>
        <Go visit={visit} to={at(visit, 'grades', 'scenario', read.scenario.id)}>
          How this grade came about, and how to contest it
        </Go>
      </p>
    </section>
  );
};

/** After a step of the form that is not sending it: what is cited by now. */
export const Cited = ({ typed: { claims } }: { typed: TypedAnswer }) => (
  <p id="result" role="status" tabindex={-1}>
    {claims.length === 0 ? 'You cite no claim yet.' : `You cite ${claims.join(', ')}. Nothing is sent yet.`}
  </p>
);

/** Staff answer nothing; they find the rule here. */
export const ForStaff = ({ visit, scenario }: { visit: Visit; scenario: string }) => (
  <p class="box">
    Students answer here: a role, up to three claims, a reason.{' '}
    <Go visit={visit} to={at(visit, 'rules', 'scenarios', scenario)}>
      Its rule
    </Go>
  </p>
);

/** Why there is no form, where it is a matter of time. */
export const Shut = ({
  scenario: { opensAt, closesAt },
  now,
  times,
}: {
  scenario: ScenarioRead['scenario'];
  now: number;
  times: Times;
}) => (
  <p class="box">
    {opensAt !== null && Date.parse(opensAt) > now
      ? `You can answer from ${times(opensAt)} on. The lesson is open to you already.`
      : `It closed ${times(closesAt)}, and takes no more answers.`}
  </p>
);
