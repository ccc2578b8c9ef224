import type { Deps } from '../deps.ts';

/** A request to somebody else's server. Redirects of a GET are followed, of anything else refused. */
export type Outgoing = {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
  timeoutMs?: number;
  maxBytes?: number;
};

/** What came back; the body as text, for what calls itself JSON often is not. */
export type Incoming = { ok: true; status: number; headers: Headers; text: string };

/** Why there is no answer. Only `no-answer` and `timeout` may have been carried out. */
export type Unanswered = {
  ok: false;
  reason: 'url-refused' | 'no-answer' | 'timeout' | 'too-large' | 'redirected';
  detail: string;
};

const USER_AGENT = 'cmgrclass/1.0 (LTI 1.3 tool)';
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1_048_576;
const MAX_REDIRECTS = 3;

/** Networks that are nobody else's business: this machine, private and link-local ones, by RFC 6890. */
const notPublic = [
  /^(0|10|127)\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^169\.254\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.(168|0\.0|0\.2)\./,
  /^198\.(1[89]|51\.100)\./,
  /^203\.0\.113\./,
  /^(22[4-9]|23\d|24\d|25[0-5])\./,
  /^\[/,
  /(^|\.)(localhost|local|internal|home\.arpa)\.?$/,
];
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Why an address may not be called, or `null`: https only, a public host by name or IPv4, no credentials in it. With
 * `allowsLoopback` (development and tests) this machine may be called too, by http as well. What a name resolves to is for
 * the network to guard: Cloudflare's reaches public hosts only.
 */
export const refusedUrl = (address: string, allowsLoopback: boolean): string | null => {
  if (!URL.canParse(address)) return 'it is not an address';
  const url = new URL(address);
  if (url.username || url.password) return 'it holds credentials';
  if (allowsLoopback && loopback.test(url.hostname) && /^https?:$/.test(url.protocol)) return null;
  if (url.protocol !== 'https:') return 'it is not https';
  if (notPublic.some((pattern) => pattern.test(url.hostname))) return 'its host is not a public one';
  return null;
};

const readCapped = async (response: Response, maxBytes: number): Promise<string | null> => {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
};

/** Where a redirect leads with this request, or `null`. What it carries stays with the origin it was meant for. */
const redirected = (request: Outgoing, response: Response): Outgoing | null => {
  const location = response.headers.get('location');
  if (!/^30[12378]$/.test(String(response.status)) || location === null || !URL.canParse(location, request.url))
    return null;
  const next = new URL(location, request.url);
  const { authorization: _, ...others } = request.headers ?? {};
  const headers = next.origin === new URL(request.url).origin ? request.headers : others;
  return { ...request, url: next.href, headers };
};

/** Sends a request to an LMS or a webhook, within limits (10 s and 1 MiB if it says nothing). Never throws. */
export const send = async (
  { fetch, config }: Pick<Deps, 'fetch' | 'config'>,
  request: Outgoing,
): Promise<Incoming | Unanswered> => {
  const { method = 'GET', timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = request;
  const signal = AbortSignal.timeout(timeoutMs);
  let at = request;
  for (let hops = 0; ; hops++) {
    const refused = refusedUrl(at.url, config.allowsLoopback);
    if (refused) return { ok: false, reason: 'url-refused', detail: `${at.url} is not called: ${refused}` };
    try {
      const response = await fetch(at.url, {
        method,
        headers: { 'user-agent': USER_AGENT, ...at.headers },
        body: at.body,
        redirect: 'manual',
        signal,
      });
      const next = redirected(at, response);
      if (next && (method !== 'GET' || hops === MAX_REDIRECTS))
        return { ok: false, reason: 'redirected', detail: `${at.url} sends on to ${next.url}` };
      if (next) {
        await response.body?.cancel();
        at = next;
        continue;
      }
      const text = await readCapped(response, maxBytes);
      if (text === null) return { ok: false, reason: 'too-large', detail: `${at.url} answered over ${maxBytes} bytes` };
      return { ok: true, status: response.status, headers: response.headers, text };
    } catch (error) {
      return signal.aborted
        ? { ok: false, reason: 'timeout', detail: `${at.url} did not answer within ${timeoutMs / 1000} s` }
        : { ok: false, reason: 'no-answer', detail: `${at.url} cannot be reached: ${String(error).slice(0, 200)}` };
    }
  }
};

/** JSON of any media type, or `undefined` for what is none. */
export const jsonIn = ({ text }: Pick<Incoming, 'text'>): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
