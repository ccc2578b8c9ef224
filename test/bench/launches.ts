import { importJWK, SignJWT } from 'jose';
import { bindingName } from '../../src/lti/binding.ts';
import { makeState } from '../../src/lti/state.ts';
import { makeHint } from '../lms/initiate.ts';
import { messageClaims } from '../lms/message.ts';
import type { LmsCourse } from './lms-course.ts';
import { expecting, type Shot } from './load.ts';
import { SECRETS } from './school.ts';

/** What a browser brings back to the tool: the platform's message, the login's state, and the secret that binds the two. */
export type Returned = { idToken: string; state: string; cookie: string };

const HOUR_S = 3600;

/** Launches of a course's links by its learners, each signed by the platform for a login of its own. */
export const signLaunches = async (
  { platform, platformId, institutionId, learners, columns }: LmsCourse,
  count: number,
): Promise<Returned[]> => {
  const { kid, privateJwk } = platform.keys.current;
  const key = await importJWK(privateJwk, 'RS256');
  const [client] = platform.clients;
  const one = async (index: number): Promise<Returned> => {
    const { subject } = learners[index % learners.length]!;
    const hint = makeHint(platform, { user: subject, link: columns[index % columns.length]!.link });
    const login = { institutionId, platformId, targetLinkUri: hint.targetLinkUri, storage: null, shared: false };
    const { state, nonce, binding, secret } = await makeState(SECRETS.SESSION_SECRET, login, Date.now());
    const claims = messageClaims(platform, client!, { id: subject, roles: [] }, hint, nonce);
    const idToken = await new SignJWT({ ...claims, exp: Number(claims.iat) + HOUR_S })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
      .sign(key);
    return { idToken, state, cookie: `__Host-${bindingName(binding)}=${secret}` };
  };
  const made: Returned[] = [];
  while (made.length < count) made.push(await one(made.length));
  return made;
};

/** The request by which a browser returns to the tool. */
export const launchRequest = ({ idToken, state, cookie }: Returned): Buffer => {
  const body = new URLSearchParams({ id_token: idToken, state }).toString();
  const lines = [
    'POST /lti/launch HTTP/1.1',
    'host: localhost',
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${Buffer.byteLength(body)}`,
    `cookie: ${cookie}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
};

/** Launches one after another, each of which is to open. Throws when all are used. */
export const launchesOf = (all: readonly Returned[]): (() => Shot) => {
  let used = 0;
  return () => {
    const next = all[used++];
    if (!next) throw new Error(`all ${all.length} launches are used: sign more`);
    return expecting(launchRequest(next), 303);
  };
};
