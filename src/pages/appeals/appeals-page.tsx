import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import type { Reply } from '../../route.ts';
import { forStaff } from '../for-staff.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Visit, withQuery } from '../visit.ts';
import type { Times } from '../words.ts';
import { type AppealItem, readAppeals } from './read-appeals.ts';

/** A student's appeals stand with their grades. */
export const appealsAreForStaff = (visit: Visit): Reply =>
  forStaff(visit, {
    title: 'Appeals',
    here: 'grades',
    says: 'What you contest, and what came of it, stands with your grades',
    to: at(visit, 'grades'),
    goes: 'to your grades',
  });

const short = (text: string) => (text.length > 200 ? `${text.slice(0, 199).trimEnd()}…` : text);

const Item = ({ visit, times, appeal }: { visit: Visit; times: Times; appeal: AppealItem }) => {
  const { id, personId, name, title, body, state, createdAt, decidedAt } = appeal;
  const decided = decidedAt !== null && `, ${state} ${times(decidedAt)}`;
  return (
    <li>
      <h3>
        <Go visit={visit} to={at(visit, 'appeals', id)}>
          <span dir="auto">{displayName(personId, name)}</span>: <span dir="auto">{title}</span>
        </Go>{' '}
        {state !== 'open' && <span class={state === 'upheld' ? 'badge good' : 'badge'}>{state}</span>}
      </h3>
      <p dir="auto">{short(body)}</p>
      <p class="quiet">
        Made {times(createdAt)}
        {decided}
      </p>
    </li>
  );
};

type Listed = { items: AppealItem[]; next: string | undefined };

/** For the staff: which verdicts students contest, what waits first, then what was decided. */
export const appealsPage = async (deps: Deps, visit: Visit, { query, url }: Asked): Promise<Reply> => {
  if (!visit.staff) return appealsAreForStaff(visit);
  const { course, times, open, decided } = await readAppeals(deps, visit, {
    open: query.open,
    decided: query.decided,
    url,
  });
  const list = ({ items, next }: Listed, more: string, cursor: 'open' | 'decided') => (
    <>
      <ul class="list">
        {items.map((appeal) => (
          <Item visit={visit} times={times} appeal={appeal} />
        ))}
      </ul>
      {next && (
        <p>
          <Go visit={visit} to={withQuery(at(visit, 'appeals'), { [cursor]: next })}>
            {more}
          </Go>
        </p>
      )}
    </>
  );
  return screen(
    visit,
    { title: 'Appeals', course: course.name, here: 'appeals' },
    <>
      <h1>Appeals</h1>
      <section aria-labelledby="open">
        <h2 id="open">Waiting for a decision</h2>
        {open.items.length === 0 && <p>No appeal waits{query.open ? ' after these' : ''}.</p>}
        {list(open, 'More that wait', 'open')}
      </section>
      {(decided.items.length > 0 || query.decided) && (
        <section aria-labelledby="decided">
          <h2 id="decided">Decided</h2>
          {list(decided, 'Earlier decisions', 'decided')}
        </section>
      )}
      {open.items.length + decided.items.length === 0 && (
        <p class="quiet">
          A student contests the verdict on an answer from the page that explains their grade. What they say and cite
          comes here.
        </p>
      )}
    </>,
  );
};
