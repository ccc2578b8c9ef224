import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLms } from './server.ts';
import { newClass } from './tool.ts';

let lms: Awaited<ReturnType<typeof startLms>>;
beforeAll(async () => {
  lms = await startLms({ port: 0 });
});
afterAll(() => lms.stop());

const tool = 'https://purl.imsglobal.org/spec/lti-tool-configuration';
const right = {
  application_type: 'web',
  response_types: ['id_token'],
  grant_types: ['implicit', 'client_credentials'],
  initiate_login_uri: 'http://tool.test:99/lti/login',
  redirect_uris: ['http://tool.test:99/lti/launch'],
  client_name: 'A tool',
  jwks_uri: 'http://tool.test:99/lti/jwks.json',
  token_endpoint_auth_method: 'private_key_jwt',
  scope: 'https://purl.imsglobal.org/spec/lti-ags/scope/score',
  [tool]: {
    domain: 'tool.test:99',
    target_link_uri: 'http://tool.test:99/lti/launch',
    claims: ['iss', 'sub'],
    messages: [{ type: 'LtiDeepLinkingRequest', placements: ['assignment_selection'] }],
  },
};

const started = async (profile: string) => {
  const site = await newClass(lms.url, { profile, registered: true });
  const { openidConfiguration, registrationToken, url } = await site.of('POST', '/registration', {
    url: 'http://tool.test:99/register?invite=1',
  });
  const post = async (body: unknown, token: string | undefined = registrationToken) =>
    site.call(token, 'POST', `${site.platform.issuer}/register`, { 'content-type': 'application/json' }, body);
  return { ...site, openidConfiguration, registrationToken, url, post };
};

describe('dynamic registration', () => {
  it('describes the platform, registers the tool as pending, and lets it in once activated', async () => {
    const { openidConfiguration, post, of, platform, url, call } = await started('moodle');
    expect(new URL(url).searchParams.get('invite')).toBe('1');
    const { body } = await call(undefined, 'GET', openidConfiguration);
    expect(body).toMatchObject({ issuer: platform.issuer, registration_endpoint: `${platform.issuer}/register` });
    const answer = await post(right);
    expect(answer).toMatchObject({ status: 200, body: { [tool]: { deployment_id: expect.any(String) } } });
    const mine = async () =>
      (await of('GET', '')).clients.find(({ clientId }: { clientId: string }) => clientId === answer.body.client_id);
    expect(await mine()).toMatchObject({ active: false, scopes: [right.scope] });
    await of('PATCH', `/clients/${answer.body.client_id}`, { active: true });
    expect(await mine()).toMatchObject({ active: true });
  });

  it('takes its token once, and Moodle says so in plain text', async () => {
    const { post } = await started('moodle');
    await post(right);
    const again = await post(right);
    expect([again.status, again.text]).toEqual([401, 'token_already_used']);
    expect((await post(right, 'x')).status).toBe(401);
  });

  it('gives Canvas’s configuration with its token alone, and no token at all on D2L', async () => {
    const canvas = await started('canvas');
    expect((await canvas.call(undefined, 'GET', canvas.openidConfiguration)).status).toBe(200);
    expect((await canvas.call(undefined, 'GET', canvas.openidConfiguration.split('?')[0])).status).toBe(401);
    const d2l = await started('d2l');
    expect(d2l.registrationToken).toBeUndefined();
    const { body } = await d2l.call(undefined, 'GET', d2l.openidConfiguration);
    expect(body.authorization_server).toBe('https://api.brightspace.com/auth/token');
    expect((await d2l.post(right)).status).toBe(200);
    expect((await d2l.post(right)).status).toBe(401);
  });

  const refused: [string, string, Record<string, unknown>, RegExp][] = [
    ['sakai', 'no private_key_jwt', { token_endpoint_auth_method: 'none' }, /private_key_jwt/],
    ['sakai', 'no implicit grant', { grant_types: ['client_credentials'] }, /implicit/],
    ['sakai', 'no redirect address', { redirect_uris: [] }, /redirect_uris/],
    ['moodle', 'a domain without its port', { [tool]: { ...right[tool], domain: 'tool.test' } }, /domain/],
    ['canvas', 'no claims', { [tool]: { ...right[tool], claims: undefined } }, /claims/],
    ['canvas', 'no scope', { scope: undefined }, /scope/],
    ['canvas', 'a message without placements', { [tool]: { ...right[tool], messages: [{ type: 'x' }] } }, /placements/],
  ];
  it.each(refused)('on %s refuses %s', async (profile, _, change, reason) => {
    const { post } = await started(profile);
    const { status, text } = await post({ ...right, ...change });
    expect([status, text]).toEqual([profile === 'canvas' ? 422 : 400, expect.stringMatching(reason)]);
  });
});
