import { decideAppeal } from '../../appeals/decide.ts';
import { may } from '../../auth/actor.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { licensing } from '../../grading/grade-answer.ts';
import { Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { change, type Outcome } from '../change.ts';
import { ClaimNotes, claimsNamed, roleName, WithClaims } from '../claims.tsx';
import { Refusal } from '../refusal.tsx';
import { AnswerResult, claimsIn } from '../scenario/answer-result.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, type Visit, withQuery } from '../visit.ts';
import { pointsWords } from '../words.ts';
import { doneWords, entryWords } from './appeal-words.ts';
import { appealsAreForStaff } from './appeals-page.tsx';
import { DecideForm, decisionIn, type TypedDecision, typedIn } from './decide-form.tsx';
import { type AppealRead, readAppealed } from './read-appeals.ts';

type Shown = { deps: Deps; visit: Visit; read: AppealRead };

const timeOfMs = ({ times }: AppealRead, ms: number) => times(new Date(ms).toISOString());

const Rule = ({ deps: { catalogue }, read: { rule } }: Shown) => {
  if (!rule) return <p>The rules that are published now say nothing about this scenario.</p>;
  if (rule.treat)
    return (
      <p>
        {rule.treat === 'void' ? 'This scenario counts for nobody.' : 'Everybody gets all points of this scenario.'}
      </p>
    );
  const entries = [...rule.accepts].sort((a, b) => b.credit - a.credit);
  return (
    <ul>
      {entries.map((entry) => (
        <li>
          <WithClaims catalogue={catalogue} text={entryWords(entry, (id) => roleName(catalogue, id))} />
        </li>
      ))}
      <li>Of several that fit, the one that earns most counts; every other answer earns nothing.</li>
    </ul>
  );
};

const Decided = ({ visit, read }: Shown) => {
  const { appeal } = read;
  return (
    <section class="box" aria-labelledby="decision">
      <h2 id="decision">{appeal.state === 'upheld' ? 'Upheld' : 'Denied'}</h2>
      <p class="quiet">{appeal.decidedAt !== null && timeOfMs(read, appeal.decidedAt)}</p>
      <blockquote dir="auto">{appeal.reason}</blockquote>
      {appeal.regradeId && (
        <p>
          <Go visit={visit} to={at(visit, 'rules', 'dry-runs', appeal.regradeId)}>
            What the changed rules would do to everybody’s grade
          </Go>
        </p>
      )}
      <p class="quiet">A decision stands; the grade itself can still be set by hand in the gradebook.</p>
    </section>
  );
};

/** What was decided just now, and what comes next. */
const Done = ({ visit, read, done }: Shown & { done: string | undefined }) => {
  const { appeal } = read;
  const says = appeal.state === 'open' ? null : doneWords(done, appeal.regradeId);
  if (says === null) return null;
  return (
    <section id="result" class="box good" role="status" tabindex={-1} aria-label="Decided">
      <p>
        <b>{says}</b>
      </p>
      <p class="actions">
        {done === 'rules' && appeal.regradeId && (
          <Go visit={visit} to={at(visit, 'rules', 'dry-runs', appeal.regradeId)}>
            See whom it would touch
          </Go>
        )}
        {done === 'rules' && !appeal.regradeId && (
          <Go visit={visit} to={at(visit, 'rules')}>
            To the rules
          </Go>
        )}
        <Go visit={visit} to={at(visit, 'appeals')}>
          Back to the appeals
        </Go>
      </p>
    </section>
  );
};

/** What was typed for an appeal that somebody else decided meanwhile, to keep. */
const Kept = ({ typed }: { typed: TypedDecision }) => (
  <div class="box">
    <p>The reason that you typed:</p>
    <blockquote dir="auto">{typed.reason}</blockquote>
  </div>
);

const show = (
  { deps, visit, read }: Shown,
  { refused }: Outcome,
  { typed, done }: { typed: TypedDecision; done: string | undefined },
): Reply => {
  const { catalogue } = deps;
  const { appeal, answer, grade, rule, times } = read;
  const about = { deps, visit, read };
  const name = displayName(appeal.personId, appeal.name);
  const title = read.case?.title ?? appeal.scenario;
  const theirs = { ...visit, personId: appeal.personId };
  const claims = [
    appeal.claim,
    ...claimsIn(answer),
    ...(rule?.accepts ?? []).flatMap(licensing),
    ...claimsNamed(catalogue, appeal.body),
  ];
  const open = appeal.state === 'open';
  return screen(
    visit,
    {
      title: `${name}: ${title}`,
      course: read.course.name,
      here: 'appeals',
      trail: [{ to: at(visit, 'appeals'), title: 'Appeals' }],
      status: refused ? problems[refused.problem][0] : 200,
    },
    <>
      <h1 dir="auto">
        {name}: {title}
      </h1>
      <Done {...about} done={refused ? undefined : done} />
      {refused && <Refusal problem={refused} times={times} />}
      {refused && !open && typed.reason && <Kept typed={typed} />}
      {!open && <Decided {...about} />}
      <section aria-labelledby="says">
        <h2 id="says">What {name} says</h2>
        <blockquote dir="auto">
          {appeal.body.split(/\n{2,}/).map((paragraph) => (
            <p>
              <WithClaims catalogue={catalogue} text={paragraph} />
            </p>
          ))}
        </blockquote>
        <Claim {...about} />
        <p class="quiet">Made {timeOfMs(read, appeal.createdAt)}.</p>
      </section>
      <section aria-labelledby="answer">
        <h2 id="answer">The answer and its verdict</h2>
        {read.case && (
          <details>
            <summary>The case</summary>
            <div dir="auto">
              {read.case.text.split(/\n{2,}/).map((paragraph) => (
                <p>{paragraph}</p>
              ))}
            </div>
          </details>
        )}
        <div class="box">
          <AnswerResult catalogue={catalogue} answer={answer} times={times} />
        </div>
        {grade && (
          <p>
            Their grade for this scenario is {pointsWords(grade.points, grade.max)}
            {grade.source === 'override' && ', set by hand'}:{' '}
            <Go visit={visit} to={at(theirs, 'grades', 'scenario', appeal.scenario)}>
              why
            </Go>
            .
          </p>
        )}
      </section>
      <section aria-labelledby="rule">
        <h2 id="rule">The rule as it stands</h2>
        <Rule {...about} />
      </section>
      {open && may(visit.person, 'appeals:decide') && <DecideForm visit={visit} read={read} typed={typed} />}
      {open && !may(visit.person, 'appeals:decide') && <p class="box">An instructor decides this appeal.</p>}
      <ClaimNotes catalogue={catalogue} ids={claims} />
    </>,
  );
};

/** The claim by which the answer is said to be right. */
const Claim = ({ deps: { catalogue }, read: { appeal } }: Shown) => (
  <p>
    They bring <WithClaims catalogue={catalogue} text={appeal.claim} />: {catalogue.claims[appeal.claim]?.text}
  </p>
);

const decide = async (deps: Deps, visit: Visit, later: Asked['later'], id: string, fields: Fields) => {
  const { person, courseId } = visit;
  if (!may(person, 'appeals:decide')) throw new Problem('not-permitted', { action: 'appeals:decide' });
  await decideAppeal(deps, person, courseId, id, later, decisionIn(typedIn(fields)));
};

/** An appeal: what the student says and brings, the answer, the rule, and for instructors the form to decide it. */
export const appealPage = async (deps: Deps, visit: Visit, { params, fields, query, later }: Asked): Promise<Reply> => {
  if (!visit.staff) return appealsAreForStaff(visit);
  const id = params.appeal!;
  const typed = typedIn(fields);
  return change(visit, fields, {
    act: () => decide(deps, visit, later, id, fields),
    show: async (outcome) =>
      show({ deps, visit, read: await readAppealed(deps, visit, id) }, outcome, {
        typed,
        done: 'done' in outcome ? typed.decision : query.done,
      }),
    to: `${withQuery(at(visit, 'appeals', id), { done: typed.decision })}#result`,
  });
};
