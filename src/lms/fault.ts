import type { Unanswered } from './outgoing.ts';

/**
 * Why a service of a platform did not do what was asked. `status`: it answered, and how; `token`: so did its token
 * endpoint; `scope`: the token it gave lacks the scope; `not-offered`: so did the launch; `key`: we cannot sign yet;
 * `truncated`: a list that does not end or leads elsewhere; `unreadable`: not what the specification says. `detail` is the
 * platform's words, or ours.
 */
export type Fault = {
  ok: false;
  reason: Unanswered['reason'] | 'status' | 'token' | 'scope' | 'not-offered' | 'key' | 'truncated' | 'unreadable';
  status: number | null;
  detail: string;
  /** How long it asks to be left alone, in ms. */
  retryAfterMs: number | null;
  /** It refuses for the number of our requests, and would not otherwise. */
  throttled: boolean;
};

/** A fault without an answer to read. */
export const fault = (reason: Fault['reason'], detail: string): Fault => ({
  ok: false,
  reason,
  status: null,
  detail,
  retryAfterMs: null,
  throttled: false,
});

const DAY_MS = 86_400_000;

/** Retry-After in ms: seconds or a date (RFC 9110, 10.2.3), a day at most; `null` where it says nothing. */
export const retryAfterMs = (header: string | null, now: number): number | null => {
  if (header === null) return null;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), DAY_MS);
};

/** What an answer that is no success says. Canvas throttles with 403 and an empty bucket. */
export const faultOf = (
  reason: 'status' | 'token',
  { status, headers, text }: { status: number; headers: Headers; text: string },
  now: number,
): Fault => ({
  ok: false,
  reason,
  status,
  detail: text.slice(0, 2000),
  retryAfterMs: retryAfterMs(headers.get('retry-after'), now),
  throttled: status === 429 || (status === 403 && Number(headers.get('x-rate-limit-remaining') ?? 1) <= 0),
});
