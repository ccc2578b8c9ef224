import { expect, it } from 'vitest';
import { launchVaried, login, newBrowser, newCampus } from '../world/launch.ts';
import { newWorld, words } from '../world/world.ts';

// The database is a network away: what a request costs is its round trips (design: cost of a request).

it('content costs no round trip', async () => {
  const { request, tripsOf } = await newWorld();
  for (const path of ['/v1/module', '/v1/units', '/v1/units/1', '/v1/sources/000', '/v1/topics', '/healthz'])
    expect((await tripsOf(() => request(null, 'GET', path))).trips, path).toBe(0);
});

it('a graded answer costs one, also when replayed or refused', async () => {
  const world = await newWorld();
  const student = await world.learner();
  const send = (key: string) =>
    world.tripsOf(() => world.answer(student, 'S29', { role: 'neither' }, { 'idempotency-key': key }));
  for (const [key, status] of [
    ['a', 201],
    ['a', 201],
    ['b', 201],
    ['c', 201],
    ['d', 409],
  ] as const) {
    const { result, trips } = await send(key);
    expect([result.status, trips], key).toEqual([status, 1]);
  }
  const bad = await world.tripsOf(() => world.answer(student, 'S29', { role: 'cm', claims: ['000.99'] }));
  expect(bad.trips).toBe(0);
});

it('a post and a reply cost one, also when replayed or refused', async () => {
  const world = await newWorld();
  const [me, ana] = [await world.learner(), await world.learner()];
  const hers = await world.post(ana, 'Q003.1', { body: words(60), claims: ['001.13'] });
  const send = (body: unknown, key: string) =>
    world.tripsOf(() => world.post(me, 'Q003.1', body, { 'idempotency-key': key }));
  const reply = { body: words(20), parentId: hers.body.id };
  expect((await send(reply, 'early')).trips).toBe(1);
  for (const key of ['p', 'p']) expect((await send({ body: words(60), claims: ['001.13'] }, key)).trips).toBe(1);
  for (const key of ['r', 'r']) expect((await send(reply, key)).trips).toBe(1);
});

it('every page of a list costs one', async () => {
  const world = await newWorld();
  const [me, instructor] = [await world.learner(), await world.instructor()];
  await world.answer(me, 'S29', { role: 'cm' });
  await world.post(me, 'Q003.1', { body: words(60), claims: ['001.13'] });
  const reads: [string, string][] = [
    [world.key, '/v1/courses'],
    [world.key, '/v1/keys'],
    [world.key, '/v1/launches'],
    [world.key, world.at('/people?limit=1')],
    [world.key, world.at('/gradebook')],
    [instructor.token, world.at('/gradebook?limit=1')],
    [instructor.token, world.at('/people')],
    [instructor.token, world.at('/review-queue')],
    [instructor.token, world.at('/audit')],
    [me.token, world.at('/people/me/data')],
    [me.token, world.at('')],
    [me.token, world.at('/scenarios')],
    [me.token, world.at('/scenarios/S29')],
    [me.token, world.at('/scenarios/S29/answers')],
    [me.token, world.at('/prompts')],
    [me.token, world.at('/prompts/Q003.1/posts')],
    [me.token, world.at('/prompts/Q003.1/participation')],
    [me.token, world.at('/grades/me')],
    [me.token, world.at(`/people/${me.id}/grades/scenario/S29/events`)],
  ];
  for (const [token, path] of reads) {
    const { result, trips } = await world.tripsOf(() => world.request(token, 'GET', path));
    expect([result.status, trips], path).toEqual([200, 1]);
  }
});

it('a launch costs two with warm keys, the first of a course too, and a refused one no more; its login one', async () => {
  const world = await newWorld();
  const { platform, link, sam, ines } = await newCampus(world);
  const tripsOfLaunch = async (user: string, omit: string[] = []) => {
    const browser = newBrowser(world);
    const { state, nonce } = await login(platform, browser, { user, link: link.id });
    const { token } = await platform.idToken({ user, link: link.id, nonce, omit });
    const { result, trips } = await world.tripsOf(() => browser.post('/lti/launch', { id_token: token, state }));
    return [result.status, trips];
  };
  await launchVaried(platform, newBrowser(world), { user: sam, link: link.id }, { omit: ['version'] });
  expect(await tripsOfLaunch(ines)).toEqual([303, 2]);
  expect(await tripsOfLaunch(sam)).toEqual([303, 2]);
  expect(await tripsOfLaunch(sam)).toEqual([303, 2]);
  expect(await tripsOfLaunch(sam, ['version'])).toEqual([400, 2]);
  const { params } = await platform.launch({ user: sam, link: link.id });
  expect((await world.tripsOf(() => newBrowser(world).post('/lti/login', params))).trips).toBe(1);
});
