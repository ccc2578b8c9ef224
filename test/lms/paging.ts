import type { Platform } from './platforms.ts';
import { demand } from './refuse.ts';

/** One page of a list by `limit` and `from`, and the address of the next page where there is one (RFC 8288). */
export const pageOf = <T>(
  { pageSize, nextMode }: Platform,
  list: readonly T[],
  query: Record<string, string>,
  url: string,
): { items: T[]; next?: string } => {
  const limit = Math.min(Number(query.limit ?? pageSize), pageSize);
  demand(Number.isInteger(limit) && limit > 0, 400, 'limit must be a whole number above 0');
  const from = Number(query.from ?? 0);
  const items = list.slice(from, from + limit);
  const more = from + limit < list.length;
  if (!more && nextMode !== 'endless') return { items };
  const next = new URL(url);
  const start = String(more ? from + limit : 0);
  for (const [name, value] of Object.entries({ ...query, limit: String(limit), from: start }))
    next.searchParams.set(name, value);
  if (nextMode === 'foreign') next.hostname = 'elsewhere.example';
  return { items, next: next.href };
};
