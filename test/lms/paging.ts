import { demand } from './refuse.ts';

/** One page of a list by `limit` and `from`, and the address of the next page where there is one (RFC 8288). */
export const pageOf = <T>(
  list: readonly T[],
  query: Record<string, string>,
  size: number,
  url: string,
): { items: T[]; next?: string } => {
  const limit = Math.min(Number(query.limit ?? size), size);
  demand(Number.isInteger(limit) && limit > 0, 400, 'limit must be a whole number above 0');
  const from = Number(query.from ?? 0);
  const items = list.slice(from, from + limit);
  if (from + limit >= list.length) return { items };
  const next = new URL(url);
  for (const [name, value] of Object.entries({ ...query, limit: String(limit), from: String(from + limit) }))
    next.searchParams.set(name, value);
  return { items, next: next.href };
};
