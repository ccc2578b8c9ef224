import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { parse as parseCookies } from 'hono/utils/cookie';
import { apiHeaders } from './api-headers.ts';
import { type Actor, actorName, may } from './auth/actor.ts';
import { ADMIN_COOKIE, formTokenOf, readAdmin } from './auth/admin-sessions.ts';
import { authenticate } from './auth/authenticate.ts';
import { sameSecret } from './auth/digest.ts';
import { sessionCookieName } from './auth/session-cookie.ts';
import type { RateLimiter } from './config.ts';
import type { Deps } from './deps.ts';
import { onceFrom } from './idempotency.ts';
import { deliverFor } from './outbox/deliver.ts';
import { Problem } from './problem.ts';
import type { HandledRoute, Reply, Route } from './route.ts';
import { staticReply } from './static-body.ts';
import { validate } from './validate.ts';

export type HonoEnv = { Variables: { requestId: string } };

const MAX_BODY_BYTES = 65_536;

const honoPath = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

/** Mounts the routes whose bodies were made at build time: no identity, no log, no work but to find the body. */
export const mountFixed = (app: Hono<HonoEnv>, deps: Deps, routes: readonly Route[]) => {
  for (const one of routes)
    if ('fixed' in one)
      app.get(honoPath(one.path), (c) => {
        const found = one.fixed(deps, c.req.param() as Record<string, string>);
        if (!found) throw new Problem('content-not-found');
        return staticReply(found, c.req.header('if-none-match'));
      });
};

/** Mounts the others: authenticate, permit, limit, validate, handle, write. */
export const mount = (app: Hono<HonoEnv>, deps: Deps, routes: readonly Route[]) => {
  for (const one of routes)
    if ('handle' in one)
      app.on(one.method.toUpperCase(), honoPath(one.path), limitBody(one), (c) => serve(c, deps, one));
};

const limitBody = ({ maxBytes = MAX_BODY_BYTES }: HandledRoute) =>
  bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new Problem('body-too-large', { maxBytes });
    },
  });

const nobody: Actor = { kind: 'nobody' };

const serve = async (c: Context<HonoEnv>, deps: Deps, route: HandledRoute): Promise<Response> => {
  const text = route.method === 'get' ? '' : await bodyText(c, route);
  const parse = () => parseBody(route, c.req.header('content-type'), text);
  const form = route.page || route.admin ? parse() : undefined;
  const cookies = parseCookies(c.req.header('cookie') ?? '');
  const crossSite = isForeign(c);
  if (route.page && route.method === 'post' && crossSite) throw new Problem('session-missing');
  const session = route.admin
    ? await adminSession(c, deps, route, form, cookies[ADMIN_COOKIE])
    : route.page
      ? pageSession(route, form, cookies[sessionCookieName(c.req.param('course') ?? '')])
      : '';
  const authorization = route.page ? `Bearer ${session}` : c.req.header('authorization');
  const actor =
    route.action === null
      ? nobody
      : route.admin
        ? await readAdmin(deps.config.sessionSecret, session, deps.now())
        : await authenticate(deps, authorization);
  if (route.action === null && /^\/(lti|admin)\//.test(c.req.path))
    await limitAddress(deps, c.req.header('cf-connecting-ip'));
  if (route.action !== null) {
    if (!may(actor, route.action))
      throw new Problem('not-permitted', {
        action: route.action,
        ...(actor.kind === 'key' ? { needs: 'a session token' } : {}),
      });
    const course = c.req.param('course');
    if (actor.kind === 'person' && course !== undefined && course !== actor.courseId)
      throw new Problem('course-not-found');
    if (actor.kind === 'person' && actor.readOnly && writes(route, form)) throw new Problem('read-only');
    await limit(deps, actor, c.req.header('cf-connecting-ip'));
  }
  const url = new URL(c.req.url);
  const body = route.body ? validate(route.body(), form ?? parse()) : undefined;
  const query = route.query ? validate(route.query(), c.req.query()) : undefined;
  const once =
    route.method === 'post'
      ? await onceFrom(actorName(actor), c.req.header('idempotency-key'), {
          method: 'POST',
          path: `${url.pathname}${url.search}`,
          body: text,
        })
      : null;
  const ifMatch = c.req.header('if-match');
  if (route.ifMatch && ifMatch === undefined) throw new Problem('precondition-required');
  const reply = await route.handle({
    deps,
    actor,
    params: c.req.param() as Record<string, string>,
    body,
    query,
    url,
    once,
    later: (work) => c.executionCtx.waitUntil(work),
    ifMatch,
    ifNoneMatch: c.req.header('if-none-match'),
    accept: c.req.header('accept') ?? '*/*',
    cookie: (name) => cookies[name],
    crossSite,
    session,
  });
  if (actor.kind === 'person' && actor.delivers && writes(route, form))
    c.executionCtx.waitUntil(deliverFor(deps, actor));
  return write(reply, c.get('requestId'));
};

/** Whether a request changes something: a page's form does where it says which request it is, else it only goes there. */
const writes = ({ method, page }: HandledRoute, form: unknown): boolean =>
  method !== 'get' && (!page || ((form as { once?: unknown }).once ?? '') !== '');

/** A key is limited by the address that sends it as well: what only looks like a key must not reach the database often. */
const limit = async (deps: Deps, actor: Actor, address: string | undefined) => {
  const { limits } = deps.config;
  if (actor.kind === 'person') await withinLimit(limits.person, actorName(actor));
  if (actor.kind === 'key') {
    await withinLimit(limits.key, actorName(actor));
    await limitAddress(deps, address);
  }
};

const limitAddress = async ({ config: { limits } }: Deps, address: string | undefined) => {
  if (address) await withinLimit(limits.key, address);
};

const withinLimit = async (limiter: RateLimiter | undefined, key: string) => {
  if (limiter && !(await limiter.limit({ key })).success) throw new Problem('rate-limited');
};

/** A page's session: from its form, or for a GET from the cookie. A session token alone; keys open no pages. */
const pageSession = ({ method }: HandledRoute, form: unknown, cookie: string | undefined): string => {
  const field = (form as { session?: unknown } | undefined)?.session;
  const session = typeof field === 'string' ? field : method === 'get' ? cookie : undefined;
  if (!session?.startsWith('eyJ')) throw new Problem('session-missing');
  return session;
};

/**
 * Whether a page of another site sent it. A browser that says nothing of the site names at least the origin of a form; our
 * own pages with no referrer say `null` then, but for the administrator's.
 */
const isForeign = ({ req }: Context<HonoEnv>): boolean => {
  const site = req.header('sec-fetch-site');
  if (site !== undefined) return /^(cross|same)-site$/.test(site);
  const origin = req.header('origin');
  if (origin === undefined || origin === new URL(req.url).origin) return false;
  return origin !== 'null' || req.path.startsWith('/admin');
};

/** Whether one of our own pages sent it; a browser that says nothing of the site names at least the origin. */
const isOurs = ({ req }: Context<HonoEnv>): boolean => {
  const site = req.header('sec-fetch-site');
  return site === undefined ? req.header('origin') === new URL(req.url).origin : site === 'same-origin';
};

/** An administrator's session, from its cookie alone. A form must come from our pages, and be made for that session. */
const adminSession = async (
  c: Context<HonoEnv>,
  { config }: Deps,
  { method }: HandledRoute,
  form: unknown,
  cookie: string | undefined,
): Promise<string> => {
  if (!cookie) throw new Problem('sign-in-needed');
  if (method === 'get') return cookie;
  const said = (form as { csrf?: unknown } | null)?.csrf;
  const isMade = typeof said === 'string' && (await sameSecret(said, await formTokenOf(config.sessionSecret, cookie)));
  if (!isOurs(c) || !isMade) throw new Problem('sign-in-needed');
  return cookie;
};

/** JSON can spell half of a surrogate pair, which no database stores. */
const wellFormed = (_name: string, value: unknown) => {
  if (typeof value === 'string' && !value.isWellFormed())
    throw new Problem('malformed-json', { reason: 'a lone surrogate' });
  return value;
};

const parseJson = (contentType: string | undefined, text: string, takes: string[]): unknown => {
  if (text === '') return {};
  if (contentType !== undefined && !/^application\/([\w.-]+\+)?json\b/i.test(contentType))
    throw new Problem('media-type-unsupported', { takes });
  try {
    return JSON.parse(text, /\\u[dD][89a-fA-F]/.test(text) ? wellFormed : undefined);
  } catch (cause) {
    throw new Problem('malformed-json', { takes, cause, ...(cause instanceof Problem ? cause.members : {}) });
  }
};

/** JSON, or a text of a type that the route takes, under the name it gives it. */
const parseBody = (
  { takesText = {}, takesForm }: HandledRoute,
  contentType: string | undefined,
  text: string,
): unknown => {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  if (takesForm && type === 'application/x-www-form-urlencoded') return parseForm(text);
  const name = takesText[type];
  if (name !== undefined) return { [name]: text };
  return parseJson(contentType, text, ['application/json', ...Object.keys(takesText)]);
};

/** workerd complains of a form that is read as text. */
const bodyText = async ({ req }: Context<HonoEnv>, { takesForm }: HandledRoute): Promise<string> =>
  takesForm ? new TextDecoder().decode(await req.arrayBuffer()) : req.text();

/** In one pass: `getAll` goes through the whole form for each name, and anybody may send one of very many. */
const parseForm = (text: string): Record<string, string | string[]> =>
  Object.fromEntries(
    [...Map.groupBy(new URLSearchParams(text), ([name]) => name)].map(([name, pairs]) => {
      const values = pairs.map(([, value]) => value);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );

/** A reply as HTTP has it. */
export const write = (
  { status, body, type, headers = {}, cookies = [], replayed }: Reply,
  requestId: string,
): Response => {
  const all = new Headers({ ...apiHeaders, 'cache-control': 'private, no-store', 'x-request-id': requestId });
  for (const [name, value] of Object.entries(headers)) if (value !== null) all.set(name, value);
  for (const cookie of cookies) all.append('set-cookie', cookie);
  if (replayed) all.set('idempotency-replayed', 'true');
  if (body === undefined) return new Response(null, { status, headers: all });
  all.set('content-type', type ?? 'application/json');
  return new Response(type ? (body as BodyInit) : JSON.stringify(body), { status, headers: all });
};
