import { apiHeaders } from './api-headers.ts';
import { sha256Hex } from './auth/digest.ts';

/** A JSON body made at build time, with its strong entity tag (quotes included). */
export type StaticBody = { body: string; etag: string };

/** Made at build time, so that a request hashes nothing. */
export const staticBody = async (body: string): Promise<StaticBody> => ({
  body,
  etag: `"${(await sha256Hex(body)).slice(0, 24)}"`,
});

/** Whether an If-None-Match header names this tag (RFC 9110 §13.1.2; the comparison is weak). */
export const matchesTag = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header === etag ||
    header.trim() === '*' ||
    header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));

const cacheControl = 'public, max-age=60, stale-while-revalidate=86400';
type Prepared = { bytes: Uint8Array; headers: Record<string, string>; unchanged: ResponseInit };
const prepared = new WeakMap<StaticBody, Prepared>();

const prepare = (found: StaticBody): Prepared => {
  const headers = {
    ...apiHeaders,
    'cache-control': cacheControl,
    etag: found.etag,
  };
  const made = {
    bytes: new TextEncoder().encode(found.body),
    headers: { ...headers, 'content-type': 'application/json' },
    unchanged: { status: 304, headers },
  };
  prepared.set(found, made);
  return made;
};

/** The body, or 304 for a client that has it: encoded once an isolate, with nothing made for the single request. */
export const staticReply = (found: StaticBody, ifNoneMatch: string | undefined): Response => {
  const { bytes, headers, unchanged } = prepared.get(found) ?? prepare(found);
  return matchesTag(ifNoneMatch, found.etag)
    ? new Response(null, unchanged)
    : new Response(bytes as BodyInit, { headers });
};
