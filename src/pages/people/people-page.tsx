import { may } from '../../auth/actor.ts';
import { standing } from '../../auth/store.ts';
import { listRoster, type RosterRow } from '../../courses/people-store.ts';
import { displayName } from '../../courses/roster.ts';
import { findCourse } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { nextOf, pageOf, readCursor } from '../../paging.ts';
import { type Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { change } from '../change.ts';
import { Refusal } from '../refusal.tsx';
import { Change, Go, screen } from '../screen.tsx';
import { Search } from '../search.tsx';
import { Table } from '../table.tsx';
import { type Asked, at, fieldOf, type Visit, withQuery } from '../visit.ts';
import { counted, timesIn } from '../words.ts';
import { Moved, Moves, move } from './moves.tsx';
import { originWords, roleWords } from './people-words.ts';
import { peopleStyle } from './style.ts';

const PAGE = 100;

type Sought = { find: string; cursor: string | undefined };

const readPeople = async (deps: Deps, visit: Visit, { find, cursor }: Sought, url: URL) => {
  const { person, courseId } = visit;
  const here = { institutionId: person.institutionId, courseId };
  const { sessionSecret } = deps.config;
  const list = `roster ${courseId} ${find}`;
  const after = await readCursor(sessionSecret, list, cursor);
  const db = deps.dbFor(here.institutionId);
  const [, [course], rows] = await db.batch([
    standing(db, person, 'people:read', courseId),
    findCourse(db, here.institutionId, courseId),
    listRoster(db, here, find, after, PAGE),
  ]);
  const first = new URL(withQuery(at(visit, 'people'), { find }), url);
  const { items, link } = await pageOf(sessionSecret, list, first, rows, PAGE, ({ createdAt, id }) => ({
    at: createdAt,
    id,
  }));
  return { course: course!, people: items, next: nextOf(link) };
};

/** The way to what else concerns the people of a course. */
const Ways = ({ visit }: { visit: Visit }) => (
  <p class="actions">
    {may(visit.person, 'course:change') && (
      <Go visit={visit} to={at(visit, 'dates')}>
        Dates and settings
      </Go>
    )}
    {may(visit.person, 'people:import') && (
      <Go visit={visit} to={at(visit, 'roster')}>
        Import a roster
      </Go>
    )}
    <Go visit={visit} to={at(visit, 'sync')}>
      Roster of the LMS
    </Go>
  </p>
);

const PersonLine = ({ visit, row, day }: { visit: Visit; row: RosterRow; day: (at: number) => string }) => (
  <tr>
    <th scope="row" dir="auto">
      <Go visit={visit} to={at(visit, 'people', row.id)}>
        {displayName(row.id, row.name)}
      </Go>
    </th>
    <td>
      {roleWords[row.role]} {row.withdrawnAt !== null && <span class="badge warn">withdrawn</span>}
    </td>
    <td dir="auto">{originWords(row)}</td>
    <td>{row.workedAt === null ? 'not yet' : day(row.workedAt)}</td>
    <td>{row.extensions === 0 ? '' : counted(row.extensions, 'unit')}</td>
    {may(visit.person, 'people:change') && (
      <td>
        <details>
          <summary>
            Change<span class="unseen"> {displayName(row.id, row.name)}</span>
          </summary>
          <Moves visit={visit} row={row} />
        </details>
      </td>
    )}
  </tr>
);

type Came = { refused: Problem | undefined; moved: string | undefined; sought: Sought };

const show = async (deps: Deps, visit: Visit, url: URL, { refused, moved, sought }: Came): Promise<Reply> => {
  const { course, people, next } = await readPeople(deps, visit, sought, url);
  const times = timesIn(course.timeZone);
  const day = new Intl.DateTimeFormat('en', { timeZone: course.timeZone, dateStyle: 'medium' }).format;
  const changes = may(visit.person, 'people:change');
  const here = withQuery(at(visit, 'people'), sought);
  return screen(
    visit,
    {
      title: 'People',
      course: course.name,
      here: 'people',
      status: refused ? problems[refused.problem][0] : 200,
      more: peopleStyle,
      wide: true,
    },
    <>
      <h1>People</h1>
      <Ways visit={visit} />
      {refused && <Refusal problem={refused} times={times} />}
      {moved && <Moved value={moved} rows={people} />}
      <Search visit={visit} to={at(visit, 'people')} name="find" value={sought.find} label="Part of a name or id" />
      {people.length === 0 ? (
        <p>
          {sought.find === ''
            ? 'Nobody is in the course yet: people come by opening it from the LMS, or by a roster.'
            : 'Nobody is called so.'}
        </p>
      ) : (
        <Table
          caption={sought.find === '' ? 'Everybody, in the order in which they came' : 'Found'}
          head={['Name', 'Role', 'Known from', 'Last at work', 'More time', ...(changes ? ['Role and place'] : [])]}
        >
          {people.map((row) => (
            <PersonLine visit={visit} row={row} day={day} />
          ))}
        </Table>
      )}
      {changes && <Change visit={visit} to={here} id="moves" />}
      {next && (
        <p>
          <Go visit={visit} to={next}>
            More people
          </Go>
        </p>
      )}
    </>,
  );
};

/** For staff: who is in the course, and for instructors what becomes of them. */
export const peoplePage = (deps: Deps, visit: Visit, { fields, query, url }: Asked): Promise<Reply> => {
  const find = (fieldOf(fields, 'find') || query.find || '').trim().slice(0, 100);
  const sought = { find, cursor: query.cursor };
  const wish = fieldOf(fields, 'move');
  return change(visit, fields, {
    act: () => move(deps, visit, wish).then(() => wish),
    show: ({ refused, done = query.moved }) => show(deps, visit, url, { refused, moved: done, sought }),
    to: withQuery(at(visit, 'people'), { ...sought, moved: wish }),
  });
};
