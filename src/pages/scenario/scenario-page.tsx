import { submitAnswer, submitAnswerSchema } from '../../answers/submit.ts';
import { actorName, may } from '../../auth/actor.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change } from '../change.ts';
import { ClaimNotes } from '../claims.tsx';
import { LooksOnly, Refusal } from '../refusal.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, onceOf, type Visit } from '../visit.ts';
import { counted, datesWords, isShut, pointsWords } from '../words.ts';
import { AnswerForm, nothing, Typed, type TypedAnswer, typedIn } from './answer-form.tsx';
import { AnswerResult, claimsIn } from './answer-result.tsx';
import { claimsOfLesson, LessonAside } from './lesson-aside.tsx';
import { readScenario, type ScenarioRead } from './read-scenario.ts';
import { Cited, ForStaff, Result, Shut } from './scenario-parts.tsx';
import { WhoSaysWhat } from './who-says-what.tsx';

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
          {mayAnswer && isShut(scenario, visit.now) && <Shut scenario={scenario} now={visit.now} times={times} />}
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
  if (!may(person, 'answers:submit')) throw new Problem('not-permitted', { action: 'answers:submit' });
  const { role, claims, reason } = typedIn(fields);
  if (role === '') throw new Problem('invalid-input', { errors: [{ pointer: '/role', detail: 'Choose a role.' }] });
  const input = validate(submitAnswerSchema(), { role, claims, reason: reason === '' ? null : reason });
  const once = await onceOf({ actorKey: actorName(person), path: at(visit, 'scenarios', id) }, fields);
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
    to: `${at(visit, 'scenarios', id)}#result`,
  });
};
