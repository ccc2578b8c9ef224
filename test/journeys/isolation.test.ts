import { describe, expect, it } from 'vitest';
import { routes } from '../../src/app.ts';
import { permissions, scopes } from '../../src/auth/actor.ts';
import { ADMIN_COOKIE, formTokenOf, signAdmin } from '../../src/auth/admin-sessions.ts';
import { readApiKey } from '../../src/auth/api-keys.ts';
import { sessionCookieName } from '../../src/auth/session-cookie.ts';
import type { Route } from '../../src/route.ts';
import { newWorld, type Somebody, type World, words } from '../world/world.ts';

// Whoever adds a route must say here that it is public.
const publicRoutes = [
  'get /healthz',
  'get /readyz',
  'get /v1/module',
  'get /v1/units',
  'get /v1/units/{unit}',
  'get /v1/sources',
  'get /v1/sources/{source}',
  'get /v1/topics',
  'get /lti/jwks.json',
  'get /lti/config/canvas.json',
  'get /lti/login',
  'post /lti/login',
  'get /lti/login/{platform}',
  'post /lti/login/{platform}',
  'get /lti/launch',
  'post /lti/launch',
  'post /lti/verify',
  'get /lti/register',
  'post /lti/register/finish',
  'post /lti/deep-link',
  'get /admin/sign-in',
  'post /admin/sign-in',
  'post /admin/sign-out',
];

const name = ({ method, path }: Route) => `${method} ${path}`;
const closed = routes.filter((route) => route.action !== null);

/** A world with something in it at every address, and a body that every route would take. */
const furnished = async () => {
  const world = await newWorld();
  const student = await world.learner('Ana');
  const answer = await world.answer(student, 'S29', { role: 'cm', claims: ['001.13'] });
  const post = await world.post(student, 'Q003.1', { body: words(60), claims: ['001.13'] });
  await world.request(student.token, 'PUT', world.at('/prompts/Q003.1/draft'), { body: 'draft' });
  const keys = await world.request(world.key, 'GET', '/v1/keys');
  const platform = await world.request(world.key, 'POST', '/v1/platforms', aPlatform);
  const deployments = `/v1/platforms/${platform.body.id}/deployments`;
  const deployment = await world.request(world.key, 'POST', deployments, { deploymentId: '1' });
  const webhook = await world.request(world.key, 'POST', '/v1/webhooks', bodies['post /v1/webhooks']);
  const values: Record<string, string> = {
    course: world.course,
    person: student.id,
    unit: '4',
    scenario: 'S29',
    answer: answer.body.id,
    prompt: 'Q003.1',
    post: post.body.id,
    event: answer.body.gradeEvent,
    key: keys.body.items[0].id,
    kind: 'scenario',
    activity: 'S29',
    platform: platform.body.id,
    deployment: deployment.body.id,
    lineItem: 'x',
    webhook: webhook.body.id,
  };
  return { world, student, values };
};

const aPlatform = { name: 'x', product: 'moodle', siteUrl: 'https://lms.example.edu', clientId: 'x' };

const bodies: Record<string, unknown> = {
  'post /v1/institutions': { name: 'x' },
  'post /v1/keys': { name: 'x' },
  'post /v1/platforms': aPlatform,
  'post /v1/platform-invitations': { name: 'x' },
  'patch /v1/platforms/{platform}': { name: 'taken over' },
  'post /v1/platforms/{platform}/deployments': { deploymentId: '2' },
  'post /v1/courses': { name: 'x', timeZone: 'UTC' },
  'patch /v1/courses/{course}': { name: 'taken over' },
  'put /v1/courses/{course}/schedule/{kind}/{activity}': { closesAt: '2020-01-01T00:00:00Z' },
  'post /v1/courses/{course}/people': { externalId: 'intruder', role: 'instructor' },
  'patch /v1/courses/{course}/people/{person}': { withdrawn: true },
  'post /v1/courses/{course}/roster': { people: [{ externalId: 'intruder', role: 'instructor' }] },
  'put /v1/courses/{course}/people/{person}/extensions/{unit}': { dueAt: '2030-01-01T00:00:00Z' },
  'post /v1/courses/{course}/sessions': { externalId: 'intruder' },
  'post /v1/courses/{course}/scenarios/{scenario}/answers': { role: 'cm' },
  'post /v1/courses/{course}/prompts/{prompt}/posts': { body: words(60) },
  'patch /v1/courses/{course}/posts/{post}': { body: 'taken over' },
  'put /v1/courses/{course}/posts/{post}/hiding': { reason: 'x' },
  'put /v1/courses/{course}/posts/{post}/flag': { reason: 'x' },
  'delete /v1/courses/{course}/people/{person}/data': { reason: 'x' },
  'put /v1/courses/{course}/prompts/{prompt}/draft': { body: 'taken over' },
  'put /v1/courses/{course}/people/{person}/grades/{kind}/{activity}/override': { points: 0, reason: 'x' },
  'post /v1/courses/{course}/imports/gift': { gift: 'Who?{=cm ~smm}' },
  'put /v1/courses/{course}/people/{person}/grades/{kind}/{activity}/rubric': { points: { x: 1 } },
  'post /v1/courses/{course}/lms-sync/retry': { scores: [{ lineItem: 'x', person: 'x' }] },
  'put /v1/courses/{course}/lms-sync/conflicts/{lineItem}/{person}/decision': { decision: 'overwrite' },
  'post /v1/webhooks': { url: 'https://lms.example.edu/hook' },
  'post /v1/courses/{course}/gradebook': { csv: 'person,S29\nx,1\n', reason: 'x' },
};

/** A page as a browser asks for it: with the session's cookie, or with the session in a form that would change something. */
const tryPage = (world: World, { method }: Route, path: string, course: string, token: string | null) => {
  const form = new URLSearchParams({ once: 'x', role: 'cm', body: words(60), ...(token ? { session: token } : {}) });
  return method === 'get'
    ? world.request(null, 'GET', path, undefined, token ? { cookie: `${sessionCookieName(course)}=${token}` } : {})
    : world.request(null, 'POST', path, form.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
};

/** An administrator's page as a browser asks for it, signed in by a key; with anything else in the cookie. */
const tryAdmin = async (world: World, { method }: Route, path: string, token: string | null) => {
  const { sessionSecret } = world.deps.config;
  const key = token === null ? null : await readApiKey(token);
  const session = key ? await signAdmin(sessionSecret, key, scopes, world.clock.now) : token;
  const headers = {
    'sec-fetch-site': 'same-origin',
    ...(session ? { cookie: `${ADMIN_COOKIE}=${session}` } : {}),
    ...(method === 'get' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  const csrf = await formTokenOf(sessionSecret, session ?? '');
  const form = new URLSearchParams({ csrf, once: 'x', name: 'taken over', approve: '1', revoke: 'x' });
  return world.request(null, method.toUpperCase(), path, method === 'get' ? undefined : form.toString(), headers);
};

const tryRoute = (world: World, route: Route, values: Record<string, string>, token: string | null) => {
  const all = route.path.includes('/schedule/') ? { ...values, kind: 'unit', activity: '4' } : values;
  const path = route.path.replace(/\{(\w+)\}/g, (_, param: string) => all[param]!);
  if (route.admin) return tryAdmin(world, route, path, token);
  if (route.page) return tryPage(world, route, path, values.course!, token);
  return world.request(token, route.method.toUpperCase(), path, bodies[name(route)], { 'if-match': '*' });
};

const tables = [
  'course',
  'person',
  'enrolment',
  'activity_window',
  'answer',
  'grade',
  'grade_event',
  'post',
  'post_version',
  'post_flag',
  'draft',
  'audit_event',
  'platform',
  'deployment',
  'webhook',
  'delivery',
];
/** Everything stored for the institution, to see that nothing moved. */
const stored = async (world: World) => {
  const results = await world.db.$client.batch(
    tables.map((table) => ({ sql: `select * from ${table} where institution_id = ?`, args: [world.institution] })),
  );
  return JSON.stringify(results.map(({ rows }) => rows));
};

describe('the public list', () => {
  it('is exactly the routes that answer without credentials', async () => {
    const { world, values } = await furnished();
    expect(routes.filter((route) => route.action === null).map(name)).toEqual(publicRoutes);
    for (const route of closed) {
      const reply = await tryRoute(world, route, values, null);
      expect(reply.status, name(route)).toBe(401);
      const missing = route.admin ? 'sign-in-needed' : route.page ? 'session-missing' : 'credentials-missing';
      expect(reply.body.type, name(route)).toBe(`urn:cmgrclass:problem:${missing}`);
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    }
    const tokens = ['x', 'cmgr_x', `cmgr_${'0'.repeat(32)}_${'A'.repeat(43)}`, 'a.b.c'];
    for (const token of tokens)
      for (const route of closed)
        expect([401, 403], `${name(route)} with ${token}`).toContain(
          (await tryRoute(world, route, values, token)).status,
        );
  });
});

describe('another institution', () => {
  it('finds nothing by key or by session, and moves nothing, on any route', async () => {
    const { world, values } = await furnished();
    const other = await furnished();
    const strangers: [string, string][] = [
      ['key', other.world.key],
      ['instructor', (await other.world.instructor()).token],
      ['student', other.student.token],
    ];
    const before = await stored(world);
    for (const [who, token] of strangers)
      for (const route of closed.filter(({ path }) => /\{(course|key|platform|webhook)\}/.test(path))) {
        const reply = await tryRoute(world, route, values, token);
        // A key opens no page of a course, and nobody else one of an administrator.
        const refused = (who === 'key' ? route.page : route.admin) ? [401] : [403, 404];
        expect(refused, `${name(route)} as ${who}: ${reply.status}`).toContain(reply.status);
        if (reply.status === 403) expect(reply.body.type).toBe('urn:cmgrclass:problem:not-permitted');
      }
    expect(await stored(world)).toBe(before);
  });
});

describe('another course of the same institution', () => {
  it('is closed to its people, and its things are not found through their own course', async () => {
    const { world, values } = await furnished();
    const other = await world.newCourse();
    const strangers: Somebody[] = [await world.learner('Eve', other.id), await world.instructor(other.id)];
    const before = await stored(world);
    const inCourse = closed.filter(({ path }) => path.includes('{course}'));
    for (const stranger of strangers)
      for (const route of inCourse) {
        const reply = await tryRoute(world, route, values, stranger.token);
        expect([403, 404], `${name(route)} as ${stranger.role}`).toContain(reply.status);
      }
    const reaching = inCourse.filter(({ path }) => /\{(person|answer|post|event)\}/.test(path));
    for (const stranger of strangers)
      for (const route of reaching) {
        const reply = await tryRoute(world, route, { ...values, course: other.id }, stranger.token);
        expect([403, 404], `${name(route)} through their own course as ${stranger.role}`).toContain(reply.status);
      }
    expect(await stored(world)).toBe(before);
  });
});

describe('a student', () => {
  it('is refused everything that the permission table does not give to learners', async () => {
    const { world, student, values } = await furnished();
    const before = await stored(world);
    for (const route of closed) {
      const { roles = [] } = permissions[route.action!] as { roles?: readonly string[] };
      if (roles.includes('learner')) continue;
      const reply = await tryRoute(world, route, values, student.token);
      if (route.admin) expect(reply.status, name(route)).toBe(401);
      else
        expect(reply, name(route)).toMatchObject({
          status: 403,
          body: { type: 'urn:cmgrclass:problem:not-permitted' },
        });
    }
    expect(await stored(world)).toBe(before);
  });

  it("cannot read a classmate's answers, draft or receipts", async () => {
    const { world, values } = await furnished();
    const classmate = await world.learner('Ben');
    for (const path of [`/scenarios/S29/answers/${values.answer}`, `/grade-events/${values.event}`])
      expect((await world.request(classmate.token, 'GET', world.at(path))).status).toBe(404);
    const list = await world.request(
      classmate.token,
      'GET',
      world.at(`/scenarios/S29/answers?person=${values.person}`),
    );
    expect(list.body.items).toEqual([]);
    expect((await world.request(classmate.token, 'GET', world.at('/prompts/Q003.1/draft'))).status).toBe(404);
  });
});
