import { createHash, generateKeyPair, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { importJWK, type JWK, SignJWT } from 'jose';

export type Key = { kid: string; privateJwk: JWK; publicJwk: JWK };

const generate = promisify(generateKeyPair);

/** A fresh RSA-2048 key. */
export const newKey = async (): Promise<Key> => {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  return {
    kid,
    privateJwk: privateKey.export({ format: 'jwk' }) as JWK,
    publicJwk: { ...(publicKey.export({ format: 'jwk' }) as JWK), kid, alg: 'RS256', use: 'sig' },
  };
};

const POOL = 12;
const pool: Promise<Key>[] = [];
let taken = 0;
/** A key for a new platform. Keys come round again, since one costs a tenth of a second and tests make hundreds of platforms. */
export const pooledKey = (): Promise<Key> => {
  const place = taken % POOL;
  taken += 1;
  pool[place] ??= newKey();
  return pool[place];
};

let stranger: Promise<Key> | undefined;
/** A key that no platform publishes: what a forger has. */
export const foreignKey = (): Promise<Key> => {
  stranger ??= newKey();
  return stranger;
};

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs claims with RS256, whatever they say. A header member given as null is left out. */
export const sign = async (key: Key, claims: object, header: Record<string, unknown> = {}): Promise<string> => {
  const wanted = { alg: 'RS256', typ: 'JWT', kid: key.kid, ...header };
  const kept = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null));
  return new SignJWT(claims as Record<string, unknown>)
    .setProtectedHeader(kept as { alg: string })
    .sign(await importJWK(key.privateJwk, 'RS256'));
};

/** A token with `alg: none` and no signature. */
export const unsigned = (claims: object, header: Record<string, unknown> = {}): string =>
  `${base64url({ alg: 'none', typ: 'JWT', ...header })}.${base64url(claims)}.`;

/** A token signed with HS256, the published public key as its secret (RFC 8725 section 2.1). */
export const signWithPublicKey = async (key: Key, claims: object): Promise<string> =>
  new SignJWT(claims as Record<string, unknown>)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: key.kid })
    .sign(new TextEncoder().encode(JSON.stringify(key.publicJwk)));

/** A short opaque token that a server could have made. */
export const opaque = (): string => createHash('sha256').update(randomUUID()).digest('base64url');
