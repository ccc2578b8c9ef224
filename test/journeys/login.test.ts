import { describe, expect, it } from 'vitest';
import { authUrlOf, expectRefused, launch, launchLog, login, newBrowser, newCampus, opened } from '../world/launch.ts';
import { newPlatform } from '../world/lms.ts';
import { newWorld, type World } from '../world/world.ts';

const query = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();
const change = (world: World, sql: string, args: string[]) => world.db.$client.execute({ sql, args });

const furnished = async () => {
  const world = await newWorld();
  const campus = await newCampus(world);
  const { params } = await campus.platform.launch({ user: campus.sam, link: campus.link.id });
  return { world, ...campus, params };
};

describe('a login goes on to the platform', () => {
  it.each(['GET', 'POST'])('by %s, with nothing but what the specification names (SEC 5.1.1.2)', async (method) => {
    const { world, platform, params } = await furnished();
    const browser = newBrowser(world);
    const reply =
      method === 'GET' ? await browser.get(`/lti/login?${query(params)}`) : await browser.post('/lti/login', params);
    const authUrl = authUrlOf(reply);
    expect(`${authUrl.origin}${authUrl.pathname}`).toBe(platform.authUrl);
    const { state, nonce, ...rest } = Object.fromEntries(authUrl.searchParams);
    expect(rest).toEqual({
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: platform.clientId,
      redirect_uri: 'http://localhost/lti/launch',
      login_hint: params.login_hint,
      lti_message_hint: params.lti_message_hint,
    });
    expect([state?.split('.').length, nonce!.length > 20]).toEqual([3, true]);
  });

  it('by a page in a browser of which nothing is known, and at once where cookies are known to come back', async () => {
    const { world, platform, sam, link } = await furnished();
    const browser = newBrowser(world);
    const first = await login(platform, browser, { user: sam, link: link.id });
    expect(first.reply.status).toBe(200);
    const policy = first.reply.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(first.reply.text).toContain(`<script nonce="${/'nonce-([^']+)'/.exec(policy)![1]}">`);
    const second = await login(platform, browser, { user: sam, link: link.id });
    expect(second.reply.status).toBe(302);
  });

  it('without a client id, where the issuer has one registration (CORE 4.1.3)', async () => {
    const { world, platform, params } = await furnished();
    const { client_id: _, ...rest } = params;
    const reply = await newBrowser(world).post('/lti/login', rest);
    expect(authUrlOf(reply).searchParams.get('client_id')).toBe(platform.clientId);
  });

  it("at the platform's own address, where another institution has the same registration elsewhere", async () => {
    const { world, platform, params } = await furnished();
    const twin = await newWorld();
    await change(
      twin,
      `insert into platform (id, institution_id, name, product, state, issuer, client_id, auth_url, token_url, jwks_url, created_at)
        values ('twin-' || ?1, ?1, 'Twin', 'canvas', 'active', ?2, ?3, 'https://twin.example/auth', 'https://twin.example/token',
          'https://twin.example/jwks', 0)`,
      [twin.institution, platform.issuer, platform.clientId],
    );
    const before = await opened(world);
    const common = await newBrowser(world).post('/lti/login', params);
    expect([common.status, common.text]).toEqual([400, expect.stringContaining('login-url-ambiguous')]);
    expect(await opened(world)).toEqual(before);
    const own = await newBrowser(world).post(`/lti/login/${platform.rows.platform}`, params);
    expect(authUrlOf(own).origin).toBe(new URL(platform.authUrl).origin);
    const theirs = await newBrowser(world).post(`/lti/login/twin-${twin.institution}`, params);
    expect(authUrlOf(theirs).origin).toBe('https://twin.example');
  });

  it('and writes nothing', async () => {
    const { world, params } = await furnished();
    const { trips } = await world.tripsOf(() => newBrowser(world).post('/lti/login', params));
    expect(trips).toBe(1);
    expect(await launchLog(world)).toEqual([]);
  });
});

describe('a login is refused', () => {
  const cases: [what: string, changes: Record<string, string>, refused: [number, string]][] = [
    ['for an address of another host', { target_link_uri: 'https://evil.example/' }, [400, 'target-foreign']],
    ['for what is no address', { target_link_uri: 'javascript:alert(1)' }, [400, 'target-foreign']],
    [
      'for an address that only begins like ours',
      { target_link_uri: 'http://localhost.evil.example/lti/launch' },
      [400, 'target-foreign'],
    ],
  ];
  it.each(cases)('%s, and redirects nowhere', async (_what, changes, refused) => {
    const { world, params } = await furnished();
    const reply = await newBrowser(world).post('/lti/login', { ...params, ...changes });
    expect(reply.headers.get('location')).toBeNull();
    await expectRefused(world, reply, refused, [0, 0]);
  });

  it.each([
    ['from an unknown issuer', { iss: 'https://nobody.example' }, 403, 'platform-unknown'],
    ['from an unknown client', { client_id: 'nobody' }, 403, 'platform-unknown'],
    ['without an issuer', { iss: '' }, 400, 'login-incomplete'],
    ['without a hint', { login_hint: '' }, 400, 'login-incomplete'],
    ['without a target', { target_link_uri: '' }, 400, 'login-incomplete'],
  ])('%s, for the operator to read', async (_what, changes, status, code) => {
    const { world, params } = await furnished();
    const reply = await newBrowser(world).post('/lti/login', { ...params, ...changes });
    expect([reply.status, reply.text]).toEqual([status, expect.stringContaining(`<code>${code}</code>`)]);
    expect(world.logged).toContainEqual(expect.objectContaining({ what: 'launch refused', outcome: code }));
    expect(await launchLog(world)).toEqual([]);
  });

  it('without a client id, where the issuer has several registrations, saying what to do', async () => {
    const { world, platform, params } = await furnished();
    await change(
      world,
      `insert into platform (id, institution_id, name, product, state, issuer, client_id, auth_url, token_url, jwks_url, created_at)
        select 'second-' || id, institution_id, name, product, state, issuer, 'second', auth_url, token_url, jwks_url, 0
        from platform where id = ?`,
      [platform.rows.platform],
    );
    const { client_id: _, ...rest } = params;
    const reply = await newBrowser(world).post('/lti/login', rest);
    await expectRefused(world, reply, [400, 'client-ambiguous'], [0, 0]);
    expect((await launchLog(world))[0].says).toContain('/lti/login/{platform}');
  });

  it.each([
    ['pending', 'platform-pending'],
    ['disabled', 'platform-disabled'],
  ])('from a platform that is %s', async (state, code) => {
    const { world, platform, params } = await furnished();
    await change(world, 'update platform set state = ? where id = ?', [state, platform.rows.platform]);
    await expectRefused(world, await newBrowser(world).post('/lti/login', params), [403, code], [0, 0]);
  });

  it("at another platform's address", async () => {
    const { world, platform } = await furnished();
    const second = await newPlatform(world);
    const sam = await second.user();
    const { id } = await second.of('POST', '/contexts', {});
    const { params } = await second.launch({ user: sam.id, link: (await second.link(id)).id });
    const reply = await newBrowser(world).post(`/lti/login/${platform.rows.platform}`, params);
    await expectRefused(world, reply, [403, 'issuer-differs'], [0, 0]);
  });
});

it('a platform that is switched off between login and launch lets nobody in', async () => {
  const { world, platform, sam, link } = await furnished();
  const browser = newBrowser(world);
  const { authUrl } = await login(platform, browser, { user: sam, link: link.id });
  await change(world, "update platform set state = 'disabled' where id = ?", [platform.rows.platform]);
  const reply = await browser.post('/lti/launch', await platform.authorize(authUrl.href));
  await expectRefused(world, reply, [403, 'platform-disabled'], [0, 0]);
});

it('what the platform answers instead of a launch is told readably, and logged as it came', async () => {
  const { world, platform, sam, link } = await furnished();
  await platform.of('PATCH', `/users/${sam}`, { loggedOut: true });
  const reply = await launch(platform, newBrowser(world), { user: sam, link: link.id });
  await expectRefused(world, reply, [403, 'platform-error'], [0, 0]);
  expect((await launchLog(world))[0].detail).toContain('login_required');
});

it('the launch address answers who only looks at it (Moodle does), quickly and without the database', async () => {
  const { request, tripsOf } = await newWorld();
  const { result, trips } = await tripsOf(() => request(null, 'GET', '/lti/launch'));
  expect([result.status, trips]).toEqual([200, 0]);
  expect(result.text).toContain('launch address');
});
