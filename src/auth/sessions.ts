import { jwtVerify, SignJWT } from 'jose';
import { Problem } from '../problem.ts';
import { type Person, type Role, roles } from './actor.ts';

const ISSUER = 'cmgrclass';

let imported: { secret: string; key: Promise<CryptoKey> } | undefined;

/** The secret as a key (HMAC with SHA-256), imported once an isolate. */
export const keyOf = (secret: string): Promise<CryptoKey> => {
  if (imported?.secret !== secret) {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const raw = new TextEncoder().encode(secret);
    imported = { secret, key: crypto.subtle.importKey('raw', raw, algorithm, false, ['sign', 'verify']) };
  }
  return imported.key;
};

/** A session token: an HS256 JWT for one person in one course. The same arguments give the same token. Times in ms. */
export const signSession = async (secret: string, person: Omit<Person, 'kind'>, issuedAt: number, expiresAt: number) =>
  new SignJWT({
    ins: person.institutionId,
    crs: person.courseId,
    rol: person.role,
    ...(person.delivers ? { out: 1 } : {}),
    ...(person.readOnly ? { ro: 1 } : {}),
    ...(person.frameAncestors?.length ? { frm: person.frameAncestors } : {}),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setSubject(person.personId)
    .setIssuedAt(Math.floor(issuedAt / 1000))
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(await keyOf(secret));

/** Tokens whose signature this isolate has verified: a check costs a tenth of an answer. Half a kilobyte each. */
const KEPT_TOKENS = 4000;
const verified = new Map<string, { secret: string; person: Person; expiresAt: number }>();

const verifySession = async (secret: string, token: string, now: number) => {
  const { payload: claims } = await jwtVerify(token, await keyOf(secret), {
    algorithms: ['HS256'],
    issuer: ISSUER,
    requiredClaims: ['exp'],
    currentDate: new Date(now),
  }).catch((cause) => {
    throw new Problem(cause.code === 'ERR_JWT_EXPIRED' ? 'session-expired' : 'credentials-invalid', { cause });
  });
  const person: Person = {
    kind: 'person',
    institutionId: String(claims.ins),
    courseId: String(claims.crs),
    personId: String(claims.sub),
    role: roles.find((one) => one === claims.rol) as Role,
    delivers: claims.out === 1,
    readOnly: claims.ro === 1,
    frameAncestors: Array.isArray(claims.frm) ? claims.frm.map(String) : [],
  };
  return { secret, person, expiresAt: claims.exp! * 1000 };
};

/** Who a session token speaks for. Throws `credentials-invalid` or `session-expired`. */
export const readSession = async (secret: string, token: string, now: number): Promise<Person> => {
  const kept = verified.get(token);
  const session = kept?.secret === secret ? kept : await verifySession(secret, token, now);
  if (session.expiresAt <= now) throw new Problem('session-expired');
  if (session !== kept) {
    if (verified.size >= KEPT_TOKENS) verified.clear();
    verified.set(token, session);
  }
  return session.person;
};
