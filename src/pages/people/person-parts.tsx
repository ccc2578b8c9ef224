import { may } from '../../auth/actor.ts';
import { ResultBox } from '../result-box.tsx';
import { Go } from '../screen.tsx';
import { at, type Fields, type Visit } from '../visit.ts';
import { EraseForm } from './erase-form.tsx';
import { Moved } from './moves.tsx';
import { keptWords } from './people-words.ts';
import type { PersonRead } from './read-person.ts';

/** What was done, by the page's address: `moved` has the button's value, `done` the name of anything else. */
export type Told = { moved?: string | undefined; done?: string | undefined };

const says: Record<string, string> = {
  extended: 'They have more time.',
  taken: 'The extension is taken away. The dates of the class hold for them.',
  erased: 'What they wrote is erased, and their name with it. Grades stay.',
  kept: 'What they wrote in this course is erased. Their name stays, for they are in another course.',
};

/** What was done, in a box. */
export const Did = ({ told: { moved, done }, row }: { told: Told; row: PersonRead['row'] }) => {
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

/** The way to what they did. */
export const Work = ({ visit, personId }: { visit: Visit; personId: string }) => (
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

/** What is kept of them, to take away and to erase. */
export const Kept = ({
  visit,
  row,
  kept,
  name,
  typed,
}: {
  visit: Visit;
  row: PersonRead['row'];
  kept: PersonRead['kept'];
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
