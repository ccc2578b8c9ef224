import { describe, expect, it } from 'vitest';
import { presetOf } from '../../src/lms/products.ts';
import { newWorld } from '../world/world.ts';

const moodle = { name: 'Our Moodle', product: 'moodle', siteUrl: 'https://lms.example.edu/', clientId: 'a1b2c3' };

const worldWith = async (body: Record<string, unknown> = moodle) => {
  const world = await newWorld();
  const call = (method: string, path: string, sent?: unknown, headers?: Record<string, string>) =>
    world.request(world.key, method, path, sent, headers);
  const platform = await call('POST', '/v1/platforms', body);
  expect(platform.status, platform.text).toBe(201);
  return { ...world, call, platform: platform.body, path: `/v1/platforms/${platform.body.id}` };
};

describe('a platform', () => {
  it('is registered from its site’s address, and is pending until it is approved', async () => {
    const { call, platform, path } = await worldWith();
    expect(platform).toMatchObject({
      state: 'pending',
      issuer: 'https://lms.example.edu',
      authUrl: 'https://lms.example.edu/mod/lti/auth.php',
      tokenUrl: 'https://lms.example.edu/mod/lti/token.php',
      jwksUrl: 'https://lms.example.edu/mod/lti/certs.php',
      tokenAudience: null,
      approvesDeployments: false,
    });
    expect((await call('PUT', `${path}/approval`)).body.state).toBe('active');
    expect((await call('DELETE', `${path}/approval`)).body.state).toBe('disabled');
    expect((await call('PUT', `${path}/approval`)).body.state).toBe('active');
    expect((await call('GET', path)).body.state).toBe('active');
  });

  it('is told with everything that its administrator pastes, by the address that the tool was asked at', async () => {
    const { app, key, platform } = await worldWith();
    const reply = await app.request(`https://tool.example/v1/platforms/${platform.id}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(((await reply.json()) as { tool: unknown }).tool).toEqual({
      loginUrl: `https://tool.example/lti/login/${platform.id}`,
      launchUrl: 'https://tool.example/lti/launch',
      targetLinkUri: 'https://tool.example/lti/launch',
      deepLinkingUrl: 'https://tool.example/lti/launch',
      redirectUris: ['https://tool.example/lti/launch'],
      jwksUrl: 'https://tool.example/lti/jwks.json',
      domain: 'tool.example',
      scopes: expect.arrayContaining(['https://purl.imsglobal.org/spec/lti-ags/scope/score']),
      customFields: { resource_link_history: '$ResourceLink.id.history', context_history: '$Context.id.history' },
    });
  });

  it('has a twin of the same issuer and client, with a login URL of its own', async () => {
    const { call, platform } = await worldWith();
    const twin = await call('POST', '/v1/platforms', moodle);
    expect(twin.body).toMatchObject({ issuer: platform.issuer, clientId: platform.clientId });
    expect(twin.body.tool.loginUrl).not.toBe(platform.tool.loginUrl);
  });

  it.each([
    ['http', { authUrl: 'http://lms.example.edu/auth' }, '/authUrl', 'it is not https'],
    ['a private network', { tokenUrl: 'https://10.0.0.1/token' }, '/tokenUrl', 'its host is not a public one'],
    ['the cloud’s own data', { jwksUrl: 'https://169.254.169.254/' }, '/jwksUrl', 'its host is not a public one'],
    ['credentials in it', { jwksUrl: 'https://a:b@lms.example.edu/' }, '/jwksUrl', 'it holds credentials'],
    ['a site that is none', { siteUrl: 'lms' }, '/siteUrl', 'it is not an address'],
    ['nothing known of the product', { product: 'other', siteUrl: undefined }, '/authUrl', /^it is missing/],
    ['Sakai’s token URL, which only Sakai knows', { product: 'sakai' }, '/tokenUrl', /^it is missing/],
    [
      'an audience that is another LMS’s',
      { tokenAudience: 'https://victim.edu/token' },
      '/tokenAudience',
      /at another host than tokenUrl/,
    ],
    ['an issuer that is no address: our own people have one', { issuer: 'api' }, '/issuer', 'it is not an address'],
    ['a client id of two words', { clientId: 'a b' }, '/clientId', /visible ASCII/],
  ])('with %s is refused, and where', async (_, change, pointer, detail) => {
    const world = await newWorld();
    const reply = await world.request(world.key, 'POST', '/v1/platforms', { ...moodle, ...change });
    expect(reply.status, reply.text).toBe(422);
    const words = typeof detail === 'string' ? detail : expect.stringMatching(detail);
    expect(reply.body.errors).toContainEqual({ pointer, detail: words });
    expect((await world.request(world.key, 'GET', '/v1/platforms')).body.items).toEqual([]);
  });

  it('is made once for one Idempotency-Key', async () => {
    const world = await newWorld();
    const send = (body: unknown) =>
      world.request(world.key, 'POST', '/v1/platforms', body, { 'idempotency-key': 'register' });
    const first = await send(moodle);
    const again = await send(moodle);
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await send({ ...moodle, clientId: 'z' })).body.type).toContain('idempotency-key-reused');
    expect((await world.request(world.key, 'GET', '/v1/platforms')).body.items).toHaveLength(1);
  });

  it('is changed under its tag; another connection waits for approval again, and nothing of the old one is kept', async () => {
    const { call, path, db, platform } = await worldWith();
    await call('PUT', `${path}/approval`);
    const keep = { sql: "update platform set jwks = '{}', tokens = 'x' where id = ?", args: [platform.id] };
    await db.$client.execute(keep);
    const kept = async () => {
      const { rows } = await db.$client.execute({
        sql: 'select jwks, tokens from platform where id = ?',
        args: keep.args,
      });
      return { ...rows[0] };
    };
    const named = await call('PATCH', path, { name: 'Our LMS' }, { 'if-match': '*' });
    expect(named.body).toMatchObject({ name: 'Our LMS', state: 'active' });
    expect(await kept()).toEqual({ jwks: '{}', tokens: 'x' });
    const tag = named.headers.get('etag')!;
    const change = { jwksUrl: 'https://lms.example.edu/keys', allowsAnonymous: true };
    expect((await call('PATCH', path, change)).status).toBe(428);
    const changed = await call('PATCH', path, change, { 'if-match': tag });
    expect(changed.body).toMatchObject({ ...change, state: 'pending', authUrl: platform.authUrl });
    expect(await kept()).toEqual({ jwks: null, tokens: null });
    expect((await call('PATCH', path, { name: 'x' }, { 'if-match': tag })).status).toBe(412);
  });

  it('keeps no address that must not be called, and no audience that is not of its token URL', async () => {
    const { call, path } = await worldWith();
    const patch = (change: Record<string, unknown>) => call('PATCH', path, change, { 'if-match': '*' });
    const faults = async (change: Record<string, unknown>) => (await patch(change)).body.errors[0].pointer;
    expect(await faults({ tokenUrl: 'https://192.168.0.1/' })).toBe('/tokenUrl');
    expect(await faults({ tokenAudience: 'https://lms.example.edu' })).toBe('/tokenUrl');
    const away = { tokenUrl: 'https://evil.example/token', tokenAudience: 'https://victim.edu/token' };
    expect(await faults(away)).toBe('/tokenAudience');
    const own = { tokenUrl: 'https://lms.example.edu/token', tokenAudience: 'https://lms.example.edu' };
    expect((await patch(own)).body).toMatchObject(own);
    const { body } = await patch({ tokenUrl: 'https://lms.example.edu/other' });
    expect(body).toMatchObject({ tokenUrl: 'https://lms.example.edu/other', tokenAudience: null });
  });

  it('cannot launch by keys of its own into a client that another institution has', async () => {
    const victim = await worldWith({ ...moodle, clientId: 'client-of-the-victim' });
    await victim.call('PUT', `${victim.path}/approval`);
    const other = await worldWith({
      ...moodle,
      clientId: 'client-of-the-victim',
      jwksUrl: 'https://evil.example/keys',
    });
    const claimed = await other.call('PUT', `${other.path}/approval`);
    expect(claimed).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:platform-claimed' } });
    await other.call('PATCH', other.path, { jwksUrl: victim.platform.jwksUrl }, { 'if-match': '*' });
    expect((await other.call('PUT', `${other.path}/approval`)).body.state).toBe('active');
    const back = { jwksUrl: 'https://evil.example/keys' };
    expect((await other.call('PATCH', other.path, back, { 'if-match': '*' })).body.state).toBe('pending');
  });

  it('stands in a list of pages, oldest first', async () => {
    const { call, platform } = await worldWith();
    await call('POST', '/v1/platforms', moodle);
    const first = await call('GET', '/v1/platforms?limit=1');
    expect(first.body.items.map(({ id }: { id: string }) => id)).toEqual([platform.id]);
    expect(first.headers.get('link')).toContain('rel="next"');
  });

  it('is managed by a key with the scope, in one round trip, and leaves a line in the audit', async () => {
    const { call, request, db, institution, tripsOf, path } = await worldWith();
    const { body } = await call('POST', '/v1/keys', { name: 'narrow', scopes: ['courses'] });
    const refused = await request(body.secret, 'PUT', `${path}/approval`);
    expect(refused).toMatchObject({ status: 403, body: { scope: 'platforms' } });
    expect((await tripsOf(() => call('DELETE', `${path}/approval`))).trips).toBe(1);
    await call('PUT', `${path}/approval`);
    const { rows } = await db.$client.execute({
      sql: "select action from audit_event where institution_id = ? and action like 'platform%' order by created_at, id",
      args: [institution],
    });
    expect(rows.map(({ action }) => action)).toEqual(['platform-registered', 'platform-disabled', 'platform-approved']);
  });

  it('finds a signing key of the tool when it launches first', async () => {
    const { settled, request } = await worldWith();
    await settled();
    expect((await request(null, 'GET', '/lti/jwks.json')).body.keys.length).toBeGreaterThan(0);
  });
});

describe('what is known of a product', () => {
  const cloud = 'https://sso.canvaslms.com';
  it.each([
    ['canvas', {}, { issuer: 'https://canvas.instructure.com', tokenUrl: `${cloud}/login/oauth2/token` }],
    ['canvas', { siteUrl: 'https://school.instructure.com' }, { jwksUrl: `${cloud}/api/lti/security/jwks` }],
    [
      'canvas',
      { issuer: 'https://canvas.beta.instructure.com' },
      { authUrl: 'https://sso.beta.canvaslms.com/api/lti/authorize_redirect' },
    ],
    [
      'canvas',
      { siteUrl: 'https://school.test.instructure.com/' },
      {
        issuer: 'https://canvas.test.instructure.com',
        jwksUrl: 'https://sso.test.canvaslms.com/api/lti/security/jwks',
      },
    ],
    ['canvas', { siteUrl: 'https://canvas.school.edu' }, { tokenUrl: 'https://canvas.school.edu/login/oauth2/token' }],
    [
      'blackboard',
      { clientId: '11-22' },
      { jwksUrl: 'https://developer.blackboard.com/api/v1/management/applications/11-22/jwks.json' },
    ],
    [
      'd2l',
      { siteUrl: 'https://school.brightspace.com' },
      {
        issuer: 'https://school.brightspace.com',
        authUrl: 'https://school.brightspace.com/d2l/lti/authenticate',
        tokenAudience: 'https://api.brightspace.com/auth/token',
      },
    ],
    ['sakai', { siteUrl: 'https://sakai.edu' }, { authUrl: 'https://sakai.edu/imsoidc/lti13/oidc_auth' }],
    ['other', { siteUrl: 'https://lms.edu' }, {}],
  ] as const)('%s with %o', (product, given, expected) => expect(presetOf(product, given)).toMatchObject(expected));
});

describe('a deployment', () => {
  it('is made known by hand, approved; one that a launch brought waits for its approval', async () => {
    const { call, path, platform, db, institution } = await worldWith({ ...moodle, deploymentIds: ['1'] });
    const made = await call('POST', `${path}/deployments`, { deploymentId: '2:abc' });
    expect(made).toMatchObject({ status: 201, body: { deploymentId: '2:abc', state: 'active' } });
    await db.$client.execute({
      sql: "insert into deployment (id, institution_id, platform_id, deployment_id, state, created_at) values (?, ?, ?, '3', 'pending', 9e12)",
      args: [`brought-${platform.id}`, institution, platform.id],
    });
    expect((await call('GET', path)).body.pendingDeployments).toBe(1);
    const { items } = (await call('GET', `${path}/deployments`)).body;
    expect(items.map((one: { deploymentId: string; state: string }) => [one.deploymentId, one.state])).toEqual([
      ['1', 'active'],
      ['2:abc', 'active'],
      ['3', 'pending'],
    ]);
    const approval = `${path}/deployments/${items[2].id}/approval`;
    expect((await call('PUT', approval)).body.state).toBe('active');
    expect((await call('GET', path)).body.pendingDeployments).toBe(0);
    expect((await call('DELETE', approval)).body.state).toBe('disabled');
  });

  it('is known once, by a name that LTI allows', async () => {
    const { call, path } = await worldWith();
    await call('POST', `${path}/deployments`, { deploymentId: '1' });
    const twice = await call('POST', `${path}/deployments`, { deploymentId: '1' });
    expect(twice).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:deployment-exists' } });
    for (const deploymentId of ['', 'a b', 'ü', 'x'.repeat(256)])
      expect((await call('POST', `${path}/deployments`, { deploymentId })).status).toBe(422);
    expect((await call('PUT', `${path}/deployments/none/approval`)).body.type).toContain('deployment-not-found');
    expect((await call('GET', '/v1/platforms/none/deployments')).status).toBe(404);
  });
});

describe('a deployment that is active at another institution under the same registration', () => {
  const registration = { ...moodle, clientId: 'client-of-two' };
  const claimed = { status: 409, body: { type: 'urn:cmgrclass:problem:deployment-claimed' } };
  /** An institution that has the deployment 'd', and another one with the same registration. */
  const two = async (deploymentIds: string[]) => {
    const clientId = crypto.randomUUID();
    const holder = await worldWith({ ...registration, clientId, deploymentIds: ['d'] });
    expect((await holder.call('PUT', `${holder.path}/approval`)).status).toBe(200);
    return { holder, other: await worldWith({ ...registration, clientId, deploymentIds }) };
  };

  it('is neither made nor approved, for its launches would open for nobody', async () => {
    const { holder, other } = await two([]);
    expect(await other.call('PUT', `${other.path}/approval`)).toMatchObject({ status: 200 });
    expect(await other.call('POST', `${other.path}/deployments`, { deploymentId: 'd' })).toMatchObject(claimed);
    expect(await other.call('POST', `${other.path}/deployments`, { deploymentId: 'own' })).toMatchObject({
      status: 201,
    });
    const [held] = (await holder.call('GET', `${holder.path}/deployments`)).body.items;
    await holder.call('DELETE', `${holder.path}/deployments/${held.id}/approval`);
    expect(await other.call('POST', `${other.path}/deployments`, { deploymentId: 'd' })).toMatchObject({ status: 201 });
    expect(await holder.call('PUT', `${holder.path}/deployments/${held.id}/approval`)).toMatchObject(claimed);
  });

  it('does not come along with a platform that is approved', async () => {
    const { other } = await two(['d']);
    expect(await other.call('PUT', `${other.path}/approval`)).toMatchObject(claimed);
    const [own] = (await other.call('GET', `${other.path}/deployments`)).body.items;
    await other.call('DELETE', `${other.path}/deployments/${own.id}/approval`);
    expect(await other.call('PUT', `${other.path}/approval`)).toMatchObject({ status: 200 });
  });
});

describe('an invitation', () => {
  it('is a link for one LMS, shown once and given again for the same Idempotency-Key; its secret is not stored', async () => {
    const world = await newWorld();
    const send = () =>
      world.request(world.key, 'POST', '/v1/platform-invitations', { name: 'Moodle' }, { 'idempotency-key': 'i' });
    const { status, body } = await send();
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'invited', issuer: null, expiresAt: '2026-09-14T12:00:00.000Z' });
    expect((await send()).body).toEqual(body);
    const secret = new URL(body.url).searchParams.get('invite')!;
    const { rows } = await world.db.$client.execute({ sql: 'select * from platform where id = ?', args: [body.id] });
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect((await world.request(world.key, 'GET', `/v1/platforms/${body.id}`)).text).not.toContain(secret);
  });

  it('can be taken back while it is open, and is not approved before an LMS has come', async () => {
    const { call } = await worldWith();
    const { body } = await call('POST', '/v1/platform-invitations', { name: 'Moodle' });
    const early = await call('PUT', `/v1/platforms/${body.id}/approval`);
    expect(early).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:platform-incomplete' } });
    expect((await call('DELETE', `/v1/platform-invitations/${body.id}`)).status).toBe(204);
    expect((await call('DELETE', `/v1/platform-invitations/${body.id}`)).status).toBe(404);
    expect((await call('GET', `/v1/platforms/${body.id}`)).status).toBe(404);
  });

  it('can be completed by hand instead: tools of Canvas, D2L and Sakai get their client id after they were entered', async () => {
    const { call, platform } = await worldWith();
    const { body } = await call('POST', '/v1/platform-invitations', { name: 'Sakai', product: 'sakai' });
    const { issuer, clientId, authUrl, tokenUrl, jwksUrl } = platform;
    const connection = { issuer, clientId, authUrl, tokenUrl, jwksUrl };
    await call('PATCH', `/v1/platforms/${body.id}`, connection, { 'if-match': '*' });
    expect((await call('PUT', `/v1/platforms/${body.id}/approval`)).body.state).toBe('active');
    expect((await call('DELETE', `/v1/platform-invitations/${body.id}`)).body.type).toContain('invitation-not-found');
  });
});

it('Canvas gets the tool as a developer key by URL, for all platforms or for one', async () => {
  const { app, call } = await worldWith();
  const { body } = await call('POST', '/v1/platforms', {
    name: 'Canvas',
    product: 'canvas',
    clientId: '10000000000001',
  });
  const read = async (url: string) => (await (await app.request(url)).json()) as Record<string, unknown>;
  const general = await read('https://tool.example/lti/config/canvas.json');
  expect(general).toMatchObject({
    oidc_initiation_url: 'https://tool.example/lti/login',
    target_link_uri: 'https://tool.example/lti/launch',
    public_jwk_url: 'https://tool.example/lti/jwks.json',
    custom_fields: { resource_link_history: '$ResourceLink.id.history', context_history: '$Context.id.history' },
    extensions: [{ platform: 'canvas.instructure.com', domain: 'tool.example', privacy_level: 'anonymous' }],
  });
  const own = await read(body.tool.configurationUrl);
  expect(own.oidc_initiation_url).toBe(body.tool.loginUrl);
});
