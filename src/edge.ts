import type { Context, Hono } from 'hono';
import type * as z from 'zod';
import { type Actor, actorName, may } from './auth/actor.ts';
import { authenticate } from './auth/authenticate.ts';
import type { Deps } from './deps.ts';
import { onceFrom } from './idempotency.ts';
import { Problem, problemDocument } from './problem.ts';
import type { Reply, Route } from './route.ts';

export type HonoEnv = { Variables: { requestId: string } };

export const MAX_BODY_BYTES = 65_536;

/** Headers of every response that is not a page. */
export const apiHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

const honoPath = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

/** Mounts routes: authenticate, permit, limit, validate, handle, write. */
export const mount = (app: Hono<HonoEnv>, deps: Deps, routes: readonly Route[]) => {
  for (const one of routes) app.on(one.method.toUpperCase(), honoPath(one.path), (c) => serve(c, deps, one));
};

const serve = async (c: Context<HonoEnv>, deps: Deps, route: Route): Promise<Response> => {
  const actor =
    route.action === null ? ({ kind: 'root' } as const) : await authenticate(deps, c.req.header('authorization'));
  if (route.action !== null) {
    if (!may(actor, route.action)) throw new Problem('not-permitted', { action: route.action });
    const course = c.req.param('course');
    if (actor.kind === 'person' && course !== undefined && course !== actor.courseId)
      throw new Problem('course-not-found');
    await limit(deps, actor);
  }
  const url = new URL(c.req.url);
  const text = route.method === 'get' ? '' : await c.req.text();
  const body = route.body ? validate(route.body, parseJson(c.req.header('content-type'), text)) : undefined;
  const query = route.query ? validate(route.query, c.req.query()) : undefined;
  const once =
    route.method === 'post'
      ? await onceFrom(actorName(actor), c.req.header('idempotency-key'), {
          method: 'POST',
          path: url.pathname,
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
    ifMatch,
    ifNoneMatch: c.req.header('if-none-match'),
    accept: c.req.header('accept') ?? '*/*',
  });
  return write(reply, c.get('requestId'));
};

const limit = async ({ config: { limits } }: Deps, actor: Actor) => {
  const limiter = actor.kind === 'person' ? limits.person : actor.kind === 'key' ? limits.key : undefined;
  if (limiter && !(await limiter.limit({ key: actorName(actor) })).success) throw new Problem('rate-limited');
};

const parseJson = (contentType: string | undefined, text: string): unknown => {
  if (text === '') return {};
  if (contentType !== undefined && !/^application\/([\w.-]+\+)?json\b/i.test(contentType))
    throw new Problem('media-type-unsupported');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('malformed-json', { cause });
  }
};

const pointer = (path: readonly PropertyKey[]) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const validate = (schema: z.ZodType, value: unknown): unknown => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const errors = issues.map(({ path, message }) => ({ pointer: pointer(path), detail: message }));
  const tooBig = (origin: string) => issues.every((issue) => issue.code === 'too_big' && issue.origin === origin);
  throw new Problem(
    tooBig('string')
      ? 'text-too-long'
      : tooBig('array') && issues.every(({ path }) => path.at(-1) === 'claims')
        ? 'too-many-claims'
        : 'invalid-input',
    { errors },
  );
};

const write = ({ status, body, type, headers = {}, replayed }: Reply, requestId: string): Response => {
  const all = new Headers({ ...apiHeaders, 'cache-control': 'private, no-store', 'x-request-id': requestId });
  for (const [name, value] of Object.entries(headers)) if (value !== null) all.set(name, value);
  if (replayed) all.set('idempotency-replayed', 'true');
  if (body === undefined) return new Response(null, { status, headers: all });
  all.set('content-type', type ?? 'application/json');
  return new Response(type ? (body as BodyInit) : JSON.stringify(body), { status, headers: all });
};

const challenge = new Set([401]);
const retryAfter: Record<number, string> = { 429: '20', 503: '2' };

/** Writes a problem as `application/problem+json`. Logs what is not the client's doing, and tells nobody its text. */
export const writeProblem = (deps: Pick<Deps, 'log'>, error: unknown, c: Context<HonoEnv>): Response => {
  const requestId = c.get('requestId');
  const problem = error instanceof Problem ? error : new Problem('internal', { cause: error });
  const document = problemDocument(problem, requestId);
  if (document.status >= 500) {
    const cause = problem.cause ?? error;
    const reason = cause instanceof Error ? `${cause.message}\n${cause.stack ?? ''}` : String(cause);
    deps.log({ level: 'error', requestId, problem: problem.problem, reason });
  }
  const headers: Record<string, string> = {
    ...apiHeaders,
    'cache-control': 'private, no-store',
    'content-type': 'application/problem+json',
    'x-request-id': requestId,
  };
  if (challenge.has(document.status)) headers['www-authenticate'] = 'Bearer';
  if (retryAfter[document.status]) headers['retry-after'] = retryAfter[document.status]!;
  if (Array.isArray(problem.members.allow)) headers.allow = problem.members.allow.join(', ');
  return new Response(JSON.stringify(document), { status: document.status, headers });
};
