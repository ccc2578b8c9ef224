import { compactVerify, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, type JWK } from 'jose';
import { type LaunchClaims, messageTypes } from './claims.ts';
import { type Refused, refuse } from './refusals.ts';

const SKEW_S = 60;
const OLDEST_S = 600;
const MAX_KEYS_OF_A_KID = 4;

/** A token as it says of itself: nothing of it is believed yet. */
export type ParsedToken = { token: string; kid: string; payload: Record<string, unknown> };

/** Takes a token apart. RS256 alone, and the key must be named: Security Framework 1.0, 5.1.3 step 5 and 6.3. */
export const parseToken = (token: string | undefined): ParsedToken | Refused => {
  if (!token) return refuse('token-missing');
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    const payload = decodeJwt(token);
    if (alg !== 'RS256') return refuse('algorithm-refused', `alg ${alg}`);
    if (typeof kid !== 'string' || kid === '') return refuse('kid-missing');
    return { token, kid, payload };
  } catch {
    return refuse('token-malformed');
  }
};

/** The keys of that name: platforms have been seen to publish two under one. */
export const keysNamed = ({ keys }: JSONWebKeySet, kid: string): JWK[] => keys.filter((key) => key.kid === kid);

const isSuitable = ({ kty, use, alg, n }: JWK): boolean =>
  kty === 'RSA' && (use ?? 'sig') === 'sig' && (alg ?? 'RS256') === 'RS256' && (n ?? '').length >= 342;

/** Whether one of these keys signed the token. Security Framework 1.0, 5.1.3 step 1. */
export const verifySignature = async (token: string, keys: readonly JWK[]): Promise<'signed' | Refused> => {
  const suitable = keys.filter(isSuitable).slice(0, MAX_KEYS_OF_A_KID);
  if (suitable.length === 0) return refuse('key-unsuitable', keys.map(({ kty, alg }) => `${kty} ${alg}`).join(', '));
  for (const key of suitable) {
    const signed = await compactVerify(token, key, { algorithms: ['RS256'] }).catch(() => null);
    if (signed) return 'signed';
  }
  return refuse('signature-wrong');
};

/** What a message is held to: the platform that its login named, and that login's nonce and target. `now` in ms. */
export type Expected = { issuer: string; clientId: string; nonce: string; now: number };

/** Whether a signed message is this login's, for us, and of now. Security Framework 1.0, 5.1.3 steps 2 to 8; LTI Core 5.3. */
export const checkClaims = (claims: LaunchClaims, { issuer, clientId, nonce, now }: Expected): 'right' | Refused => {
  const audience = [claims.aud].flat();
  const party = claims.azp ?? undefined;
  const seconds = now / 1000;
  if (claims.iss !== issuer) return refuse('issuer-wrong', claims.iss);
  // No other audience is trusted, so step 4 is left with an azp that may be there.
  if (audience.some((one) => one !== clientId)) return refuse('audience-wrong', audience.join(', '));
  if (party !== undefined && party !== clientId) return refuse('party-wrong', String(party));
  if (claims.exp + SKEW_S <= seconds) return refuse('token-expired', `${Math.round(seconds - claims.exp)} s ago`);
  if (claims.iat - SKEW_S > seconds) return refuse('token-early', `${Math.round(claims.iat - seconds)} s ahead`);
  if (claims.iat + OLDEST_S + SKEW_S < seconds) return refuse('token-old', `${Math.round(seconds - claims.iat)} s old`);
  if (claims.nonce !== nonce) return refuse('nonce-wrong');
  if (claims.lti.version !== '1.3.0') return refuse('version-wrong', claims.lti.version);
  if (!messageTypes.some((type) => type === claims.lti.message_type))
    return refuse('message-unknown', claims.lti.message_type);
  return 'right';
};
