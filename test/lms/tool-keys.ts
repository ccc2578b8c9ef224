import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import type { Client } from './platforms.ts';

const ask = async (client: Client): Promise<JWK[]> => {
  if (client.jwks) return client.jwks;
  const response = await fetch(client.jwksUri, { signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`${client.jwksUri} answered ${response.status}`);
  return ((await response.json()) as { keys: JWK[] }).keys;
};

/**
 * Verifies what the tool signed with the keys that it publishes. They are cached until a key is unknown or a check
 * fails, then fetched once more, as platforms do. Returns why it is refused, or the claims.
 */
export const verifyFromTool = async (
  client: Client,
  token: string,
): Promise<{ claims: Record<string, unknown> } | { reason: string }> => {
  let header: { alg?: string; kid?: string };
  try {
    header = decodeProtectedHeader(token);
  } catch {
    return { reason: 'it is not a JWT' };
  }
  if (header.alg !== 'RS256') return { reason: `alg must be RS256, not ${header.alg}` };
  if (!header.kid) return { reason: 'its header has no kid' };
  const verify = async (keys: JWK[]) => {
    const key = keys.find(({ kid }) => kid === header.kid);
    if (!key) return `kid ${header.kid} is not among the tool's keys`;
    const verified = await compactVerify(token, await importJWK(key, 'RS256')).catch(() => undefined);
    return verified ?? 'its signature does not verify with the key of its kid';
  };
  try {
    const cached = client.jwksCache && (await verify(client.jwksCache));
    const first = cached && typeof cached !== 'string' ? cached : undefined;
    if (!first) client.jwksCache = await ask(client);
    const result = first ?? (await verify(client.jwksCache!));
    if (typeof result === 'string') return { reason: result };
    return { claims: JSON.parse(new TextDecoder().decode(result.payload)) };
  } catch (error) {
    return { reason: `the tool's keys could not be read: ${(error as Error).message}` };
  }
};
