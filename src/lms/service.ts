import type { Deps } from '../deps.ts';
import { type Fault, fault, faultOf } from './fault.ts';
import { nextPage } from './links.ts';
import { type Incoming, jsonIn, type Outgoing, send } from './outgoing.ts';
import { accessToken, type ServiceSession } from './tokens.ts';

/** A call of a service: which scope it needs, and which ones its token is asked for. */
export type ServiceCall = Pick<Outgoing, 'url' | 'method' | 'body'> & {
  accept?: string;
  contentType?: string;
  needed: string;
  scopes: readonly string[];
};

const succeeded = ({ status }: Incoming) => status >= 200 && status <= 299;

/**
 * Calls a platform's service with an access token. Where the platform refuses the token (401), asks for another and tries
 * once more. Answers that are no success are faults; `Bearer` is written as Moodle compares it.
 */
export const callService = async (
  deps: Deps,
  session: ServiceSession,
  call: ServiceCall,
): Promise<Incoming | Fault> => {
  const { url, method, body, accept, contentType } = call;
  let refused: string | undefined;
  for (;;) {
    const token = await accessToken(deps, session, call, refused);
    if (!('token' in token)) return token;
    const reply = await send(deps, {
      url,
      ...(method ? { method } : {}),
      ...(body === undefined ? {} : { body }),
      headers: {
        authorization: `Bearer ${token.token}`,
        ...(accept ? { accept } : {}),
        ...(contentType ? { 'content-type': contentType } : {}),
      },
    });
    if (!reply.ok) return fault(reply.reason, reply.detail);
    if (succeeded(reply)) return reply;
    if (reply.status !== 401 || refused !== undefined) return faultOf('status', reply, deps.now());
    refused = token.token;
  }
};

/** Members of 200 pages are more than any course has; a list that goes on is broken, or leads us in circles. */
const MAX_PAGES = 200;

/**
 * All items of a paged list, or a fault: never a part of them. `itemsOf` reads a page's JSON and gives `null` where it is
 * not what it should be. A next page on another origin is not followed, for the token would go there.
 */
export const listAll = async <Item>(
  deps: Deps,
  session: ServiceSession,
  call: ServiceCall,
  itemsOf: (page: unknown) => Item[] | null,
): Promise<{ ok: true; items: Item[] } | Fault> => {
  const items: Item[] = [];
  const seen = new Set<string>();
  for (let url: string | null = call.url; url !== null; ) {
    if (seen.has(url) || seen.size === MAX_PAGES)
      return fault('truncated', `the list does not end at page ${seen.size}`);
    seen.add(url);
    const reply = await callService(deps, session, { ...call, url });
    if (!reply.ok) return reply;
    const page = itemsOf(jsonIn(reply));
    if (page === null) return fault('unreadable', `page ${seen.size} is not such a list: ${reply.text.slice(0, 200)}`);
    items.push(...page);
    const next = nextPage(reply.headers.get('link'), url);
    if (next !== null && new URL(next).origin !== new URL(call.url).origin)
      return fault('truncated', `page ${seen.size + 1} is said to be at ${new URL(next).origin}`);
    url = next;
  }
  return { ok: true, items };
};
