import type { Deps } from '../../deps.ts';
import { Receipt } from '../receipt.tsx';
import { eventWords, type ReceiptRead } from '../receipt-words.ts';
import { Change } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import type { CellAt, CellDetail } from './read-cell.ts';

/** What somebody set or lifted was graded by nothing that could be asked again. */
const isGraded = ({ type }: ReceiptRead): boolean => type !== 'override' && type !== 'lift';

type Kept = { deps: Deps; visit: Visit; cell: CellAt; read: CellDetail; replayed: string | undefined };

/** What happened to a grade, newest first: each opens its receipt, which can be made again. */
export const History = ({ deps, visit, cell, read: { history, hasMore, times, grade }, replayed }: Kept) => (
  <section aria-labelledby="history">
    <h2 id="history">How it came about</h2>
    {history.length === 0 && <p>Nothing has happened to this grade yet.</p>}
    <Change visit={visit} id="replay" to={at(visit, 'gradebook', cell.person, cell.kind, cell.activity)} />
    <ol class="list" reversed>
      {history.map(({ receipt, by }) => (
        <li>
          <details open={receipt.id === (replayed ?? grade.gradeEvent)}>
            <summary>
              <span dir="auto">{eventWords(receipt, by ?? 'The student')}</span>{' '}
              <small>{times(receipt.createdAt)}</small>
              {receipt.id === grade.gradeEvent && (
                <>
                  {' '}
                  <span class="badge good">stands</span>
                </>
              )}
            </summary>
            <Receipt catalogue={deps.catalogue} receipt={receipt} times={times} by={by} isHeaded />
            {isGraded(receipt) && (
              <p class="actions">
                <button type="submit" class="button" form="replay" name="replay" value={receipt.id}>
                  Grade it again and compare
                </button>
              </p>
            )}
          </details>
        </li>
      ))}
    </ol>
    {hasMore && <p class="quiet">What happened before that is kept too, and not shown here.</p>}
  </section>
);
