import { describe, expect, it } from 'vitest';
import { ADMIN_COOKIE } from '../../src/auth/admin-sessions.ts';
import { sessionCookieName } from '../../src/auth/session-cookie.ts';
import { insertRefusedLaunch } from '../../src/lti/log-store.ts';
import { newAdministrator } from '../world/administrator.ts';
import { fieldValue, type Page } from '../world/visitor.ts';
import { newWorld, type World } from '../world/world.ts';

const admin = async () => {
  const world = await newWorld();
  const browser = newAdministrator(world);
  const home = await browser.signIn();
  return { world, home, ...browser };
};

const newKey = async (world: World, scopes: string[]): Promise<{ id: string; secret: string }> =>
  (await world.request(world.key, 'POST', '/v1/keys', { name: 'another', scopes })).body;

const buttonOf = ({ html }: Page, name: string): string =>
  new RegExp(`<button[^>]* name="${name}" value="([^"]+)"`).exec(html)![1]!;

describe('an administrator signs in', () => {
  it('with a key of the institution, which is not kept in the browser', async () => {
    const { world, home, cookie } = await admin();
    expect([home.status, home.text]).toEqual([200, expect.stringContaining('A school')]);
    expect(home.text).toContain('1 course');
    expect(cookie()).not.toContain(world.key);
    const { headers } = await world.request(null, 'POST', '/admin/sign-in', `key=${world.key}`, {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    });
    expect(headers.get('set-cookie')).toMatch(
      new RegExp(`^${ADMIN_COOKIE}=eyJ[^;]+; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Strict$`),
    );
    const policy = home.headers.get('content-security-policy')!;
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'none'");
  });

  it.each([
    ['nonsense', 'hello'],
    ['an unknown key', `cmgr_${'0'.repeat(32)}_${'A'.repeat(43)}`],
  ])('not with %s', async (_what, key) => {
    const world = await newWorld();
    const browser = newAdministrator(world);
    const refused = await browser.signIn(key);
    expect([refused.status, refused.text]).toEqual([401, expect.stringContaining('This key does not work')]);
    expect(refused.html).not.toContain(key);
    expect(browser.cookie()).toBe('');
  });

  it('not with a revoked key, one that opens no page, a session of a course, or from the page of another site', async () => {
    const world = await newWorld();
    const { signIn, send, cookie } = newAdministrator(world);
    const [revoked, grades] = [await newKey(world, ['keys']), await newKey(world, ['grades'])];
    await world.request(world.key, 'DELETE', `/v1/keys/${revoked.id}`);
    expect((await signIn(revoked.secret)).status).toBe(401);
    expect((await signIn(grades.secret)).status).toBe(403);
    expect((await signIn((await world.instructor()).token)).status).toBe(401);
    expect((await signIn(world.rootKey)).status).toBe(401);
    const form = new URLSearchParams({ key: world.key });
    expect((await send('POST', '/admin/sign-in', form, { 'sec-fetch-site': 'cross-site' })).status).toBe(401);
    expect(cookie()).toBe('');
  });

  it('for an hour, and until the key is revoked or they sign out', async () => {
    const { world, home, open, submit, cookie } = await admin();
    world.clock.now += 3_599_000;
    expect((await open()).status).toBe(200);
    world.clock.now += 2000;
    const late = await open('/keys');
    expect([late.status, late.text]).toEqual([401, expect.stringContaining('Sign in as administrator')]);
    expect(late.html).toContain('<form method="post" action="/admin/sign-in"');
    world.clock.now -= 3_600_000;
    await submit(home, '/sign-out', [], { 'sec-fetch-site': 'cross-site' });
    expect((await open()).status, 'another site signs nobody out').toBe(200);
    await submit(home, '/sign-out', []);
    expect(cookie()).toBe(`${ADMIN_COOKIE}=`);
    expect((await open()).status).toBe(401);

    const other = newAdministrator(world);
    const { id, secret } = await newKey(world, ['platforms', 'keys']);
    await other.signIn(secret);
    expect((await other.open('/platforms')).status).toBe(200);
    await world.request(world.key, 'DELETE', `/v1/keys/${id}`);
    for (const path of ['', '/platforms', '/keys']) expect((await other.open(path)).status, path).toBe(401);
  });

  it('and sees only what the key may', async () => {
    const world = await newWorld();
    const { signIn, open } = newAdministrator(world);
    const { secret } = await newKey(world, ['platforms']);
    const home = await signIn(secret);
    expect(home.status).toBe(200);
    expect(home.html).not.toMatch(/\/admin\/(keys|courses|webhooks)/);
    for (const path of ['/keys', '/courses', '/webhooks']) expect((await open(path)).status, path).toBe(403);
    for (const path of ['/platforms', '/launches', '/platforms/new?product=canvas'])
      expect((await open(path)).status, path).toBe(200);
  });
});

describe('what must not open', () => {
  it("an administrator's page with a session of a course, or any other token of ours", async () => {
    const { world, open, keep } = await admin();
    const { token } = await world.instructor();
    for (const value of [token, world.key, 'eyJ.eyJ.x', '', 'x']) {
      keep(value);
      expect((await open('/keys')).status, value).toBe(401);
    }
  });

  it("a course's page, or the interface, with an administrator's session", async () => {
    const { world, cookie } = await admin();
    const session = cookie().split('=')[1]!;
    const course = `/courses/${world.course}`;
    const byCookie = await world.request(null, 'GET', course, undefined, {
      cookie: `${sessionCookieName(world.course)}=${session}; ${cookie()}`,
    });
    expect(byCookie.status).toBe(401);
    const byForm = await world.request(null, 'POST', course, `session=${session}`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(byForm.status).toBe(401);
    expect((await world.request(session, 'GET', '/v1/keys')).status).toBe(401);
    expect((await world.request(null, 'GET', '/v1/keys', undefined, { cookie: cookie() })).status).toBe(401);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
    [
      'a browser that says nothing, and another origin',
      { 'sec-fetch-site': undefined as never, origin: 'https://evil.example' },
    ],
    ['no site at all', { 'sec-fetch-site': 'none' }],
  ])('a form from %s', async (_what, headers) => {
    const { world, open, submit } = await admin();
    const page = await open('/keys');
    const refused = await submit(
      page,
      '/keys',
      [
        ['name', 'theirs'],
        ['scopes', 'keys'],
      ],
      headers,
    );
    expect(refused.status).toBe(401);
    expect((await world.request(world.key, 'GET', '/v1/keys')).body.items).toHaveLength(1);
  });

  it('a form without the token of the session, or with that of another one', async () => {
    const { world, open, send, cookie } = await admin();
    await open('/keys');
    const other = newAdministrator(world);
    world.clock.now += 1000;
    await other.signIn();
    const theirs = fieldValue((await other.open('/keys')).html, 'csrf')!;
    for (const csrf of [
      [],
      [['csrf', theirs]],
      [['csrf', '']],
      [
        ['csrf', theirs],
        ['csrf', theirs],
      ],
    ] as [string, string][][]) {
      const form = new URLSearchParams([...csrf, ['once', 'x'], ['name', 'theirs'], ['scopes', 'keys']]);
      expect((await send('POST', '/admin/keys', form)).status).toBe(401);
    }
    const json = { 'content-type': 'application/json' };
    for (const body of ['null', '{"csrf":1,"once":"x","name":"theirs"}'])
      expect((await world.request(null, 'POST', '/admin/keys', body, { ...json, cookie: cookie() })).status).toBe(401);
    expect((await world.request(world.key, 'GET', '/v1/keys')).body.items).toHaveLength(1);
  });

  it('anything of another institution', async () => {
    const { open, submit } = await admin();
    const other = await newWorld();
    const theirs = (await newKey(other, ['keys'])).id;
    const refused = await submit(await open('/keys'), '/keys', [['revoke', theirs]]);
    expect([refused.status, refused.text]).toEqual([404, expect.stringContaining('No such key')]);
    const body = { name: 'Theirs', product: 'moodle', siteUrl: 'https://lms.example.edu', clientId: 'x' };
    const { id } = (await other.request(other.key, 'POST', '/v1/platforms', body)).body;
    expect((await open(`/platforms/${id}`)).status).toBe(404);
    expect((await open('/platforms')).text).not.toContain('Theirs');
  });
});

describe('an administrator', () => {
  it('asks the database once a page', async () => {
    const { world, open } = await admin();
    const body = { name: 'Ours', product: 'moodle', siteUrl: 'https://lms.example.edu', clientId: 'x' };
    const { id } = (await world.request(world.key, 'POST', '/v1/platforms', body)).body;
    for (const path of [
      '',
      '/courses',
      '/platforms',
      '/platforms/new',
      `/platforms/${id}`,
      '/keys',
      '/webhooks',
      '/launches',
    ]) {
      const { result, trips } = await world.tripsOf(() => open(path));
      expect([path, result.status, trips]).toEqual([path, 200, 1]);
      expect(result.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  it('makes a key, whose secret is shown once, and revokes it', async () => {
    const { world, open, submit } = await admin();
    const page = await open('/keys');
    const fields: [string, string][] = [
      ['name', 'For <b>Moodle</b>'],
      ['scopes', 'people'],
      ['scopes', 'sessions'],
    ];
    const made = await submit(page, '/keys', fields);
    expect(made.text).toContain('For <b>Moodle</b> is made.');
    expect(made.html).not.toContain('<b>Moodle');
    const secret = /<pre>(cmgr_[^<]+)<\/pre>/.exec(made.html)![1]!;
    expect((await world.request(secret, 'GET', world.at('/people'))).status).toBe(200);
    expect((await submit(page, '/keys', fields)).html, 'a second click').toContain(secret);
    const list = await open('/keys');
    expect(list.html).not.toContain(secret);
    expect(list.text).toContain('people, sessions');
    const { body } = await world.request(world.key, 'GET', '/v1/keys');
    expect(body.items).toHaveLength(2);
    const another = body.items.find(({ name }: { name: string }) => name.startsWith('For'));
    const done = await submit(list, '/keys', [['revoke', another.id]]);
    expect(done.text).toContain('For <b>Moodle</b> is revoked.');
    expect((await world.request(secret, 'GET', world.at('/people'))).status).toBe(401);
    const nothing = await submit(list, '/keys', [['name', 'x']]);
    expect(nothing.status).toBe(422);
    expect(fieldValue(nothing.html.split('What it is for')[1]!, 'name')).toBe('x');
  });

  it('gives no key more than their own may', async () => {
    const world = await newWorld();
    const { signIn, open, submit } = newAdministrator(world);
    await signIn((await newKey(world, ['keys'])).secret);
    const refused = await submit(await open('/keys'), '/keys', [
      ['name', 'x'],
      ['scopes', 'people'],
    ]);
    expect(refused.status).toBe(403);
  });

  it('registers an LMS, approves it and its deployments, and switches it off', async () => {
    const { open, submit } = await admin();
    const fresh = await open('/platforms/new?product=moodle');
    expect(fresh.text).toContain('Manage tools');
    expect(fresh.text).toContain('/lti/launch');
    const to = '/platforms/new?product=moodle';
    const typed: [string, string][] = [
      ['name', 'Our <i>Moodle</i>'],
      ['siteUrl', 'https://moodle.school.example'],
      ['clientId', 'Ab3'],
    ];
    const faulty = await submit(fresh, to, [...typed.slice(0, 1), ['siteUrl', 'http://10.0.0.1'], ['clientId', 'Ab3']]);
    expect(faulty.status).toBe(422);
    expect(fieldValue(faulty.html, 'siteUrl')).toBe('http://10.0.0.1');
    const made = await submit(fresh, to, [...typed, ['deploymentIds', '1\r\n2']]);
    expect(made.text).toContain('Our <i>Moodle</i> is registered.');
    expect(made.html).not.toContain('<i>Moodle');
    const place = /href="\/admin(\/platforms\/[\w-]+)">Look at it/.exec(made.html)![1]!;
    expect((await open()).text).toContain('1 LMS to approve');
    const page = await open(place);
    expect(page.text).toContain('waits for approval');
    expect(page.text).toContain('https://moodle.school.example/mod/lti/token.php');
    expect(page.text).toContain('/lti/login/');
    const approved = await submit(page, place, [['approve', '1']]);
    expect(approved.text).toContain('It is connected');
    const stopped = await submit(approved, place, [['stop', buttonOf(approved, 'stop')]]);
    expect(stopped.text).toContain('The deployment is switched off.');
    const allowed = await submit(stopped, place, [['allow', buttonOf(stopped, 'allow')]]);
    expect(allowed.text).toContain('The deployment is approved.');
    const added = await submit(allowed, place, [
      ['deploymentId', '3'],
      ['add', '1'],
    ]);
    expect(added.html.match(/name="stop"/g)).toHaveLength(3);
    const twice = await submit(added, place, [
      ['deploymentId', '3'],
      ['add', '1'],
    ]);
    expect([twice.status, fieldValue(twice.html, 'deploymentId')]).toEqual([409, '3']);
    const off = await submit(added, place, [['disable', '1']]);
    expect(off.text).toContain('It is switched off');
    expect((await open('/platforms')).text).toContain('switched off');
  });

  it('changes only what was changed of an LMS, and keeps what was typed where somebody else was faster', async () => {
    const { world, open, submit } = await admin();
    const body = { name: 'Ours', product: 'moodle', siteUrl: 'https://lms.example.edu', clientId: 'x' };
    const { id } = (await world.request(world.key, 'POST', '/v1/platforms', body)).body;
    await world.request(world.key, 'PUT', `/v1/platforms/${id}/approval`);
    const place = `/platforms/${id}`;
    const page = await open(place);
    const form = (of: Page, typed: Record<string, string>): [string, string][] => {
      const names = [...of.html.matchAll(/name="(revision|\w+Was)" value="([^"]*)"/g)].map(([, name, value]) => [
        name!,
        value!,
      ]);
      const was: Record<string, string> = Object.fromEntries(names);
      const fields = ['name', 'issuer', 'clientId', 'authUrl', 'tokenUrl', 'jwksUrl', 'tokenAudience'];
      return [
        ...Object.entries(was),
        ...fields.map((name): [string, string] => [name, typed[name] ?? was[`${name}Was`]!]),
        ['save', '1'],
      ];
    };
    const saved = await submit(page, place, form(page, { name: 'Renamed' }));
    expect([saved.status, saved.text]).toEqual([200, expect.stringContaining('connected')]);
    expect(saved.text).toContain('Renamed');
    const stale = await submit(page, place, form(page, { clientId: 'y' }));
    expect([stale.status, stale.text]).toEqual([412, expect.stringContaining('What you typed is still here')]);
    expect(stale.html).toMatch(/<input name="clientId"[^>]* value="y"/);
    const moved = await submit(stale, place, form(stale, { clientId: 'y' }));
    expect(moved.text).toContain('waits for approval');
  });

  it('invites an LMS, and takes the invitation back', async () => {
    const { open, submit } = await admin();
    const to = '/platforms/new?product=canvas';
    const invited = await submit(await open(to), to, [
      ['name', 'Our Canvas'],
      ['invite', '1'],
    ]);
    expect(invited.text).toContain('Our Canvas is invited.');
    expect(invited.text).toMatch(/\/lti\/register\?invite=invite_\S+/);
    const place = /href="\/admin(\/platforms\/[\w-]+)">See whether/.exec(invited.html)![1]!;
    const page = await open(place);
    expect(page.text).toContain('has not opened the invitation yet');
    expect(page.html).not.toContain('name="approve"');
    expect(page.html).not.toContain('invite_');
    const list = await submit(page, place, [['withdraw', '1']]);
    expect(list.text).toContain('None is connected yet.');
  });

  it('reads why launches did not open and what to do, by reason and LMS', async () => {
    const { world, open } = await admin();
    const body = { name: 'Ours', product: 'moodle', siteUrl: 'https://lms.example.edu', clientId: 'x' };
    const { id: platformId } = (await world.request(world.key, 'POST', '/v1/platforms', body)).body;
    const log = (outcome: string, detail: string | null) =>
      insertRefusedLaunch(world.db, {
        id: world.deps.newId(),
        institutionId: world.institution,
        platformId,
        outcome,
        messageType: null,
        deploymentId: '<i>7</i>',
        detail,
        at: world.clock.now,
      });
    await log('platform-pending', null);
    await log('platform-error', 'login_required <script>alert(1)</script>');
    await log('opened', null);
    const page = await open('/launches');
    expect(page.text).toContain('The connection to this LMS waits for approval.');
    expect(page.text).toContain('Approve the platform');
    expect(page.text).toContain('login_required <script>alert(1)</script>');
    expect(page.html).not.toMatch(/<script>alert|<i>7/);
    expect(page.text).toContain('It opened.');
    expect(page.html).toContain(`<a href="/admin/platforms/${platformId}">Ours</a>`);
    const items = ({ html }: Page) => html.split('<ul class="list">')[1]!.match(/<li>/g)?.length ?? 0;
    expect(items(page)).toBe(3);
    expect(items(await open('/launches?outcome=refused'))).toBe(2);
    expect(items(await open('/launches?outcome=platform-error'))).toBe(1);
    expect(items(await open('/launches?platform=another'))).toBe(0);
    expect(items(await open('/launches?outcome=nonsense'))).toBe(3);
    expect((await open()).text).toContain('2 launches refused in the last seven days');
    const other = newAdministrator(await newWorld());
    await other.signIn();
    expect(items(await other.open('/launches'))).toBe(0);
  });

  it('sees the courses with how many are in each', async () => {
    const { world, open } = await admin();
    await world.learner('Ana');
    await world.instructor();
    const page = await open('/courses');
    expect(page.text).toContain('A class 1 1 America/New York');
    expect(page.text).not.toContain('Ana');
  });

  it('adds a webhook, tries it, and takes it away', async () => {
    const { world, open, submit } = await admin();
    const page = await open('/webhooks');
    const refused = await submit(page, '/webhooks', [['url', 'http://10.0.0.1/hook']]);
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('this address is not called')]);
    expect(fieldValue(refused.html, 'url')).toBe('http://10.0.0.1/hook');
    const made = await submit(page, '/webhooks', [['url', 'http://127.0.0.1:9/hook']]);
    expect(made.html).toMatch(/<pre>whsec_[^<]+<\/pre>/);
    const list = await open('/webhooks');
    expect(list.html).not.toContain('whsec_');
    const tried = await submit(list, '/webhooks', [['ping', buttonOf(list, 'ping')]]);
    expect(tried.text).toContain('The test message was not taken.');
    expect((await submit(list, '/webhooks', [['again', buttonOf(list, 'again')]])).text).toContain('sent again');
    const gone = await submit(list, '/webhooks', [['remove', buttonOf(list, 'remove')]]);
    expect(gone.text).toContain('The webhook is taken away.');
    expect((await world.request(world.key, 'GET', '/v1/webhooks')).body.items).toEqual([]);
  });
});
