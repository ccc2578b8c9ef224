import * as z from 'zod';
import { hmacSha256Hex } from './auth/digest.ts';
import { lazily } from './lazily.ts';
import { Problem } from './problem.ts';

/** Where a keyset page ends: stable order is (time in ms, id). */
export type Position = { at: number; id: string };

/** `?limit=`, a whole number from 1. */
export const limitUpTo = (max: number) => {
  const range = `use a whole number from 1 to ${max}`;
  return z
    .string()
    .regex(/^[1-9]\d{0,4}$/, range)
    .transform(Number)
    .pipe(z.int().min(1).max(max, range));
};

export const pageQuery = lazily(() =>
  z.object({
    cursor: z.string().max(400).optional(),
    limit: limitUpTo(200).default(50),
  }),
);

export type PageQuery = z.output<ReturnType<typeof pageQuery>>;

const encode = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const cursorOf = async (secret: string, list: string, { at, id }: Position): Promise<string> =>
  `${encode(`${at} ${id}`)}.${(await hmacSha256Hex(secret, `cursor ${list} ${at} ${id}`)).slice(0, 24)}`;

/** Reads a cursor made for this list; throws `cursor-invalid` for one of another list or tampered with. */
export const readCursor = async (
  secret: string,
  list: string,
  cursor: string | undefined,
): Promise<Position | null> => {
  if (cursor === undefined) return null;
  const [body = ''] = cursor.split('.');
  const [, at, id] = /^(\d+) (\S+)$/.exec(safeDecode(body)) ?? [];
  if (at === undefined || id === undefined) throw new Problem('cursor-invalid');
  const position = { at: Number(at), id };
  if ((await cursorOf(secret, list, position)) !== cursor) throw new Problem('cursor-invalid');
  return position;
};

const safeDecode = (text: string) => {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
};

/**
 * Cuts rows (one more was asked for than `limit`) to a page; `link` is the value of a Link header (RFC 8288) to the
 * next page, or `null` on the last.
 */
export const pageOf = async <Row>(
  secret: string,
  list: string,
  url: URL,
  rows: Row[],
  limit: number,
  positionOf: (row: Row) => Position,
): Promise<{ items: Row[]; link: string | null }> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items, link: null };
  const next = new URL(url);
  next.searchParams.set('cursor', await cursorOf(secret, list, positionOf(last)));
  return { items, link: `<${next.pathname}${next.search}>; rel="next"` };
};

/** The address of the next page in such a Link header, for a page that links there; `undefined` on the last. */
export const nextOf = (link: string | null): string | undefined => /^<([^>]+)>/.exec(link ?? '')?.[1];
