import { randomUUID } from 'node:crypto';
import { type Key, pooledKey, sign } from './keys.ts';

// A tool of the tests' own: what a strict platform is tried with, in right and wrong ways.

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
type Json = any;

export type Answer = { status: number; headers: Headers; text: string; body: Json };

const read = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  let body: Json;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, text, body };
};

/** A platform of its own on the server, a tool registered with it, and a class: Ines teaches, Sam and Ada learn. */
export const newClass = async (url: string, wish: Record<string, unknown> = {}) => {
  const control = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const answer = await read(
      await fetch(`${url}/control/platforms${path}`, {
        method,
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    );
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.body;
  };
  const platform = await control('POST', '', { profile: 'sakai', toolUrl: 'http://tool.test', ...wish });
  const of = (method: string, path: string, body?: unknown) => control(method, `/${platform.id}${path}`, body);
  const key: Key = await pooledKey();
  await of('PATCH', `/clients/${platform.clientId}`, { jwks: { keys: [key.publicJwk] } });
  const ines = await of('POST', '/users', { name: 'Ines' });
  const sam = await of('POST', '/users', { name: 'Sam', email: 'sam@school.example' });
  const ada = await of('POST', '/users', {});
  const context = await of('POST', '/contexts', {
    members: [
      { user: ines.id, roles: ['Instructor'] },
      { user: sam.id, roles: ['Learner'] },
      { user: ada.id, roles: ['Learner'] },
    ],
  });

  const assertion = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}, signer: Key = key) => {
    const iat = Math.floor(Date.now() / 1000) - 5;
    const right = { iss: platform.clientId, sub: platform.clientId, aud: platform.tokenAudience, jti: randomUUID() };
    return sign(signer, { ...right, iat, exp: iat + 60, ...claims }, header);
  };
  const askToken = async (
    scope: string,
    form: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const right = {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: form.client_assertion ?? (await assertion()),
      scope,
    };
    const body = new URLSearchParams({ ...right, ...form }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return read(await fetch(platform.tokenUrl, { method: 'POST', body, headers: { ...type, ...headers } }));
  };
  const call = async (
    token: string | undefined,
    method: string,
    at: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Promise<Answer> =>
    read(
      await fetch(at, {
        method,
        headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
        redirect: 'manual',
      }),
    );

  return { platform, of, key, ines, sam, ada, context, assertion, askToken, call, read };
};

/** The fields of the form on a page. */
export const fieldsOf = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [
      name!,
      value!.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
    ]),
  );
