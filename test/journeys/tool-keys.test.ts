import { createLocalJWKSet, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { renewKeys, signAsTool } from '../../src/lms/keys.ts';
import { newWorld } from '../world/world.ts';

it('the tool publishes its public keys alone, and signs with one of them', async () => {
  const { request, deps, tripsOf } = await newWorld();
  await renewKeys(deps);
  const { body, headers } = await request(null, 'GET', '/lti/jwks.json');
  expect(headers.get('cache-control')).toBe('public, max-age=3600');
  expect(body.keys.length).toBeGreaterThan(0);
  for (const key of body.keys) expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  const token = await signAsTool(deps, { iss: 'client', sub: 'client' }, 300);
  const { payload } = await jwtVerify(token, createLocalJWKSet(body), { currentDate: new Date(deps.now()) });
  expect(payload).toMatchObject({
    iss: 'client',
    sub: 'client',
    iat: deps.now() / 1000 - 5,
    exp: deps.now() / 1000 + 300,
  });
  expect((await tripsOf(() => request(null, 'GET', '/lti/jwks.json'))).trips).toBe(0);
});
