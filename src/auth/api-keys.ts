import type { ApiKey } from './actor.ts';
import { randomToken, sha256Hex } from './digest.ts';

const shape = /^cmgr_([0-9a-f]{32})_[A-Za-z0-9_-]{43}$/;

/** A new key for an institution: the secret (shown once), its hash (stored) and its id (the hash's beginning). */
export const makeApiKey = async (institutionId: string) => {
  const secret = `cmgr_${institutionId.replaceAll('-', '')}_${randomToken(32)}`;
  const hash = await sha256Hex(secret);
  return { secret, hash, id: hash.slice(0, 24) };
};

/** Reads an API key, or gives `null` for what is none. Whether it is known and live, the database says. */
export const readApiKey = async (token: string): Promise<ApiKey | null> => {
  const [, compact] = shape.exec(token) ?? [];
  if (!compact) return null;
  const institutionId = compact.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const hash = await sha256Hex(token);
  return { kind: 'key', institutionId, hash, keyId: hash.slice(0, 24) };
};
