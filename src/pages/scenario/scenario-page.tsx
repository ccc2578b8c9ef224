import { submitAnswer, submitAnswerSchema } from '../../answers/submit.ts';
import { permit } from '../../auth/actor.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { invalid, type Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change } from '../change.ts';
import { ClaimNotes } from '../claims.tsx';
import { lmsWords } from '../lms-words.ts';
import { LooksOnly, Refusal } from '../refusal.tsx';
import { ResultBox } from '../result-box.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, onceOf, type Visit } from '../visit.ts';
import { counted, datesWords, isShut, pointsWords } from '../words.ts';
import { AnswerForm, nothing, Typed, type TypedAnswer, typedIn } from './answer-form.tsx';
import { AnswerResult, claimsIn } from './answer-result.tsx';
import { claimsOfLesson, LessonAside } from './lesson-aside.tsx';
import { type AnswerRead, readScenario, type ScenarioRead } from './read-scenario.ts';
import { WhoSaysWhat } from './who-says-what.tsx';

const Result = ({
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
    <ResultBox tone="good" label="Your last answer">
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
    </ResultBox>
  );
};

/** After a step of the form that is not sending it: what is cited by now. */
const Cited = ({ typed: { claims } }: { typed: TypedAnswer }) => (
  <p id="result" role="status" tabindex={-1}>
    {claims.length === 0 ? 'You cite no claim yet.' : `You cite ${claims.join(', ')}. Nothing is sent yet.`}
  </p>
);

const ForStaff = ({ visit, scenario }: { visit: Visit; scenario: string }) => (
  <p class="box">
    Students answer here: a role, up to three claims, a reason.{' '}
    <Go visit={visit} to={at(visit, 'rules', 'scenarios', scenario)}>
      Its rule
    </Go>
  </p>
);

/** What to show beside what is stored: what was typed and why it was not taken, or which step of the form was asked for. */
type Shown = { refused?: Problem | undefined; typed?: TypedAnswer; step?: string };

const show = (deps: Deps, visit: Visit, read: ScenarioRead, { refused, typed = nothing, step = '' }: Shown): Reply => {
  const { catalogue } = deps;
  const { scenario, answers, times, course, about } = read;
  const unit = catalogue.units.find(({ id }) => id === scenario.unit);
  const trail = [...(unit ? [{ to: at(visit, 'units', unit.id), title: `${unit.id}. ${unit.title}` }] : [])];
  const plain = visit.staff && visit.personId === visit.person.personId;
  const last = visit.staff || refused || step ? undefined : answers.at(-1);
  const earlier = last ? answers.slice(0, -1) : answers;
  const reveal = answers.findLast((answer) => answer.reveal)?.reveal;
  const mayAnswer = !visit.staff && !visit.person.readOnly;
  const open = mayAnswer && scenario.attempts.used < scenario.attempts.max && !isShut(scenario, visit.now);
  const dates = datesWords(scenario, visit.now, times);
  const status = refused ? problems[refused.problem][0] : 200;
  return screen(
    visit,
    { title: scenario.title, course: course.name, here: '', trail, status, wide: unit !== undefined },
    <>
      <h1 dir="auto">{scenario.title}</h1>
      <p class="quiet">{[counted(scenario.points, 'point'), ...dates].join(' · ')}</p>
      <div class={unit && 'beside'}>
        <div>
          <div class="box case" dir="auto">
            {scenario.text.split(/\n{2,}/).map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </div>
          {scenario.treat === 'void' && <p>This scenario counts for nobody.</p>}
          {refused && <Refusal problem={refused} times={times} />}
          {last && <Result deps={deps} visit={visit} read={read} answer={last} />}
          {step && <Cited typed={typed} />}
          {open && <AnswerForm deps={deps} visit={visit} read={read} typed={typed} />}
          {visit.person.readOnly && <LooksOnly />}
          {refused && !open && <Typed typed={typed} />}
          {plain && <ForStaff visit={visit} scenario={scenario.id} />}
          {reveal && <WhoSaysWhat catalogue={catalogue} reveal={reveal} />}
          {earlier.length > 0 && (
            <section aria-labelledby="earlier">
              <h2 id="earlier">
                {visit.staff ? `Answers of ${displayName(about.id, about.name)}` : 'Earlier answers'}
              </h2>
              {visit.staff && read.grade && <p>{pointsWords(read.grade.points, read.grade.max)}</p>}
              {earlier.map((answer) => (
                <div class="box">
                  <AnswerResult catalogue={catalogue} answer={answer} times={times} />
                </div>
              ))}
            </section>
          )}
          {unit && (
            <p>
              <Go visit={visit} to={at(visit, 'units', unit.id)}>
                Back to the unit
              </Go>
            </p>
          )}
        </div>
        {unit && <LessonAside catalogue={catalogue} unit={unit.id} />}
      </div>
      <ClaimNotes
        catalogue={catalogue}
        ids={[...answers.flatMap(claimsIn), ...typed.claims, ...(unit ? claimsOfLesson(catalogue, unit.id) : [])]}
        citeIn={open ? 'answer' : undefined}
      />
    </>,
  );
};

const submit = async (deps: Deps, visit: Visit, id: string, fields: Fields): Promise<void> => {
  const { person } = visit;
  permit(person, 'answers:submit');
  const { role, claims, reason } = typedIn(fields);
  if (role === '') throw invalid('/role', 'Choose a role.');
  const input = validate(submitAnswerSchema(), { role, claims, reason: reason === '' ? null : reason });
  const once = await onceOf(person, at(visit, 'scenarios', id), fields);
  await submitAnswer(deps, person, id, once, input);
};

/** A scenario: the case, the form to answer it, and the verdict on what was answered. */
export const scenarioPage = async (deps: Deps, visit: Visit, { params, fields }: Asked): Promise<Reply> => {
  const id = params.scenario!;
  const typed = typedIn(fields);
  const step = fieldOf(fields, 'cite') || fieldOf(fields, 'step');
  if (step) return show(deps, visit, await readScenario(deps, visit, id), { typed, step });
  return change(visit, fields, {
    act: () => submit(deps, visit, id, fields),
    show: async ({ refused }) =>
      show(deps, visit, await readScenario(deps, visit, id), refused ? { refused, typed } : {}),
    to: at(visit, 'scenarios', id),
  });
};
