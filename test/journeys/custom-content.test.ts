import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../../src/grading/rule-set.ts';
import { newWorld, publish, type Reply, type World, words } from '../world/world.ts';

// Scenarios and prompts of an instructor's own, beside the module's, as a publication brings them and takes them away.

const scenario = {
  unit: '4',
  topic: 'complaints',
  title: 'The broken lamp',
  text: 'A buyer is angry. Whose job is she?',
};
const prompt = { unit: '4', title: 'Our own', text: 'Who **answers** here [001.13]? <script>alert(1)</script>' };

const withOurs = (ruleSet: RuleSet) => {
  ruleSet.custom = { scenarios: { 'Our.S': scenario }, prompts: { 'Our.Q': prompt } };
  ruleSet.scenarios['Our.S'] = { ...ruleSet.scenarios.S29!, points: 7 };
  ruleSet.prompts['Our.Q'] = ruleSet.prompts['Q003.1']!;
};
const post = { body: words(60), claims: ['001.13'], role: 'cm' };
const full = { role: 'cm', claims: ['001.13'] };
const ids = (reply: Reply): string[] => reply.body.items.map(({ id }: { id: string }) => id);
const get = (world: World, who: { token: string }, path: string) => world.request(who.token, 'GET', world.at(path));

describe("a course's own scenario", () => {
  it("is listed after its unit's, and put like any other", async () => {
    const world = await newWorld();
    const me = await world.learner();
    expect(ids(await get(world, me, '/scenarios'))).not.toContain('Our.S');
    await publish(world, withOurs);
    const all = (await get(world, me, '/scenarios')).body.items as { id: string; unit: string }[];
    const unit = all.filter((one) => one.unit === '4').map(({ id }) => id);
    expect(unit.at(-1)).toBe('Our.S');
    expect(all.filter((one) => one.id === 'Our.S')).toHaveLength(1);
    const one = await get(world, me, '/scenarios/Our.S');
    expect(one.body).toMatchObject({
      title: scenario.title,
      text: scenario.text,
      points: 7,
      attempts: { max: 3, used: 0 },
    });
    expect(one.text).not.toContain('complaints');
  });

  it('can be answered at once by an isolate that has not heard of it: one round trip more, the first time', async () => {
    const world = await newWorld();
    const me = await world.learner();
    await world.answer(me, 'S29', { role: 'smm' });
    const hash = await publish(world, withOurs);
    const first = await world.tripsOf(() => world.answer(me, 'Our.S', { role: 'smm' }));
    expect([first.result.status, first.trips]).toEqual([201, 2]);
    expect(first.result.body).toMatchObject({ ruleSet: hash, verdict: { points: 1.75, max: 7 }, reveal: null });
    const second = await world.tripsOf(() => world.answer(me, 'Our.S', full));
    expect([second.result.status, second.trips]).toEqual([201, 1]);
    expect(second.result.body).toMatchObject({
      attempt: 2,
      grade: { points: 7, max: 7 },
      reveal: { verdict: 'contested' },
    });
    const again = await get(world, me, '/scenarios/Our.S/answers');
    expect(again.body.items[1].reveal.voices).toEqual(second.result.body.reveal.voices);
  });

  it("goes by its unit's dates, and the key opens when they are over", async () => {
    const world = await newWorld();
    const [me, instructor] = [await world.learner(), await world.instructor()];
    await publish(world, withOurs);
    const dates = { dueAt: '2026-09-08T12:00:00Z', closesAt: '2026-09-10T12:00:00Z' };
    await world.request(instructor.token, 'PUT', world.at('/schedule/unit/4'), dates);
    expect((await world.answer(me, 'Our.S', { role: 'smm' })).body).toMatchObject({ late: false, reveal: null });
    expect((await get(world, me, '/scenarios/Our.S')).body.dueAt).toBe('2026-09-08T12:00:00.000Z');
    world.clock.now = Date.parse('2026-09-09T00:00:00Z');
    expect((await get(world, me, '/scenarios/Our.S/answers')).body.items[0].reveal.verdict).toBe('contested');
    world.clock.now = Date.parse('2026-09-11T00:00:00Z');
    expect((await world.answer(me, 'Our.S', full)).body.type).toBe('urn:cmgrclass:problem:closed');
  });

  it('stands in own grades, the gradebook and its CSV, and can be overridden', async () => {
    const world = await newWorld();
    const [me, instructor] = [await world.learner(), await world.instructor()];
    await publish(world, withOurs);
    const override = world.at(`/people/${me.id}/grades/scenario/Our.S/override`);
    const by = await world.request(instructor.token, 'PUT', override, { points: 6, reason: 'said it in class' });
    expect(by).toMatchObject({ status: 200, body: { points: 6, max: 7 } });
    const mine = (await get(world, me, '/grades/me')).body.items as { activity: { id: string } }[];
    expect(mine).toHaveLength(68);
    expect(mine.find(({ activity }) => activity.id === 'Our.S')).toMatchObject({ points: 6, source: 'override' });
    const csv = await world.request(instructor.token, 'GET', world.at('/gradebook'), undefined, { accept: 'text/csv' });
    expect(csv.text.split('\r\n')[0]).toContain('Our.S (7),Q');
  });

  it('that a newer publication drops is gone, also for an isolate that still believes in it; answers and receipts stay', async () => {
    const world = await newWorld();
    const me = await world.learner();
    await publish(world, withOurs);
    const { body } = await world.answer(me, 'Our.S', { role: 'cm' });
    await publish(world, () => {});
    expect((await world.answer(me, 'Our.S', full)).body.type).toBe('urn:cmgrclass:problem:scenario-not-found');
    expect((await get(world, me, '/scenarios/Our.S')).status).toBe(404);
    for (const path of ['/scenarios/Our.S/answers', `/scenarios/Our.S/answers/${body.id}`])
      expect((await get(world, me, path)).status, path).toBe(200);
    expect((await get(world, me, `/grade-events/${body.gradeEvent}`)).body).toMatchObject({ points: 5.25, max: 7 });
    const replay = await world.request(me.token, 'POST', world.at(`/grade-events/${body.gradeEvent}/replay`));
    expect(replay.body.same).toBe(true);
  });
});

describe("a course's own prompt", () => {
  it("is listed after its unit's, its Markdown shown as safe HTML", async () => {
    const world = await newWorld();
    const me = await world.learner();
    await publish(world, withOurs);
    const all = (await get(world, me, '/prompts')).body.items as { id: string; unit: string; html: string }[];
    expect(all.filter(({ unit }) => unit === '4').at(-1)?.id).toBe('Our.Q');
    const { body } = await get(world, me, '/prompts/Our.Q');
    expect(body).toMatchObject({ text: prompt.text, source: null, points: 5, gate: { open: false } });
    expect(body.html).toContain('<strong>answers</strong>');
    expect(body.html).toContain('href="/v1/sources/001#claim-001.13"');
    expect(body.html).not.toContain('<script>');
  });

  it('takes a post, a draft and its participation at once, in an isolate that has not heard of it', async () => {
    const [drafting, posting] = [await newWorld(), await newWorld()];
    const ana = await drafting.learner();
    await publish(drafting, withOurs);
    const draft = drafting.at('/prompts/Our.Q/draft');
    expect((await drafting.request(ana.token, 'PUT', draft, { body: 'I think' })).status).toBe(200);
    expect((await drafting.request(ana.token, 'GET', draft)).body.body).toBe('I think');

    const [me, ben] = [await posting.learner(), await posting.learner()];
    await publish(posting, withOurs);
    const first = await posting.tripsOf(() => posting.post(me, 'Our.Q', post));
    expect([first.result.status, first.trips]).toEqual([201, 2]);
    expect(first.result.body.participation).toMatchObject({ points: 2, max: 5 });
    const second = await posting.tripsOf(() => posting.post(ben, 'Our.Q', { ...post, role: 'smm' }));
    expect([second.result.status, second.trips]).toEqual([201, 1]);
    expect((await get(posting, me, '/prompts/Our.Q/posts')).body).toMatchObject({
      items: [{}, {}],
      gate: { open: true },
    });
    expect((await get(posting, me, '/prompts/Our.Q/participation')).body.points).toBe(2);
    const edit = posting.at(`/posts/${first.result.body.id}`);
    const { headers } = first.result;
    const changed = await posting.request(
      me.token,
      'PATCH',
      edit,
      { body: words(61) },
      { 'if-match': headers.get('etag')! },
    );
    expect(changed.status).toBe(200);
  });

  it('has dates of its own, and its criteria too, while it is there', async () => {
    const world = await newWorld();
    const [me, instructor] = [await world.learner(), await world.instructor()];
    const dates = (method: string, activity: string) =>
      world.request(
        instructor.token,
        method,
        world.at(`/schedule/${activity}`),
        method === 'PUT' ? { closesAt: '2026-09-01T00:00:00Z' } : undefined,
      );
    expect((await dates('PUT', 'prompt/Our.Q')).status).toBe(404);
    await publish(world, withOurs);
    for (const known of ['prompt/Our.Q', 'criterion/Our.Q:replies', 'criterion/Q003.1:replies'])
      expect((await dates('PUT', known)).status, known).toBe(200);
    for (const unknown of [
      'prompt/Our.S',
      'prompt/Our',
      'criterion/Our.Q:reply',
      'criterion/Our.Q',
      'criterion/Our.Q:replies:1',
    ])
      expect((await dates('PUT', unknown)).status, unknown).toBe(404);
    expect((await world.post(me, 'Our.Q', post)).body.type).toBe('urn:cmgrclass:problem:closed');
    await publish(world, () => {});
    expect((await dates('PUT', 'prompt/Our.Q')).status).toBe(404);
    for (const gone of ['prompt/Our.Q', 'criterion/Our.Q:replies'])
      expect((await dates('DELETE', gone)).status).toBe(204);
    const { schedule } = (await get(world, instructor, '')).body;
    expect(schedule.map(({ activity }: { activity: string }) => activity)).toEqual(['Q003.1:replies']);
  });

  it('that a newer publication drops is gone, also for an isolate that still believes in it', async () => {
    const world = await newWorld();
    const me = await world.learner();
    await publish(world, withOurs);
    await world.post(me, 'Our.Q', post);
    await publish(world, () => {});
    expect((await world.post(me, 'Our.Q', post)).body.type).toBe('urn:cmgrclass:problem:prompt-not-found');
    await publish(world, withOurs);
    expect((await get(world, me, '/prompts/Our.Q')).status).toBe(200);
    await publish(world, () => {});
    expect((await world.request(me.token, 'PUT', world.at('/prompts/Our.Q/draft'), { body: 'x' })).status).toBe(404);
    for (const path of ['', '/posts', '/participation', '/draft'])
      expect((await get(world, me, `/prompts/Our.Q${path}`)).status, path).toBe(404);
  });
});

describe('what a course does not have', () => {
  it('is not found, for one round trip', async () => {
    const world = await newWorld();
    const me = await world.learner();
    const requests: [string, string, unknown?][] = [
      ['GET', '/scenarios/Our.S'],
      ['GET', '/scenarios/constructor'],
      ['GET', '/scenarios/Our.S/answers'],
      ['POST', '/scenarios/Our.S/answers', full],
      ['GET', '/prompts/Our.Q'],
      ['POST', '/prompts/Our.Q/posts', post],
      ['GET', '/prompts/constructor/posts'],
      ['PUT', '/prompts/Our.Q/draft', { body: 'x' }],
    ];
    for (const [method, path, body] of requests) {
      const { result, trips } = await world.tripsOf(() => world.request(me.token, method, world.at(path), body));
      expect([result.status, trips], `${method} ${path}`).toEqual([404, 1]);
    }
  });

  it("includes another course's own, in the same isolate", async () => {
    const world = await newWorld();
    await publish(world, withOurs);
    const me = await world.learner();
    expect((await get(world, me, '/scenarios/Our.S')).status).toBe(200);
    const other = await world.newCourse();
    const stranger = await world.learner('Ana', other.id);
    const path = `/v1/courses/${other.id}/scenarios/Our.S`;
    expect((await world.request(stranger.token, 'GET', path)).status).toBe(404);
    expect((await world.request(stranger.token, 'POST', `${path}/answers`, full)).status).toBe(404);
  });
});
