import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Actor } from './actor.ts';
import { readApiKey } from './api-keys.ts';
import { sameSecret } from './digest.ts';
import { readSession } from './sessions.ts';

/**
 * Who an Authorization header speaks for: an API key, a session token or the root key. Asks no database: whether the
 * key lives and the person is enrolled is checked by `standing` in the transaction of what is asked.
 */
export const authenticate = async (
  { config, now }: Pick<Deps, 'config' | 'now'>,
  authorization: string | undefined,
): Promise<Actor> => {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (!token) throw new Problem('credentials-missing');
  if (token.startsWith('cmgr_')) {
    const key = await readApiKey(token);
    if (!key) throw new Problem('credentials-invalid');
    return key;
  }
  if (/^eyJ[^.]*\.[^.]+\.[^.]+$/.test(token)) return readSession(config.sessionSecret, token, now());
  if (await sameSecret(token, config.rootKey)) return { kind: 'root' };
  throw new Problem('credentials-invalid');
};
