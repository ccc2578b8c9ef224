import { describe, expect, it } from 'vitest';
import { applyRegrade } from '../world/regrade.ts';
import { type Json, newWorld, publish, type Somebody, type World, words } from '../world/world.ts';

const feed = async (world: World, query = '', key = world.key) => {
  const reply = await world.request(key, 'GET', world.at(`/grades${query}`));
  expect(reply.status, reply.text).toBe(200);
  return reply;
};
const lines = (body: Json): string[] =>
  body.items.map(({ person, activity, points }: Json) => `${person.externalId} ${activity.id} ${points}`);

const override = (world: World, by: Somebody, of: Somebody, scenario: string, points?: number) =>
  world.request(
    by.token,
    points === undefined ? 'DELETE' : 'PUT',
    world.at(`/people/${of.id}/grades/scenario/${scenario}/override`),
    points === undefined ? undefined : { points, reason: 'said so in class' },
  );

describe('the feed of changed grades', () => {
  it('tells whose grade is what now, why, and from when on to ask again', async () => {
    const world = await newWorld();
    const ana = await world.learner('Ana');
    const { body: answer } = await world.answer(ana, 'S29', { role: 'cm', claims: ['001.13'] });
    const { body } = await feed(world);
    expect(body).toEqual({
      items: [
        {
          person: { id: ana.id, externalId: ana.externalId },
          activity: { kind: 'scenario', id: 'S29' },
          points: 4,
          max: 4,
          source: 'auto',
          gradeEvent: answer.gradeEvent,
          updatedAt: new Date(world.clock.now).toISOString(),
        },
      ],
      until: new Date(world.clock.now - 30_000).toISOString(),
    });
  });

  it('shows an answer, taking part, an override, its lift and a regrade, each when it came', async () => {
    const world = await newWorld();
    const [ana, boss] = [await world.learner('Ana'), await world.instructor()];
    const changed = async (work: () => Promise<unknown>) => {
      world.clock.now += 60_000;
      const since = new Date(world.clock.now).toISOString();
      await work();
      return lines((await feed(world, `?since=${since}`)).body);
    };
    const of = (line: string) => [`${ana.externalId} ${line}`];
    expect(await changed(() => world.answer(ana, 'S29', { role: 'smm', claims: ['003.09'] }))).toEqual(of('S29 1'));
    const post = { body: words(60), claims: ['001.13'] };
    expect(await changed(() => world.post(ana, 'Q003.1', post))).toEqual(of('Q003.1 2'));
    expect(await changed(() => override(world, boss, ana, 'S29', 3.5))).toEqual(of('S29 3.5'));
    expect(await changed(() => override(world, boss, ana, 'S29'))).toEqual(of('S29 1'));
    const hash = await publish(world, ({ scenarios: { S29 } }) => {
      S29!.accepts.find(({ role, needs }) => role === 'smm' && needs)!.needs = { any: ['000.22', '003.09'] };
    });
    expect(await changed(() => applyRegrade(world, boss, hash))).toEqual(of('S29 4'));
  });

  it('misses no change that was under way while it was read, though it bears an earlier time', async () => {
    const world = await newWorld();
    const [ana, ben] = [await world.learner('Ana'), await world.learner('Ben')];
    await world.answer(ana, 'S29', { role: 'cm' });
    world.clock.now += 60_000;
    const { body: before } = await feed(world);
    world.clock.now -= 20_000;
    await world.answer(ben, 'S29', { role: 'cm' });
    world.clock.now += 60_000;
    const { body: after } = await feed(world, `?since=${before.until}`);
    expect(lines(after)).toEqual([`${ben.externalId} S29 3`]);
  });

  it('goes on from page to page, where every page says the same until', async () => {
    const world = await newWorld();
    const people = [await world.learner(), await world.learner(), await world.learner()];
    for (const one of people) {
      await world.answer(one, 'S29', { role: 'cm' });
      await world.answer(one, 'S28', { role: 'cm' });
    }
    const { body: whole } = await feed(world);
    const items: Json[] = [];
    for (let path: string | undefined = '?limit=2&since=2026-01-01T00:00:00Z'; path !== undefined; ) {
      const { body, headers } = await feed(world, path);
      items.push(...body.items);
      expect(body.until).toBe(whole.until);
      path = /<[^?]*(\?[^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      world.clock.now += 1000;
    }
    expect(items).toEqual(whole.items);
    expect(items).toHaveLength(6);
  });

  it('costs one round trip a page', async () => {
    const world = await newWorld();
    await world.answer(await world.learner(), 'S29', { role: 'cm' });
    expect((await world.tripsOf(() => feed(world))).trips).toBe(1);
  });

  it('keeps a grade whose activity the rules have dropped', async () => {
    const world = await newWorld();
    const ana = await world.learner();
    await world.answer(ana, 'S29', { role: 'cm', claims: ['001.13'] });
    await publish(world, (ruleSet) => {
      delete ruleSet.scenarios.S29;
    });
    expect((await feed(world)).body.items).toMatchObject([{ activity: { id: 'S29' }, points: 4, max: 4 }]);
  });

  it.each([
    ['a day', '?since=2026-09-07', '/since', 'give a time with its offset, such as 2030-01-31T23:59:00-05:00'],
    ['no time', '?since=yesterday', '/since', 'give a time with its offset, such as 2030-01-31T23:59:00-05:00'],
    ['a page too large', '?limit=1001', '/limit', 'use a whole number from 1 to 1000'],
  ])('refuses %s, and says what to send', async (_title, query, pointer, detail) => {
    const world = await newWorld();
    const { status, body } = await world.request(world.key, 'GET', world.at(`/grades${query}`));
    expect([status, body.errors]).toEqual([422, [{ pointer, detail }]]);
  });

  it('is for a key of the institution with the scope grades, and for its courses', async () => {
    const world = await newWorld();
    const other = await newWorld();
    const at = world.at('/grades');
    const { token } = await world.instructor();
    expect((await world.request(token, 'GET', at)).status).toBe(403);
    expect((await world.request(other.key, 'GET', at)).status).toBe(404);
    const { body: narrow } = await world.request(world.key, 'POST', '/v1/keys', { name: 'x', scopes: ['people'] });
    expect((await world.request(narrow.secret, 'GET', at)).status).toBe(403);
    const cursor = (await world.request(world.key, 'GET', `${at}?cursor=${btoa('1 2/a/b/c')}.0`)).body;
    expect(cursor.type).toBe('urn:cmgrclass:problem:cursor-invalid');
  });
});
