import { describe, expect, it } from 'vitest';
import { inBetween, newWorld, publish, type Somebody, type World } from '../world/world.ts';

const read = async (world: World) =>
  (await world.request(world.key, 'GET', world.at('/gradebook'), undefined, { accept: 'text/csv' })).text;

const send = (world: World, who: Somebody, csv: string, query: string, headers: Record<string, string> = {}) =>
  world.request(who.token, 'POST', world.at(`/gradebook${query}`), csv, { 'content-type': 'text/csv', ...headers });

/** The gradebook's CSV with some cells written over. */
const edit = (csv: string, who: Somebody, cells: Record<string, string>) => {
  const [head = '', ...rows] = csv.split('\r\n');
  const columns = head.split(',').map((title) => title.split(' ')[0]);
  const edited = rows.map((row) =>
    row.startsWith(who.id)
      ? row
          .split(',')
          .map((cell, index) => cells[columns[index]!] ?? cell)
          .join(',')
      : row,
  );
  return [head, ...edited].join('\r\n');
};

const gradeOf = async (world: World, who: Somebody, id: string) => {
  const { body } = await world.request(who.token, 'GET', world.at('/grades/me'));
  return body.items.find((one: { activity: { id: string } }) => one.activity.id === id);
};

/** Two learners with grades, one of them overridden. */
const graded = async () => {
  const world = await newWorld();
  const [ana, ben, boss] = [await world.learner('Ana'), await world.learner('Ben'), await world.instructor()];
  await world.answer(ana, 'S29', { role: 'cm', claims: ['001.13'] });
  await world.answer(ben, 'S29', { role: 'smm' });
  const path = world.at(`/people/${ben.id}/grades/scenario/S29/override`);
  await world.request(boss.token, 'PUT', path, { points: 2.5, reason: 'argued it' });
  return { world, ana, ben, boss };
};

describe('the gradebook, sent back', () => {
  it('as it was written changes nothing', async () => {
    const { world, boss } = await graded();
    const reply = await send(world, boss, await read(world), '?reason=none');
    expect(reply.body).toEqual({ counts: { override: 0, lift: 0, same: 132 }, changes: [] });
  });

  it('overrides the changed cells and lifts the emptied ones, as the preview said', async () => {
    const { world, ana, ben, boss } = await graded();
    const csv = edit(edit(await read(world), ana, { S29: '3', 'Q003.1': '0' }), ben, { S29: '' });
    const preview = await send(world, boss, csv, '?preview=true');
    const scenario = { kind: 'scenario', id: 'S29' };
    expect(preview.body).toEqual({
      counts: { override: 2, lift: 1, same: 129 },
      changes: [
        { line: 2, person: ana.id, activity: { kind: 'prompt', id: 'Q003.1' }, from: null, to: 0, kind: 'override' },
        { line: 2, person: ana.id, activity: scenario, from: 4, to: 3, kind: 'override' },
        { line: 3, person: ben.id, activity: scenario, from: 2.5, to: 1, kind: 'lift' },
      ],
    });
    expect(await gradeOf(world, ana, 'S29')).toMatchObject({ points: 4, source: 'auto' });
    const headers = { 'if-match': preview.headers.get('etag')! };
    const { result, trips } = await world.tripsOf(() => send(world, boss, csv, '?reason=second%20reading', headers));
    expect([result.status, trips]).toEqual([200, 2]);
    expect(result.body).toEqual(preview.body);
    expect(await gradeOf(world, ana, 'S29')).toMatchObject({ points: 3, source: 'override' });
    expect(await gradeOf(world, ana, 'Q003.1')).toMatchObject({ points: 0, source: 'override' });
    expect(await gradeOf(world, ben, 'S29')).toMatchObject({ points: 1, source: 'auto' });
    const receipt = await world.request(
      ana.token,
      'GET',
      world.at(`/grade-events/${(await gradeOf(world, ana, 'S29')).gradeEvent}`),
    );
    expect(receipt.body).toMatchObject({
      type: 'override',
      points: 3,
      max: 4,
      reason: 'second reading',
      ruleSet: world.ruleSet,
    });
    const audit = await world.db.$client.execute({
      sql: "select action, subject from audit_event where course_id = ? and reason = 'second reading' order by id",
      args: [world.course],
    });
    expect(audit.rows.map(({ action, subject }) => [action, subject])).toEqual([
      ['grade-override', `prompt:Q003.1 of ${ana.id}`],
      ['grade-override', `scenario:S29 of ${ana.id}`],
      ['grade-lift', `scenario:S29 of ${ben.id}`],
    ]);
  });

  it('with faults changes nothing, and names each with its line and column', async () => {
    const { world, ana, ben, boss } = await graded();
    const csv = edit(edit(await read(world), ana, { S29: 'good', S01: '-1' }), ben, { S29: '1001' });
    const faulty = await send(world, boss, csv, '?reason=x');
    expect(faulty).toMatchObject({ status: 422, body: { type: 'urn:cmgrclass:problem:import-faulty' } });
    expect(faulty.body.errors.map(({ line, column }: Record<string, unknown>) => [line, column])).toEqual([
      [2, 'S01'],
      [2, 'S29'],
      [3, 'S29'],
    ]);
    const unknown = await send(world, boss, 'person,S29,S99\nnobody,1,1\n', '?preview=true');
    expect(unknown.body.errors).toMatchObject([{ line: 1, column: 'S99' }, { line: 2 }]);
    const both = await send(world, boss, `person,S29\nnobody,1\n${ana.id},good\n`, '?preview=true');
    expect(both.body.errors.map(({ line }: { line: number }) => line)).toEqual([2, 3]);
    const nobody = await send(world, boss, 'externalId,S29\nnobody,1\n', '?preview=true');
    expect(nobody.body.errors).toMatchObject([{ line: 2 }]);
    expect(await gradeOf(world, ana, 'S29')).toMatchObject({ points: 4 });
  });

  it('wants a reason to change grades, and none to preview; JSON carries both', async () => {
    const { world, ana, boss } = await graded();
    const csv = `person,S29\n${ana.id},2\n`;
    const silent = await send(world, boss, csv, '');
    expect(silent).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reason' }] } });
    const json = await world.request(boss.token, 'POST', world.at('/gradebook'), { csv, reason: 'agreed' });
    expect(json.body.counts).toEqual({ override: 1, lift: 0, same: 0 });
  });

  it('is stale where a grade that it would change has moved since it was read', async () => {
    const { world, ana, ben, boss } = await graded();
    const csv = edit(await read(world), ana, { S29: '3' });
    world.clock.now += 60_000;
    expect(await send(world, boss, csv, '?reason=x')).toMatchObject({ status: 200, body: { counts: { override: 1 } } });
    await world.answer(ben, 'S29', { role: 'cm', claims: ['001.13'] });
    const moved = await send(world, boss, edit(csv, ben, { S29: '3' }), '?reason=x');
    expect(moved).toMatchObject({ status: 412, body: { type: 'urn:cmgrclass:problem:stale' } });
    expect(moved.body.errors).toMatchObject([{ line: 3, column: 'S29' }]);
  });

  it('is stale where a grade moves between its reading and its writing', async () => {
    const { world, ana, boss } = await graded();
    inBetween(world, () => world.answer(ana, 'S29', { role: 'cm' }));
    const raced = await send(world, boss, `person,S29\n${ana.id},2\n`, '?reason=x');
    expect(raced).toMatchObject({ status: 412, body: { type: 'urn:cmgrclass:problem:stale' } });
    inBetween(world, () => world.answer(ana, 'S02', { role: 'cm' }));
    expect((await send(world, boss, `person,S29\n${ana.id},2\n`, '?reason=x')).status).toBe(200);
  });

  it('goes by the rules of the course, also when they move meanwhile', async () => {
    const { world, ana, boss } = await graded();
    const csv = `person,S29\n${ana.id},2\n`;
    await publish(world, (ruleSet) => {
      delete ruleSet.scenarios.S29;
    });
    const gone = await send(world, boss, csv, '?preview=true');
    expect(gone).toMatchObject({ status: 422, body: { errors: [{ line: 1, column: 'S29' }] } });
    inBetween(world, () =>
      publish(world, (ruleSet) => {
        ruleSet.policy.passMark = 0.5;
      }),
    );
    expect((await send(world, boss, csv.replace('S29', 'S30'), '?reason=x')).status).toBe(200);
    expect((await send(world, boss, csv, '?preview=true')).status).toBe(200);
  });

  it('is carried out once under one key', async () => {
    const { world, ana, boss } = await graded();
    const [csv, headers] = [`person,S29\n${ana.id},2\n`, { 'idempotency-key': 'import' }];
    const first = await send(world, boss, csv, '?reason=x', headers);
    const retry = await world.tripsOf(() => send(world, boss, csv, '?reason=x', headers));
    expect([retry.result.text, retry.trips]).toEqual([first.text, 1]);
    expect(retry.result.headers.get('idempotency-replayed')).toBe('true');
    const events = await world.db.$client.execute({
      sql: "select count(*) as n from grade_event where course_id = ? and type = 'override' and person_id = ?",
      args: [world.course, ana.id],
    });
    expect(Number(events.rows[0]!.n)).toBe(1);
  });
});
