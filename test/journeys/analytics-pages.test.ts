import { describe, expect, it } from 'vitest';
import { newVisitor, type Page } from '../world/visitor.ts';
import { newWorld, publish, type Somebody, type World, words } from '../world/world.ts';

const places = ['', '/items', '/confusion', '/participation', '/stance-shift'].map((part) => `/analytics${part}`);
const hostile = `</text></svg></title><script>alert("x")</script><img src=x onerror=alert(1)>"'&`;

const learners = (world: World, count: number): Promise<Somebody[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => world.learner(`Learner ${at}`)));

/** Ten students: five know S01, S02 and S05, five none of them; those who know have S03 wrong, and S11 all have right. */
const answeredByTen = async () => {
  const world = await newWorld();
  const people = await learners(world, 10);
  for (const [at, student] of people.entries()) {
    const knows = at < 5;
    await world.answer(student, 'S01', { role: knows ? 'smm' : 'cm' });
    await world.answer(student, 'S02', { role: knows ? 'smm' : 'cm', claims: knows ? ['001.07'] : [] });
    await world.answer(student, 'S05', { role: knows ? 'smm' : 'cm' });
    await world.answer(student, 'S03', { role: knows ? 'cm' : 'smm' });
    await world.answer(student, 'S11', { role: 'cm' });
  }
  return { world, people, boss: await world.instructor() };
};

const drawings = ({ html }: Page): string[] => html.match(/<svg viewBox="0 0 320.*?<\/svg>/gs) ?? [];

/** The cells of a table's row, as text. */
const rowOf = ({ html }: Page, caption: string, head: string): string[] => {
  const table = html.split('<table>').find((one) => one.startsWith(`<caption>${caption}`)) ?? '';
  const row = table.split('<tr>').find((one) => one.split('</th>')[0]!.includes(head)) ?? '';
  const cells = [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)];
  return cells.map(([, cell]) =>
    cell!
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
};

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('the analytics, for an instructor %s', (_title, cookies) => {
  it('begin with what stands out, and lead to the pictures, the scenario and its rule', async () => {
    const { world, boss } = await answeredByTen();
    const { open, course } = newVisitor(world, boss, { cookies });
    const there = (to: string) => (cookies ? `<a href="${course}${to}"` : `formaction="${course}${to}"`);
    const overview = await open('/analytics');
    expect(overview.status, overview.text).toBe(200);
    expect(overview.text).toContain('Of 10 students who are in the course now');
    const { title } = world.deps.catalogue.scenarios.S03!;
    expect(overview.text).toContain(`Students who do well elsewhere do worse on “${title}” than the others`);
    expect(overview.text).toMatch(/The most frequent mix-up: 20 of 40 first answers say “Community manager”/);
    expect(overview.text).toContain('Nobody has written in the discussion yet.');
    for (const place of places) expect(overview.html).toContain(there(place));
    const items = await open('/analytics/items');
    expect(items.html).toContain(there('/scenarios/S03'));
    expect(items.html).toContain(there('/rules/scenarios/S03'));
    expect((await open('/analytics/confusion?unit=2')).text).toContain('Chosen and right, in “');
  });
});

describe('how the scenarios went', () => {
  it('is drawn, named for who does not see it, and stands in tables', async () => {
    const { world, boss } = await answeredByTen();
    const page = await newVisitor(world, boss).open('/analytics/items');
    const all = drawings(page);
    expect(all.length).toBeGreaterThan(2);
    for (const one of all) {
      const [, id] = /role="img" aria-labelledby="([\w-]+)-title \1-desc"/.exec(one)!;
      expect(one).toContain(`<title id="${id}-title">`);
      expect(one).toContain(`<desc id="${id}-desc">`);
    }
    const { S02, S11 } = world.deps.catalogue.scenarios;
    const unit = (scenario: { unit: string }) =>
      world.deps.catalogue.units.find(({ id }) => id === scenario.unit)!.title;
    expect(rowOf(page, `First attempts in “${unit(S02!)}”`, S02!.title)).toEqual([
      S02!.title,
      '10',
      '50% (12% to 88%)',
      '50% (5; 24% to 76%)',
      '50% (5; 24% to 76%)',
      '50% (5; 24% to 76%)',
      '1.00 (1.00 to 1.00)',
      '1.0',
    ]);
    expect(rowOf(page, `First attempts in “${unit(S11!)}”`, S11!.title)[6], 'all earned the same').toBe('–');
    expect(page.text).toContain('What is discrimination?');
    expect(page.html, 'one with a full table of what the scatter shows').toContain(
      'Share of the credit and discrimination',
    );
  });

  it('names no scenario that counts for nobody, and says where rules changed', async () => {
    const { world, boss } = await answeredByTen();
    await publish(world, (rules) => {
      rules.scenarios.S03!.treat = 'void';
      rules.scenarios.S01!.points = 7;
    });
    await world.answer(await world.learner(), 'S01', { role: 'cm' });
    const page = await newVisitor(world, boss).open('/analytics/items');
    expect(page.text).toContain('graded by rules that changed');
    expect(page.text).not.toContain('Only 5 of 10 students chose a role that can earn everything');
  });
});

describe('which role was chosen', () => {
  it('is a matrix of the course, and of a unit scenario by scenario, with the same numbers as tables', async () => {
    const { world, boss } = await answeredByTen();
    const { open } = newVisitor(world, boss);
    const page = await open('/analytics/confusion');
    expect(rowOf(page, 'First answers', 'Social media manager').slice(2)).toEqual(['20', '20', '0', '0', '40']);
    expect(drawings(page)[0]).toMatch(/✓ 20<\/text>/);
    expect(rowOf(page, 'Readings cited with first answers', '001').slice(1, 4)).toEqual(['5', '5', '5']);
    const unit = world.deps.catalogue.scenarios.S01!.unit;
    const own = await open(`/analytics/confusion?unit=${unit}`);
    const { title } = world.deps.catalogue.scenarios.S01!;
    expect(rowOf(own, 'First answers, scenario', title)).toEqual([
      `${title} Right: Social media manager`,
      '5',
      '5',
      '0',
      '0',
      '10',
    ]);
    expect((await open('/analytics/confusion?unit=nowhere')).status).toBe(404);
  });
});

/** Eight students who all posted; each answers each other one once, the first two twice. */
const discussedByEight = async () => {
  const world = await newWorld();
  const people = await learners(world, 8);
  const posts: string[] = [];
  for (const who of people) {
    const { body } = await world.post(who, 'Q003.1', { body: words(60, who.id), claims: ['001.13'] });
    posts.push(body.id);
  }
  for (const who of people)
    for (const [at, parentId] of posts.entries())
      if (people[at] !== who) await world.post(who, 'Q003.1', { body: words(20, `${who.id}${at}`), parentId });
  return { world, people, boss: await world.instructor() };
};

describe('who takes part', () => {
  it('says who writes where and who answers whom, page by page, and narrows to a discussion', async () => {
    const { world, boss } = await discussedByEight();
    const { open, send } = newVisitor(world, boss);
    const page = await open('/analytics/participation');
    const { title } = world.deps.catalogue.prompts['Q003.1']!;
    expect(page.text).toContain(`8 of 8 students wrote in “${title}”.`);
    expect(page.text).toContain('Every student has answered a classmate or was answered by one; 56 replies went');
    expect(rowOf(page, 'Discussions of', title).slice(1, 4)).toEqual([
      '100% (8; 68% to 100%)',
      '100% (8; 68% to 100%)',
      '8',
    ]);
    expect(rowOf(page, 'The conversation among students', 'Left out')[1]).toBe('0');
    expect(rowOf(page, 'Who answers whom', 'Learner 0')[0]).toBe('Learner 0');
    const next = /<a href="([^"]+cursor=[^"]+)">/.exec(page.html)![1]!.replaceAll('&amp;', '&');
    const more = await send('GET', next);
    expect(more.html).toContain('<details open');
    expect(more.html.match(/<th scope="row" dir="auto">Learner/g)).toHaveLength(6);
    const elsewhere = await open('/analytics/participation?prompt=Q003.3');
    expect(elsewhere.text).toContain('Show all discussions');
    expect(elsewhere.text).not.toContain('Learner 0');
    expect((await open('/analytics/participation?prompt=nowhere')).status).toBe(404);
  });
});

describe('who changed their mind', () => {
  it('is drawn from which role to which, and says who is left out', async () => {
    const world = await newWorld();
    const [ana, ben, late] = await learners(world, 3);
    for (const who of [ana!, ben!]) await world.answer(who, 'S29', { role: 'smm' });
    world.clock.now += 60_000;
    for (const who of [ana!, ben!, late!])
      await world.post(who, 'Q003.2', { body: words(40, who.id), claims: ['003.03'] });
    world.clock.now += 60_000;
    await world.answer(ana!, 'S29', { role: 'cm' });
    for (const who of [ben!, late!]) await world.answer(who, 'S29', { role: 'smm' });
    const page = await newVisitor(world, await world.instructor()).open('/analytics/stance-shift');
    expect(page.text).toContain(
      'Of 2 who answered before and after the discussion, 1 changed their mind, most often from “Social media manager” to “Community manager” (1).',
    );
    expect(page.text).toContain('Not counted: 1 answered first after they had discussed it.');
    const { title } = world.deps.catalogue.scenarios.S29!;
    expect(rowOf(page, `Moves on “${title}”`, 'Social media manager')).toEqual([
      'Social media manager',
      '1',
      '1',
      '0',
      '0',
      '2',
    ]);
    expect(rowOf(page, `Roles before and after on “${title}”`, 'Community manager')).toEqual([
      'Community manager',
      '0% (0; 0% to 66%)',
      '50% (1; 9% to 91%)',
    ]);
  });
});

it('an assistant sees what is kept back as kept back, in pictures and tables, and no names', async () => {
  const { world, people } = await answeredByTen();
  await world.answer(people[0]!, 'S21', { role: 'cm' });
  await world.answer(people[0]!, 'S22', { role: 'smm' });
  const { body } = await world.post(people[0]!, 'Q003.1', { body: words(60, 'a'), claims: ['001.13'] });
  await world.post(people[1]!, 'Q003.1', { body: words(60, 'b'), claims: ['001.13'] });
  await world.post(people[1]!, 'Q003.1', { body: words(20, 'c'), parentId: body.id });
  const { open } = newVisitor(world, await world.assistant());
  const items = await open('/analytics/items');
  expect(items.text).toContain('As an assistant you see no group of one to four students.');
  const { S21, S22 } = world.deps.catalogue.scenarios;
  const unit = world.deps.catalogue.units.find(({ id }) => id === S21!.unit)!;
  expect(rowOf(items, `First attempts in “${unit.title}”`, S21!.title).slice(1)).toEqual(Array(7).fill('kept back'));
  const drawn = drawings(items).find((one) => one.includes(S21!.title))!;
  expect(drawn).toMatch(/url\(#[\w-]+-kept\)/);
  expect(rowOf(items, 'Matched pairs', `${S21!.title} / ${S22!.title}`).slice(1)).toEqual(Array(5).fill('kept back'));
  const confusion = await open(`/analytics/confusion?unit=${S21!.unit}`);
  expect(rowOf(confusion, 'First answers, scenario', S21!.title).slice(1)).toEqual(Array(5).fill('kept back'));
  const participation = await open('/analytics/participation');
  const { title } = world.deps.catalogue.prompts['Q003.1']!;
  expect(rowOf(participation, 'Discussions of', title).slice(1)).toEqual(Array(6).fill('kept back'));
  expect(participation.text).not.toContain('Learner');
  expect((await open('/analytics')).text).toContain('kept back');
  const boss = await newVisitor(world, await world.instructor()).open('/analytics/participation');
  expect(boss.text).toContain('Learner 1');
  expect(boss.text).not.toContain('kept back');
});

it('a course without answers says what is missing, and from when there is something to see', async () => {
  const world = await newWorld();
  const { open } = newVisitor(world, await world.instructor());
  const [overview, items, confusion, participation, stance] = await Promise.all(places.map(open));
  expect(overview!.text).toMatch(/Nobody has answered a scenario yet\..*There are no students in this course yet\./);
  expect(items!.text).toContain('From the first answer on');
  expect(confusion!.text).toContain('From the first answer on');
  expect(participation!.text).toContain('From the first post on');
  expect(stance!.text).toContain('It will say something as soon as a student has answered, posted');
  for (const page of [overview!, items!, confusion!, participation!, stance!]) {
    expect(page.status).toBe(200);
    expect(drawings(page)).toEqual([]);
    expect(page.text).not.toMatch(/NaN|undefined|null/);
  }
});

it('each of the pages costs one round trip', async () => {
  const { world, boss } = await discussedByEight();
  const { open } = newVisitor(world, boss);
  for (const place of [...places, '/analytics/participation?prompt=Q003.1', '/analytics/confusion?unit=4']) {
    const { result, trips } = await world.tripsOf(() => open(place));
    expect([result.status, trips], place).toEqual([200, 1]);
  }
});

it('students and the staff of another course do not come in', async () => {
  const world = await newWorld();
  const student = newVisitor(world, await world.learner());
  const stranger = newVisitor(world, await world.instructor((await world.newCourse()).id), { cookies: false });
  for (const place of places) {
    expect((await student.open(place)).status, place).toBe(403);
    expect((await stranger.open(place)).status, place).toBe(404);
  }
});

it('names and titles are shown as text, whatever is in them', async () => {
  const world = await newWorld();
  await publish(world, (rules) => {
    rules.custom = {
      scenarios: { 'Our.S': { unit: '4', topic: 'complaints', title: hostile, text: hostile } },
      prompts: { 'Our.Q': { unit: '4', title: hostile, text: hostile } },
    };
    rules.scenarios['Our.S'] = rules.scenarios.S29!;
    rules.prompts['Our.Q'] = rules.prompts['Q003.1']!;
  });
  const [eve, ana] = [await world.learner(hostile), await world.learner(hostile)];
  for (const who of [eve, ana]) await world.answer(who, 'Our.S', { role: 'both' });
  const { body } = await world.post(eve, 'Our.Q', { body: words(60, 'e'), claims: ['001.13'] });
  await world.post(ana, 'Our.Q', { body: words(60, 'a'), claims: ['001.13'] });
  await world.post(ana, 'Our.Q', { body: words(20, 'r'), parentId: body.id });
  const { open } = newVisitor(world, await world.instructor());
  const pages = await Promise.all([...places, '/analytics/confusion?unit=4'].map(open));
  expect(pages.filter(({ text }) => text.includes('alert("x")')).length, 'it is on most of them').toBeGreaterThan(3);
  for (const { html, status, url } of pages) {
    expect(status, url).toBe(200);
    expect(html, url).not.toMatch(/<img|<script(?! nonce)|onerror=alert\(1\)>/);
    expect(html.split('<svg').length, url).toBe(html.split('</svg>').length);
  }
});
