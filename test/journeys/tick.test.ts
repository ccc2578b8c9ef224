import { describe, expect, it } from 'vitest';
import { NIGHTLY, tick } from '../../src/tick.ts';
import { type Json, newWorld, publish } from '../world/world.ts';

const MINUTE_MS = 60_000;

/** A world long before the others in the same database, so that a tick in it leaves theirs alone. */
const oldWorld = async () => {
  const world = await newWorld();
  world.clock.now = Date.parse('2020-01-01T12:00:00Z');
  return world;
};

describe('the schedule', () => {
  it('takes up a dry run that was left unfinished, and a regrade that was killed half-way', async () => {
    const world = await oldWorld();
    const instructor = await world.instructor();
    const students = [await world.learner(), await world.learner()];
    for (const student of students) await world.answer(student, 'S29', { role: 'smm' });
    await publish(world, ({ scenarios }) => {
      scenarios.S29!.treat = 'full-credit';
    });
    const started = await world.request(instructor.token, 'POST', world.at('/dry-runs'), {});
    const client = world.db.$client;
    const set = (values: string) =>
      client.execute(`update regrade set ${values} where id = '${started.body.id}'`).then(() => undefined);
    await client.execute(`delete from regrade_change where regrade_id = '${started.body.id}'`);
    await set("state = 'comparing', cursor = '', graded = 0, hash = ''");
    const read = async () =>
      (await world.request(instructor.token, 'GET', world.at(`/dry-runs/${started.body.id}`))).body;
    expect((await read()).state).toBe('running');
    world.clock.now += 2 * MINUTE_MS;
    await tick(world.deps, '* * * * *');
    const run = await read();
    expect(run).toMatchObject({ state: 'ready', hash: started.body.hash, counts: { changes: 2 } });

    await set("state = 'applying', policy = 'replace', cursor = '', applied_at = 1, applied_by = 'person:x'");
    world.clock.now += 2 * MINUTE_MS;
    await tick(world.deps, '* * * * *');
    const regrade = await world.request(instructor.token, 'GET', world.at(`/regrades/${run.id}`));
    expect(regrade.body).toMatchObject({ state: 'done', done: 2, total: 2 });
    const grades = await world.request(students[0]!.token, 'GET', world.at('/grades/me'));
    expect(grades.body.items.find(({ activity }: Json) => activity.id === 'S29').points).toBe(4);
  });

  it('replays a sample at night, and forgets old keys and dry runs that were never applied', async () => {
    const world = await oldWorld();
    const instructor = await world.instructor();
    const student = await world.learner();
    await world.answer(student, 'S29', { role: 'smm' }, { 'idempotency-key': 'old' });
    const { body: run } = await world.request(instructor.token, 'POST', world.at('/dry-runs'), {});
    world.clock.now += 40 * 24 * 60 * MINUTE_MS;
    await tick(world.deps, NIGHTLY);
    const report = world.logged.find(({ what }) => what === 'replay of a sample');
    expect(report?.replayed).toBeGreaterThan(0);
    const again = await world.request(instructor.token, 'GET', world.at(`/dry-runs/${run.id}`));
    expect(again.status).toBe(404);
    const keys = await world.db.$client.execute(
      `select count(*) as n from idempotency where institution_id = '${world.institution}'`,
    );
    expect(keys.rows[0]!.n).toBe(0);
  });

  it('ends a run that cannot go on, and goes on with the others', async () => {
    const world = await oldWorld();
    const instructor = await world.instructor();
    await world.answer(await world.learner(), 'S29', { role: 'smm' });
    const start = async () => (await world.request(instructor.token, 'POST', world.at('/dry-runs'), {})).body.id;
    const [bad, good] = [await start(), await start()];
    const client = world.db.$client;
    await client.batch([
      {
        sql: 'insert into rule_set (institution_id, hash, doc, created_at) values (?, ?, ?, 0)',
        args: [
          world.institution,
          'sha256:broken',
          '{"scenarios":{"S29":{"accepts":1,"points":1}},"roles":[],"policy":{}}',
        ],
      },
      { sql: "update regrade set state = 'grading', rule_set = 'sha256:broken' where id = ?", args: [bad] },
      { sql: "update regrade set state = 'comparing', cursor = '', graded = 0 where id = ?", args: [good] },
    ]);
    world.clock.now += 2 * MINUTE_MS;
    await tick(world.deps, '* * * * *');
    const stateOf = async (id: string) =>
      (await world.request(instructor.token, 'GET', world.at(`/dry-runs/${id}`))).body.state;
    expect([await stateOf(bad), await stateOf(good)]).toEqual(['failed', 'ready']);
    expect(world.logged.some(({ level, regrade }) => level === 'alarm' && regrade === bad)).toBe(true);
  });
});
