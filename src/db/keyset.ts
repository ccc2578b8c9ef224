import { and, type Column, eq, gt, or, type SQL } from 'drizzle-orm';
import type { Position } from '../paging.ts';

/** True in SQL for rows that come after a position in the order (created, id); for all where there is none. */
export const comesAfter = (
  { createdAt, id }: { createdAt: Column; id: Column },
  after: Position | null,
): SQL | undefined => (after ? or(gt(createdAt, after.at), and(eq(createdAt, after.at), gt(id, after.id))) : undefined);
