import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from './keys.ts';
import { startLms } from './server.ts';
import { newClass } from './tool.ts';

let lms: Awaited<ReturnType<typeof startLms>>;
beforeAll(async () => {
  lms = await startLms({ port: 0 });
});
afterAll(() => lms.stop());

const score = 'https://purl.imsglobal.org/spec/lti-ags/scope/score';
const members = 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly';
type Class = Awaited<ReturnType<typeof newClass>>;

describe('the token endpoint', () => {
  it('grants what of the scopes the tool may have', async () => {
    const site = await newClass(lms.url, { scopes: [score] });
    const { status, body } = await site.askToken(`${score} ${members}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: score });
    expect((await site.askToken(members)).body).toMatchObject({ error: 'invalid_scope' });
  });

  const now = () => Math.floor(Date.now() / 1000);
  const refused: [string, (site: Class) => Promise<Record<string, string>>, string, RegExp][] = [
    ['no client_credentials', async () => ({ grant_type: 'password' }), 'unsupported_grant_type', /grant_type/],
    ['another assertion type', async () => ({ client_assertion_type: 'x' }), 'invalid_request', /assertion_type/],
    ['no JWT', async () => ({ client_assertion: 'x' }), 'invalid_request', /not a JWT/],
    [
      'a stranger',
      async ({ assertion }) => ({ client_assertion: await assertion({ sub: 'x' }) }),
      'invalid_client',
      /sub x/,
    ],
    [
      'another iss',
      async ({ assertion }) => ({ client_assertion: await assertion({ iss: 'x' }) }),
      'invalid_client',
      /iss/,
    ],
    [
      'another aud',
      async ({ assertion }) => ({ client_assertion: await assertion({ aud: 'x' }) }),
      'invalid_client',
      /aud/,
    ],
    [
      'an iat in the future',
      async ({ assertion }) => ({ client_assertion: await assertion({ iat: now() + 90, exp: now() + 150 }) }),
      'invalid_client',
      /in the future/,
    ],
    [
      'an expired assertion',
      async ({ assertion }) => ({ client_assertion: await assertion({ iat: now() - 300, exp: now() - 200 }) }),
      'invalid_client',
      /expired/,
    ],
    [
      'an assertion for a day',
      async ({ assertion }) => ({ client_assertion: await assertion({ exp: now() + 86_400 }) }),
      'invalid_client',
      /longer/,
    ],
    [
      'no jti',
      async ({ assertion }) => ({ client_assertion: await assertion({ jti: undefined }) }),
      'invalid_client',
      /jti/,
    ],
    [
      'no kid',
      async ({ assertion }) => ({ client_assertion: await assertion({}, { kid: null }) }),
      'invalid_client',
      /kid/,
    ],
    [
      'an unknown kid',
      async ({ assertion }) => ({ client_assertion: await assertion({}, { kid: 'x' }) }),
      'invalid_client',
      /kid x/,
    ],
    [
      'the signature of another key',
      async ({ assertion, key }) => ({ client_assertion: await assertion({}, { kid: key.kid }, await newKey()) }),
      'invalid_client',
      /signature/,
    ],
  ];
  it.each(refused)('refuses %s', async (_, form, error, reason) => {
    const site = await newClass(lms.url);
    const { status, body } = await site.askToken(score, await form(site));
    expect(status).toBe(error === 'invalid_client' ? 401 : 400);
    expect(body).toMatchObject({ error, error_description: expect.stringMatching(reason) });
    expect((await site.of('GET', '/requests')).items.at(-1)).toMatchObject({ outcome: expect.stringMatching(reason) });
  });

  it('takes an assertion once', async () => {
    const site = await newClass(lms.url);
    const client_assertion = await site.assertion();
    expect((await site.askToken(score, { client_assertion })).status).toBe(200);
    expect((await site.askToken(score, { client_assertion })).body.error_description).toContain('jti');
  });

  it('wants the audience that D2L wants', async () => {
    const site = await newClass(lms.url, { profile: 'd2l' });
    expect(site.platform.tokenAudience).toBe('https://api.brightspace.com/auth/token');
    expect((await site.askToken(score)).status).toBe(200);
    const client_assertion = await site.assertion({ aud: site.platform.tokenUrl });
    expect((await site.askToken(score, { client_assertion })).body.error_description).toContain('aud');
  });

  it('has no patience with clocks on Moodle, answers 400 for everything, and calls its JSON HTML', async () => {
    const site = await newClass(lms.url, { profile: 'moodle' });
    const client_assertion = await site.assertion({ iat: now() + 3, exp: now() + 60 });
    const { status, headers } = await site.askToken(score, { client_assertion });
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('text/html');
  });

  it('refuses a tool that is not activated, and tokens that are old, revoked or of another platform', async () => {
    const site = await newClass(lms.url);
    const url = `${site.platform.issuer}/nrps/${site.context.id}`;
    const type = { accept: 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json' };
    const get = async (token?: string) => (await site.call(token, 'GET', url, type)).text;
    const token: string = (await site.askToken(members)).body.access_token;
    expect(await get(token)).toContain('"members"');
    expect(await get()).toContain('missing');
    const other: string = (await (await newClass(lms.url)).askToken(members)).body.access_token;
    expect(await get(other)).toContain('not known');
    await site.of('PUT', '/clock', { offsetMs: 3_601_000 });
    expect(await get(token)).toContain('expired');
    await site.of('PUT', '/clock', {});
    await site.of('POST', '/tokens/revoke');
    expect(await get(token)).toContain('revoked');
    await site.of('PATCH', `/clients/${site.platform.clientId}`, { active: false });
    expect((await site.askToken(members)).body.error_description).toContain('not yet activated');
  });
});
