import { Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { counted, pointsWords } from '../words.ts';
import { type CellRead, cellWords, signs } from './cell-words.ts';
import type { UnitColumns } from './columns.ts';
import type { GradebookRead } from './read-gradebook.ts';

/** What a unit's cell or an activity's says, as a link to where it is taken apart. */
const Cell = ({ visit, to, cell }: { visit: Visit; to: string; cell: CellRead }) => {
  const { shown, signs: shows, says } = cellWords(cell);
  return (
    <td class="num">
      <Go visit={visit} to={to}>
        <span aria-hidden="true">
          {shown}
          {shows.length > 0 && <small> {shows.map((one) => signs[one][0]).join(' ')}</small>}
        </span>
        <span class="unseen">{says}</span>
      </Go>
    </td>
  );
};

type Shown = {
  visit: Visit;
  read: GradebookRead;
  /** The units whose activities have columns of their own; none: a column a unit. */
  open: readonly UnitColumns[];
  /** The address that opens a unit. */
  opens: (unit: string) => string;
};

const max = (columns: UnitColumns['columns']): number =>
  Math.round(columns.reduce((sum, one) => sum + one.max, 0) * 100) / 100;

const Head = ({ visit, read, open, opens }: Shown) => (
  <thead>
    {open.length > 0 && (
      <tr>
        <th rowspan={2} scope="col" class="stays">
          Person
        </th>
        <th rowspan={2} scope="col" class="num">
          All
        </th>
        {open.map(({ id, title, columns }) => (
          <th scope="colgroup" colspan={columns.length + 1}>
            <span>
              {id}. {title}
            </span>
          </th>
        ))}
      </tr>
    )}
    <tr>
      {open.length === 0 && (
        <>
          <th scope="col" class="stays">
            Person
          </th>
          <th scope="col" class="num">
            All units
          </th>
          {read.units.map(({ id, title, columns }) => (
            <th scope="col" class="num">
              <Go visit={visit} to={opens(id)}>
                {id}. {title}
              </Go>
              <div class="quiet">of {max(columns)}</div>
            </th>
          ))}
        </>
      )}
      {open.flatMap(({ columns }) => [
        <th scope="col" class="num">
          The unit
          <div class="quiet">of {max(columns)}</div>
        </th>,
        ...columns.map((column) => (
          <th scope="col" class="num">
            <span dir="auto">{column.title}</span>
            <div class="quiet">
              {column.kind === 'prompt' ? 'discussion, ' : ''}of {column.max}
            </div>
          </th>
        )),
      ])}
    </tr>
  </thead>
);

/** People by units, or by the activities of the units that are open. The first column and the head stay in sight. */
export const GradebookTable = (shown: Shown) => {
  const { visit, read, open } = shown;
  const caption =
    open.length === 0
      ? `Points of ${counted(read.people.length, 'person', 'people')} by unit`
      : `Points of ${counted(read.people.length, 'person', 'people')} by activity`;
  const place = (person: string, ...parts: string[]) => at(visit, 'gradebook', person, ...parts);
  return (
    <section class="scroll gradebook" aria-label={caption} tabindex={0}>
      <table>
        <caption>{caption}</caption>
        <Head {...shown} />
        <tbody>
          {read.people.map(({ id, name, points, max: most, cells }) => (
            <tr>
              <th scope="row" class="stays" dir="auto">
                <Go visit={visit} to={place(id)}>
                  {name}
                </Go>
              </th>
              <td class="num">
                <span aria-hidden="true">{points}</span>
                <span class="unseen">{pointsWords(points, most)}</span>
              </td>
              {open.length === 0
                ? read.units.map((unit) => (
                    <Cell visit={visit} to={`${place(id)}#unit-${unit.id}`} cell={cells.ofUnit(unit)} />
                  ))
                : open.flatMap((unit) => [
                    <Cell visit={visit} to={`${place(id)}#unit-${unit.id}`} cell={cells.ofUnit(unit)} />,
                    ...unit.columns.map((column) => (
                      <Cell visit={visit} to={place(id, column.kind, column.id)} cell={cells.of(column)} />
                    )),
                  ])}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
