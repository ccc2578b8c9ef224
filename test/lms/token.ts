import { decodeJwt } from 'jose';
import { type Ctx, mediaType, onceOnly } from './context.ts';
import { opaque } from './keys.ts';
import { addressesOf, type Client, type Platform, profileOf, timeOf } from './platforms.ts';
import { verifyFromTool } from './tool-keys.ts';

type Refused = { error: string; error_description: string };
const refused = (error: string, error_description: string): Refused => ({ error, error_description });

const MINUTE_S = 60;

/** What is wrong with an assertion's claims (LTI Security Framework 4.1.1, RFC 7523 section 3), if anything. */
const faultOf = (platform: Platform, client: Client, claims: Record<string, unknown>): string | undefined => {
  const now = timeOf(platform) / 1000;
  const { tokenAudience } = addressesOf(platform);
  const { skewSeconds } = profileOf(platform);
  const { iss, sub, aud, iat, exp, jti } = claims;
  if (iss !== client.clientId) return `iss must be the client id ${client.clientId}`;
  if (sub !== client.clientId) return `sub must be the client id ${client.clientId}`;
  if (![aud].flat().includes(tokenAudience)) return `aud must be ${tokenAudience}, not ${[aud].flat().join(', ')}`;
  if (typeof iat !== 'number' || typeof exp !== 'number') return 'iat and exp must be numbers';
  if (iat > now + skewSeconds) return `iat is ${(iat - now).toFixed(1)} s in the future: clocks differ, backdate it`;
  if (exp <= now - skewSeconds) return 'it has expired';
  if (exp - iat > 60 * MINUTE_S) return 'it lives longer than an hour';
  if (typeof jti !== 'string' || jti === '') return 'jti is missing';
  for (const [known, until] of Object.entries(client.assertions))
    if (until < now * 1000) delete client.assertions[known];
  if (client.assertions[jti]) return 'jti was used before: an assertion is good once';
  client.assertions[jti] = (exp + skewSeconds) * 1000;
  return undefined;
};

const judge = async (c: Ctx, platform: Platform): Promise<Refused | { client: Client; scopes: string[] }> => {
  if (mediaType(c) !== 'application/x-www-form-urlencoded')
    return refused('invalid_request', 'the body must be application/x-www-form-urlencoded');
  const params = await onceOnly(c);
  if (params.grant_type !== 'client_credentials')
    return refused('unsupported_grant_type', 'grant_type must be client_credentials');
  if (params.client_assertion_type !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    return refused(
      'invalid_request',
      'client_assertion_type must be urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    );
  const assertion = params.client_assertion ?? '';
  let issuer: unknown;
  try {
    issuer = decodeJwt(assertion).sub;
  } catch {
    return refused('invalid_request', 'client_assertion is not a JWT');
  }
  const client = platform.clients.find(({ clientId }) => clientId === issuer);
  if (!client) return refused('invalid_client', `client_assertion: sub ${issuer} is not registered here`);
  if (!client.active) return refused('invalid_client', 'the tool is registered but not yet activated on this platform');
  const verified = await verifyFromTool(client, assertion);
  if ('reason' in verified) return refused('invalid_client', `client_assertion: ${verified.reason}`);
  const fault = faultOf(platform, client, verified.claims);
  if (fault) return refused('invalid_client', `client_assertion: ${fault}`);
  const asked = (params.scope ?? '').split(' ').filter(Boolean);
  const granted = asked.filter((scope) => client.scopes.includes(scope));
  if (granted.length === 0)
    return refused('invalid_scope', `none of the scopes can be granted: ${asked.join(' ') || '(none asked)'}`);
  return { client, scopes: granted };
};

/** The token endpoint (RFC 6749 section 4.4 with RFC 7523). Grants those of the asked scopes that the client may have. */
export const grantToken = async (c: Ctx) => {
  const platform = c.get('platform');
  const { tokenAnswers400 } = profileOf(platform);
  const judged = await judge(c, platform);
  const answer = (body: object, status: number) => {
    const type = tokenAnswers400 ? 'text/html; charset=utf-8' : 'application/json';
    return c.body(JSON.stringify(body), status as 200, { 'content-type': type, 'cache-control': 'no-store' });
  };
  if ('error' in judged) {
    c.set('refusal', `${judged.error}: ${judged.error_description}`);
    return answer(judged, judged.error === 'invalid_client' && !tokenAnswers400 ? 401 : 400);
  }
  const scopes = c.get('narrow') ? judged.scopes.slice(0, -1) : judged.scopes;
  const token = opaque();
  const expiresAt = timeOf(platform) + platform.tokenSeconds * 1000;
  for (const [old, known] of Object.entries(platform.tokens))
    if (known.expiresAt < timeOf(platform)) delete platform.tokens[old];
  platform.tokens[token] = { clientId: judged.client.clientId, scopes, expiresAt };
  return answer(
    { access_token: token, token_type: 'Bearer', expires_in: platform.tokenSeconds, scope: scopes.join(' ') },
    200,
  );
};
