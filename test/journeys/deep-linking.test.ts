import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { startDeepLinking } from '../../src/lti/deep-linking.ts';
import { launch as launchFrom, newBrowser, newCampus } from '../world/launch.ts';
import { newPlatform, type PlatformWish } from '../world/lms.ts';
import { type Json, newWorld, publish, type Reply, type Somebody } from '../world/world.ts';

const SETTINGS = 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings';
const claim = (name: string) => `https://purl.imsglobal.org/spec/lti/claim/${name}`;
const dl = (name: string) => `https://purl.imsglobal.org/spec/lti-dl/claim/${name}`;

const plain = (text: string) =>
  text.replace(
    /&(quot|#39|lt|gt|amp);/g,
    (_, name) => ({ quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' })[name as 'lt'],
  );
const fieldOf = (page: string, name: string) =>
  plain(new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '');

/** An instructor of a course who comes from the LMS to choose content. */
const choosing = async (wish: PlatformWish = {}, settings: Record<string, unknown> = {}, omit: string[] = []) => {
  const world = await newWorld();
  const platform = await newPlatform(world, wish);
  const course = await platform.course({ Ines: 'Instructor' });
  const asked = { user: course.people.Ines!.id, context: course.id, message: 'deep-linking', nonce: 'n' } as const;
  const { claims } = await platform.idToken({ ...asked, settings });
  for (const name of omit) delete claims[SETTINGS][name];
  const instructor = await world.instructor();
  const launch = (who: Somebody, given: unknown = claims[SETTINGS]) =>
    startDeepLinking(world.deps, {
      institutionId: world.institution,
      courseId: world.course,
      platform: { issuer: platform.issuer, clientId: platform.clientId },
      deploymentId: platform.deploymentId,
      personId: who.id,
      role: who.role,
      settings: given,
    });
  const choose = (page: { body?: unknown }, content: string[], more: Record<string, string> = {}): Promise<Reply> => {
    const ticket = fieldOf(String(page.body), 'ticket');
    const form = new URLSearchParams({ ticket, ...more });
    for (const one of content) form.append('content', one);
    return world.request(null, 'POST', '/lti/deep-link', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
  };
  /** What the browser posts to the LMS, as the LMS takes it. */
  const deliver = async (page: { body?: unknown; text?: string }): Promise<Json> => {
    await platform.sync();
    const html = page.text ?? String(page.body);
    const url = plain(/<form method="post" action="([^"]*)"/.exec(html)![1]!);
    const body = new URLSearchParams({ JWT: fieldOf(html, 'JWT') });
    const response = await fetch(url, { method: 'POST', body, headers: { accept: 'application/json' } });
    const text = await response.text();
    return { status: response.status, ...(response.ok ? JSON.parse(text) : { text }) };
  };
  const page = await launch(instructor);
  return { ...world, world, platform, claims, instructor, launch, page, choose, deliver };
};

const jwtOf = (page: { body?: unknown; text?: string }) =>
  decodeJwt(fieldOf(page.text ?? String(page.body), 'JWT')) as Json;

describe('an instructor chooses content', () => {
  it('on a page without script, of every unit, scenario and prompt, with what each can earn', async () => {
    const { page, deps } = await choosing();
    const html = String(page.body);
    expect(page.status).toBe(200);
    expect(html).not.toContain('<script');
    for (const { id, title } of deps.catalogue.units) {
      expect(html).toContain(`value="unit:${id}"`);
      expect(html).toContain(`<b>${id}. ${title}</b>`);
    }
    for (const id of Object.keys(deps.catalogue.scenarios)) expect(html).toContain(`value="scenario:${id}"`);
    for (const id of Object.keys(deps.catalogue.prompts)) expect(html).toContain(`value="prompt:${id}"`);
    expect(html).toContain('<small>4 points</small>');
    expect(html).not.toContain('>1 points<');
    expect(html).toMatch(/<p class="act"><button>/);
    expect(html).toMatch(/\.act \{ position: sticky/);
    expect(page.headers!['content-security-policy']).toContain("form-action 'self'");
  });

  it.each(['moodle', 'canvas', 'd2l', 'blackboard', 'sakai', 'hostile'] as const)(
    'and %s takes the links, with their line items, and launches them with what they open',
    async (profile) => {
      const { page, choose, deliver, platform } = await choosing({ profile }, { accept_multiple: true });
      const answer = await choose(page, ['unit:4', 'scenario:S29', 'prompt:Q003.1']);
      expect(answer.status, answer.text).toBe(200);
      expect(await deliver(answer)).toMatchObject({ status: 200, msg: '3 activities were added.' });
      const links: Json[] = await platform.links();
      expect(links.map(({ title }) => title)).toEqual([
        'One job or two?',
        'Where the sources disagree',
        'The broken chair',
      ]);
      for (const { url } of links) expect(url).toBe('http://localhost/lti/launch');
      const lineItems: Json[] = await platform.gradebook();
      expect(lineItems.map(({ resourceId, scoreMaximum }) => [resourceId, scoreMaximum])).toContainEqual([
        'scenario:S29',
        4,
      ]);
      const student = await platform.user();
      const launched = await platform.idToken({ user: student.id, link: links[1].id, nonce: 'n' });
      expect(launched.claims[claim('custom')]).toMatchObject({ content_id: 'unit:4' });
    },
  );

  it('of the course’s own too, as its rules are now', async () => {
    const { world, instructor, launch, choose, deliver, platform } = await choosing();
    const page = await launch(instructor);
    await publish(world, (rules) => {
      rules.custom = {
        scenarios: { Own: { unit: '4', topic: 'complaints', title: 'Our <own> case', text: 'x' } },
        prompts: {},
      };
      rules.scenarios.Own = { ...rules.scenarios.S29!, points: 7 };
    });
    const answer = await choose(page, ['scenario:Own']);
    expect((await deliver(answer)).status).toBe(200);
    const [item] = await platform.gradebook();
    expect(item).toMatchObject({ label: 'Our <own> case', scoreMaximum: 7, resourceId: 'scenario:Own' });
    expect(String((await launch(instructor)).body)).toContain('Our &lt;own&gt; case');
  });

  it('whose unit counts all that is in it', async () => {
    const { page, choose, request, at, instructor } = await choosing();
    const [item] = jwtOf(await choose(page, ['unit:4']))[dl('content_items')];
    const { scenarios, prompts } = (await request(null, 'GET', '/v1/units/4')).body;
    const within = [
      ...scenarios.map((id: string) => `/scenarios/${id}`),
      ...prompts.map((id: string) => `/prompts/${id}`),
    ];
    const read = await Promise.all(within.map((path) => request(instructor.token, 'GET', at(path))));
    const sum = read.reduce((total, { body }) => total + body.points, 0);
    expect(item.lineItem).toMatchObject({ scoreMaximum: sum, resourceId: 'unit:4', label: item.title });
  });

  it('in one round trip after the launch', async () => {
    const { page, choose, tripsOf } = await choosing();
    const { result, trips } = await tripsOf(() => choose(page, ['unit:1']));
    expect(result.status).toBe(200);
    expect(trips).toBe(1);
  });
});

it('from the LMS and back: chosen, placed, opened by a student, also in a copy of the course', async () => {
  const world = await newWorld();
  const { platform, course, ines, sam } = await newCampus(world, { profile: 'moodle' });
  const browser = newBrowser(world);
  const picker = await launchFrom(platform, browser, { user: ines, context: course.id, message: 'deep-linking' });
  expect(picker.status, picker.text).toBe(200);
  const answer = await browser.post('/lti/deep-link', {
    ticket: fieldOf(picker.text, 'ticket'),
    content: 'scenario:S29',
  });
  const url = plain(/<form method="post" action="([^"]*)"/.exec(answer.text)![1]!);
  const body = new URLSearchParams({ JWT: fieldOf(answer.text, 'JWT') });
  const taken = await fetch(url, { method: 'POST', body, headers: { accept: 'application/json' } });
  const { links } = (await taken.json()) as Json;
  const opens = async (user: string, link: string) =>
    (await launchFrom(platform, newBrowser(world), { user, link })).headers.get('location');
  expect(await opens(sam, links[0])).toMatch(/^\/courses\/[\w-]+\/scenarios\/S29$/);
  const copy = await platform.copy(course.id);
  const copied = (await platform.links()).find(
    (one: Json) => one.contextId === copy.id && one.title === 'The broken chair',
  );
  await platform.enrol(copy.id, sam, ['Learner']);
  expect(await opens(sam, copied.id)).toMatch(/\/scenarios\/S29$/);
});

describe('the answer (Deep Linking 2.0; 1EdTech conformance, DL)', () => {
  const answered = async (settings = {}, omit: string[] = [], content = ['unit:4']) => {
    const made = await choosing({ profile: 'sakai' }, settings, omit);
    const page = await made.choose(made.page, content);
    return { ...made, page, jwt: jwtOf(page) };
  };

  it.each([
    [
      '2.3',
      'is a form that posts JWT to the return URL, by script or button',
      async () => {
        const { page, claims } = await answered();
        const { deep_link_return_url: url } = claims[SETTINGS];
        expect(plain(page.text)).toContain(`<form method="post" action="${url}">`);
        expect(page.text).toContain('<button');
        const policy = page.headers.get('content-security-policy')!;
        expect(policy).toContain(`form-action 'self' ${new URL(url).origin}`);
        expect(policy).toMatch(/script-src 'nonce-/);
      },
    ],
    [
      '4.5.1, SEC 5.2',
      'names the client as issuer and the platform as audience',
      async () => {
        const { jwt, platform } = await answered();
        expect(jwt).toMatchObject({ iss: platform.clientId, aud: platform.issuer });
      },
    ],
    [
      'SEC 5.2',
      'has a nonce of its own each time, and lives for five minutes',
      async () => {
        const { jwt, choose, claims, launch, instructor } = await answered();
        expect(jwt.exp - jwt.iat).toBeLessThanOrEqual(600);
        const again = jwtOf(await choose(await launch(instructor, claims[SETTINGS]), ['unit:4']));
        expect(again.nonce).not.toBe(jwt.nonce);
        expect(jwt.nonce.length).toBeGreaterThan(20);
      },
    ],
    [
      '4.5.2, 4.5.3, 4.5.4',
      'has message type, version and deployment',
      async () => {
        const { jwt, platform } = await answered();
        expect(jwt[claim('message_type')]).toBe('LtiDeepLinkingResponse');
        expect(jwt[claim('version')]).toBe('1.3.0');
        expect(jwt[claim('deployment_id')]).toBe(platform.deploymentId);
      },
    ],
    [
      '4.5.5',
      'gives data back exactly',
      async () => {
        const data = ' {"csrf":"é<\\u0000\\"&"}\n';
        expect((await answered({ data })).jwt[dl('data')]).toBe(data);
      },
    ],
    [
      '4.5.5',
      'has no data where none came',
      async () => {
        expect((await answered({}, ['data'])).jwt).not.toHaveProperty([dl('data')]);
      },
    ],
    [
      '3.2',
      'has a title, the launch URL without a query, and custom texts for what it opens and for course copies',
      async () => {
        const [item] = (await answered()).jwt[dl('content_items')];
        expect(item).toMatchObject({
          type: 'ltiResourceLink',
          title: 'Where the sources disagree',
          url: 'http://localhost/lti/launch',
          custom: {
            content_id: 'unit:4',
            resource_link_history: '$ResourceLink.id.history',
            context_history: '$Context.id.history',
          },
        });
      },
    ],
    [
      '3.2, Submission Review 1.0',
      'has a line item that can be reviewed',
      async () => {
        const [item] = (await answered()).jwt[dl('content_items')];
        expect(item.lineItem).toMatchObject({
          scoreMaximum: expect.any(Number),
          label: item.title,
          resourceId: 'unit:4',
          submissionReview: { reviewableStatus: expect.arrayContaining(['Completed']) },
        });
      },
    ],
    [
      '4.4.1',
      'has no line item where the platform takes none',
      async () => {
        const [item] = (await answered({ accept_lineitem: false })).jwt[dl('content_items')];
        expect(item).not.toHaveProperty('lineItem');
      },
    ],
    [
      '4.4.1',
      'has a line item where the platform does not say',
      async () => {
        const [item] = (await answered({}, ['accept_lineitem'])).jwt[dl('content_items')];
        expect(item).toHaveProperty('lineItem');
      },
    ],
    [
      '4.4.1',
      'has one item where several are not taken, or not spoken of',
      async () => {
        for (const [settings, omit] of [
          [{ accept_multiple: false }, []],
          [{}, ['accept_multiple']],
        ] as const) {
          const { page, launch, instructor, choose, claims } = await answered(settings, [...omit]);
          expect(page.status).toBe(200);
          const picker = await launch(instructor, claims[SETTINGS]);
          expect(String(picker.body)).toContain('type="radio"');
          const two = await choose(picker, ['unit:4', 'unit:5']);
          expect(two).toMatchObject({ status: 422, text: expect.stringContaining('one at a time') });
        }
      },
    ],
    [
      '4.5.7, 4.5.8',
      'says in words what was added, also for the log',
      async () => {
        const { jwt } = await answered();
        expect(jwt[dl('msg')]).toBe('One activity was added.');
        expect(jwt[dl('log')]).toBe(jwt[dl('msg')]);
        expect(jwt).not.toHaveProperty([dl('errormsg')]);
      },
    ],
    [
      '4.5.6',
      'to a cancel is an empty list',
      async () => {
        const { page, choose, deliver } = await choosing();
        const answer = await choose(page, ['unit:4'], { cancel: 'yes' });
        expect(jwtOf(answer)[dl('content_items')]).toEqual([]);
        expect(await deliver(answer)).toMatchObject({ status: 200, links: [] });
      },
    ],
    [
      '3.2',
      'has no line item for what nobody grades',
      async () => {
        const { world, choose, page } = await choosing();
        await publish(world, (rules) => {
          delete rules.prompts['Q003.1'];
        });
        const [item] = jwtOf(await choose(page, ['prompt:Q003.1']))[dl('content_items')];
        expect(item).toMatchObject({ title: 'One job or two?' });
        expect(item).not.toHaveProperty('lineItem');
      },
    ],
  ])('%s: it %s', (_clause, _title, check) => check());
});

describe('choosing is refused', () => {
  const readable = (page: { body?: unknown }) => String(page.body);

  it('without settings, or without a return URL: there is nowhere to answer', async () => {
    const { launch, instructor } = await choosing();
    for (const settings of [
      null,
      {},
      { accept_types: ['ltiResourceLink'] },
      { deep_link_return_url: 'javascript:x' },
    ]) {
      const page = await launch(instructor, settings);
      expect(page.status).toBe(400);
      expect(readable(page)).not.toContain('JWT');
    }
  });

  it.each([
    ['where the LMS takes no LTI links', { accept_types: ['link'] }, 'takes no LTI links'],
    ['where it does not say what it takes', { accept_types: undefined }, 'takes no LTI links'],
  ])('%s, in words here and as errormsg there', async (_, change, words) => {
    const { launch, instructor, claims, deliver } = await choosing();
    const page = await launch(instructor, { ...claims[SETTINGS], ...change });
    expect(readable(page)).toContain(words);
    expect(readable(page)).not.toContain('<script');
    expect(await deliver(page)).toMatchObject({ status: 200, links: [], errormsg: expect.stringContaining(words) });
  });

  it('to a learner, and not to an assistant', async () => {
    const { launch, learner, assistant, deliver, choose } = await choosing();
    const page = await launch(await learner());
    expect(readable(page)).toContain('chosen by instructors and assistants');
    expect(readable(page)).not.toContain('value="unit:4"');
    expect((await deliver(page)).links).toEqual([]);
    expect((await choose(await launch(await assistant()), ['unit:4'])).status).toBe(200);
  });

  it('with nothing chosen: the page comes again', async () => {
    const { page, choose, deliver } = await choosing({}, { accept_multiple: true });
    const again = await choose(page, []);
    expect(again).toMatchObject({ status: 422, text: expect.stringContaining('Choose at least one, or cancel.') });
    const then = await choose({ body: again.text }, ['unit:4', 'unit:5']);
    expect((await deliver(then)).links).toHaveLength(2);
  });

  it('for what the course does not have, keeping the rest of the choice', async () => {
    const { page, choose } = await choosing({}, { accept_multiple: true });
    for (const unknown of ['unit:99', 'scenario:__proto__', 'x', '']) {
      const again = await choose(page, ['unit:4', unknown]);
      expect(again).toMatchObject({ status: 422, text: expect.stringContaining('The course has changed') });
      expect(again.text).toMatch(/value="unit:4" checked/);
    }
  });

  it('after an hour, with a ticket that is none, or with what else is sealed here', async () => {
    const { page, choose, clock, deps } = await choosing();
    const { seal } = await import('../../src/auth/digest.ts');
    const other = await seal(deps.config.sessionSecret, JSON.stringify({ role: 'instructor' }));
    for (const ticket of ['', 'x', 'x.y', other]) expect((await choose(page, ['unit:4'], { ticket })).status).toBe(403);
    clock.now += 3_600_000;
    expect(await choose(page, ['unit:4'])).toMatchObject({ status: 403, text: expect.stringContaining('too old') });
  });

  it('to whoever is in the course no more', async () => {
    const { page, choose, request, key, at, instructor } = await choosing();
    await request(key, 'PATCH', at(`/people/${instructor.id}`), { withdrawn: true }, { 'if-match': '*' });
    expect(await choose(page, ['unit:4'])).toMatchObject({
      status: 401,
      text: expect.stringContaining('enrolment-ended'),
    });
  });
});
