import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifySignature } from './verify-token.ts';

let own: JWK;
let token: string;
let elliptic: JWK;
beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  own = { ...(await exportJWK(pair.publicKey)), kid: 'k' };
  elliptic = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'k' };
  token = await new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(pair.privateKey);
});

describe('a signature (Security Framework 1.0, 5.1.3 step 1)', () => {
  const cases: [what: string, keys: () => JWK[], outcome: string][] = [
    ['by the key', () => [own], 'signed'],
    ['by one of two keys of that name', () => [{ ...own, n: `A${own.n!.slice(1)}` }, own], 'signed'],
    ['by a key that is there for encryption', () => [{ ...own, use: 'enc' }], 'key-unsuitable'],
    ['by a key for another algorithm', () => [{ ...own, alg: 'PS256' }], 'key-unsuitable'],
    ['by an elliptic key', () => [elliptic], 'key-unsuitable'],
    ['by a secret', () => [{ kty: 'oct', k: 'c2VjcmV0', kid: 'k' }], 'key-unsuitable'],
    ['by a key that is too short', () => [{ ...own, n: own.n!.slice(0, 171) }], 'key-unsuitable'],
    ['by another key', () => [{ ...own, n: `A${own.n!.slice(1)}` }], 'signature-wrong'],
    ['by a key that cannot be read', () => [{ ...own, n: '!'.repeat(342) }], 'signature-wrong'],
  ];
  it.each(cases)('%s', async (_what, keys, outcome) => {
    const verified = await verifySignature(token, keys());
    expect(verified === 'signed' ? verified : verified.refused).toBe(outcome);
  });

  it('over other claims is wrong', async () => {
    const [head, , signature] = token.split('.');
    const forged = `${head}.${btoa('{"sub":"x"}').replaceAll('=', '')}.${signature}`;
    expect(await verifySignature(forged, [own])).toEqual({ refused: 'signature-wrong' });
  });
});
