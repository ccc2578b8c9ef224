import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { signAsTool } from '../../src/lms/keys.ts';
import { newPlatform } from '../world/lms.ts';
import { newWorld } from '../world/world.ts';

it('the pretend LMS keeps the world’s time, launches with tokens that verify, and grants the tool a token', async () => {
  const world = await newWorld();
  const platform = await newPlatform(world);
  const course = await platform.course({ Ines: 'Instructor', Sam: 'Learner' });
  const link = await platform.link(course.id, { custom: { unit: '4' }, lineItem: { scoreMaximum: 10 } });
  const { token } = await platform.idToken({ user: course.people.Sam.id, link: link.id, nonce: 'n', omit: ['roles'] });
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(platform.jwksUrl)), {
    issuer: platform.issuer,
    audience: platform.clientId,
    currentDate: new Date(world.clock.now),
  });
  expect(payload).toMatchObject({ sub: course.people.Sam.id, name: 'Sam', nonce: 'n' });
  expect(payload).not.toHaveProperty('https://purl.imsglobal.org/spec/lti/claim/roles');

  const claims = { iss: platform.clientId, sub: platform.clientId, aud: platform.tokenAudience };
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signAsTool(world.deps, claims, 60),
    scope: 'https://purl.imsglobal.org/spec/lti-ags/scope/score unknown',
  });
  const granted = await fetch(platform.tokenUrl, { method: 'POST', body: form });
  expect(granted.headers.get('content-type')).toContain('text/html');
  expect(await granted.json()).toMatchObject({ scope: 'https://purl.imsglobal.org/spec/lti-ags/scope/score' });
  expect(await platform.requests()).toMatchObject([
    { endpoint: 'jwks' },
    { endpoint: 'token', status: 200, outcome: 'ok' },
  ]);
});
