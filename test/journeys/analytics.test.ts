import { describe, expect, it } from 'vitest';
import { newWorld, publish, type Somebody, type World, words } from '../world/world.ts';

const read = async (world: World, token: string, what: string) => {
  const { status, body, headers } = await world.request(token, 'GET', world.at(`/analytics/${what}`));
  expect(status, JSON.stringify(body)).toBe(200);
  return { ...body, link: headers.get('link') };
};
const learners = (world: World, count: number): Promise<Somebody[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => world.learner(`Learner ${at}`)));
const named = (name: 'scenario' | 'source' | 'prompt' | 'role') => (list: Record<string, unknown>[], id: string) =>
  list.find((one) => one[name] === id) as never;
const [scenarioOf, sourceOf, promptOf, roleOf] = [named('scenario'), named('source'), named('prompt'), named('role')];

/** S21 (a community manager's, needs 000.32 among others) and S22 (a social media manager's, needs 000.26) are a pair. */
const answeredByFour = async () => {
  const world = await newWorld();
  const [ana, ben, cem, dee, gone] = await learners(world, 5);
  await world.answer(ana!, 'S21', { role: 'cm', claims: ['000.32'] });
  await world.answer(ana!, 'S22', { role: 'smm', claims: ['000.26'] });
  await world.answer(ben!, 'S21', { role: 'cm' });
  await world.answer(ben!, 'S22', { role: 'cm' });
  await world.answer(cem!, 'S21', { role: 'smm', claims: ['000.26', '003.13'] });
  await world.answer(cem!, 'S22', { role: 'smm' });
  await world.answer(dee!, 'S21', { role: 'both' });
  await world.answer(dee!, 'S21', { role: 'cm', claims: ['000.32'] });
  await world.answer(gone!, 'S21', { role: 'neither' });
  const person = world.at(`/people/${gone!.id}`);
  await world.request(world.key, 'PATCH', person, { withdrawn: true }, { 'if-match': '*' });
  return world;
};

describe('the item analysis', () => {
  it('counts first attempts of those who are there, with intervals', async () => {
    const world = await answeredByFour();
    const { items } = await read(world, (await world.instructor()).token, 'items');
    expect(items).toHaveLength(44);
    expect(scenarioOf(items, 'S21')).toMatchObject({
      n: 4,
      suppressed: false,
      mixedRules: false,
      // 1, 0.75, 0 and 0: mean 0.4375, standard deviation 0.5154, so ± 3.1824 · 0.2577 is cut to 0 and 1.
      credit: { mean: 0.4375, low: 0, high: 1 },
      fullCredit: { count: 1, share: 0.25, low: 0.0456, high: 0.6994 },
      rightRole: { count: 2, share: 0.5 },
      // Ana cites 000.32, Cem 003.13: both license this scenario, whatever was said with them.
      licensed: { count: 2, share: 0.5 },
      discrimination: { n: 3, r: null },
      attempts: { mean: 1.25 },
    });
    expect(scenarioOf(items, 'S22')).toMatchObject({ n: 3, rightRole: { count: 2 }, fullCredit: { count: 1 } });
    expect(scenarioOf(items, 'S01')).toMatchObject({
      n: 0,
      credit: { mean: null },
      fullCredit: { count: 0, share: null },
    });
  });

  it('says how often people are right on both sides of a matched pair', async () => {
    const world = await answeredByFour();
    const { pairs } = await read(world, world.key, 'items');
    expect(pairs).toHaveLength(6);
    expect(pairs[0]).toMatchObject({
      scenarios: ['S21', 'S22'],
      n: 3,
      both: { count: 1, share: 0.3333 },
      firstOnly: 1,
      secondOnly: 1,
      neither: 0,
    });
  });

  it('tells from ten people on how well a scenario tells them apart', async () => {
    const world = await newWorld();
    for (const [at, student] of (await learners(world, 10)).entries()) {
      await world.answer(student, 'S01', { role: at < 5 ? 'smm' : 'cm' });
      await world.answer(student, 'S02', { role: at < 5 ? 'smm' : 'cm' });
      await world.answer(student, 'S11', { role: 'smm' });
    }
    const { items } = await read(world, world.key, 'items');
    expect(scenarioOf(items, 'S01')).toMatchObject({ discrimination: { n: 10, r: 1 } });
    expect(scenarioOf(items, 'S11')).toMatchObject({ n: 10, discrimination: { n: 10, r: null, low: null } });
  });

  it('keeps the credit given then, says when rules are mixed, and takes the key from the rules now', async () => {
    const world = await newWorld();
    const [ana, ben, cem] = await learners(world, 3);
    await world.answer(ana!, 'S21', { role: 'smm' });
    await publish(world, (rules) => {
      rules.scenarios.S21!.accepts = [{ role: 'smm', credit: 1, shows: ['000.26'] }];
    });
    await world.answer(ben!, 'S21', { role: 'smm' });
    const { items } = await read(world, world.key, 'items');
    expect(scenarioOf(items, 'S21')).toMatchObject({
      mixedRules: true,
      fullCredit: { count: 1 },
      rightRole: { count: 2 },
    });
    await publish(world, (rules) => {
      rules.scenarios.S21!.treat = 'void';
    });
    await world.answer(cem!, 'S21', { role: 'cm' });
    const voided = await read(world, world.key, 'items');
    expect(scenarioOf(voided.items, 'S21')).toMatchObject({ n: 2, rightRole: { count: 0 } });
  });
});

describe('the confusion', () => {
  it('has what was said against the key, by scenario and for the course', async () => {
    const world = await answeredByFour();
    const { roles, scenarios, course } = await read(world, world.key, 'confusion');
    expect(roles).toEqual(['smm', 'cm', 'both', 'neither']);
    const s21: { key: string[]; n: number; said: { count: number }[] } = scenarioOf(scenarios, 'S21');
    expect([s21.key, s21.n, s21.said.map(({ count }) => count)]).toEqual([['cm'], 4, [1, 2, 1, 0]]);
    // S29 has two roles that can earn everything: its row is of both, not of one of them.
    expect(scenarioOf(scenarios, 'S29')).toMatchObject({ key: ['smm', 'cm'], n: 0 });
    const counts = (key: string) =>
      course
        .find((row: { key: string[] }) => row.key.join(' ') === key)
        .said.map(({ count }: { count: number }) => count);
    expect(counts('smm')).toEqual([2, 1, 0, 0]);
    expect(counts('cm')).toEqual([1, 2, 1, 0]);
    expect(counts('smm cm')).toEqual([0, 0, 0, 0]);
  });

  it('has what was said by who cites a source, beside what the cited claims say', async () => {
    const world = await answeredByFour();
    const { sources } = await read(world, world.key, 'confusion');
    const barclay: { said: never; citations: unknown } = sourceOf(sources, '000');
    // Ana twice, Cem once; 000.26 is about social media managers, 000.32 about community managers.
    expect(barclay).toMatchObject({ answers: 3, people: 2 });
    expect(roleOf(barclay.said, 'smm')).toEqual({ role: 'smm', count: 2 });
    expect(barclay.citations).toEqual([
      { claimRole: 'cm', denies: false, said: 'cm', relation: 'agrees', count: 1 },
      { claimRole: 'smm', denies: false, said: 'smm', relation: 'agrees', count: 2 },
    ]);
    const cole: { citations: unknown } = sourceOf(sources, '003');
    expect(cole.citations).toEqual([{ claimRole: 'cm', denies: false, said: 'smm', relation: 'differs', count: 1 }]);
    expect(sourceOf(sources, '001')).toMatchObject({ answers: 0, citations: [] });
  });
});

describe('the shift of stance', () => {
  it('is from the first answer before the own post to the latest since, on hinge scenarios', async () => {
    const world = await newWorld();
    const [changed, kept, undiscussed, late, notAgain] = await learners(world, 5);
    const later = () => {
      world.clock.now += 60_000;
    };
    const discuss = (who: Somebody) => world.post(who, 'Q003.2', { body: words(40, who.id), claims: ['003.03'] });
    for (const who of [changed!, kept!, undiscussed!, notAgain!]) await world.answer(who, 'S29', { role: 'smm' });
    later();
    for (const who of [changed!, kept!, late!, notAgain!]) await discuss(who);
    later();
    await world.answer(changed!, 'S29', { role: 'both' });
    later();
    await world.answer(changed!, 'S29', { role: 'cm' });
    for (const who of [kept!, undiscussed!, late!]) await world.answer(who, 'S29', { role: 'smm' });
    const { items } = await read(world, (await world.instructor()).token, 'stance-shift');
    expect(items.map(({ scenario }: { scenario: string }) => scenario)).toEqual(['S28', 'S29', 'S40']);
    const shift: { roles: never } = scenarioOf(items, 'S29');
    expect(shift).toMatchObject({
      n: 2,
      changed: { count: 1, share: 0.5 },
      moves: [
        { from: 'smm', to: 'cm', count: 1 },
        { from: 'smm', to: 'smm', count: 1 },
      ],
      symmetry: { statistic: 1, freedom: 1, p: null },
      left: { notAgain: 1, late: 1, undiscussed: 1 },
    });
    expect(roleOf(shift.roles, 'smm')).toMatchObject({ before: { share: 1 }, after: { share: 0.5 } });
    expect(scenarioOf(items, 'S40')).toMatchObject({ n: 0, moves: [], symmetry: null, changed: { share: null } });
  });
});

/** Ben answers Ana twice, Ana Ben once, Cem Ana once; Dee is silent. */
const discussedByThree = async () => {
  const world = await newWorld();
  const [ana, ben, cem, dee] = [
    await world.learner('Ana'),
    await world.learner('Ben'),
    await world.learner(),
    await world.learner(),
  ];
  const post = async (who: Somebody, count: number) =>
    (await world.post(who, 'Q003.1', { body: words(count, who.id), claims: ['001.13'] })).body.id;
  const [ofAna, ofBen] = [await post(ana, 60), await post(ben, 70), await post(cem, 90)];
  const reply = async (who: Somebody, parentId: string, count = 20) =>
    (await world.post(who, 'Q003.1', { body: words(count), parentId })).body.id;
  await reply(ben, ofAna);
  await reply(ben, ofAna, 30);
  await reply(ana, ofBen);
  await reply(ana, ofAna);
  await reply(cem, ofAna, 40);
  const taken = await reply(cem, ofBen);
  await world.request(cem.token, 'DELETE', world.at(`/posts/${taken}`));
  await world.post(await world.instructor(), 'Q003.1', { body: words(20), parentId: ofAna });
  return { world, ana, ben, cem, dee };
};

describe('the participation', () => {
  it('counts learners, posts, replies and words by prompt, and who answers whom', async () => {
    const { world, ana, ben, cem } = await discussedByThree();
    const { learners, prompts, network } = await read(world, world.key, 'participation');
    expect(learners).toBe(4);
    expect(prompts).toHaveLength(22);
    expect(promptOf(prompts, 'Q003.1')).toMatchObject({
      people: { count: 3, share: 0.75 },
      committed: { count: 3, share: 0.75 },
      posts: 3,
      postWords: 70,
      replies: 5,
      replyWords: 20,
    });
    expect(promptOf(prompts, 'Q003.3')).toMatchObject({ people: { count: 0, share: 0 }, posts: 0, postWords: null });
    expect(network).toMatchObject({
      ties: 3,
      replies: 4,
      reciprocity: { count: 2, share: 0.6667 },
      isolated: { count: 1, share: 0.25 },
    });
    const pairs = network.pairs.map(({ from, to, replies, returned }: never) => [
      (from as Somebody).id,
      (to as Somebody).id,
      replies,
      returned,
    ]);
    expect(pairs).toEqual([
      [ben.id, ana.id, 2, 1],
      [ana.id, ben.id, 1, 2],
      [cem.id, ana.id, 1, 0],
    ]);
    expect(network.pairs[0].from).toEqual({ id: ben.id, externalId: ben.externalId, name: 'Ben' });
  });

  it('pages the pairs, and narrows to a prompt', async () => {
    const { world } = await discussedByThree();
    const whole = await read(world, world.key, 'participation');
    const pages: unknown[] = [];
    for (let what: string | null = 'participation?limit=1'; what !== null; ) {
      const page: { network: { pairs: unknown[] }; link: string | null } = await read(world, world.key, what);
      pages.push(...page.network.pairs);
      what = page.link && /analytics\/([^>]+)>/.exec(page.link)![1]!;
    }
    expect(pages).toEqual(whole.network.pairs);
    const elsewhere = await read(world, world.key, 'participation?prompt=Q003.3');
    expect(elsewhere.prompts).toHaveLength(1);
    expect(elsewhere.network).toMatchObject({
      ties: 0,
      isolated: { count: 4 },
      reciprocity: { share: null },
      pairs: [],
    });
    const nowhere = await world.request(world.key, 'GET', world.at('/analytics/participation?prompt=nowhere'));
    expect(nowhere).toMatchObject({ status: 404, body: { type: 'urn:cmgrclass:problem:prompt-not-found' } });
  });
});

describe('an assistant', () => {
  it('sees no group of fewer than five, nor who answers whom', async () => {
    const world = await answeredByFour();
    const { token } = await world.assistant();
    const { items, pairs } = await read(world, token, 'items');
    const nothing = { count: null, share: null, low: null, high: null, suppressed: true };
    expect(scenarioOf(items, 'S21')).toMatchObject({
      n: null,
      suppressed: true,
      credit: { mean: null },
      fullCredit: nothing,
    });
    expect(scenarioOf(items, 'S01')).toMatchObject({ n: 0, suppressed: false });
    expect(pairs[0]).toMatchObject({ n: null, suppressed: true, both: nothing, neither: null });
    const { scenarios, course, sources } = await read(world, token, 'confusion');
    expect(scenarioOf(scenarios, 'S21')).toMatchObject({ n: null, suppressed: true });
    expect(course.reduce((sum: number, { n }: { n: number }) => sum + n, 0)).toBe(0);
    expect(sourceOf(sources, '000')).toMatchObject({ answers: null, people: null, citations: null });
    const { prompts, network } = await read(world, token, 'participation');
    expect(promptOf(prompts, 'Q003.1')).toMatchObject({ suppressed: true });
    expect(network).toMatchObject({ pairs: null, suppressed: true });
    expect((await read(world, token, 'stance-shift')).items).toHaveLength(3);
  });

  it('sees groups of five, and the course without what would give the smaller ones away', async () => {
    const world = await newWorld();
    for (const [at, student] of (await learners(world, 10)).entries()) {
      await world.answer(student, 'S01', { role: at < 5 ? 'smm' : 'cm' });
      await world.answer(student, 'S02', { role: at < 9 ? 'smm' : 'cm' });
    }
    const { token } = await world.assistant();
    const { items } = await read(world, token, 'items');
    expect(scenarioOf(items, 'S01')).toMatchObject({ n: 10, rightRole: { count: 5 }, discrimination: { n: 10 } });
    expect(scenarioOf(items, 'S02')).toMatchObject({ n: 10, credit: { mean: 0.675 }, rightRole: { count: null } });
    const { course } = await read(world, token, 'confusion');
    const row = course.find(({ key }: { key: string[] }) => key.join() === 'smm');
    expect([row.n, row.scenarios.includes('S01'), row.scenarios.includes('S02')]).toEqual([10, true, false]);
    const { course: whole } = await read(world, world.key, 'confusion');
    expect(whole.find(({ key }: { key: string[] }) => key.join() === 'smm').n).toBe(20);
  });
});

it('a course without people has zeros and nulls', async () => {
  const world = await newWorld();
  const { items, pairs } = await read(world, world.key, 'items');
  expect(items.every(({ n, credit }: never) => n === 0 && (credit as { mean: null }).mean === null)).toBe(true);
  expect(pairs.map(({ n }: { n: number }) => n)).toEqual([0, 0, 0, 0, 0, 0]);
  const { course } = await read(world, world.key, 'confusion');
  expect(course.every(({ n }: { n: number }) => n === 0)).toBe(true);
  expect((await read(world, world.key, 'stance-shift')).items.map(({ n }: { n: number }) => n)).toEqual([0, 0, 0]);
  const { learners, network } = await read(world, world.key, 'participation');
  expect([learners, network.ties, network.isolated.share, network.pairs]).toEqual([0, 0, null, []]);
});

it('a course knows nothing of another one, and a key without the scope nothing at all', async () => {
  const world = await answeredByFour();
  const other = await world.newCourse();
  const instructor = await world.instructor(other.id);
  const path = (what: string) => `/v1/courses/${other.id}/analytics/${what}`;
  const { body } = await world.request(instructor.token, 'GET', path('items'));
  expect(scenarioOf(body.items, 'S21')).toMatchObject({ n: 0 });
  const key = await world.request(world.key, 'POST', '/v1/keys', { name: 'people only', scopes: ['people'] });
  for (const what of ['items', 'confusion', 'stance-shift', 'participation'])
    expect((await world.request(key.body.secret, 'GET', path(what))).status, what).toBe(403);
});

it('each costs one round trip, and what it is made from is in no public route', async () => {
  const world = await answeredByFour();
  for (const what of ['items', 'confusion', 'stance-shift', 'participation?limit=1'])
    expect((await world.tripsOf(() => read(world, world.key, what))).trips, what).toBe(1);
  const { body } = await world.request(null, 'GET', '/v1/module');
  expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['hinges']));
  expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['pairs']));
});
