import { listAppeals } from '../../appeals/store.ts';
import type { Database } from '../../db/client.ts';
import { listQueue } from '../../discussion/flags-store.ts';
import { viewerOf } from '../../discussion/store.ts';
import { listUnsent } from '../../outbox/sync-store.ts';
import { Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { counted } from '../words.ts';

/** As far as waiting things are counted. */
const MOST = 20;

/** What waits for the staff of a course: appeals, posts, and scores that are not in the LMS. */
export const toDoQueries = (db: Database, { person, courseId }: Visit) => {
  const where = { institutionId: person.institutionId, courseId };
  return [
    listAppeals(db, where, { onlyOf: null, state: 'open' }, null, MOST),
    listQueue(db, viewerOf(person), null, MOST),
    listUnsent(db, where, null, null, MOST),
  ] as const;
};

const some = (rows: number, one: string): string => (rows > MOST ? `Over ${MOST} ${one}s` : counted(rows, one));

/** What waits for the staff, with the way to each; says so where nothing does. */
export const ToDo = ({
  visit,
  appeals,
  posts,
  scores,
}: {
  visit: Visit;
  appeals: number;
  posts: number;
  scores: number;
}) => {
  const all = [
    { rows: appeals, says: some(appeals, 'appeal'), place: 'appeals' },
    { rows: posts, says: `${some(posts, 'post')} to look at`, place: 'review-queue' },
    { rows: scores, says: `${some(scores, 'score')} not in the LMS`, place: 'sync' },
  ].filter(({ rows }) => rows > 0);
  return (
    <section class={`box ${all.length > 0 ? 'warn' : 'good'}`} aria-labelledby="waits">
      <h2 id="waits">{all.length > 0 ? 'Waits for you' : 'Nothing waits for you'}</h2>
      <ul>
        {all.map(({ says, place }) => (
          <li>
            <Go visit={visit} to={at({ ...visit, personId: visit.person.personId }, place)}>
              {says}
            </Go>
          </li>
        ))}
      </ul>
    </section>
  );
};
