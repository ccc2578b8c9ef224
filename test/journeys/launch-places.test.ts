import { describe, expect, it } from 'vitest';
import { canonicalJson, hashRuleSet } from '../../src/grading/rule-set.ts';
import { deliverDue } from '../../src/outbox/deliver.ts';
import {
  authUrlOf,
  expectRefused,
  launch,
  launchLog,
  launchVaried,
  newBrowser,
  newCampus,
  sessionOf,
} from '../world/launch.ts';
import { newWorld, type World } from '../world/world.ts';

const rows = async (world: World, sql: string, ...args: (string | number)[]) =>
  (await world.db.$client.execute({ sql, args: [world.institution, ...args] })).rows.map((row) => ({ ...row }));
const placements = (world: World) =>
  rows(
    world,
    `select kind, activity, covers, line_item_url is not null as graded from placement where institution_id = ? order by id`,
  );

const furnished = async (wish: Parameters<typeof newCampus>[1] = {}) => {
  const world = await newWorld();
  const campus = await newCampus(world, wish);
  const open = (link: string, user = campus.sam) => launch(campus.platform, newBrowser(world), { user, link });
  const whereTo = async (link: string, user?: string) =>
    (await open(link, user)).headers.get('location')?.replace(/^\/courses\/[\w-]+/, '');
  return { world, ...campus, open, whereTo };
};

const history = '$ResourceLink.id.history';

describe('a link opens', () => {
  it.each([
    ['unit:4', '/units/4'],
    ['scenario:S29', '/scenarios/S29'],
    ['prompt:Q003.1', '/prompts/Q003.1'],
    ['', ''],
    ['unit:99', ''],
    ['scenario:../../x', ''],
    ['rubbish', ''],
  ])('what its content id says: %s', async (content_id, path) => {
    const { platform, course, whereTo } = await furnished();
    const link = await platform.link(course.id, { custom: { content_id } });
    expect(await whereTo(link.id)).toBe(path);
  });

  it('also where the LMS repeats the key in lower case alone', async () => {
    const { world, platform, sam, link } = await furnished();
    const variation = { set: { custom: { contentid: 'x', content_id: 'scenario:S29' } } };
    const reply = await launchVaried(platform, newBrowser(world), { user: sam, link: link.id }, variation);
    expect(reply.headers.get('location')).toContain('/scenarios/S29');
  });

  it('what it opened before, where the LMS sends no custom parameters any more', async () => {
    const { world, platform, sam, link, whereTo } = await furnished();
    expect(await whereTo(link.id)).toBe('/units/4');
    const reply = await launchVaried(
      platform,
      newBrowser(world),
      { user: sam, link: link.id },
      { set: { custom: null } },
    );
    expect(reply.headers.get('location')).toContain('/units/4');
  });

  it('what it was copied from, in a copy of the course that is a course of its own', async () => {
    const { world, platform, course, ines, open } = await furnished({ profile: 'canvas' });
    const original = await platform.link(course.id, { custom: { resource_link_history: history } });
    const first = await launchVaried(
      platform,
      newBrowser(world),
      { user: ines, link: original.id },
      { set: { custom: { content_id: 'scenario:S29' } } },
    );
    const copy = await platform.copy(course.id);
    const copied = copy.links.find(({ history }: { history: string[] }) => history.includes(original.id));
    const second = await open(copied.id, ines);
    const [a, b] = [first, second].map(({ headers }) => headers.get('location')!.split('/'));
    expect([a![4], b![4], a![2] === b![2]]).toEqual(['S29', 'S29', false]);
  });

  it("a scenario of the course's own, by the rules of that course", async () => {
    const { world, platform, course, link, open, whereTo } = await furnished();
    const first = await open(link.id);
    const id = first.headers.get('location')!.split('/')[2]!;
    const ruleSet = structuredClone(world.deps.catalogue.rules.ruleSet);
    ruleSet.custom = {
      scenarios: { 'Lamp.1': { unit: '4', topic: 'complaints', title: 'Lamp', text: 'Whose job?' } },
      prompts: {},
    };
    ruleSet.scenarios['Lamp.1'] = ruleSet.scenarios.S29!;
    const hash = await hashRuleSet(ruleSet);
    await world.db.$client.batch([
      {
        sql: 'insert into rule_set (institution_id, hash, doc, created_at) values (?, ?, ?, 0)',
        args: [world.institution, hash, canonicalJson(ruleSet)],
      },
      { sql: 'update course set rule_set = ? where id = ?', args: [hash, id] },
    ]);
    const own = await platform.link(course.id, { custom: { content_id: 'scenario:Lamp.1' } });
    expect(await whereTo(own.id)).toBe('/scenarios/Lamp.1');
    await open(link.id);
    const [unit] = await placements(world);
    expect(JSON.parse(String(unit!.covers))).toContain('scenario:Lamp.1');
  });
});

it('a placement knows what it covers, and its line item where it has one', async () => {
  const { world, platform, course, link, open } = await furnished();
  const scenario = await platform.link(course.id, { custom: { content_id: 'scenario:S29' } });
  const whole = await platform.link(course.id);
  for (const { id } of [link, scenario, whole]) await open(id);
  const [unit, one, all] = await placements(world);
  const { scenarios, prompts } = world.deps.catalogue.units.find(({ id }) => id === '4')!;
  const within = [...scenarios.map((id) => `scenario:${id}`), ...prompts.map((id) => `prompt:${id}`)];
  expect(unit).toEqual({ kind: 'unit', activity: '4', covers: JSON.stringify(within), graded: 1 });
  expect(one).toEqual({ kind: 'scenario', activity: 'S29', covers: '["scenario:S29"]', graded: 0 });
  expect(all).toEqual({ kind: 'course', activity: '', covers: '[]', graded: 0 });
});

it('grades from before a link was placed are due to its column, once', async () => {
  const { world, platform, course, open } = await furnished();
  const whole = await platform.link(course.id);
  const first = await open(whole.id);
  const id = first.headers.get('location')!.split('/')[2]!;
  await world.request(sessionOf(first), 'POST', `/v1/courses/${id}/scenarios/S29/answers`, { role: 'cm' });
  const deliveries = () => rows(world, 'select kind, activity, version from delivery where institution_id = ?');
  expect(await deliveries()).toEqual([]);
  world.clock.now += 1000;
  const placed = await platform.link(course.id, {
    custom: { content_id: 'scenario:S29' },
    lineItem: { scoreMaximum: 4 },
  });
  await open(placed.id);
  expect(await deliveries()).toEqual([{ kind: 'scenario', activity: 'S29', version: 1 }]);
  world.clock.now += 1000;
  await open(placed.id);
  expect(await deliveries()).toEqual([{ kind: 'scenario', activity: 'S29', version: 1 }]);
});

it('a link that now opens something else has one score for each person: what was on its way, or known of its column, goes over to it', async () => {
  const { world, platform, course, sam, open } = await furnished();
  const placed = await platform.link(course.id, { custom: { content_id: 'unit:4' }, lineItem: { scoreMaximum: 4 } });
  const first = await open(placed.id);
  const id = first.headers.get('location')!.split('/')[2]!;
  await platform.stop();
  await world.request(sessionOf(first), 'POST', `/v1/courses/${id}/scenarios/S29/answers`, { role: 'cm' });
  await world.settled();
  await platform.start();
  const moved = { set: { custom: { content_id: 'scenario:S29' } } };
  await launchVaried(platform, newBrowser(world), { user: sam, link: placed.id }, moved);
  expect(await rows(world, 'select kind, activity, state from delivery where institution_id = ?')).toEqual([
    { kind: 'scenario', activity: 'S29', state: 'waiting' },
  ]);
  world.clock.now += 3_600_000;
  await platform.sync();
  await deliverDue(world.deps, world.db, { rows: 100, ms: 10_000 }, { courseId: id });
  const { id: column } = (await platform.lineItems()).at(-1)!;
  const sent = (await platform.scores(column)).map(({ body }: { body: Record<string, number> }) => [
    body.scoreGiven,
    body.scoreMaximum,
  ]);
  expect(sent).toEqual([[3, 4]]);
  for (const table of ['placement', 'delivery'])
    await rows(world, `update ${table} set activity = 'gone' where institution_id = ? and activity = 'S29'`);
  const gone = await launchVaried(platform, newBrowser(world), { user: sam, link: placed.id }, { set: { custom: {} } });
  expect(gone.headers.get('location')).toBe(`/courses/${id}`);
  expect(await rows(world, 'select 1 from delivery where institution_id = ?')).toEqual([]);
});

describe('a deployment', () => {
  const unknown = { set: { deployment_id: 'brand-new' } };
  const state = (world: World) =>
    rows(world, "select state from deployment where institution_id = ? and deployment_id = 'brand-new'");

  it('that nobody knows waits for approval, and opens once it has it', async () => {
    const { world, platform, link, sam } = await furnished();
    const attempt = () => launchVaried(platform, newBrowser(world), { user: sam, link: link.id }, unknown);
    await expectRefused(world, await attempt(), [403, 'deployment-unknown'], [0, 0]);
    expect((await launchLog(world))[0]).toMatchObject({ detail: 'brand-new', deploymentId: 'brand-new' });
    expect(await state(world)).toEqual([{ state: 'pending' }]);
    await expectRefused(world, await attempt(), [403, 'deployment-pending'], [0, 0]);
    await rows(world, "update deployment set state = 'active' where institution_id = ?");
    expect((await attempt()).status).toBe(303);
    await rows(world, "update deployment set state = 'disabled' where institution_id = ?");
    await expectRefused(world, await attempt(), [403, 'deployment-disabled'], [1, 1]);
  });

  it("is approved as it comes where that is the platform's policy", async () => {
    const { world, platform, link, sam } = await furnished();
    await rows(world, 'update platform set approves_deployments = 1 where institution_id = ?');
    const attempt = () => launchVaried(platform, newBrowser(world), { user: sam, link: link.id }, unknown);
    expect((await Promise.all([attempt(), attempt()])).map(({ status }) => status)).toEqual([303, 303]);
    expect(await state(world)).toEqual([{ state: 'active' }]);
  });

  it('decides to which of two institutions with one registration a launch belongs; both at once are refused', async () => {
    const { world, platform, link, sam } = await furnished({ profile: 'blackboard' });
    const neighbour = await newWorld();
    const register = `insert into platform (id, institution_id, name, product, state, issuer, client_id, auth_url, token_url, jwks_url, created_at)
      select 'shared-' || ?1, ?1, name, product, state, issuer, client_id, auth_url, token_url, jwks_url, 0 from platform where id = ?2`;
    await rows(neighbour, register, platform.rows.platform);
    const deploy = `insert into deployment (id, institution_id, platform_id, deployment_id, state, created_at)
      values ('shared-' || ?1 || ?2, ?1, 'shared-' || ?1, ?2, 'active', 0)`;
    await rows(neighbour, deploy, 'theirs');
    const attempt = (deployment_id: string) =>
      launchVaried(platform, newBrowser(world), { user: sam, link: link.id }, { set: { deployment_id } });
    expect((await attempt('theirs')).status).toBe(303);
    expect((await launchLog(neighbour)).map(({ outcome }: { outcome: string }) => outcome)).toEqual(['opened']);
    expect((await attempt(platform.deploymentId)).status).toBe(303);
    expect((await launchLog(world)).map(({ outcome }: { outcome: string }) => outcome)).toEqual(['opened']);
    await rows(neighbour, deploy, platform.deploymentId);
    const ambiguous = await attempt(platform.deploymentId);
    expect([ambiguous.status, ambiguous.text]).toEqual([403, expect.stringContaining('deployment-ambiguous')]);
    const nobodys = await attempt('nobodys');
    expect([nobodys.status, nobodys.text]).toEqual([403, expect.stringContaining('deployment-unknown')]);
    expect(await rows(world, "select 1 from deployment where institution_id = ? and state = 'pending'")).toEqual([]);
    const lacking = { set: { deployment_id: 'theirs' }, omit: ['sub'] };
    await launchVaried(platform, newBrowser(world), { user: sam, link: link.id }, lacking);
    expect((await launchLog(neighbour)).map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'anonymous',
      'opened',
    ]);
    expect((await launchLog(world)).map(({ outcome }: { outcome: string }) => outcome)).toEqual(['opened']);
  });
});

it("a launch that began at a platform's own login address is nobody else's, whatever others say they have", async () => {
  const { world, platform, link, sam } = await furnished();
  const neighbour = await newWorld();
  await rows(
    neighbour,
    `insert into platform (id, institution_id, name, product, state, issuer, client_id, auth_url, token_url, jwks_url, created_at)
      select 'grabs-' || ?1, ?1, name, product, state, issuer, client_id, auth_url, token_url, jwks_url, 0 from platform where id = ?2`,
    platform.rows.platform,
  );
  const grab = `insert into deployment (id, institution_id, platform_id, deployment_id, state, created_at)
    values ('grabs-' || ?1 || ?2, ?1, 'grabs-' || ?1, ?2, 'active', 0)`;
  for (const deployment of [platform.deploymentId, 'new']) await rows(neighbour, grab, deployment);
  const attempt = async (set: Record<string, unknown> = {}) => {
    const browser = newBrowser(world);
    const { params } = await platform.launch({ user: sam, link: link.id });
    const { state, nonce } = Object.fromEntries(
      authUrlOf(await browser.post(`/lti/login/${platform.rows.platform}`, params)).searchParams,
    );
    const { token } = await platform.idToken({ user: sam, link: link.id, nonce: nonce!, set });
    return browser.post('/lti/launch', { id_token: token, state: state! });
  };
  expect((await attempt()).status).toBe(303);
  await expectRefused(world, await attempt({ deployment_id: 'new' }), [403, 'deployment-unknown'], [1, 1]);
  expect(await launchLog(neighbour)).toEqual([]);
});

describe('a submission review', () => {
  const review = async () => {
    const made = await furnished();
    const { world, platform, link, ines, sam, course, open } = made;
    await open(link.id);
    const eve = await platform.user({ name: 'Eve' });
    await platform.enrol(course.id, eve.id, ['Learner']);
    const lineItem = (await platform.lineItems())[0].id;
    const attempt = (user: string, forUser?: string) =>
      launch(platform, newBrowser(world), {
        user,
        context: course.id,
        link: link.id,
        message: 'submission-review',
        lineItem,
        ...(forUser ? { forUser } : {}),
      });
    const [person] = await rows(world, 'select id from person where institution_id = ? and subject = ?', sam);
    const samId = String(person!.id);
    return { ...made, attempt, ines, eve: eve.id, samId };
  };

  it("brings the staff to the student's work, and the student to their own (LTI Submission Review 1.0)", async () => {
    const { attempt, ines, sam, samId } = await review();
    const byTeacher = await attempt(ines, sam);
    expect(byTeacher.status, byTeacher.text).toBe(303);
    expect(byTeacher.headers.get('location')).toMatch(new RegExp(`/units/4\\?person=${samId}$`));
    for (const reply of [await attempt(sam, sam), await attempt(sam), await attempt(ines)])
      expect(reply.headers.get('location')).toMatch(/\/units\/4$/);
  });

  it("is refused to a student for another's work", async () => {
    const { world, attempt, sam, eve } = await review();
    await expectRefused(world, await attempt(eve, sam), [403, 'review-of-another'], [1, 1]);
  });
});

it('a request to pick links comes to the picker, without a resource link (Deep Linking 2.0)', async () => {
  const { world, platform, course, ines } = await furnished();
  const reply = await launch(platform, newBrowser(world), { user: ines, context: course.id, message: 'deep-linking' });
  expect(reply.status, reply.text).toBe(200);
  expect(reply.text).toContain('action="/lti/deep-link"');
  expect((await launchLog(world))[0]).toMatchObject({ outcome: 'opened', messageType: 'LtiDeepLinkingRequest' });
  expect(sessionOf(reply)).toBe('');
});
