import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { type PageQuery, type Position, pageOf, readCursor } from '../paging.ts';
import { type Action, type Actor, institutionOf } from './actor.ts';
import { standing } from './store.ts';

/**
 * A page of a list that is one query: the actor's standing and the rows in one round trip. `select` gives one row more
 * than `limit` from after `after`; `list` names the list in its cursors, `also` adds refusals.
 */
export const listPage = async <Row extends { createdAt: number; id: string }>(
  { deps, actor, query, url }: { deps: Deps; actor: Actor; query: PageQuery; url: URL },
  { list, action, courseId, also }: { list: string; action: Action; courseId?: string; also?: readonly Guard[] },
  select: (db: Database, institutionId: string, after: Position | null, limit: number) => Promise<Row[]> & object,
  positionOf: (row: Row) => Position = (row) => ({ at: row.createdAt, id: row.id }),
): Promise<{ items: Row[]; link: string | null }> => {
  const institutionId = institutionOf(actor);
  const secret = deps.config.sessionSecret;
  const after = await readCursor(secret, list, query.cursor);
  const db = deps.dbFor(institutionId);
  const rows = select(db, institutionId, after, query.limit);
  const [, found] = (await db.batch([standing(db, actor, action, courseId, also), rows as never])) as unknown as [
    unknown,
    Row[],
  ];
  return pageOf(secret, list, url, found, query.limit, positionOf);
};
