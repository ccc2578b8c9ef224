import type { Deps } from '../../deps.ts';
import type { Reply } from '../../route.ts';
import { Go, screen } from '../screen.tsx';
import { Search } from '../search.tsx';
import { type Asked, at, fieldOf, type Visit } from '../visit.ts';
import { counted } from '../words.ts';
import { bookAt, Legend, Views } from './gradebook-parts.tsx';
import { GradebookTable } from './gradebook-table.tsx';
import { readGradebook } from './read-gradebook.ts';
import { gradebookStyle } from './style.ts';

/** Everybody's points: a column a unit, or an activity where a unit is opened. */
export const gradebookPage = async (deps: Deps, visit: Visit, { query, fields, url }: Asked): Promise<Reply> => {
  const named = (query.named ?? fieldOf(fields, 'named')).trim().slice(0, 200);
  const wanted = query.unit ?? '';
  const here = new URL(bookAt(visit, wanted, named), url);
  const read = await readGradebook(deps, visit, { named, cursor: query.cursor, url: here });
  const { course, units, people, isWhole, next } = read;
  const open = wanted === 'all' ? units : units.filter(({ id }) => id === wanted);
  const unit = open.length === 0 ? '' : wanted;
  return screen(
    visit,
    { title: 'Gradebook', course: course.name, here: 'gradebook', wide: true, more: gradebookStyle },
    <>
      <h1>Gradebook</h1>
      <Views visit={visit} units={units} unit={unit} named={named} />
      <Search
        visit={visit}
        to={at(visit, 'gradebook')}
        kept={{ unit }}
        name="named"
        value={named}
        label="Part of a name"
      />
      {named !== '' && (
        <p>
          <span dir="auto">
            {counted(people.length, 'person', 'people')} with “{named}” in their name.
          </span>{' '}
          <Go visit={visit} to={bookAt(visit, unit, '')}>
            Show everybody
          </Go>
        </p>
      )}
      {people.length === 0 && named === '' && (
        <p>
          {query.cursor
            ? 'There is nobody after that.'
            : 'No student has come yet: they come here by a launch, or by the roster.'}
        </p>
      )}
      {people.length > 0 && (
        <>
          <GradebookTable visit={visit} read={read} open={open} opens={(id) => bookAt(visit, id, named)} />
          <Legend />
        </>
      )}
      {!isWhole && (
        <p class="actions">
          {query.cursor && (
            <Go visit={visit} to={bookAt(visit, unit, named)}>
              Back to the first
            </Go>
          )}
          {next && (
            <Go visit={visit} to={next}>
              More people
            </Go>
          )}
        </p>
      )}
      <p>
        <Go visit={visit} to={at(visit, 'gradebook', 'spreadsheet')}>
          Take it to a spreadsheet, and bring it back
        </Go>
      </p>
    </>,
  );
};
