import { expect, it } from 'vitest';
import { expectRefused, launch, launchLog, newBrowser, newCampus } from '../world/launch.ts';
import { newApp, newWorld } from '../world/world.ts';

const furnished = async () => {
  const world = await newWorld();
  const campus = await newCampus(world);
  const fetched = { count: 0 };
  world.deps.fetch = (input, init) => {
    fetched.count += 1;
    return fetch(input, init);
  };
  const open = () => launch(campus.platform, newBrowser(world), { user: campus.sam, link: campus.link.id });
  return { world, ...campus, open, fetched };
};

it('a key set is fetched once, kept in the database, and asked of nobody else after', async () => {
  const { world, open, fetched, platform } = await furnished();
  for (const _ of [1, 2, 3]) expect((await open()).status).toBe(303);
  expect(fetched.count).toBe(1);
  const { rows } = await world.db.$client.execute({
    sql: 'select jwks, jwks_at from platform where id = ?',
    args: [platform.rows.platform],
  });
  expect(JSON.parse(String(rows[0]!.jwks)).keys.length).toBeGreaterThan(0);
  world.deps.known = newApp().deps.known;
  expect((await open()).status).toBe(303);
  expect(fetched.count).toBe(1);
});

it('a key that the set lacks is looked for, so the first launch after a rotation opens', async () => {
  const { world, platform, open, fetched } = await furnished();
  expect((await open()).status).toBe(303);
  world.clock.now += 31_000;
  for (const _ of [1, 2]) await platform.rotateKeys(true);
  expect((await open()).status).toBe(303);
  expect(fetched.count).toBe(2);
});

it('but not twice within half a minute', async () => {
  const { world, platform, open, fetched } = await furnished();
  expect((await open()).status).toBe(303);
  for (const _ of [1, 2]) await platform.rotateKeys(true);
  await expectRefused(world, await open(), [401, 'key-unknown'], [1, 1]);
  expect(fetched.count).toBe(1);
});

it('a set that is a day old is asked for again; where that fails the last good one counts', async () => {
  const { world, platform, open, fetched } = await furnished();
  expect((await open()).status).toBe(303);
  world.clock.now += 25 * 3_600_000;
  await platform.jwksMode('500');
  expect((await open()).status).toBe(303);
  expect(fetched.count).toBe(2);
  expect((await open()).status).toBe(303);
  expect(fetched.count).toBe(2);
});

it.each([
  ['500', 'answered 500'],
  ['html', 'no key set'],
  ['oversized', 'over 65536 bytes'],
])('a platform whose key set is %s lets nobody in, and the log says why', async (mode, detail) => {
  const { world, platform, open } = await furnished();
  await platform.jwksMode(mode);
  await expectRefused(world, await open(), [401, 'keys-unreachable'], [0, 0]);
  expect((await launchLog(world))[0].detail).toContain(detail);
});

it('nor does one that takes longer than five seconds', async () => {
  const { world, platform, open } = await furnished();
  await platform.jwksMode('slow');
  await expectRefused(world, await open(), [401, 'keys-unreachable'], [0, 0]);
  expect((await launchLog(world))[0].detail).toContain('within 5 s');
}, 20_000);

it('of two keys under one name the one that signed is found', async () => {
  const { platform, open } = await furnished();
  await platform.jwksMode('duplicate-kid');
  expect((await open()).status).toBe(303);
});

it('a key set at a private address is not asked for', async () => {
  const { world, platform, open } = await furnished();
  await world.db.$client.execute({
    sql: "update platform set jwks_url = 'https://10.0.0.1/jwks' where id = ?",
    args: [platform.rows.platform],
  });
  await expectRefused(world, await open(), [401, 'keys-unreachable'], [0, 0]);
});
