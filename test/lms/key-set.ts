import { generateKeyPairSync } from 'node:crypto';
import { breakCall, linger } from './break-call.ts';
import type { Ctx } from './context.ts';
import type { FaultPlan } from './faults.ts';
import { foreignKey, newKey } from './keys.ts';
import type { JwksMode, Platform } from './platforms.ts';

const SLOW_MS = 20_000;
const ellipticKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const never: FaultPlan = { rate: 0, kinds: [], endpoints: [], delayMs: SLOW_MS, state: 0 };

/** The platform's public keys, in whatever state its mode has them. */
export const publishKeys = async (c: Ctx) => {
  const { keys, jwksMode } = c.get('platform');
  const fault = (kind: '500' | 'html' | 'huge' | 'redirect') =>
    breakCall(c, { kind, carryOut: false, plan: never }, 'jwks');
  const answers: Record<JwksMode, () => Promise<Response | undefined>> = {
    ok: async () => c.json({ keys: keys.published }),
    '500': () => fault('500'),
    html: () => fault('html'),
    oversized: () => fault('huge'),
    redirect: () => fault('redirect'),
    slow: async () => {
      await linger(c, SLOW_MS);
      return c.json({ keys: keys.published });
    },
    // An elliptic key under the name of ours (RFC 7518 section 6.2).
    'wrong-type': async () => c.json({ keys: [{ ...ellipticKey(), kid: keys.current.kid, alg: 'RS256', use: 'sig' }] }),
    // Two keys under one name, the wrong one first.
    'duplicate-kid': async () =>
      c.json({ keys: [{ ...(await foreignKey()).publicJwk, kid: keys.current.kid }, ...keys.published] }),
  };
  return (await answers[jwksMode]())!;
};

/** The next key signs from now on, and another is published in its place; `forget` takes the old one out of the set. */
export const rotateKeys = async (platform: Platform, forget: boolean): Promise<void> => {
  const { current, next, published } = platform.keys;
  const fresh = await newKey();
  const kept = forget ? published.filter(({ kid }) => kid !== current.kid) : published;
  platform.keys = { current: next, next: fresh, published: [...kept, fresh.publicJwk] };
};
