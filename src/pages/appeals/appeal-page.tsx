import { decideAppeal } from '../../appeals/decide.ts';
import { actorName, may, permit } from '../../auth/actor.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { licensing } from '../../grading/grade-answer.ts';
import { Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { change, type Outcome } from '../change.ts';
import { ClaimNotes, claimsNamed, WithClaims } from '../claims.tsx';
import { Refusal } from '../refusal.tsx';
import { AnswerResult, claimsIn } from '../scenario/answer-result.tsx';
import { WhoSaysWhat } from '../scenario/who-says-what.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, type Visit, withQuery } from '../visit.ts';
import { pointsWords } from '../words.ts';
import { Claim, Decided, Done, Kept, Rule, type Shown } from './appeal-parts.tsx';
import { appealsAreForStaff } from './appeals-page.tsx';
import { DecideForm, decisionIn, type TypedDecision, typedIn } from './decide-form.tsx';
import { readAppealed } from './read-appeals.ts';

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
        <h2 id="says" dir="auto">
          What {name} says
        </h2>
        <blockquote dir="auto">
          {appeal.body.split(/\n{2,}/).map((paragraph) => (
            <p>
              <WithClaims catalogue={catalogue} text={paragraph} />
            </p>
          ))}
        </blockquote>
        <Claim {...about} />
        <p class="quiet">Made {read.times(appeal.createdAt)}.</p>
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
      {answer.reveal && <WhoSaysWhat catalogue={catalogue} reveal={answer.reveal} />}
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

const decide = async (deps: Deps, visit: Visit, later: Asked['later'], id: string, fields: Fields) => {
  const { person, courseId } = visit;
  permit(person, 'appeals:decide');
  const decision = decisionIn(typedIn(fields));
  try {
    await decideAppeal(deps, person, courseId, id, later, decision);
  } catch (error) {
    // A second click finds what the first one did.
    if (!(error instanceof Problem) || error.problem !== 'appeal-decided') throw error;
    const { appeal } = await readAppealed(deps, visit, id);
    if (appeal.decidedBy !== actorName(person) || appeal.reason !== decision.reason) throw error;
  }
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
    to: withQuery(at(visit, 'appeals', id), { done: typed.decision }),
  });
};
