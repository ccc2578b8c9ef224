import { describe, expect, it } from 'vitest';
import { launch, newBrowser } from '../world/launch.ts';
import { fieldsOf, newPlatform, type PlatformWish } from '../world/lms.ts';
import { type Json, newWorld, type Reply, type World } from '../world/world.ts';

const TOOL = 'http://127.0.0.1:8787';
type Profile = NonNullable<PlatformWish['profile']>;

const post = (world: World, fields: Record<string, string>, at = TOOL): Promise<Reply> =>
  world.request(null, 'POST', `${at}/lti/register/finish`, new URLSearchParams(fields).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });

/** An invitation that an administrator has entered in their LMS, up to the page that asks whether this is it. */
const invited = async (profile: Profile = 'moodle', given = {}, at = TOOL) => {
  const world = await newWorld();
  const platform = await newPlatform(world, { profile, registered: false });
  const invitation = await world.request(world.key, 'POST', `${at}/v1/platform-invitations`, {
    name: 'Ours',
    ...given,
  });
  const { id, url } = invitation.body;
  const open = async (change: (address: URL) => void = () => {}): Promise<Reply> => {
    const address = new URL((await platform.registration(url)).url);
    change(address);
    return world.request(null, 'GET', address.href);
  };
  const registered = async () => (await world.request(world.key, 'GET', `/v1/platforms/${id}`)).body;
  return {
    ...world,
    world,
    platform,
    id,
    url,
    open,
    registered,
    post: (page: Reply) => post(world, fieldsOf(page.text), at),
  };
};

const there = async (platform: Json) => (await platform.of('GET', '')).clients;

describe('an LMS registers itself by its invitation', () => {
  it.each([
    ['moodle', 'moodle', null, true],
    ['canvas', 'canvas', null, false],
    ['d2l', 'd2l', 'https://api.brightspace.com/auth/token', false],
    ['blackboard', 'blackboard', null, true],
    ['sakai', 'sakai', null, true],
    ['hostile', 'other', null, true],
  ] as const)(
    '%s: shown, confirmed, pending here and there, then approved',
    async (profile, product, audience, brings) => {
      const { open, post, platform, id, registered, request, key, db } = await invited(profile);
      const page = await open();
      expect(page.status, page.text).toBe(200);
      expect(page.text).toContain(platform.issuer);
      expect(page.text).not.toMatch(/<script|<img/);
      expect(await registered()).toMatchObject({ state: 'invited', clientId: null });

      const done = await post(page);
      expect(done.status, done.text).toBe(200);
      expect(done.text).toContain(`/v1/platforms/${id}/approval`);
      expect(done.text).toContain('org.imsglobal.lti.close');
      const [client] = await there(platform);
      expect(client).toMatchObject({
        active: false,
        redirectUris: [`${TOOL}/lti/launch`],
        initiateLoginUri: `${TOOL}/lti/login/${id}`,
        jwksUri: `${TOOL}/lti/jwks.json`,
      });
      expect(client.scopes).toHaveLength(5);
      expect(await registered()).toMatchObject({
        state: 'pending',
        product,
        issuer: platform.issuer,
        clientId: client.clientId,
        authUrl: platform.authUrl,
        tokenUrl: platform.tokenUrl,
        jwksUrl: platform.jwksUrl,
        tokenAudience: audience,
      });
      const { items } = (await request(key, 'GET', `/v1/platforms/${id}/deployments`)).body;
      const brought = brings ? [{ deploymentId: client.deploymentIds[0], state: 'active' }] : [];
      expect(items.map(({ deploymentId, state }: Json) => ({ deploymentId, state }))).toEqual(brought);
      expect((await request(key, 'PUT', `/v1/platforms/${id}/approval`)).body.state).toBe('active');
      const { rows } = await db.$client.execute({
        sql: "select actor, reason from audit_event where subject = ? and action = 'platform-registered'",
        args: [id],
      });
      expect({ ...rows[0] }).toEqual({ actor: `platform:${id}`, reason: `${platform.issuer} as ${client.clientId}` });
    },
  );

  it('on a page that may be framed, works without script, and runs none but its own', async () => {
    const { open, post } = await invited();
    const page = await open();
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).not.toContain('script-src');
    const done = await post(page);
    const nonce = /script-src 'nonce-([^']+)'/.exec(done.headers.get('content-security-policy')!)![1];
    expect(done.text).toContain(`<script nonce="${nonce}">`);
  });

  it('shows what an LMS says of itself as text', async () => {
    const { open } = await invited('hostile', { name: '<b>x</b>' });
    const page = await open();
    expect(page.text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page.text).toContain('&lt;b&gt;x&lt;/b&gt;');
  });
});

it('and launches, once both sides have approved: first it waits, and is told so', async () => {
  const { open, post, platform, id, world, request, key } = await invited('d2l', {}, 'http://localhost');
  await post(await open());
  const [{ clientId }] = await there(platform);
  await platform.change(clientId, { active: true });
  const course = await platform.course({ Ines: 'Instructor' });
  const link = await platform.link(course.id, { clientId });
  const opens = async () =>
    launch(platform, newBrowser(world), { user: course.people.Ines.id, link: link.id, clientId });
  await expect(opens()).rejects.toThrow(/<code>platform-pending/);
  await request(key, 'PUT', `/v1/platforms/${id}/approval`);
  expect((await opens()).text).toContain('deployment-unknown');
  const { items } = (await request(key, 'GET', `/v1/platforms/${id}/deployments`)).body;
  expect(items).toMatchObject([{ state: 'pending' }]);
  await request(key, 'PUT', `/v1/platforms/${id}/deployments/${items[0].id}/approval`);
  expect((await opens()).status).toBe(303);
});

describe('an invitation serves once', () => {
  it('not again after it was used, from the page or from the LMS', async () => {
    const { open, post, platform } = await invited();
    const page = await open();
    expect((await post(page)).status).toBe(200);
    for (const again of [await post(page), await open()]) {
      expect(again.status).toBe(403);
      expect(again.text).toContain('was used');
    }
    expect(await there(platform)).toHaveLength(1);
  });

  it('for one of two posts at the same time', async () => {
    const { open, post, platform } = await invited();
    const page = await open();
    const both = await Promise.all([post(page), post(page)]);
    expect(both.map(({ status }) => status).sort()).not.toEqual([200, 200]);
    expect(both.some(({ status }) => status === 200)).toBe(true);
    expect(await there(platform)).toHaveLength(1);
  });

  it('and for seven days, and not once taken back', async () => {
    const { open, clock, request, key, id } = await invited();
    const first = await open();
    clock.now += 7 * 86_400_000;
    expect((await open()).text).toContain('has ended');
    expect((await request(key, 'DELETE', `/v1/platform-invitations/${id}`)).status).toBe(204);
    const gone = await open();
    expect(gone).toMatchObject({ status: 403, text: expect.stringContaining('not known') });
    expect(first.status).toBe(200);
  });

  it.each(['', 'x', `invite_${'0'.repeat(32)}_${'A'.repeat(43)}`])('and not as %j', async (invite) => {
    const { open, platform } = await invited();
    const page = await open((address) => address.searchParams.set('invite', invite));
    expect(page).toMatchObject({ status: 403, text: expect.stringContaining('not known') });
    const asked = (await platform.requests()).filter(({ endpoint }: Json) => endpoint === 'configuration');
    expect(asked).toEqual([]);
  });
});

describe('a registration is refused', () => {
  const configuration = (value: string) => (address: URL) => address.searchParams.set('openid_configuration', value);
  it.each([
    ['without the LMS’s parameters', configuration(''), 400, 'enter it there'],
    [
      'for a private network',
      configuration('https://10.0.0.1/openid-configuration'),
      502,
      'its host is not a public one',
    ],
    ['for the cloud’s own data', configuration('http://169.254.169.254/'), 502, 'it is not https'],
    ['for a file', configuration('file:///etc/passwd'), 502, 'it is not https'],
    [
      'where the issuer is at another host than its configuration',
      (address: URL) => {
        const url = new URL(address.searchParams.get('openid_configuration')!);
        url.hostname = '127.0.0.1';
        address.searchParams.set('openid_configuration', url.href);
      },
      400,
      'which is at another host',
    ],
    [
      'where there is no configuration',
      (address: URL) => {
        const url = new URL(address.searchParams.get('openid_configuration')!);
        url.pathname += '-not';
        address.searchParams.set('openid_configuration', url.href);
      },
      502,
      'does not give its configuration: 404',
    ],
  ])('%s, and the invitation stays open', async (_, change, status, words) => {
    const { open, post, logged } = await invited();
    const page = await open(change);
    expect(page).toMatchObject({ status, text: expect.stringContaining(words) });
    expect(logged).toContainEqual(expect.objectContaining({ level: 'info', registration: expect.any(String) }));
    expect((await post(await open())).status).toBe(200);
  });

  it.each([
    ['the issuer of another LMS', { issuer: 'https://lms.example.edu' }, 'which is at another host'],
    ['the issuer that all of Canvas has', { issuer: 'https://canvas.instructure.com' }, 'which is at another host'],
    ['a registration endpoint elsewhere', { registration_endpoint: 'https://thief.example/' }, 'is at another host'],
    [
      'a token endpoint in a private network',
      { token_endpoint: 'https://10.1.2.3/' },
      'token_endpoint must not be called',
    ],
    ['keys in the cloud’s own network', { jwks_uri: 'https://169.254.169.254/' }, 'jwks_uri must not be called'],
    ['a login that is a script', { authorization_endpoint: 'javascript:alert(1)' }, 'authorization_endpoint must not'],
    ['nothing to register at', { registration_endpoint: null }, 'is not one: registration_endpoint'],
  ])('for a document that names %s; the token goes nowhere', async (_, members, words) => {
    const { open, platform, registered } = await invited();
    await platform.configuration(members);
    expect(await open()).toMatchObject({ status: 400, text: expect.stringContaining(words) });
    expect((await registered()).state).toBe('invited');
    expect(await there(platform)).toEqual([]);
  });

  it('without the token where the LMS wants it, in the LMS’s own words', async () => {
    const { open, post, registered } = await invited('moodle');
    const page = await open((address) => address.searchParams.delete('registration_token'));
    expect(page.status).toBe(200);
    const refused = await post(page);
    expect(refused).toMatchObject({ status: 502, text: expect.stringContaining('401') });
    expect(refused.text).toContain('registration token is missing or wrong');
    expect((await registered()).state).toBe('invited');
    expect((await post(await open())).status).toBe(200);
  });

  it('with a token that was used before, as Moodle says in plain text', async () => {
    const { open, post, platform, request, key } = await invited('moodle');
    const link = await platform.registration(`${TOOL}/lti/register?invite=x`);
    const token = new URL(link.url).searchParams.get('registration_token')!;
    const use = (address: URL) => address.searchParams.set('registration_token', token);
    expect((await post(await open(use))).status).toBe(200);
    const { body } = await request(key, 'POST', '/v1/platform-invitations', { name: 'Another' });
    const again = new URL(link.url);
    again.searchParams.set('invite', new URL(body.url).searchParams.get('invite')!);
    const refused = await post(await request(null, 'GET', again.href));
    expect(refused).toMatchObject({ status: 502, text: expect.stringContaining('token_already_used') });
  });

  it('where Moodle’s domain would lack the port: ours has it', async () => {
    const { open, post, platform } = await invited('moodle');
    expect((await post(await open())).status).toBe(200);
    const requests: Json[] = await platform.requests();
    expect(requests.filter(({ endpoint }) => endpoint === 'register').map(({ status }) => status)).toEqual([200]);
  });

  it('where the LMS goes away between the steps', async () => {
    const { open, post, platform } = await invited();
    const page = await open();
    await platform.stop();
    expect(await post(page)).toMatchObject({ status: 502, text: expect.stringContaining('not used up') });
    await platform.start();
    expect((await post(await open())).status).toBe(200);
  });
});

describe('what is confirmed is what was shown', () => {
  it('though another first step came between, or the page was altered', async () => {
    const { open, post, world, platform } = await invited();
    const page = await open();
    const newer = await open();
    expect(await post(page)).toMatchObject({ status: 409, text: expect.stringContaining('not the newest') });
    const altered = { ...fieldsOf(newer.text), shown: '0'.repeat(64) };
    const reply = await world.request(
      null,
      'POST',
      `${TOOL}/lti/register/finish`,
      new URLSearchParams(altered).toString(),
      {
        'content-type': 'application/x-www-form-urlencoded',
      },
    );
    expect(reply.status).toBe(409);
    expect(await there(platform)).toEqual([]);
    expect((await post(newer)).status).toBe(200);
  });

  it('though the platform’s document is another by then: it is not read again, and the browser never carried it', async () => {
    const { open, post, platform, registered, db, id } = await invited();
    const page = await open();
    expect(Object.keys(fieldsOf(page.text)).sort()).toEqual(['invite', 'shown']);
    const { rows } = await db.$client.execute({ sql: 'select registration from platform where id = ?', args: [id] });
    expect(String(rows[0]!.registration)).not.toContain(platform.issuer);
    await platform.configuration({ issuer: 'https://other.example', registration_endpoint: 'https://other.example/' });
    expect((await post(page)).status).toBe(200);
    expect((await registered()).issuer).toBe(platform.issuer);
  });

  it('and an invitation that is taken back between the steps is not revived', async () => {
    const { open, post, request, key, id } = await invited();
    const page = await open();
    await request(key, 'DELETE', `/v1/platform-invitations/${id}`);
    expect((await post(page)).status).toBe(403);
    expect((await request(key, 'GET', `/v1/platforms/${id}`)).status).toBe(404);
  });
});
