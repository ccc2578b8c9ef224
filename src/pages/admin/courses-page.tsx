import { listPage } from '../../auth/list-page.ts';
import { listCourseSummaries } from '../../courses/people-store.ts';
import type { Deps } from '../../deps.ts';
import { nextOf } from '../../paging.ts';
import type { Reply } from '../../route.ts';
import { Table } from '../table.tsx';
import { adminScreen } from './admin-screen.tsx';
import type { AdminAsked, AdminVisit } from './admin-visit.ts';

const PAGE = 100;

/** The way to the next page of a list. */
export const More = ({ link }: { link: string | null }) =>
  link === null ? null : (
    <p>
      <a href={nextOf(link)}>More</a>
    </p>
  );

/** The institution's courses, and how many people are in each. */
export const coursesPage = async (deps: Deps, visit: AdminVisit, { query, url }: AdminAsked): Promise<Reply> => {
  const call = { deps, actor: visit.key, url, query: { cursor: query.cursor, limit: PAGE } };
  const { items, link } = await listPage(call, { list: 'admin courses', action: 'courses:list' }, listCourseSummaries);
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format;
  return adminScreen(
    visit,
    { title: 'Courses', here: '/courses' },
    <>
      {items.length === 0 ? (
        <p>None yet: the first launch from a course of an LMS makes one.</p>
      ) : (
        <Table caption="Oldest first" head={['Course', 'Students', 'Staff', 'Time zone', 'Since']}>
          {items.map((one) => (
            <tr>
              <th scope="row" dir="auto">
                {one.name}
              </th>
              <td class="num">{one.learners}</td>
              <td class="num">{one.staff}</td>
              <td>{one.timeZone.replaceAll('_', ' ')}</td>
              <td>{day(one.createdAt)}</td>
            </tr>
          ))}
        </Table>
      )}
      <More link={link} />
      <p class="quiet">What is in a course, its own people see: open it from the LMS as one of its instructors.</p>
    </>,
  );
};
