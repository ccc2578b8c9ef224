import { contest, contestSchema } from '../../appeals/contest.ts';
import { may, permit } from '../../auth/actor.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { replayEvent } from '../../grades/replay.ts';
import { problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change, type Outcome } from '../change.ts';
import { ClaimNotes } from '../claims.tsx';
import { claimsOfReceipt } from '../receipt-words.ts';
import { LooksOnly, Refusal } from '../refusal.tsx';
import { Change, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, onceOf, type Visit, withQuery } from '../visit.ts';
import { Contest, type ContestTyped, contestIn, contestTyped } from './contest-form.tsx';
import { Appeals, type Checked, Result, type Shown, Step, Summary } from './grade-parts.tsx';
import { readGrade } from './read-grade.ts';

const show = (
  about: Shown,
  { refused, done }: Outcome<Checked | null>,
  { typed, told }: { typed: ContestTyped; told: boolean },
): Reply => {
  const { catalogue, visit, read } = about;
  const own = visit.personId === visit.person.personId;
  const name = displayName(read.about.id, read.about.name);
  const claims = [...read.events.flatMap(claimsOfReceipt), ...read.appeals.map(({ claim }) => claim)];
  return screen(
    visit,
    {
      title: read.title,
      course: read.course.name,
      here: visit.staff ? 'gradebook' : 'grades',
      trail: [{ to: at(visit, 'grades'), title: own ? 'My grades' : `Grades of ${name}` }],
      status: refused ? problems[refused.problem][0] : 200,
    },
    <>
      <h1 dir="auto">{read.title}</h1>
      {!own && <p dir="auto">The grade of {name}</p>}
      {refused && <Refusal problem={refused} times={read.times} />}
      {!refused && <Result checked={done ?? undefined} contested={done === null || told} />}
      <Summary {...about} />
      {read.events.length > 0 && (
        <section aria-labelledby="events">
          <h2 id="events">How it came about</h2>
          {read.more && <p class="quiet">What happened before that is left out here.</p>}
          <ol class="list">
            {read.events.map((event) => (
              <Step {...about} event={event} />
            ))}
          </ol>
          <Change visit={visit} to={at(visit, 'grades', read.kind, read.id)} id="check" />
        </section>
      )}
      {read.appeals.length > 0 && <Appeals {...about} />}
      {may(visit.person, 'appeals:make') &&
        (visit.person.readOnly ? <LooksOnly /> : <Contest {...about} typed={typed} />)}
      <ClaimNotes catalogue={catalogue} ids={claims} />
    </>,
  );
};

/** Checks an event, or contests a verdict, as the form asks. */
const act = async (deps: Deps, visit: Visit, path: string, fields: Fields): Promise<Checked | null> => {
  const { person, courseId } = visit;
  const event = fieldOf(fields, 'check');
  if (event !== '') return { same: (await replayEvent(deps, person, courseId, event)).same };
  permit(person, 'appeals:make');
  const input = validate(contestSchema(), contestIn(contestTyped(fields)));
  await contest(deps, person, await onceOf(person, path, fields), input);
  return null;
};

/** Why a grade is what it is: where it comes from, step by step, and the way to contest it. */
export const gradePage = (deps: Deps, visit: Visit, { params, fields, query }: Asked): Promise<Reply> => {
  const { kind, activity } = params as { kind: string; activity: string };
  const here = at(visit, 'grades', kind, activity);
  const typed = contestTyped(fields);
  return change(visit, fields, {
    act: () => act(deps, visit, here, fields),
    show: async (outcome) => {
      const about = { catalogue: deps.catalogue, visit, read: await readGrade(deps, visit, kind, activity) };
      return show(about, outcome, { typed, told: query.done === 'contest' });
    },
    // A check changes nothing; what it found is told in reply.
    to: fieldOf(fields, 'check') ? undefined : withQuery(here, { done: 'contest' }),
  });
};
