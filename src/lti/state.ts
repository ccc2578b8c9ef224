import { jwtVerify, SignJWT } from 'jose';
import { randomToken, sha256Hex } from '../auth/digest.ts';
import { keyOf } from '../auth/sessions.ts';
import { type Refused, refuse } from './refusals.ts';

/** Sessions are signed with the same secret: this keeps one from passing for the other. */
const ISSUER = 'cmgrclass:lti-login';
const LIFE_MS = 600_000;

/** The platform's frame that keeps things for us (Platform Storage), by its name, and its origin. */
export type StorageFrame = { target: string; origin: string };

/**
 * What a login leaves for its launch to be held to. `binding` is the hash of the secret that this browser alone was given;
 * `storage` is there where the platform may be keeping it.
 */
export type LoginState = {
  institutionId: string;
  platformId: string;
  nonce: string;
  binding: string;
  targetHash: string;
  storage: StorageFrame | null;
  /** Other institutions have this registration too: whose launch it is the deployment will tell. */
  shared: boolean;
};

/** What a state keeps of an address, to compare it by. */
export const targetHashOf = async (targetLinkUri: string): Promise<string> =>
  (await sha256Hex(targetLinkUri)).slice(0, 32);

/**
 * A login's state, its nonce, and the secret that binds it to the browser. The state is signed and carries all: a login
 * stores nothing, so nobody can fill the database by calling it. It lives ten minutes; `now` in ms.
 */
export const makeState = async (
  sessionSecret: string,
  login: Pick<LoginState, 'institutionId' | 'platformId' | 'storage' | 'shared'> & { targetLinkUri: string },
  now: number,
): Promise<{ state: string; nonce: string; binding: string; secret: string }> => {
  const [nonce, secret] = [randomToken(16), randomToken(32)];
  const binding = await sha256Hex(secret);
  const claims = {
    ins: login.institutionId,
    plt: login.platformId,
    non: nonce,
    bnd: binding,
    tgt: await targetHashOf(login.targetLinkUri),
    ...(login.storage ? { sto: [login.storage.target, login.storage.origin] } : {}),
    ...(login.shared ? { shr: 1 } : {}),
  };
  const state = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setExpirationTime(Math.floor((now + LIFE_MS) / 1000))
    .sign(await keyOf(sessionSecret));
  return { state, nonce, binding, secret };
};

/** A state that came back, if this tool made it and its ten minutes are not over. */
export const readState = async (
  sessionSecret: string,
  state: string | undefined,
  now: number,
): Promise<LoginState | Refused> => {
  if (!state) return refuse('state-missing');
  try {
    const { payload } = await jwtVerify(state, await keyOf(sessionSecret), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      requiredClaims: ['exp', 'ins', 'plt', 'non', 'bnd', 'tgt'],
      currentDate: new Date(now),
    });
    const [target, origin] = (payload.sto ?? []) as string[];
    return {
      institutionId: String(payload.ins),
      platformId: String(payload.plt),
      nonce: String(payload.non),
      binding: String(payload.bnd),
      targetHash: String(payload.tgt),
      storage: target && origin ? { target, origin } : null,
      shared: payload.shr === 1,
    };
  } catch (error) {
    return refuse((error as { code?: string }).code === 'ERR_JWT_EXPIRED' ? 'state-expired' : 'state-unknown');
  }
};
