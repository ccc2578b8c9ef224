import { jwtVerify, SignJWT } from 'jose';
import { Problem } from '../problem.ts';
import type { ApiKey } from './actor.ts';
import { hmacSha256Hex } from './digest.ts';
import { keyOf } from './sessions.ts';

// Another issuer than that of the sessions in a course: neither is taken for the other.
const ISSUER = 'cmgrclass-admin';

/** How long an administrator stays signed in. */
export const ADMIN_MS = 3_600_000;

/** Of the whole site, and sent to it from its own pages alone. */
export const ADMIN_COOKIE = '__Host-cmgr-admin';

/** Set-Cookie for an administrator's session; `lifeMs` 0 takes it away. */
export const adminCookie = (session: string, lifeMs: number): string =>
  `${ADMIN_COOKIE}=${session}; Path=/; Max-Age=${Math.floor(lifeMs / 1000)}; Secure; HttpOnly; SameSite=Strict`;

/**
 * An administrator's session: a signed token that names an API key by its hash, without its secret. Whether the key still
 * lives and has the scope is asked with everything that is done (`standing`), so that revoking it ends the session at once.
 */
export const signAdmin = async (
  secret: string,
  { institutionId, hash }: ApiKey,
  scopes: readonly string[],
  now: number,
): Promise<string> =>
  new SignJWT({ ins: institutionId, scp: scopes })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setSubject(hash)
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(Math.floor((now + ADMIN_MS) / 1000))
    .sign(await keyOf(secret));

/** The key that a session speaks for. Throws `sign-in-needed`. */
export const readAdmin = async (secret: string, session: string, now: number): Promise<ApiKey> => {
  const { payload } = await jwtVerify(session, await keyOf(secret), {
    algorithms: ['HS256'],
    issuer: ISSUER,
    requiredClaims: ['exp', 'sub'],
    currentDate: new Date(now),
  }).catch((cause) => {
    throw new Problem('sign-in-needed', { cause });
  });
  const hash = payload.sub!;
  const scopes = Array.isArray(payload.scp) ? payload.scp.map(String) : [];
  return { kind: 'key', institutionId: String(payload.ins), keyId: hash.slice(0, 24), hash, scopes };
};

/** What every form of a session's pages carries, and no other site can know. */
export const formTokenOf = (secret: string, session: string): Promise<string> =>
  hmacSha256Hex(secret, `admin form ${session}`);
