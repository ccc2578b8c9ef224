import { sha256Hex } from './auth/digest.ts';
import type { Once } from './db/once.ts';
import { Problem } from './problem.ts';

/**
 * What makes a request one of its kind: the actor, the Idempotency-Key and a hash of method, path and body.
 * `null` without the header. The idea of draft-ietf-httpapi-idempotency-key-header.
 */
export const onceFrom = async (
  actor: string,
  key: string | undefined,
  request: { method: string; path: string; body: string },
): Promise<Once | null> => {
  if (key === undefined) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new Problem('header-invalid', { header: 'Idempotency-Key' });
  const fingerprint = await sha256Hex(`${request.method} ${request.path}\n${request.body}`);
  return { actor, key, fingerprint };
};
