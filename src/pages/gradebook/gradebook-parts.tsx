import { Go } from '../screen.tsx';
import { at, type Visit, withQuery } from '../visit.ts';
import { type Sign, signs } from './cell-words.ts';
import type { UnitColumns } from './columns.ts';

/** The signs and what they mean. */
export const Legend = () => (
  <ul class="legend quiet" aria-label="Signs">
    {(Object.keys(signs) as Sign[]).map((one) => (
      <li>
        <b>{signs[one][0]}</b> {signs[one][1]}
      </li>
    ))}
    <li>
      <b>–</b> no grade yet
    </li>
  </ul>
);

type View = { visit: Visit; units: readonly UnitColumns[]; unit: string; named: string };

/** The address of the gradebook with these units open, for people so named. */
export const bookAt = (visit: Visit, unit: string, named: string): string =>
  withQuery(at(visit, 'gradebook'), { unit, named });

/** Which columns there are to choose from. */
export const Views = ({ visit, units, unit, named }: View) => (
  <nav aria-label="Columns" class="views">
    <ul>
      {[
        { id: '', says: 'By unit', title: '' },
        ...units.map(({ id, title }) => ({ id, says: `Unit ${id}`, title })),
        { id: 'all', says: 'Every activity', title: '' },
      ].map(({ id, says, title }) => (
        <li>
          <Go visit={visit} to={bookAt(visit, id, named)} current={id === unit}>
            {says}
            {title && <span class="unseen">: {title}</span>}
          </Go>
        </li>
      ))}
    </ul>
  </nav>
);
