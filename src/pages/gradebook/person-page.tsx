import type { Deps } from '../../deps.ts';
import type { Reply } from '../../route.ts';
import { Go, screen } from '../screen.tsx';
import { Table } from '../table.tsx';
import { type Asked, at, type Visit } from '../visit.ts';
import { pointsWords, timesIn } from '../words.ts';
import { aboutWords, lmsStaffWords } from './cell-words.ts';
import { readRow } from './read-gradebook.ts';
import { gradebookStyle } from './style.ts';

/** One person's grades, unit by unit, each with where it stands and a way to its history and to their work. */
export const personPage = async (deps: Deps, visit: Visit, { params }: Asked): Promise<Reply> => {
  const personId = params.person!;
  const { course, name, withdrawn, units, points, max, cells } = await readRow(deps, visit, personId);
  const theirs = { ...visit, personId };
  const trail = [{ to: at(visit, 'gradebook'), title: 'Gradebook' }];
  const said = timesIn(course.timeZone);
  return screen(
    visit,
    { title: name, course: course.name, here: 'gradebook', trail, wide: true, more: gradebookStyle },
    <>
      <h1 dir="auto">{name}</h1>
      <p>
        <b>{pointsWords(points, max)}</b>
        {withdrawn && (
          <>
            {' '}
            <span class="badge warn">withdrawn</span>
          </>
        )}{' '}
        ·{' '}
        <Go visit={theirs} to={at(theirs)}>
          The course as they see it
        </Go>
      </p>
      <nav aria-label="Units" class="views">
        <ul>
          {units.map(({ id, title }) => (
            <li>
              <a href={`#unit-${id}`}>
                Unit {id}
                <span class="unseen">: {title}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {units.map((unit) => {
        const sum = cells.ofUnit(unit);
        return (
          <section aria-labelledby={`unit-${unit.id}`} class="row-of-one">
            <h2 id={`unit-${unit.id}`}>
              {unit.id}. {unit.title}
            </h2>
            <Table
              caption={`Unit ${unit.id}: ${pointsWords(sum.points, sum.max)}`}
              head={['Activity', 'Grade', 'About it', 'LMS', 'Their work']}
            >
              {unit.columns.map((column) => {
                const cell = cells.of(column);
                return (
                  <tr>
                    <th scope="row">
                      <Go visit={visit} to={at(visit, 'gradebook', personId, column.kind, column.id)}>
                        <span dir="auto">{column.title}</span>
                      </Go>
                    </th>
                    <td>{cell.points === null ? 'no grade yet' : pointsWords(cell.points, cell.max)}</td>
                    <td>{aboutWords(cell)}</td>
                    <td>{cell.points !== null && lmsStaffWords(cells.standingOf(column), said)}</td>
                    <td>
                      <Go visit={theirs} to={at(theirs, column.kind === 'prompt' ? 'prompts' : 'scenarios', column.id)}>
                        {column.kind === 'prompt' ? 'The discussion' : 'Their answers'}
                        <span class="unseen"> in {column.title}</span>
                      </Go>
                    </td>
                  </tr>
                );
              })}
            </Table>
          </section>
        );
      })}
    </>,
  );
};
