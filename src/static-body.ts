import { sha256Hex } from './auth/digest.ts';
import { Problem } from './problem.ts';
import type { Reply } from './route.ts';

/** A body made at build time, with its strong entity tag (quotes included). */
export type StaticBody = { body: string; etag: string; type: string };

/** Made at build time, so that a request hashes nothing. */
export const staticBody = async (body: string, type: string): Promise<StaticBody> => ({
  body,
  etag: `"${(await sha256Hex(body)).slice(0, 24)}"`,
  type,
});

/** Whether an If-None-Match header names this tag (RFC 9110 §13.1.2; the comparison is weak). */
export const matchesTag = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header === etag ||
    header.trim() === '*' ||
    header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));

const cacheControl = 'public, max-age=60, stale-while-revalidate=86400';
/** Pages made at build time hold one style sheet and nothing of anybody's. */
export const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The body, or 304 for a client that has it. Throws `content-not-found` where there is none. */
export const staticReply = (found: StaticBody | undefined, ifNoneMatch: string | undefined): Reply => {
  if (!found) throw new Problem('content-not-found');
  const headers = {
    'cache-control': cacheControl,
    etag: found.etag,
    ...(found.type.startsWith('text/html') ? { 'content-security-policy': pagePolicy } : {}),
  };
  return matchesTag(ifNoneMatch, found.etag)
    ? { status: 304, headers }
    : { status: 200, body: found.body, type: found.type, headers };
};
