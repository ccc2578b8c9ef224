import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { seal, unseal } from '../auth/digest.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { planKeys } from './key-plan.ts';
import { insertToolKey, listToolKeys, removeToolKeys, type ToolKeyRow } from './key-store.ts';

/** Our clock may be ahead of a platform's, and Moodle tolerates no second of it (lti.md: skew). */
const BACKDATED_S = 5;
const KNOWN_FOR_MS = 600_000;

/** What an isolate keeps of the tool's keys, so that the key set and a signature cost no round trip. */
export type KnownKeys = { rows: ToolKeyRow[]; readAt: number; signing: Map<string, CryptoKey> };

const knownKeys = async (deps: Deps): Promise<KnownKeys> => {
  const { known } = deps;
  if (known.keys && known.keys.rows.length > 0 && known.keys.readAt > deps.now() - KNOWN_FOR_MS) return known.keys;
  const rows = await listToolKeys(deps.dbFor(''));
  known.keys = { rows, readAt: deps.now(), signing: known.keys?.signing ?? new Map() };
  return known.keys;
};

/**
 * Makes the tool's next signing key when it is due, and drops those that nothing refers to any more. RSA-2048, as every
 * platform wants RS256 (1EdTech Security Framework 1.0, 5.1.1); takes half a second, so a launch never waits for it: the
 * tick does this, and the request that registers a platform.
 */
export const renewKeys = async (deps: Deps): Promise<{ made: number; retired: number }> => {
  const db = deps.dbFor('');
  const rows = await listToolKeys(db);
  const opens = await Promise.all(
    rows.map(({ sealedPrivateJwk }) => unseal(deps.config.sessionSecret, sealedPrivateJwk).then(Boolean, () => false)),
  );
  const plan = planKeys(
    rows.filter((_, index) => opens[index]),
    deps.now(),
  );
  // What another SESSION_SECRET sealed can sign no more.
  const retires = [...plan.retires, ...rows.filter((_, index) => !opens[index]).map(({ kid }) => kid)];
  if (retires.length > 0) await removeToolKeys(db, retires);
  if (plan.makesNext) {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
    const [publicJwk, privateJwk] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)]);
    const kid = await calculateJwkThumbprint(publicJwk);
    const row = {
      kid,
      publicJwk: JSON.stringify({ ...publicJwk, kid, alg: 'RS256', use: 'sig' }),
      sealedPrivateJwk: await seal(deps.config.sessionSecret, JSON.stringify(privateJwk)),
      createdAt: deps.now(),
    };
    await insertToolKey(db, row, plan.newestAt);
  }
  if (plan.makesNext || retires.length > 0) deps.known.keys = undefined;
  return { made: plan.makesNext ? 1 : 0, retired: retires.length };
};

/** The tool's public keys: next, current and retired. RFC 7517. */
export const toolKeySet = async (deps: Deps): Promise<{ keys: JWK[] }> => {
  const { rows } = await knownKeys(deps);
  return { keys: rows.map(({ publicJwk }) => JSON.parse(publicJwk) as JWK) };
};

/**
 * Signs a JWT as the tool (RS256): client assertions and deep linking responses. `iat`, `exp` and `jti` are set here;
 * `lifeS` in seconds. Throws `not-ready` while there is no key, or none that SESSION_SECRET opens.
 */
export const signAsTool = async (deps: Deps, payload: JWTPayload, lifeS: number): Promise<string> => {
  const keys = await knownKeys(deps);
  const { signing } = planKeys(keys.rows, deps.now());
  const row = keys.rows.find(({ kid }) => kid === signing);
  if (!row) throw new Problem('not-ready', { reason: 'the tool has no signing key yet: the tick makes one' });
  let key = keys.signing.get(row.kid);
  if (!key) {
    const jwk = await unseal(deps.config.sessionSecret, row.sealedPrivateJwk).catch((cause) => {
      throw new Problem('not-ready', { cause, reason: 'the signing keys were sealed with another SESSION_SECRET' });
    });
    key = (await importJWK(JSON.parse(jwk), 'RS256')) as CryptoKey;
    keys.signing.set(row.kid, key);
  }
  const issuedAt = Math.floor(deps.now() / 1000) - BACKDATED_S;
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', kid: row.kid, typ: 'JWT' })
    .setJti(deps.newId())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + BACKDATED_S + lifeS)
    .sign(key);
};
