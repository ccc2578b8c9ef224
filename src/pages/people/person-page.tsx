import { may } from '../../auth/actor.ts';
import { standing } from '../../auth/store.ts';
import { countKept, findOnRoster } from '../../courses/people-store.ts';
import { displayName } from '../../courses/roster.ts';
import { findCourse, listWindows } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { readPersonData } from '../../person-data/person-data.ts';
import { Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { change } from '../change.ts';
import { Refusal } from '../refusal.tsx';
import { ResultBox } from '../result-box.tsx';
import { Change, Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, type Visit, withQuery } from '../visit.ts';
import { timesIn } from '../words.ts';
import { EraseForm, erase } from './erase-form.tsx';
import { Extensions, extend } from './extensions.tsx';
import { Moved, Moves, move } from './moves.tsx';
import { keptWords, originWords, roleWords } from './people-words.ts';
import { peopleStyle } from './style.ts';

const readOne = async (deps: Deps, { person, courseId }: Visit, personId: string) => {
  const here = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(here.institutionId);
  const [, [course], [row], windows, [kept]] = await db.batch([
    standing(db, person, 'people:read', courseId),
    findCourse(db, here.institutionId, courseId),
    findOnRoster(db, here, personId),
    listWindows(db, here, personId),
    countKept(db, here, personId),
  ]);
  if (!row) throw new Problem('person-not-found');
  return { course: course!, row, windows, kept: kept! };
};

type Read = Awaited<ReturnType<typeof readOne>>;

/** What was done, by the page's address: `moved` has the button's value, `done` the name of anything else. */
type Told = { moved?: string | undefined; done?: string | undefined };

const says: Record<string, string> = {
  extended: 'They have more time.',
  taken: 'The extension is taken away. The dates of the class hold for them.',
  erased: 'What they wrote is erased, and their name with it. Grades stay.',
  kept: 'What they wrote in this course is erased. Their name stays, for they are in another course.',
};

const Did = ({ told: { moved, done }, row }: { told: Told; row: Read['row'] }) => {
  if (moved) return <Moved value={moved} rows={[row]} />;
  const text = done !== undefined && Object.hasOwn(says, done) ? says[done] : undefined;
  return text ? (
    <ResultBox tone="good" label="Done">
      <p>
        <b>{text}</b>
      </p>
    </ResultBox>
  ) : null;
};

const Work = ({ visit, personId }: { visit: Visit; personId: string }) => (
  <section aria-labelledby="work">
    <h2 id="work">Their work</h2>
    <ul>
      <li>
        <Go visit={visit} to={at(visit, 'gradebook', personId)}>
          Grades, one by one
        </Go>
      </li>
      <li>
        <Go visit={visit} to={at({ ...visit, personId })}>
          The course with their answers and posts
        </Go>
      </li>
    </ul>
  </section>
);

const Kept = ({
  visit,
  row,
  kept,
  name,
  typed,
}: {
  visit: Visit;
  row: Read['row'];
  kept: Read['kept'];
  name: string;
  typed: Fields;
}) => (
  <section aria-labelledby="kept">
    <h2 id="kept">What is kept of them</h2>
    <p>
      Name and id, {keptWords(kept)}, and what was done with their grades.
      {may(visit.person, 'people:erase') && (
        <>
          {' '}
          <Go visit={visit} to={at(visit, 'people', row.id, 'data')}>
            Download all of it (JSON)
          </Go>
        </>
      )}
    </p>
    {may(visit.person, 'people:erase') && row.id !== visit.person.personId && (
      <EraseForm visit={visit} personId={row.id} name={name} typed={typed} />
    )}
  </section>
);

const show = (
  deps: Deps,
  visit: Visit,
  { course, row, windows, kept }: Read,
  { refused, told, fields }: { refused: Problem | undefined; told: Told; fields: Fields },
): Reply => {
  const times = timesIn(course.timeZone);
  const name = displayName(row.id, row.name);
  const typed = refused ? fields : {};
  return screen(
    visit,
    {
      title: name,
      course: course.name,
      here: 'people',
      trail: [{ to: at(visit, 'people'), title: 'People' }],
      status: refused ? problems[refused.problem][0] : 200,
      more: peopleStyle,
    },
    <>
      <h1 dir="auto">{name}</h1>
      {refused && <Refusal problem={refused} times={times} />}
      <Did told={told} row={row} />
      <dl class="facts">
        <dt>Role</dt>
        <dd>
          {roleWords[row.role]}{' '}
          {row.withdrawnAt !== null && <span class="badge warn">withdrawn {times(row.withdrawnAt)}</span>}
        </dd>
        <dt>Known from</dt>
        <dd dir="auto">{originWords(row)}</dd>
        {row.issuer === 'api' && (
          <>
            <dt>Id there</dt>
            <dd dir="auto">{row.externalId}</dd>
          </>
        )}
        <dt>In the course since</dt>
        <dd>{times(row.createdAt)}</dd>
        <dt>Last at work</dt>
        <dd>{times(row.workedAt) || 'not yet'}</dd>
      </dl>
      <Moves visit={visit} row={row} />
      {may(visit.person, 'people:change') && <Change visit={visit} to={at(visit, 'people', row.id)} id="moves" />}
      {row.role === 'learner' && <Work visit={visit} personId={row.id} />}
      {row.role === 'learner' && (
        <Extensions
          visit={visit}
          personId={row.id}
          timeZone={course.timeZone}
          times={times}
          units={deps.catalogue.units}
          windows={windows}
          typed={typed}
        />
      )}
      <Kept visit={visit} row={row} kept={kept} name={name} typed={typed} />
    </>,
  );
};

const act = async (deps: Deps, visit: Visit, personId: string, fields: Fields): Promise<Told> => {
  const moved = fieldOf(fields, 'move');
  if (moved) return move(deps, visit, moved).then(() => ({ moved }));
  if (fields.erase !== undefined) return { done: await erase(deps, visit, personId, fields) };
  await extend(deps, visit, personId, fields);
  return { done: fieldOf(fields, 'take') ? 'taken' : 'extended' };
};

/** For staff: one person, with their dates, their work, and what is kept of them. */
export const enrolledPage = (deps: Deps, visit: Visit, { params, fields, query }: Asked): Promise<Reply> => {
  const id = params.person!;
  const [moved, taken] = [fieldOf(fields, 'move'), fieldOf(fields, 'take')];
  const told = moved ? { moved } : { done: taken ? 'taken' : 'extended' };
  return change(visit, fields, {
    act: () => act(deps, visit, id, fields),
    show: async ({ refused, done = { moved: query.moved, done: query.done } }) =>
      show(deps, visit, await readOne(deps, visit, id), { refused, told: refused ? {} : done, fields }),
    // What is left of somebody who was erased is known by the erasure alone.
    to: fields.erase === undefined ? withQuery(at(visit, 'people', id), told) : undefined,
  });
};

/** Everything kept about a person, as a file: of no type that a browser would show in the frame. */
export const personDataFile = async (deps: Deps, { person, courseId }: Visit, { params }: Asked): Promise<Reply> => ({
  status: 200,
  body: JSON.stringify(await readPersonData(deps, person, courseId, params.person!), null, 2),
  type: 'application/octet-stream',
  headers: { 'content-disposition': 'attachment; filename="person-data.json"' },
});
