import { describe, expect, it } from 'vitest';
import { newWorld, publish, type Somebody, type World, words } from '../world/world.ts';

const rubric = [
  { id: 'argument', title: 'Argues from the readings', points: 2 },
  { id: 'style', title: 'Reads well', points: 0.5 },
];

const marked = async () => {
  const world = await newWorld();
  await publish(world, (ruleSet) => {
    ruleSet.scenarios.S29!.rubric = rubric;
    ruleSet.prompts['Q003.1']!.rubric = rubric;
  });
  return { world, ana: await world.learner('Ana'), helper: await world.assistant(), boss: await world.instructor() };
};

const path = (world: World, who: Somebody, what = 'rubric', activity = 'scenario/S29') =>
  world.at(`/people/${who.id}/grades/${activity}/${what}`);

const gradeOf = async (world: World, who: Somebody, id = 'S29') => {
  const { body } = await world.request(who.token, 'GET', world.at('/grades/me'));
  return body.items.find((one: { activity: { id: string } }) => one.activity.id === id);
};

describe('a rubric', () => {
  it('is told before it is marked: in the maximum, and not in the points', async () => {
    const { world, ana } = await marked();
    const scenario = await world.request(ana.token, 'GET', world.at('/scenarios/S29'));
    expect(scenario.body).toMatchObject({ points: 6.5, rubric });
    const prompt = await world.request(ana.token, 'GET', world.at('/prompts/Q003.1'));
    expect(prompt.body).toMatchObject({ points: 7.5, rubric });
    expect((await world.request(ana.token, 'GET', world.at('/scenarios/S30'))).body.rubric).toBeNull();
    const answer = await world.answer(ana, 'S29', { role: 'cm', claims: ['001.13'] });
    expect(answer.body).toMatchObject({ verdict: { points: 4, max: 4 }, grade: { points: 4, max: 6.5 } });
    expect(await gradeOf(world, ana)).toMatchObject({ points: 4, max: 6.5, source: 'auto', rubric: null });
    const receipt = await world.request(ana.token, 'GET', world.at(`/grade-events/${answer.body.gradeEvent}`));
    expect(receipt.body).toMatchObject({ points: 4, max: 4, grade: { points: 4, max: 6.5 } });
  });

  it('adds its points to the automatic ones, whichever comes first, and an override wins over both', async () => {
    const { world, ana, helper, boss } = await marked();
    const mark = (points: Record<string, number>, comment?: string) =>
      world.request(helper.token, 'PUT', path(world, ana), { points, comment });
    const first = await mark({ argument: 1.5 });
    expect(first.body).toMatchObject({ points: 1.5, max: 6.5, source: 'rubric', rubric: 1.5 });
    const answer = await world.answer(ana, 'S29', { role: 'smm' });
    expect(answer.body.grade).toEqual({ points: 2.5, max: 6.5 });
    expect((await mark({ argument: 2, style: 0.25 }, 'Much better.')).body).toMatchObject({
      points: 3.25,
      source: 'auto',
    });
    const override = { points: 5, reason: 'in class' };
    const set = await world.request(boss.token, 'PUT', path(world, ana, 'override'), override);
    expect(set.body).toMatchObject({ points: 5, max: 6.5, source: 'override', rubric: 2.25 });
    expect((await mark({ argument: 0 })).body).toMatchObject({ points: 5, rubric: 0 });
    await world.request(boss.token, 'DELETE', path(world, ana, 'override'));
    expect(await gradeOf(world, ana)).toMatchObject({ points: 1, source: 'auto', rubric: 0 });
    expect((await world.request(helper.token, 'DELETE', path(world, ana))).status).toBe(204);
    expect(await gradeOf(world, ana)).toMatchObject({ points: 1, max: 6.5, rubric: null });
    const again = await world.request(helper.token, 'DELETE', path(world, ana));
    expect(again).toMatchObject({ status: 404, body: { type: 'urn:cmgrclass:problem:rubric-not-found' } });
  });

  it("is for a discussion's prose as well, and stands in the gradebook", async () => {
    const { world, ana, helper } = await marked();
    const body = { points: { argument: 2, style: 0.5 }, comment: 'Thoughtful.' };
    await world.request(helper.token, 'PUT', path(world, ana, 'rubric', 'prompt/Q003.1'), body);
    await world.post(ana, 'Q003.1', { body: words(60), claims: ['001.13'] });
    expect(await gradeOf(world, ana, 'Q003.1')).toMatchObject({ points: 4.5, max: 7.5 });
    const events = await world.request(ana.token, 'GET', path(world, ana, 'events', 'prompt/Q003.1'));
    expect(events.body.items).toMatchObject([
      { type: 'rubric', points: 2.5, grade: 2.5, reason: 'Thoughtful.' },
      { type: 'participation', points: 2, grade: 4.5 },
    ]);
    const csv = await world.request(world.key, 'GET', world.at('/gradebook'), undefined, { accept: 'text/csv' });
    expect(csv.text).toContain('Q003.1 (7.5)');
    expect(csv.text.trim().split(',').at(-1)).toBe('4.5');
    const whole = await world.request(world.key, 'GET', world.at('/gradebook'));
    expect(whole.body.items[0].points).toBe(4.5);
  });

  it('has a receipt with its criteria and the comment, which replays', async () => {
    const { world, ana, helper } = await marked();
    const body = { points: { style: 0.25 }, comment: 'Say who says so.' };
    const { gradeEvent } = (await world.request(helper.token, 'PUT', path(world, ana), body)).body;
    const receipt = await world.request(ana.token, 'GET', world.at(`/grade-events/${gradeEvent}`));
    expect(receipt.body).toMatchObject({
      type: 'rubric',
      points: 0.25,
      max: 2.5,
      grade: { points: 0.25, max: 6.5 },
      criteria: [
        { id: 'argument', title: 'Argues from the readings', points: null, max: 2 },
        { id: 'style', title: 'Reads well', points: 0.25, max: 0.5 },
      ],
      counted: null,
      reason: 'Say who says so.',
      by: `person:${helper.id}`,
    });
    const replay = await world.request(ana.token, 'POST', world.at(`/grade-events/${gradeEvent}/replay`));
    expect(replay.body.same).toBe(true);
    await world.db.$client.execute({
      sql: `insert into grade_event select 'forged-' || id, institution_id, course_id, person_id, kind, activity, type, rule_set,
        counted, points + 100, max, grade_points, actor, reason, created_at from grade_event where id = ?`,
      args: [gradeEvent],
    });
    const forged = await world.request(ana.token, 'POST', world.at(`/grade-events/forged-${gradeEvent}/replay`));
    expect(forged.body.same).toBe(false);
    const audit = await world.db.$client.execute({
      sql: "select actor, subject, reason from audit_event where course_id = ? and action = 'grade-rubric'",
      args: [world.course],
    });
    expect(audit.rows.map((row) => ({ ...row }))).toEqual([
      { actor: `person:${helper.id}`, subject: `scenario:S29 of ${ana.id}`, reason: 'Say who says so.' },
    ]);
    expect((await world.request(helper.token, 'DELETE', path(world, ana))).status).toBe(204);
    const lifted = await world.request(world.key, 'GET', world.at('/audit?action=grade-rubric-lift'));
    expect(lifted.body.items).toMatchObject([{ subject: `scenario:S29 of ${ana.id}` }]);
  });

  it('takes only its own criteria, within their points, of people and activities that are there', async () => {
    const { world, ana, helper } = await marked();
    const put = (to: string, points: unknown) => world.request(helper.token, 'PUT', to, { points });
    const wrong = await put(path(world, ana), { argument: 2.01, spelling: 1, style: 0.5 });
    expect(wrong).toMatchObject({ status: 422, body: { type: 'urn:cmgrclass:problem:invalid-input' } });
    expect(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/points/argument',
      '/points/spelling',
    ]);
    for (const points of [{}, { argument: -1 }, { argument: 0.005 }, { argument: '1' }, 2])
      expect((await put(path(world, ana), points)).status, JSON.stringify(points)).toBe(422);
    const types = async (to: string) => (await put(to, { argument: 1 })).body.type;
    expect(await types(path(world, ana, 'rubric', 'scenario/S30'))).toBe('urn:cmgrclass:problem:rubric-not-found');
    expect(await types(path(world, ana, 'rubric', 'scenario/S99'))).toBe('urn:cmgrclass:problem:grade-not-found');
    expect(await types(path(world, { ...ana, id: 'nobody' }))).toBe('urn:cmgrclass:problem:person-not-found');
    expect((await world.request(ana.token, 'PUT', path(world, ana), { points: { argument: 2 } })).status).toBe(403);
    expect(await gradeOf(world, ana)).toMatchObject({ points: null, rubric: null });
  });
});

describe('the events of a grade', () => {
  it('are all there in the order of time, also those underneath an override, for the staff and their person', async () => {
    const { world, ana, helper, boss } = await marked();
    const step = () => {
      world.clock.now += 1000;
    };
    await world.answer(ana, 'S29', { role: 'smm' });
    step();
    await world.request(boss.token, 'PUT', path(world, ana, 'override'), { points: 3, reason: 'in class' });
    step();
    await world.answer(ana, 'S29', { role: 'cm', claims: ['001.13'] });
    step();
    await world.request(helper.token, 'PUT', path(world, ana), { points: { style: 0.5 } });
    step();
    await world.request(boss.token, 'DELETE', path(world, ana, 'override'));
    const events = (token: string, query = '') => world.request(token, 'GET', `${path(world, ana, 'events')}${query}`);
    const { result, trips } = await world.tripsOf(() => events(boss.token));
    expect(trips).toBe(1);
    expect(
      result.body.items.map(({ type, points, grade, by }: Record<string, unknown>) => [type, points, grade, by]),
    ).toEqual([
      ['verdict', 1, 1, `person:${ana.id}`],
      ['override', 3, 3, `person:${boss.id}`],
      ['verdict', 4, 3, `person:${ana.id}`],
      ['rubric', 0.5, 3, `person:${helper.id}`],
      ['lift', null, 4.5, `person:${boss.id}`],
    ]);
    expect(result.body.items[1]).toMatchObject({ reason: 'in class', at: '2026-09-07T12:00:01.000Z' });
    for (const token of [ana.token, world.key]) expect((await events(token)).body).toEqual(result.body);
    const first = await events(boss.token, '?limit=3');
    const rest = await world.request(boss.token, 'GET', /<([^>]+)>/.exec(first.headers.get('link')!)![1]!);
    expect([...first.body.items, ...rest.body.items]).toEqual(result.body.items);
  });

  it("are nobody else's", async () => {
    const { world, ana } = await marked();
    const ben = await world.learner('Ben');
    const reply = await world.request(ben.token, 'GET', path(world, ana, 'events'));
    expect(reply).toMatchObject({ status: 404, body: { type: 'urn:cmgrclass:problem:person-not-found' } });
    expect((await world.request(ana.token, 'GET', path(world, ana, 'events'))).body.items).toEqual([]);
  });
});
