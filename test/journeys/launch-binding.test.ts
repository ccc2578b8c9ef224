import { describe, expect, it } from 'vitest';
import {
  authUrlOf,
  type Browser,
  expectRefused,
  launch,
  login,
  newBrowser,
  newCampus,
  opened,
  sessionOf,
  storedBy,
} from '../world/launch.ts';
import { newWorld } from '../world/world.ts';

const furnished = async (wish: Parameters<typeof newCampus>[1] = {}) => {
  const world = await newWorld();
  const campus = await newCampus(world, wish);
  const launched = { user: campus.sam, link: campus.link.id };
  /** A login in this browser, and what the platform posts then. */
  const begin = async (browser: Browser) => {
    const { authUrl, reply } = await login(campus.platform, browser, launched);
    return { reply, fields: await campus.platform.authorize(authUrl.href) };
  };
  return { world, ...campus, launched, begin };
};

describe('a launch opens once', () => {
  it('of two posts of it at the same time, one (SEC 5.1.3 step 8)', async () => {
    const { world, begin } = await furnished();
    const browser = newBrowser(world);
    const { fields } = await begin(browser);
    const replies = await Promise.all([browser.post('/lti/launch', fields), browser.post('/lti/launch', fields)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([303, 403]);
    const loser = replies.find(({ status }) => status === 403)!;
    await expectRefused(world, loser, [403, 'launch-used'], [1, 1]);
  });

  it('when it is reloaded: it says to open it again from the course', async () => {
    const { world, begin } = await furnished();
    const browser = newBrowser(world);
    const { fields } = await begin(browser);
    expect((await browser.post('/lti/launch', fields)).status).toBe(303);
    const again = await browser.post('/lti/launch', fields);
    await expectRefused(world, again, [403, 'launch-used'], [1, 1]);
    expect(again.text).toContain('open it again from there');
  });

  it('when its state comes back in another spelling', async () => {
    const { world, begin } = await furnished();
    const browser = newBrowser(world);
    const { fields } = await begin(browser);
    expect((await browser.post('/lti/launch', fields)).status).toBe(303);
    const [head, body, signature] = fields.state!.split('.');
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const other = letters[letters.indexOf(signature!.at(-1)!) ^ 1];
    const respelled = `${head}.${body}.${signature!.slice(0, -1)}${other}`;
    const reply = await browser.post('/lti/launch', { ...fields, state: respelled });
    expect([401, 403]).toContain(reply.status);
    expect(await opened(world)).toEqual([1, 1]);
  });

  it('after a refusal that had to do with something else, still', async () => {
    const { world, begin, platform } = await furnished();
    const browser = newBrowser(world);
    const { fields } = await begin(browser);
    await platform.of('POST', '/keys/rotate');
    const forged = { ...fields, id_token: `${fields.id_token!.slice(0, -6)}AAAAAA` };
    await expectRefused(world, await browser.post('/lti/launch', forged), [401, 'signature-wrong'], [0, 0]);
    expect((await browser.post('/lti/launch', fields)).status).toBe(303);
  });
});

it.each(['platform', 'deployment'])('a launch whose %s is switched off while it opens does not open', async (table) => {
  const { world, begin } = await furnished();
  const browser = newBrowser(world);
  const { fields } = await begin(browser);
  // The platform's keys are asked for after all was read, before anything is written.
  world.deps.fetch = async (input, init) => {
    const sql = `update ${table} set state = 'disabled' where institution_id = ?`;
    await world.db.$client.execute({ sql, args: [world.institution] });
    return fetch(input, init);
  };
  await expectRefused(world, await browser.post('/lti/launch', fields), [403, 'launch-overtaken'], [0, 0]);
});

describe('a launch opens in the browser that began it', () => {
  it('and in no other: neither one that has cookies of ours nor one that has none', async () => {
    const { world, begin, platform, launched } = await furnished();
    const mallory = newBrowser(world);
    const { fields } = await begin(mallory);
    await expectRefused(world, await newBrowser(world).post('/lti/launch', fields), [403, 'cookies-lost'], [0, 0]);
    const alice = newBrowser(world);
    await launch(platform, alice, launched);
    await expectRefused(world, await alice.post('/lti/launch', fields), [403, 'other-browser'], [1, 1]);
  });

  it('in two tabs at once, each its own', async () => {
    const { world, begin } = await furnished();
    const browser = newBrowser(world);
    const [first, second] = [await begin(browser), await begin(browser)];
    expect((await browser.post('/lti/launch', first.fields)).status).toBe(303);
    expect((await browser.post('/lti/launch', second.fields)).status).toBe(303);
    expect([...browser.jar.keys()].filter((name) => name.startsWith('__Host-cmgr-login-'))).toEqual([]);
  });

  it.each([
    ['none', () => '', 400, 'state-missing'],
    ['one of somebody else’s making', () => 'eyJhbGciOiJub25lIn0.eyJpbnMiOiJ4In0.', 401, 'state-unknown'],
    ['a session token', (session: string) => session, 401, 'state-unknown'],
  ])('with %s for a state it does not open (SEC 5.1.1.3)', async (_what, state, status, code) => {
    const { world, begin } = await furnished();
    const student = await world.learner();
    const browser = newBrowser(world);
    const { fields } = await begin(browser);
    const before = await opened(world);
    const reply = await browser.post('/lti/launch', { ...fields, state: state(student.token) });
    expect([reply.status, reply.text]).toEqual([status, expect.stringContaining(`<code>${code}</code>`)]);
    expect(await opened(world)).toEqual(before);
  });

  it('within ten minutes', async () => {
    const { world, begin } = await furnished();
    const browser = newBrowser(world);
    const { fields } = await begin(browser);
    world.clock.now += 601_000;
    const reply = await browser.post('/lti/launch', fields);
    expect([reply.status, reply.text]).toEqual([401, expect.stringContaining('state-expired')]);
    expect(await opened(world)).toEqual([0, 0]);
  });
});

describe('where cookies are blocked', () => {
  it("the platform's storage proves the browser, and the session goes on in a form", async () => {
    const { world, begin } = await furnished({ profile: 'canvas' });
    const browser = newBrowser(world, { blocksCookies: true });
    const { reply, fields } = await begin(browser);
    const stored = storedBy(reply);
    const between = await browser.post('/lti/launch', fields);
    expect(between.status).toBe(200);
    expect(between.text).toContain(`data-key="${stored.key}"`);
    expect(between.text).not.toContain(stored.value);
    expect(sessionOf(between)).toBe('');
    expect(await opened(world)).toEqual([0, 0]);
    const proven = await browser.post('/lti/verify', { ...fields, proof: stored.value });
    expect(proven.status, proven.text).toBe(200);
    expect(proven.headers.getSetCookie()).toEqual([]);
    expect(proven.text).toMatch(/<form method="post" action="\/courses\/[\w-]+\/units\/4">/);
    const [, course] = /courses\/([\w-]+)/.exec(proven.text)!;
    expect((await world.request(sessionOf(proven), 'GET', `/v1/courses/${course}`)).status).toBe(200);
    const again = await browser.post('/lti/verify', { ...fields, proof: stored.value });
    await expectRefused(world, again, [403, 'launch-used'], [1, 1]);
  });

  it('a proof opens nothing where the page of another site brings it: nobody is let into what somebody else began', async () => {
    const { world, begin } = await furnished({ profile: 'canvas' });
    const mallory = newBrowser(world, { blocksCookies: true });
    const { reply, fields } = await begin(mallory);
    const forged = { ...fields, proof: storedBy(reply).value };
    for (const site of ['cross-site', 'same-site']) {
      const alice = await newBrowser(world).post('/lti/verify', forged, { 'sec-fetch-site': site });
      await expectRefused(world, alice, [403, 'proof-wrong'], [0, 0]);
    }
    const own = await mallory.post('/lti/verify', forged, { 'sec-fetch-site': 'same-origin' });
    const { action, session } =
      /action="(?<action>[^"]+)"><input type="hidden" name="session" value="(?<session>[^"]+)"/.exec(own.text)!.groups!;
    const open = (site: string) => newBrowser(world).post(action!, { session: session! }, { 'sec-fetch-site': site });
    expect((await open('cross-site')).status).toBe(401);
    expect((await open('same-origin')).status).toBe(200);
  });

  it.each([
    ['another value', 'something-else'],
    ['nothing', ''],
  ])('storage that gives back %s proves nothing', async (_what, proof) => {
    const { world, begin } = await furnished({ profile: 'canvas' });
    const browser = newBrowser(world, { blocksCookies: true });
    const { fields } = await begin(browser);
    await expectRefused(world, await browser.post('/lti/verify', { ...fields, proof }), [403, 'proof-wrong'], [0, 0]);
  });

  it('without storage the login offers a window of its own before the platform is asked, with all that was sent', async () => {
    const { world, platform, launched } = await furnished({ profile: 'moodle' });
    const { reply } = await login(platform, newBrowser(world, { blocksCookies: true }), launched);
    const [, href] = /<a href="(\/lti\/login\?[^"]+)" target="_blank"/.exec(reply.text)!;
    const apart = newBrowser(world);
    const again = await apart.get(href!.replaceAll('&amp;', '&'));
    const opening = await apart.post('/lti/launch', await platform.authorize(authUrlOf(again).href));
    expect(opening.status, opening.text).toBe(303);
  });

  it('and a launch that comes back without anything says that the browser kept nothing', async () => {
    const { world, begin } = await furnished({ profile: 'moodle' });
    const browser = newBrowser(world, { blocksCookies: true });
    const { fields } = await begin(browser);
    await expectRefused(world, await browser.post('/lti/launch', fields), [403, 'cookies-lost'], [0, 0]);
  });
});
