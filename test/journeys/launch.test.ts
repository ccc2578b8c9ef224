import { describe, expect, it } from 'vitest';
import { readSession } from '../../src/auth/sessions.ts';
import { NIGHTLY, tick } from '../../src/tick.ts';
import { expectRefused, launch, launchLog, launchVaried, newBrowser, newCampus, sessionOf } from '../world/launch.ts';
import { newWorld, type World } from '../world/world.ts';

const rows = async (world: World, sql: string, ...args: string[]) =>
  (await world.db.$client.execute({ sql, args: [world.institution, ...args] })).rows.map((row) => ({ ...row }));
const courseOf = (location: string | null) => /^\/courses\/([\w-]+)/.exec(location ?? '')![1]!;

it('a student opens a unit from the LMS, is enrolled, answers, and the grade is due to the LMS', async () => {
  const world = await newWorld();
  const { platform, sam, link } = await newCampus(world);
  const reply = await launch(platform, newBrowser(world), { user: sam, link: link.id });
  expect(reply.status, reply.text).toBe(303);
  expect(reply.headers.get('location')).toMatch(/^\/courses\/[\w-]+\/units\/4$/);
  const course = courseOf(reply.headers.get('location'));
  const cookie = reply.headers.getSetCookie().find((line) => line.startsWith(`__Host-cmgr-${course}=`));
  expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=None; Partitioned$/);
  const session = sessionOf(reply);
  expect(await readSession(world.deps.config.sessionSecret, session, world.clock.now)).toMatchObject({
    courseId: course,
    role: 'learner',
    delivers: true,
    frameAncestors: [new URL(platform.issuer).origin],
  });
  const answered = await world.request(session, 'POST', `/v1/courses/${course}/scenarios/S29/answers`, { role: 'cm' });
  expect(answered.status).toBe(201);
  expect(await rows(world, 'select kind, activity from delivery where institution_id = ?')).toEqual([
    { kind: 'unit', activity: '4' },
  ]);
  expect(await launchLog(world)).toMatchObject([
    { outcome: 'opened', course, platform: platform.rows.platform, messageType: 'LtiResourceLinkRequest' },
  ]);
});

describe('the course behind a context', () => {
  it('is made by its first launch, under the title that the LMS has, and is the same for everybody after', async () => {
    const world = await newWorld();
    const { platform, course, link, sam, ines } = await newCampus(world);
    const both = await Promise.all(
      [sam, ines].map((user) => launch(platform, newBrowser(world), { user, link: link.id })),
    );
    const [first, second] = both.map(({ headers }) => courseOf(headers.get('location')));
    expect(first).toBe(second);
    const read = await world.request(sessionOf(both[1]!), 'GET', `/v1/courses/${first}`);
    expect(read.body).toMatchObject({ name: course.title, ruleSet: world.deps.catalogue.rules.hash });
    const audit = await world.request(sessionOf(both[1]!), 'GET', `/v1/courses/${first}/audit`);
    const actions = audit.body.items.map(({ action, actor }: { action: string; actor: string }) => [action, actor]);
    const lms = `platform:${platform.rows.platform}`;
    expect(actions.sort()).toEqual([
      ['course-created', lms],
      ['person-enrolled', lms],
      ['person-enrolled', lms],
      ['rules-published', lms],
    ]);
    const [kept] = await rows(
      world,
      'select memberships_url, line_items_url, scopes from context where institution_id = ?',
    );
    expect(kept).toMatchObject({
      memberships_url: expect.stringContaining('/nrps/'),
      line_items_url: expect.stringContaining('/lineitems'),
      scopes: expect.stringContaining('/scope/score'),
    });
  });

  it('keeps its services where a later launch does not name them', async () => {
    const world = await newWorld();
    const { platform, link, sam } = await newCampus(world);
    const wish = { user: sam, link: link.id };
    await launch(platform, newBrowser(world), wish);
    const services =
      'select memberships_url, line_items_url, scopes, line_item_url from context, placement where context.institution_id = ? and placement.context_id = context.id';
    const before = await rows(world, services);
    await launchVaried(platform, newBrowser(world), wish, { omit: ['endpoint', 'namesroleservice'] });
    expect(await rows(world, services)).toEqual(before);
  });

  it('is one for each link where a launch has no context, with no roster', async () => {
    const world = await newWorld();
    const { platform, link, sam, ines } = await newCampus(world);
    const open = (user: string, id: string) =>
      launchVaried(
        platform,
        newBrowser(world),
        { user, link: link.id },
        { omit: ['context'], set: { resource_link: { id } } },
      );
    const [a, b, c] = [await open(sam, 'one'), await open(ines, 'one'), await open(sam, 'two')];
    const courses = [a, b, c].map(({ headers }) => courseOf(headers.get('location')));
    expect([courses[0] === courses[1], courses[0] === courses[2]]).toEqual([true, false]);
    const services = await rows(world, 'select memberships_url from context where institution_id = ?');
    expect(services).toEqual([{ memberships_url: null }, { memberships_url: null }]);
  });
});

describe('who launches', () => {
  it('has the role that the LMS gives, also when it changes there, and is back when they were withdrawn', async () => {
    const world = await newWorld();
    const { platform, course, link, sam, ines } = await newCampus(world);
    const open = async (user: string) => launch(platform, newBrowser(world), { user, link: link.id });
    const [student, teacher] = [await open(sam), await open(ines)];
    const id = courseOf(student.headers.get('location'));
    const people = `/v1/courses/${id}/people`;
    const me = (await world.request(sessionOf(teacher), 'GET', people)).body.items.find(
      (one: { externalId: string }) => one.externalId === sam,
    );
    await world.request(sessionOf(teacher), 'PATCH', `${people}/${me.id}`, { withdrawn: true }, { 'if-match': '*' });
    expect((await world.request(sessionOf(student), 'GET', `/v1/courses/${id}`)).status).toBe(401);
    await platform.enrol(course.id, sam, [
      'http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant',
    ]);
    const again = await open(sam);
    const seen = await world.request(sessionOf(again), 'GET', `${people}/${me.id}`);
    expect(seen.body).toMatchObject({ id: me.id, role: 'assistant', withdrawn: false });
  });

  it("is no learner of the gradebook where they are the LMS's test student", async () => {
    const world = await newWorld();
    const { platform, link, sam } = await newCampus(world);
    const roles = ['Learner', 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser'];
    const reply = await launchVaried(platform, newBrowser(world), { user: sam, link: link.id }, { set: { roles } });
    const course = courseOf(reply.headers.get('location'));
    await world.request(sessionOf(reply), 'POST', `/v1/courses/${course}/scenarios/S29/answers`, { role: 'cm' });
    expect(
      await rows(world, 'select test_user from enrolment where course_id = ?2 and institution_id = ?1', course),
    ).toEqual([{ test_user: 1 }]);
    expect(await rows(world, 'select 1 from delivery where institution_id = ?')).toEqual([]);
  });

  it('keeps a name that the LMS no longer sends', async () => {
    const world = await newWorld();
    const { platform, link, sam } = await newCampus(world);
    for (const omit of [[], ['name', 'given_name', 'family_name', 'email']])
      await launchVaried(platform, newBrowser(world), { user: sam, link: link.id }, { omit });
    const names = 'select name from person where institution_id = ? and issuer = ?';
    expect(await rows(world, names, platform.issuer)).toEqual([{ name: 'Sam' }]);
  });
});

it('a hostile LMS gets no markup into a page of ours, whether its launch opens or not', async () => {
  const world = await newWorld();
  const { platform, link, sam } = await newCampus(world, { profile: 'hostile', privacy: false });
  const wish = { user: sam, link: link.id };
  const opened = await launch(platform, newBrowser(world), wish);
  expect(opened.status, opened.text).toBe(303);
  const markup = '<script>alert(1)</script>';
  const refused = await launchVaried(platform, newBrowser(world), wish, { set: { version: markup } });
  await expectRefused(world, refused, [400, 'version-wrong'], [1, 1]);
  expect(refused.text).not.toContain('alert(1)');
  const { params } = await platform.launch(wish);
  const login = await newBrowser(world).post('/lti/login', {
    ...params,
    login_hint: `">${markup}`,
    lti_storage_target: `">${markup}`,
  });
  expect(login.status).toBe(200);
  expect(login.text).not.toContain(markup);
});

describe('the launch log', () => {
  it('is paged, filtered, and for the keys of its institution alone', async () => {
    const world = await newWorld();
    const { platform, link, sam } = await newCampus(world);
    const wish = { user: sam, link: link.id };
    await launch(platform, newBrowser(world), wish);
    world.clock.now += 1000;
    await launchVaried(platform, newBrowser(world), wish, { omit: ['version'] });
    const log = await launchLog(world);
    expect(log).toMatchObject([
      { outcome: 'claim-missing', detail: 'lti.version', clause: 'CORE 5.3', person: null },
      { outcome: 'opened', says: 'It opened.', clause: null },
    ]);
    expect(JSON.stringify(log)).not.toMatch(/Sam|eyJ/);
    const page = await world.request(world.key, 'GET', '/v1/launches?limit=1');
    const [, next] = /<([^>]+)>/.exec(page.headers.get('link')!)!;
    expect([...page.body.items, ...(await world.request(world.key, 'GET', next!)).body.items]).toEqual(log);
    expect(await launchLog(world, '?outcome=opened')).toEqual([log[1]]);
    expect(await launchLog(world, '?platform=another')).toEqual([]);
    expect(await launchLog(await newWorld())).toEqual([]);
    expect(await launchLog(world, '?outcome=refused')).toEqual([log[0]]);
    const unknown = await world.request(world.key, 'GET', '/v1/launches?outcome=foo');
    expect([unknown.status, unknown.body.errors]).toEqual([
      422,
      [{ pointer: '/outcome', detail: expect.stringMatching(/^give one of opened, refused, .*launch-used/) }],
    ]);
  });

  it('takes sixty refusals of a kind in a minute, and forgets everything after thirty days', async () => {
    const world = await newWorld();
    const { platform, params } = await (async () => {
      const campus = await newCampus(world);
      return { ...campus, ...(await campus.platform.launch({ user: campus.sam, link: campus.link.id })) };
    })();
    const rubbish = { ...params, target_link_uri: 'https://evil.example/' };
    for (let sent = 0; sent < 62; sent++) await newBrowser(world).post('/lti/login', rubbish);
    const counted = () => rows(world, 'select count(*) as count from launch where institution_id = ?');
    expect(await counted()).toEqual([{ count: 60 }]);
    world.clock.now += 31 * 86_400_000;
    await platform.sync();
    await tick(world.deps, NIGHTLY);
    expect(await counted()).toEqual([{ count: 0 }]);
  }, 30_000);
});
