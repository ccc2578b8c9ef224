import { describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/outbox/deliver.ts';
import { tick } from '../../src/tick.ts';
import { newLmsWorld } from '../world/lms-course.ts';
import { type Json, newWorld, type Somebody } from '../world/world.ts';

type LmsWorld = Awaited<ReturnType<typeof newLmsWorld>>;

const shown = async ({ platform, column }: LmsWorld, who: Somebody): Promise<number | null> =>
  (await platform.gradebook()).find(({ id }: Json) => id === column.lineItem).cells[who.externalId].resultScore;

const override = (lms: LmsWorld, who: Somebody, points: number) =>
  lms.world.request(lms.ines.token, 'PUT', lms.world.at(`/people/${who.id}/grades/scenario/S29/override`), {
    points,
    reason: 'second reading',
  });

describe('a platform that says once that a column is not there, and it is', () => {
  it.each([true, false])(
    'gets no score twice, and keeps the marks given by hand; may list columns: %s',
    async (lists) => {
      const scope = 'https://purl.imsglobal.org/spec/lti-ags/scope';
      const few = { offered: [`${scope}/score`, `${scope}/result.readonly`] };
      const lms = await newLmsWorld({ students: ['Sam', 'Ana'], ...(lists ? {} : few) });
      const [sam, ana] = lms.students as [Somebody, Somebody];
      await lms.answer(sam, 'neither', []);
      await lms.platform.mark(lms.column.lineItem, sam.externalId, 90);
      await lms.later();
      await lms.platform.faults({ kinds: ['404'], endpoints: ['scores'], count: 1 });
      await lms.answer(ana);
      await lms.deliver();
      expect(await shown(lms, sam)).toBe(90);
      expect(await lms.platform.scores(lms.column.lineItem, sam.externalId)).toHaveLength(1);
      await lms.later();
      await override(lms, ana, 1);
      await lms.world.settled();
      expect(await shown(lms, ana)).toBe(25);
    },
  );
});

it('a mark that an instructor let be is not written over by the next grade, where nothing of ours had arrived either', async () => {
  const lms = await newLmsWorld({ profile: 'sakai' });
  await lms.platform.stop();
  await lms.answer(lms.sam, 'neither', []);
  await lms.platform.start();
  await lms.platform.mark(lms.column.lineItem, lms.sam.externalId, 90);
  await lms.deliver();
  expect(await lms.deliveries()).toMatchObject([{ state: 'conflict' }]);
  const path = `/lms-sync/conflicts/${lms.column.placement}/${lms.sam.id}/decision`;
  await lms.world.request(lms.ines.token, 'PUT', lms.world.at(path), { decision: 'keep' });
  await lms.later();
  await lms.answer(lms.sam);
  expect(await shown(lms, lms.sam)).toBe(90);
  expect(await lms.deliveries()).toMatchObject([{ state: 'conflict' }]);
});

it('a score that the platform does not let in holds up no other', async () => {
  const lms = await newLmsWorld({ students: ['Sam', 'Ana', 'Ben', 'Cem', 'Dee', 'Eva'] });
  await lms.platform.stop();
  for (const who of lms.students) await lms.answer(who);
  await lms.platform.start();
  await lms.platform.faults({ kinds: ['403'], endpoints: ['scores'], count: 1 });
  expect(await lms.deliver()).toMatchObject({ sent: 5, waiting: 1 });
});

it('a webhook that nobody listens at holds up no score, however much it is to be told', async () => {
  const lms = await newLmsWorld();
  const { world, sam } = lms;
  const { fetch } = world.deps;
  world.deps.fetch = ((input, init) =>
    String(input).startsWith('https://hook.example')
      ? Promise.reject(new Error('nobody there'))
      : fetch(input, init)) as typeof globalThis.fetch;
  await world.request(world.key, 'POST', '/v1/webhooks', { url: 'https://hook.example/x' });
  // Of a year when no other test has anything to deliver.
  world.clock.now = Date.parse('2018-01-01T12:00:00Z');
  await lms.platform.stop();
  await world.db.$client.execute({
    sql: `insert into grade_event (id, course_id, person_id, kind, activity, institution_id, type, points, max, grade_points, actor, created_at)
      select ? || value, ?, ?, 'scenario', 'old' || value, ?, 'override', 1, 1, 1, 'test', ? from generate_series(1, 450)`,
    args: [sam.id, world.course, sam.id, world.institution, world.clock.now - 3_600_000],
  });
  await world.db.$client.execute({
    sql: `insert into grade_event (id, course_id, person_id, kind, activity, institution_id, type, points, max, grade_points, actor, created_at)
      values (?, ?, ?, 'scenario', 'S29', ?, 'override', 400, 400, 400, 'test', ?)`,
    args: [sam.id, world.course, sam.id, world.institution, world.clock.now],
  });
  await lms.platform.start();
  await lms.later(2000);
  await tick(world.deps, '* * * * *');
  expect(await shown(lms, sam)).toBe(100);
});

it('what goes to several receivers at once stays within the connections that a Worker has', async () => {
  const world = await newWorld();
  let [open, most] = [0, 0];
  world.deps.fetch = (async () => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 5));
    open--;
    return new Response(null, { status: 204 });
  }) as typeof fetch;
  for (const name of ['a', 'b', 'c'])
    await world.request(world.key, 'POST', '/v1/webhooks', { url: `https://${name}.example/hook` });
  for (const name of ['Sam', 'Ana', 'Ben', 'Cem', 'Dee']) {
    const who = await world.learner(name);
    await world.db.$client.execute({
      sql: `insert into grade_event (id, course_id, person_id, kind, activity, institution_id, type, points, max, grade_points, actor, created_at)
        values (?, ?, ?, 'scenario', 'S29', ?, 'override', 400, 400, 400, 'test', ?)`,
      args: [who.id, world.course, who.id, world.institution, world.clock.now],
    });
  }
  const limits = { rows: 100, ms: 60_000 };
  expect(await deliverDue(world.deps, world.db, limits, { courseId: world.course })).toMatchObject({ sent: 15 });
  expect(most).toBeLessThanOrEqual(5);
});

it('who is erased while a score of theirs is on its way is let be: its failing is not written down', async () => {
  const lms = await newLmsWorld();
  const { world, sam } = lms;
  const { fetch } = world.deps;
  world.deps.fetch = (async (input, init) => {
    if (!String(input).includes('/scores')) return fetch(input, init);
    await world.request(world.key, 'DELETE', world.at(`/people/${sam.id}/data`), { reason: 'asked for it' });
    return new Response(`${sam.externalId} and their name`, { status: 500 });
  }) as typeof globalThis.fetch;
  await lms.answer(sam);
  expect(await lms.deliveries()).toMatchObject([{ state: 'refused', outcome: 'not-enrolled', detail: null }]);
});

it('who becomes a student, or is one again, has their grades in the LMS', async () => {
  const lms = await newLmsWorld();
  const enrol = (change: string) =>
    lms.world.db.$client.execute({ sql: `update enrolment set ${change} where person_id = ?`, args: [lms.sam.id] });
  await enrol("role = 'assistant'");
  await override(lms, lms.sam, 1);
  expect(await lms.deliveries()).toEqual([]);
  await enrol("role = 'learner'");
  await lms.deliver();
  expect(await shown(lms, lms.sam)).toBe(25);
  await lms.platform.enrol(lms.there.id, lms.sam.externalId, ['Instructor']);
  await override(lms, lms.sam, 2);
  await lms.deliver();
  expect(await lms.deliveries()).toMatchObject([{ state: 'refused', outcome: 'not-enrolled' }]);
  await enrol('withdrawn_at = 1');
  await lms.platform.enrol(lms.there.id, lms.sam.externalId, ['Learner']);
  await enrol('withdrawn_at = null');
  await lms.deliver();
  expect(await shown(lms, lms.sam)).toBe(50);
});

it('a score that took too long to get ready does not go: somebody else may have sent a later one', async () => {
  const lms = await newLmsWorld();
  await lms.answer(lms.sam, 'neither', []);
  await lms.later();
  const { fetch } = lms.world.deps;
  lms.world.deps.fetch = ((input, init) => {
    if (String(input).includes('/results')) lms.world.clock.now += 100_000;
    return fetch(input, init);
  }) as typeof globalThis.fetch;
  await lms.answer(lms.sam);
  expect(await lms.platform.scores(lms.column.lineItem)).toHaveLength(1);
  expect(await lms.deliveries()).toMatchObject([{ state: 'waiting', tried: null }]);
  lms.world.deps.fetch = fetch;
  await lms.deliver();
  expect(await shown(lms, lms.sam)).toBe(100);
});

it.each(['403', '404'])(
  'a platform that answers %s to whoever asks for a result gets the next score all the same',
  async (kind) => {
    const lms = await newLmsWorld();
    await lms.answer(lms.sam, 'neither', []);
    await lms.later();
    await lms.platform.faults({ kinds: [kind], endpoints: ['results'] });
    await lms.answer(lms.sam);
    await lms.deliver();
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', sent_points: 400 }]);
    expect(await shown(lms, lms.sam)).toBe(100);
  },
);
