import { contest, contestSchema } from '../../appeals/contest.ts';
import { actorName, may } from '../../auth/actor.ts';
import type { Catalogue } from '../../catalogue/shapes.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { replayEvent } from '../../grades/replay.ts';
import { Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change, type Outcome } from '../change.ts';
import { ClaimNotes } from '../claims.tsx';
import { Receipt } from '../receipt.tsx';
import { claimsOfReceipt, eventWords } from '../receipt-words.ts';
import { LooksOnly, Refusal } from '../refusal.tsx';
import { Change, Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, onceOf, type Visit, withQuery } from '../visit.ts';
import { pointsWords } from '../words.ts';
import { AppealSays, Contest, type ContestTyped, contestIn, contestTyped } from './contest-form.tsx';
import { appealWords, policyWords, reachedWords, sourceWords } from './grade-words.ts';
import { type EventRead, type GradeExplained, readGrade } from './read-grade.ts';

type Shown = { catalogue: Catalogue; visit: Visit; read: GradeExplained };
/** What a check of an event found. */
type Checked = { event: string; same: boolean };

const Summary = ({ visit, read }: Shown) => {
  const { kind, id, grade, events, counts, times } = read;
  const standsOn = events.find((event) => counts.includes(event.id) && event.type !== 'rubric');
  const from = {
    ...read,
    source: grade.source,
    max: grade.max,
    begun: events.length > 0,
    attempt: standsOn?.answer?.attempt ?? null,
    regraded: standsOn?.type === 'regrade',
  };
  return (
    <div class="box">
      <p>
        <b>{pointsWords(grade.points, grade.max)}</b>
      </p>
      <p>{sourceWords(from)}</p>
      {grade.source === 'override' && standsOn?.reason && <blockquote dir="auto">{standsOn.reason}</blockquote>}
      {kind === 'scenario' && <p class="quiet">{policyWords(read.policy)}</p>}
      <p>{reachedWords({ ...read, points: grade.points }, times)}</p>
      <p class="actions">
        <Go visit={visit} to={at(visit, kind === 'scenario' ? 'scenarios' : 'prompts', id)}>
          To the {kind === 'scenario' ? 'scenario' : 'discussion'}
        </Go>
        {!visit.staff && <a href="#contest">Contest this</a>}
      </p>
    </div>
  );
};

const checkable: readonly EventRead['type'][] = ['verdict', 'participation', 'regrade', 'rubric'];

const Step = ({ catalogue, visit, read, event }: Shown & { event: EventRead }) => {
  const by = visit.staff ? (event.actorName ?? 'The staff') : event.type === 'rubric' ? 'The staff' : 'An instructor';
  const counts = read.counts.includes(event.id);
  return (
    <li>
      <details open={counts}>
        <summary>
          {eventWords(event, by)} {counts && <span class="badge good">counts</span>}{' '}
          <span class="quiet">{read.times(event.createdAt)}</span>
        </summary>
        <Receipt catalogue={catalogue} receipt={event} times={read.times} by={by} />
        {checkable.includes(event.type) && !visit.person.readOnly && (
          <p>
            <button type="submit" class="button" form="check" name="check" value={event.id}>
              Check that this follows from the rules
            </button>
          </p>
        )}
      </details>
    </li>
  );
};

const stateTitle = { open: 'Contested', denied: 'Contested, and denied', upheld: 'Contested, and upheld' } as const;

const Appeals = ({ catalogue, visit, read }: Shown) => (
  <section aria-labelledby="appeals">
    <h2 id="appeals">What was contested</h2>
    <ul class="list">
      {read.appeals.map((appeal) => {
        const since = read.events.find(
          ({ type, createdAt }) =>
            (type === 'override' || type === 'regrade') &&
            Date.parse(createdAt ?? '') >= (appeal.decidedAt ?? Infinity),
        );
        return (
          <li>
            <h3>
              {stateTitle[appeal.state]}{' '}
              <span class="quiet">{read.times(new Date(appeal.createdAt).toISOString())}</span>
            </h3>
            <AppealSays catalogue={catalogue} claim={appeal.claim} body={appeal.body} />
            {appeal.reason && (
              <>
                <p>The decision’s reason:</p>
                <blockquote dir="auto">{appeal.reason}</blockquote>
              </>
            )}
            <p>{appealWords(appeal, since?.createdAt ?? null, read.times)}</p>
            {visit.staff && (
              <p>
                <Go visit={visit} to={at({ ...visit, personId: visit.person.personId }, 'appeals', appeal.id)}>
                  To this appeal
                </Go>
              </p>
            )}
          </li>
        );
      })}
    </ul>
  </section>
);

const Result = ({ checked, contested }: { checked: Checked | undefined; contested: boolean }) => {
  if (!checked && !contested) return null;
  const says = checked
    ? checked.same
      ? 'It follows: the same facts, graded again by the same rules, gave exactly the same.'
      : 'It does not follow: graded again, the same facts gave something else. Whoever runs this site was told; tell your instructor too.'
    : 'Your appeal is with your instructor. The grade stays as it is until they decide; you read the decision here.';
  return (
    <section
      id="result"
      class={checked && !checked.same ? 'box bad' : 'box good'}
      role="status"
      tabindex={-1}
      aria-label={checked ? 'The check' : 'Contested'}
    >
      <p>
        <b>{says}</b>
      </p>
    </section>
  );
};

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
          <Change visit={visit} to={`${at(visit, 'grades', read.kind, read.id)}#result`} id="check" />
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
  if (event !== '') return { event, same: (await replayEvent(deps, person, courseId, event)).same };
  if (!may(person, 'appeals:make')) throw new Problem('not-permitted', { action: 'appeals:make' });
  const input = validate(contestSchema(), contestIn(contestTyped(fields)));
  await contest(deps, person, await onceOf({ actorKey: actorName(person), path }, fields), input);
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
    ...(fieldOf(fields, 'check') ? {} : { to: `${withQuery(here, { done: 'contest' })}#result` }),
  });
};
