import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { listHidden } from '../../src/discussion/threads-store.ts';
import { newVisitor, type Page } from '../world/visitor.ts';
import { newWorld, type Somebody, type World, words } from '../world/world.ts';

/** How long something takes, in ms. The clock of workerd stands still between requests of its own. */
const tookMs = async (work: () => Promise<unknown>): Promise<number> => {
  const tick = () => new Promise((resolve) => setTimeout(resolve, 1));
  await tick();
  const began = Date.now();
  await work();
  await tick();
  return Date.now() - began;
};

/** Far more than it takes on a busy machine, far less than what grows with the square of a form. */
const ENOUGH_MS = 2500;

const postForm = (world: World, path: string, form: string) =>
  world.request(null, 'POST', path, form, { 'content-type': 'application/x-www-form-urlencoded' });

describe('a form as large as there may be', () => {
  it('costs what its bytes cost, however many fields it has, before anybody is known to have sent it', async () => {
    const world = await newWorld();
    const names = Array.from({ length: 60_000 }, (_, index) => index.toString(36)).join('&');
    const took = await tookMs(async () =>
      expect((await postForm(world, `/courses/${world.course}`, names)).status).toBe(401),
    );
    expect(took).toBeLessThan(ENOUGH_MS);
  });

  it('costs no more for what looks like the beginning of a claim, again and again', async () => {
    const world = await newWorld();
    const { open, submit } = newVisitor(world, await world.learner());
    const page = await open('/prompts/Q003.1');
    const took = await tookMs(async () => {
      const typed: [string, string][] = [
        ['body', 'a-'.repeat(110_000)],
        ['step', 'find'],
      ];
      expect((await submit(page, '/prompts/Q003.1', typed)).status).toBe(200);
    });
    expect(took).toBeLessThan(ENOUGH_MS);
  });

  it('costs no more for a search of very many words', async () => {
    const world = await newWorld();
    const { open, submit } = newVisitor(world, await world.learner());
    for (const place of ['/prompts/Q003.1', '/scenarios/S29']) {
      const page = await open(place);
      const typed: [string, string][] = [
        ['find', 'a '.repeat(100_000)],
        ['step', 'find'],
      ];
      const took = await tookMs(async () => expect((await submit(page, place, typed)).status).toBe(200));
      expect(took, place).toBeLessThan(ENOUGH_MS);
    }
  });

  it('costs no more for very many rows of a rule', async () => {
    const world = await newWorld();
    const { open, submit } = newVisitor(world, await world.instructor());
    const rows = (name: (index: number) => string, value: string, count: number) =>
      Array.from({ length: count }, (_, index): [string, string] => [name(index), value]);
    const forms: [string, [string, string][]][] = [
      ['/rules/prompts/Q003.1', rows((index) => `c${index}-kind`, 'reply', 9000)],
      ['/rules/scenarios/S29', rows((index) => `r${index}-title`, 'x', 9000)],
      ['/rules/scenarios/S29', rows((index) => `e${index}-role`, 'cm', 9000)],
      ['/rules/scenarios/S29', rows((index) => `s${index}-title`, 'x', 9000)],
    ];
    for (const [place, fields] of forms)
      for (const step of ['try', 'save']) {
        const page = await open(place);
        const took = await tookMs(async () =>
          expect((await submit(page, place, [...fields, ['step', step]])).status).toBeLessThan(500),
        );
        expect(took, `${place} ${fields[0]![0]} ${step}`).toBeLessThan(ENOUGH_MS);
      }
  }, 60_000);
});

const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

describe('names that every object has', () => {
  it('are no posts, for any button of a discussion', async () => {
    const world = await newWorld();
    const [student, staff] = [await world.learner(), await world.instructor()];
    for (const who of [student, staff]) {
      const { open, submit } = newVisitor(world, who);
      const page = await open('/prompts/Q003.1');
      const verbs = 'reply preview draft edit preview-edit find delete flag unflag hide show lock pin release clear';
      for (const verb of verbs.split(' '))
        for (const name of inherited) {
          const { status } = await submit(page, '/prompts/Q003.1', [
            ['body', 'x'],
            ['claims', name],
            ['step', `${verb}:${name}`],
          ]);
          expect(status, `${verb}:${name}`).toBeLessThan(500);
        }
    }
    const { open, submit } = newVisitor(world, staff);
    for (const verb of ['hide', 'clear', 'show'])
      expect(
        (await submit(await open('/review-queue'), '/review-queue', [['step', `${verb}:constructor`]])).status,
      ).toBeLessThan(500);
  });

  it('are nothing in an address', async () => {
    const world = await newWorld();
    const staff = newVisitor(world, await world.instructor());
    const student = newVisitor(world, await world.learner());
    const places = (name: string) => [
      ...[`/units/${name}`, `/sources/${name}`, `/scenarios/${name}`, `/prompts/${name}`],
      ...[`/grades/scenario/${name}`, `/grades/prompt/${name}`, `/grades/${name}/S29`],
    ];
    const places2 = (name: string) => [
      ...[
        `/gradebook/${name}`,
        `/gradebook/${name}/scenario/S29`,
        `/rules/scenarios/${name}`,
        `/rules/prompts/${name}`,
      ],
      ...[`/rules/sets/${name}`, `/rules/dry-runs/${name}`, `/rules/regrades/${name}`, `/people/${name}`],
      ...[`/appeals/${name}`, `/people/${name}/data`, `/analytics/participation?prompt=${name}`],
      ...[`/analytics/confusion?unit=${name}`, `/units/4?person=${name}`, `/grades?person=${name}`],
    ];
    for (const name of inherited) {
      for (const place of places(name)) expect((await student.open(place)).status, place).toBe(404);
      for (const place of [...places(name), ...places2(name)])
        expect((await staff.open(place)).status, place).toBe(404);
      const shown = [
        `/gradebook?unit=${name}&named=${name}`,
        `/people?find=${name}&moved=${name}`,
        `/rules?done=${name}`,
      ];
      for (const place of [...shown, `/dates?saved=${name}`, `/sync?done=${name}`, `/appeals?open=${name}`])
        expect((await staff.open(place)).status, place).toBeLessThan(500);
    }
  });
});

describe('the form of another site', () => {
  it('signs nobody in or out as administrator, in browsers too that only tell its origin', async () => {
    const world = await newWorld();
    const form = new URLSearchParams({ key: world.key }).toString();
    const send = (path: string, headers: Record<string, string>) =>
      world.request(null, 'POST', path, form, { 'content-type': 'application/x-www-form-urlencoded', ...headers });
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example'])
      for (const path of ['/admin/sign-in', '/admin/sign-out'])
        expect((await send(path, { origin })).headers.get('set-cookie'), `${path} ${origin}`).toBeNull();
    const ours: Record<string, string>[] = [{ origin: 'http://localhost' }, { 'sec-fetch-site': 'same-origin' }, {}];
    for (const headers of ours)
      expect((await send('/admin/sign-in', headers)).headers.get('set-cookie')).toContain('__Host-cmgr-admin=eyJ');
  });
});

const shows = async (who: Somebody, world: World, path: string): Promise<Page> => newVisitor(world, who).open(path);

describe('a thread', () => {
  it('is shown for what it holds, not for what the class wrote', async () => {
    const world = await newWorld();
    const [student, peer] = [await world.learner(), await world.learner()];
    const { body: head } = await world.post(student, 'Q003.1', { body: words(60), claims: ['001.13'] });
    await world.db.$client.batch([
      `with recursive n (i) as (select 1 union all select i + 1 from n where i < 6000)
        insert into post (id, institution_id, course_id, prompt, parent_id, author_id, words, version, created_at)
        select 'many-${head.id}-' || i, institution_id, course_id, prompt, iif(i % 2 = 0, id, null), '${peer.id}', 1, 1, created_at + i
        from post, n where id = '${head.id}'`,
    ]);
    const took = await tookMs(async () =>
      expect((await shows(student, world, `/prompts/Q003.1?post=${head.id}`)).status).toBe(200),
    );
    expect(took).toBeLessThan(1500);
  });
});

describe('the review queue', () => {
  it('looks for what was hidden among what was hidden', async () => {
    const { db, course, institution } = await newWorld();
    const viewer = { institutionId: institution, courseId: course, personId: '', staff: true };
    const query = listHidden(db, viewer, 1, 20).getSQL();
    const plan = await db.all<{ detail: string }>(sql`explain query plan ${query}`);
    expect(plan.map(({ detail }) => detail).join()).toContain('post_hidden');
  });
});
