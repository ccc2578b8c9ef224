import { submitAnswer, submitAnswerSchema } from '../../answers/submit.ts';
import { actorName, may } from '../../auth/actor.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change } from '../change.ts';
import { ClaimNotes } from '../claims.tsx';
import { lmsWords } from '../lms-words.ts';
import { LooksOnly, Refusal } from '../refusal.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, onceOf, type Visit } from '../visit.ts';
import { counted, datesWords, isShut, pointsWords } from '../words.ts';
import { AnswerForm, nothing, Typed, typedIn } from './answer-form.tsx';
import { AnswerResult, claimsIn } from './answer-result.tsx';
import { type AnswerRead, readScenario, type ScenarioRead } from './read-scenario.ts';

const Result = ({ deps, read, answer }: { deps: Deps; read: ScenarioRead; answer: AnswerRead }) => {
  const { used, max } = read.scenario.attempts;
  const lms = lmsWords(read.grade?.lms ?? null, read.times);
  return (
    <section id="result" class="box good" role="status" tabindex={-1} aria-label="Your last answer">
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
    </section>
  );
};

const ForStaff = ({ visit, scenario }: { visit: Visit; scenario: string }) => (
  <p class="box">
    Students answer here: a role, up to three claims, a reason. Its rule is at{' '}
    <code>
      /v1/courses/{visit.courseId}/rule-draft/scenarios/{scenario}
    </code>
    .
  </p>
);

const show = (deps: Deps, visit: Visit, read: ScenarioRead, refused?: Problem, typed = nothing): Reply => {
  const { catalogue } = deps;
  const { scenario, answers, times, course, about } = read;
  const unit = catalogue.units.find(({ id }) => id === scenario.unit);
  const trail = [...(unit ? [{ to: at(visit, 'units', unit.id), title: `${unit.id}. ${unit.title}` }] : [])];
  const plain = visit.staff && visit.personId === visit.person.personId;
  const last = visit.staff || refused ? undefined : answers.at(-1);
  const earlier = last ? answers.slice(0, -1) : answers;
  const mayAnswer = !visit.staff && !visit.person.readOnly;
  const open = mayAnswer && scenario.attempts.used < scenario.attempts.max && !isShut(scenario, visit.now);
  const dates = datesWords(scenario, visit.now, times);
  const status = refused ? problems[refused.problem][0] : 200;
  return screen(
    visit,
    { title: scenario.title, course: course.name, here: '', trail, status },
    <>
      <h1 dir="auto">{scenario.title}</h1>
      <p class="quiet">{[counted(scenario.points, 'point'), ...dates].join(' · ')}</p>
      <div class="box" dir="auto">
        {scenario.text.split(/\n{2,}/).map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </div>
      {scenario.treat === 'void' && <p>This scenario counts for nobody.</p>}
      {refused && <Refusal problem={refused} times={times} />}
      {last && <Result deps={deps} read={read} answer={last} />}
      {open && <AnswerForm deps={deps} visit={visit} read={read} typed={typed} />}
      {visit.person.readOnly && <LooksOnly />}
      {refused && !open && <Typed typed={typed} />}
      {plain && <ForStaff visit={visit} scenario={scenario.id} />}
      {earlier.length > 0 && (
        <section aria-labelledby="earlier">
          <h2 id="earlier">{visit.staff ? `Answers of ${displayName(about.id, about.name)}` : 'Earlier answers'}</h2>
          {visit.staff && read.grade && <p>{pointsWords(read.grade.points, read.grade.max)}</p>}
          {earlier.map((answer) => (
            <div class="box">
              <AnswerResult catalogue={catalogue} answer={answer} times={times} />
            </div>
          ))}
        </section>
      )}
      {answers.length > 0 && <ClaimNotes catalogue={catalogue} ids={answers.flatMap(claimsIn)} />}
      {unit && (
        <p>
          <Go visit={visit} to={at(visit, 'units', unit.id)}>
            Back to the unit
          </Go>
        </p>
      )}
    </>,
  );
};

const submit = async (deps: Deps, visit: Visit, id: string, fields: Fields): Promise<void> => {
  const { person } = visit;
  if (!may(person, 'answers:submit')) throw new Problem('not-permitted', { action: 'answers:submit' });
  const { role, claims, reason } = typedIn(fields);
  if (role === '') throw new Problem('invalid-input', { errors: [{ pointer: '/role', detail: 'Choose a role.' }] });
  const input = validate(submitAnswerSchema(), { role, claims, reason: reason === '' ? null : reason });
  const once = await onceOf({ actorKey: actorName(person), path: at(visit, 'scenarios', id) }, fields);
  await submitAnswer(deps, person, id, once, input);
};

/** A scenario: the case, the form to answer it, and the verdict on what was answered. */
export const scenarioPage = (deps: Deps, visit: Visit, { params, fields }: Asked): Promise<Reply> => {
  const id = params.scenario!;
  return change(visit, fields, {
    act: () => submit(deps, visit, id, fields),
    show: async ({ refused }) =>
      show(deps, visit, await readScenario(deps, visit, id), refused, refused ? typedIn(fields) : nothing),
    to: `${at(visit, 'scenarios', id)}#result`,
  });
};
