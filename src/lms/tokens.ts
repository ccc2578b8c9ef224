import * as z from 'zod';
import { seal, unseal } from '../auth/digest.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { type Fault, fault, faultOf } from './fault.ts';
import { signAsTool } from './keys.ts';
import { jsonIn, send } from './outgoing.ts';
import { updateTokens } from './service-store.ts';

/** A platform's access token: what it is good for, and until when (ms) we use it. */
export type AccessToken = { token: string; scopes: string[]; askedAt: number; usableUntil: number };

/** What of a platform its services need. `tokens` is sealed. */
export type ServicePlatform = {
  id: string;
  institutionId: string;
  product: string;
  clientId: string | null;
  tokenUrl: string | null;
  tokenAudience: string | null;
  tokens: string | null;
};

/** Calls to one platform in one request of ours: those that want a token at the same time ask for it together. */
export type ServiceSession = { platform: ServicePlatform; asking: Map<string, Promise<AccessToken | Fault>> };

export const openService = (platform: ServicePlatform): ServiceSession => ({ platform, asking: new Map() });

const LEEWAY_MS = 60_000;
const ASSERTION_S = 240;
/** A token without the scope we need is not asked for again before. */
const NARROW_FOR_MS = 30_000;
const KEPT = 1000;

const tokenSchema = lazily(() =>
  z.object({
    access_token: z.string().min(1).max(16_384),
    expires_in: z.coerce.number().min(0).catch(300),
    scope: z.string().optional().catch(undefined),
  }),
);

const nameOf = (scopes: readonly string[]) => [...scopes].sort().join(' ');

const sealedTokens = async ({ config }: Deps, { tokens }: ServicePlatform): Promise<Record<string, AccessToken>> =>
  tokens === null
    ? {}
    : unseal(config.sessionSecret, tokens).then(
        (text) => JSON.parse(text),
        () => ({}),
      );

const keep = async (deps: Deps, { platform }: ServiceSession, name: string, token: AccessToken) => {
  const { known, config } = deps;
  if (known.tokens.size >= KEPT) known.tokens.clear();
  known.tokens.set(`${platform.id} ${name}`, token);
  const live = Object.entries(await sealedTokens(deps, platform)).filter(([, one]) => one.usableUntil > deps.now());
  platform.tokens = await seal(config.sessionSecret, JSON.stringify({ ...Object.fromEntries(live), [name]: token }));
  await updateTokens(deps.dbFor(platform.institutionId), platform.id, platform.tokens);
};

/** Asks for a token by a signed assertion. 1EdTech Security Framework 1.0, 4.1; RFC 7523. */
const request = async (
  deps: Deps,
  { platform }: ServiceSession,
  scopes: readonly string[],
): Promise<AccessToken | Fault> => {
  const { clientId, tokenUrl, tokenAudience } = platform;
  if (clientId === null || tokenUrl === null) return fault('token', 'the platform has no client id or token address');
  const asserted = { iss: clientId, sub: clientId, aud: tokenAudience ?? tokenUrl };
  const assertion = await signAsTool(deps, asserted, ASSERTION_S).catch((error: unknown) => {
    if (error instanceof Problem && error.problem === 'not-ready') return fault('key', String(error.members.reason));
    throw error;
  });
  if (typeof assertion !== 'string') return assertion;
  const reply = await send(deps, {
    url: tokenUrl,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json, */*' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      scope: nameOf(scopes),
    }).toString(),
  });
  const now = deps.now();
  if (!reply.ok) return fault(reply.reason, reply.detail);
  if (reply.status < 200 || reply.status > 299) return faultOf('token', reply, now);
  const read = tokenSchema().safeParse(jsonIn(reply));
  if (!read.success) return fault('unreadable', `the token endpoint answered: ${reply.text.slice(0, 200)}`);
  const { access_token: token, expires_in: lifeS, scope } = read.data;
  const lifeMs = lifeS * 1000;
  // RFC 6749, 5.1: where it names no scope, it gave what was asked.
  const granted = scope === undefined ? [...scopes] : scope.split(/[\s,]+/).filter(Boolean);
  return { token, scopes: granted, askedAt: now, usableUntil: now + lifeMs - Math.min(LEEWAY_MS, lifeMs / 2) };
};

/** Asks, and once more where the platform gave less than we need: it may just have been changed there. */
const renew = async (deps: Deps, session: ServiceSession, scopes: readonly string[], needed: string) => {
  let token = await request(deps, session, scopes);
  if ('token' in token && !token.scopes.includes(needed)) token = await request(deps, session, scopes);
  if ('token' in token) await keep(deps, session, nameOf(scopes), token);
  return token;
};

/**
 * An access token of a platform for `scopes`, of which `needed` is used now: from memory, from where it is kept sealed, or
 * asked for. What the launch did not offer is not asked for (`not-offered`). `refused`: a token that the platform takes no
 * longer. Platforms may grant fewer scopes than asked; a token without the needed one is a fault (`scope`).
 */
export const accessToken = async (
  deps: Deps,
  session: ServiceSession,
  { scopes, needed }: { scopes: readonly string[]; needed: string },
  refused?: string,
): Promise<AccessToken | Fault> => {
  if (!scopes.includes(needed)) return fault('not-offered', `the launch did not offer ${needed}`);
  const name = nameOf(scopes);
  const now = deps.now();
  const usable = (one: AccessToken | undefined): one is AccessToken =>
    one !== undefined &&
    one.token !== refused &&
    one.usableUntil > now &&
    (one.scopes.includes(needed) || one.askedAt > now - NARROW_FOR_MS);
  const kept = deps.known.tokens.get(`${session.platform.id} ${name}`);
  const token = usable(kept) ? kept : (await sealedTokens(deps, session.platform))[name];
  if (usable(token)) {
    deps.known.tokens.set(`${session.platform.id} ${name}`, token);
    return withScope(token, needed);
  }
  const asking = session.asking.get(name) ?? renew(deps, session, scopes, needed);
  session.asking.set(name, asking);
  const given = await asking.finally(() => session.asking.delete(name));
  return 'token' in given ? withScope(given, needed) : given;
};

const withScope = (token: AccessToken, needed: string): AccessToken | Fault =>
  token.scopes.includes(needed) ? token : fault('scope', `the platform does not grant ${needed}`);
