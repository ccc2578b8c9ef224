import { may } from '../../auth/actor.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { type Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { change } from '../change.ts';
import { Refusal } from '../refusal.tsx';
import { Change, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, type Visit, withQuery } from '../visit.ts';
import { timesIn } from '../words.ts';
import { erase } from './erase-form.tsx';
import { extend } from './extend.ts';
import { Extensions } from './extensions.tsx';
import { Moves, move } from './moves.tsx';
import { originWords, roleWords } from './people-words.ts';
import { Did, Kept, type Told, Work } from './person-parts.tsx';
import { type PersonRead, readPerson } from './read-person.ts';
import { peopleStyle } from './style.ts';

const show = (
  deps: Deps,
  visit: Visit,
  { course, row, windows, kept }: PersonRead,
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
      show(deps, visit, await readPerson(deps, visit, id), { refused, told: refused ? {} : done, fields }),
    // What is left of somebody who was erased is known by the erasure alone.
    to: fields.erase === undefined ? withQuery(at(visit, 'people', id), told) : undefined,
  });
};
