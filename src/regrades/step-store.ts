import type { BatchItem } from 'drizzle-orm/batch';
import type { Database } from '../db/client.ts';
import { guard } from '../db/guard.ts';
import { findRegrade, type RegradeRow, runHasMoved } from './store.ts';

/** One transaction of a step, unless somebody else has taken it. Gives the row as it leaves it. */
export const writeStep = async (
  db: Database,
  row: RegradeRow,
  writes: readonly BatchItem<'sqlite'>[],
): Promise<RegradeRow> => {
  const results = await db.batch([guard(db, [runHasMoved(row)]), ...writes, findRegrade(db, row, row.id)]);
  return (results.at(-1) as RegradeRow[])[0]!;
};
