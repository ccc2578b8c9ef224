import { listPage } from '../../auth/list-page.ts';
import { listCourseSummaries } from '../../courses/people-store.ts';
import type { Deps } from '../../deps.ts';
import type { Reply } from '../../route.ts';
import { Table } from '../table.tsx';
import type { Asked } from '../visit.ts';
import { adminScreen, More } from './admin-screen.tsx';
import type { AdminVisit } from './admin-visit.ts';

const PAGE = 100;

/** The institution's courses, and how many people are in each. */
export const coursesPage = async (deps: Deps, visit: AdminVisit, { query, url }: Asked): Promise<Reply> => {
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
