import type { ApiKey } from './actor.ts';
import { randomToken, sha256Hex } from './digest.ts';

const PREFIX = 'cmgr_';
const shape = /^([0-9a-f]{32})_[A-Za-z0-9_-]{43}$/;

/** A secret that says whose it is: that tells in which database it is known. */
export const newSecret = (prefix: string, institutionId: string): string =>
  `${prefix}${institutionId.replaceAll('-', '')}_${randomToken(32)}`;

/** The institution that a secret names, or `null` for what is none of this prefix. */
export const institutionIn = (prefix: string, secret: string): string | null => {
  const [, compact] = (secret.startsWith(prefix) && shape.exec(secret.slice(prefix.length))) || [];
  return compact?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') ?? null;
};

/** A new key for an institution: the secret (shown once), its hash (stored) and its id (the hash's beginning). */
export const makeApiKey = async (institutionId: string) => {
  const secret = newSecret(PREFIX, institutionId);
  const hash = await sha256Hex(secret);
  return { secret, hash, id: hash.slice(0, 24) };
};

/** Reads an API key, or gives `null` for what is none. Whether it is known and live, the database says. */
export const readApiKey = async (token: string): Promise<ApiKey | null> => {
  const institutionId = institutionIn(PREFIX, token);
  if (institutionId === null) return null;
  const hash = await sha256Hex(token);
  return { kind: 'key', institutionId, hash, keyId: hash.slice(0, 24) };
};
