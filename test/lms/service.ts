import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { breakCall } from './break-call.ts';
import { type Ctx, type Env, mediaType } from './context.ts';
import { type Endpoint, nextFault } from './faults.ts';
import { type LoggedCall, profileOf, timeOf } from './platforms.ts';
import { demand, refuse } from './refuse.ts';

const KEPT_CALLS = 20_000;

/** Every call to an endpoint: written into the platform's log, and broken where the fault plan says so. */
export const endpoint =
  (name: Endpoint): MiddlewareHandler<Env> =>
  async (c, next) => {
    const platform = c.get('platform');
    const { pathname, search } = new URL(c.req.url);
    const call: LoggedCall = {
      at: timeOf(platform),
      method: c.req.method,
      path: `${pathname.replace(`/p/${platform.id}`, '')}${search}`,
      endpoint: name,
      status: 'none',
      outcome: '',
      carriedOut: false,
    };
    platform.calls.push(call);
    if (platform.calls.length > KEPT_CALLS) platform.calls.shift();
    const fault = nextFault(platform, name);
    if (fault) call.fault = fault.kind;
    if (!fault || fault.carryOut || fault.kind === 'narrow-scope') {
      if (fault?.kind === 'narrow-scope') c.set('narrow', true);
      await next();
      call.carriedOut = c.res.ok;
      call.status = c.res.status;
      call.outcome = c.error instanceof HTTPException ? c.error.message : (c.get('refusal') ?? 'ok');
    }
    if (!fault || fault.kind === 'narrow-scope') return undefined;
    const broken = await breakCall(c, fault, name);
    if (broken) {
      c.res = undefined;
      c.res = broken;
      call.status = fault.kind === 'cut' || fault.kind === 'timeout' ? 'cut' : broken.status;
      call.outcome = `broken on purpose: ${fault.kind}, ${call.carriedOut ? 'after' : 'without'} carrying it out`;
    }
    return undefined;
  };

/** Lets through a live bearer token that has one of the scopes. RFC 6750: `Bearer` is written so. */
export const bearer = (...wanted: string[]): MiddlewareHandler<Env> => {
  return async (c, next) => {
    const platform = c.get('platform');
    const { needsUserAgent, missingScopeStatus } = profileOf(platform);
    demand(!needsUserAgent || c.req.header('user-agent'), 403, 'send a User-Agent that names your tool');
    const [, token] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
    const challenge = { 'www-authenticate': 'Bearer error="invalid_token"' };
    if (!token) return refuse(401, 'Authorization: Bearer and an access token is missing', challenge);
    const known = platform.tokens[token];
    if (!known) return refuse(401, 'the access token is not known here, or was revoked', challenge);
    if (known.expiresAt <= timeOf(platform)) return refuse(401, 'the access token has expired', challenge);
    const client = platform.clients.find(({ clientId }) => clientId === known.clientId);
    demand(client?.active, 401, 'the tool is not active on this platform any more');
    demand(
      wanted.some((scope) => known.scopes.includes(scope)),
      missingScopeStatus,
      `the access token lacks the scope ${wanted.join(' or ')}`,
    );
    c.set('client', client);
    return next();
  };
};

/** Refuses unless `Accept` names the media type, in the platform's own strictness. */
export const accepts = (c: Ctx, type: string): void => {
  const accept = c.req.header('accept') ?? '';
  const { wholeAccept } = profileOf(c.get('platform'));
  const named = accept.split(',').map((one) => one.split(';')[0]!.trim());
  const held = wholeAccept ? accept === type || accept.includes('*/*') : named.includes(type);
  demand(held, wholeAccept ? 400 : 406, `No handler for Accept: ${accept || '(missing)'}; it must be ${type}`);
};

/** The JSON body, sent as exactly that media type. */
export const bodyAs = async (c: Ctx, type: string): Promise<Record<string, unknown>> => {
  const wrong = profileOf(c.get('platform')).wholeAccept ? 400 : 415;
  demand(mediaType(c) === type, wrong, `Content-Type must be ${type}, and is ${mediaType(c) || '(missing)'}`);
  const body = await c.req.json().catch(() => refuse(400, 'the body is not JSON'));
  demand(typeof body === 'object' && body !== null && !Array.isArray(body), 400, 'the body must be a JSON object');
  return body;
};

/** Refusals as each platform words them. */
export const writeRefusal = (c: Context<Env>, { status, message, cause }: HTTPException): Response => {
  const { headers = {} } = (cause ?? {}) as { headers?: Record<string, string> };
  if (headers['content-type']) return c.body(message, status, headers);
  const name = c.get('platform')?.profileName;
  if (name === 'canvas') return c.json({ errors: { type: 'refused', message } }, status, headers);
  if (name === 'moodle')
    return c.json({ status, reason: message, request: { method: c.req.method, url: c.req.url } }, status, headers);
  return c.text(message, status, headers);
};
