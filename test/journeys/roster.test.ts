import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCsv } from '../../src/csv.ts';
import { inBetween, newWorld, type Somebody, type World, words } from '../world/world.ts';

const send = (world: World, token: string, body: unknown, query = '', headers: Record<string, string> = {}) =>
  world.request(token, 'POST', world.at(`/roster${query}`), body, {
    ...(typeof body === 'string' ? { 'content-type': 'text/csv; charset=utf-8' } : {}),
    ...headers,
  });

const people = async (world: World) => {
  const { body } = await world.request(world.key, 'GET', world.at('/people?limit=200'));
  return Object.fromEntries(
    body.items.map(({ externalId, name, role, withdrawn }: Record<string, unknown>) => [
      externalId,
      `${name ?? '-'} ${role}${withdrawn ? ' withdrawn' : ''}`,
    ]),
  );
};

const change = (world: World, who: Somebody, body: unknown) =>
  world.request(world.key, 'PATCH', world.at(`/people/${who.id}`), body, { 'if-match': '*' });

describe('a roster', () => {
  it('enrols, changes, restores and withdraws; the preview says exactly that and changes nothing', async () => {
    const world = await newWorld();
    const [boss, ana, ben, cem] = [
      await world.instructor(),
      await world.learner('Ana'),
      await world.learner('Ben'),
      await world.learner('Cem'),
    ];
    await change(world, ben, { withdrawn: true });
    const csv = `\ufeffExternalId,NAME,role\r\n${ana.externalId},,assistant\r\n${ben.externalId},Benedict,\r\ndee,Dee,\r\n${boss.externalId},,\r\n`;
    const before = await people(world);
    const preview = await send(world, world.key, csv, '?preview=true&withdrawMissing=true');
    expect(preview.status).toBe(200);
    expect(await people(world)).toEqual(before);
    const applied = await send(world, world.key, csv, '?withdrawMissing=true', {
      'if-match': preview.headers.get('etag')!,
    });
    expect(applied.body).toEqual(preview.body);
    expect(applied.body.counts).toEqual({ enrol: 1, change: 1, restore: 1, withdraw: 1, same: 1, kept: 0 });
    expect(applied.body.changes[1]).toEqual({
      line: 3,
      externalId: ben.externalId,
      action: 'restore',
      from: { name: 'Ben', role: 'learner', withdrawn: true },
      to: { name: 'Benedict', role: 'learner', withdrawn: false },
    });
    expect(await people(world)).toEqual({
      [boss.externalId]: '- instructor',
      [ana.externalId]: 'Ana assistant',
      [ben.externalId]: 'Benedict learner',
      [cem.externalId]: 'Cem learner withdrawn',
      dee: 'Dee learner',
    });
    const again = await send(world, world.key, csv, '?withdrawMissing=true');
    expect(again.body).toMatchObject({ counts: { same: 4 }, changes: [] });
    const everybody = (await world.request(world.key, 'GET', world.at('/people'))).body.items;
    const idOfDee = everybody.find(({ externalId }: { externalId: string }) => externalId === 'dee').id;
    const audit = await world.db.$client.execute({
      sql: "select action, subject, reason from audit_event where course_id = ? and reason like 'roster:%' order by id",
      args: [world.course],
    });
    expect(audit.rows.map(({ action, subject, reason }) => [action, subject, reason])).toEqual([
      ['person-changed', ana.id, 'roster: learner to assistant'],
      ['person-changed', ben.id, 'roster: restore, rename'],
      ['person-enrolled', idOfDee, 'roster: as learner'],
      ['person-changed', cem.id, 'roster: withdraw'],
    ]);
  });

  it('previewed is the roster imported, whatever it says', async () => {
    const world = await newWorld();
    const person = fc.record({
      externalId: fc.constantFrom('a', 'b', "c'", '=d', 'e,e'),
      name: fc.constantFrom('', 'Ana', 'Ben “B”', '"quoted"'),
      role: fc.constantFrom('', 'learner', 'assistant', 'instructor'),
    });
    const rosters = fc.sample(fc.uniqueArray(person, { selector: ({ externalId }) => externalId, minLength: 1 }), 12);
    for (const [index, list] of rosters.entries()) {
      const rows = list.map(({ externalId, name, role }) => [externalId, name, role]);
      const csv = writeCsv([['externalId', 'name', 'role'], ...rows]);
      const query = index % 2 === 0 ? '?withdrawMissing=true' : '';
      const preview = await send(world, world.key, csv, `${query || '?'}&preview=true`);
      const imported = await send(world, world.key, csv, query);
      expect([imported.status, imported.body.changes, imported.body.errors]).toEqual([
        preview.status,
        preview.body.changes,
        preview.body.errors,
      ]);
      if (imported.status !== 200) continue;
      const said = imported.body.changes.map(
        ({ externalId, to }: { externalId: string; to: Record<string, unknown> }) => [
          externalId,
          `${to.name ?? '-'} ${to.role}${to.withdrawn ? ' withdrawn' : ''}`,
        ],
      );
      expect(await people(world)).toMatchObject(Object.fromEntries(said));
    }
  });

  it('does the same as JSON', async () => {
    const world = await newWorld();
    const boss = await world.instructor();
    const list = {
      people: [
        { externalId: 'u1', name: 'Ana' },
        { externalId: 'u2', role: 'assistant' },
      ],
    };
    expect((await send(world, boss.token, list)).body.counts).toMatchObject({ enrol: 2, same: 0 });
    expect(await people(world)).toMatchObject({ u1: 'Ana learner', u2: '- assistant' });
  });

  it('with faults changes nothing, and names them all with their lines', async () => {
    const world = await newWorld();
    const before = await people(world);
    const csv = 'externalId,name,role,email\nu1,Ana,,x\nu1,Ana,,x\n,Ben,,x\nu3,Cem,dean,x\n';
    for (const query of ['', '?preview=true']) {
      const reply = await send(world, world.key, csv, query);
      expect(reply).toMatchObject({ status: 422, body: { type: 'urn:cmgrclass:problem:import-faulty' } });
      expect(reply.body.errors.map(({ line }: { line: number }) => line)).toEqual([1, 3, 4, 5]);
      expect(reply.body.errors[0]).toMatchObject({ column: 'email' });
    }
    expect(await people(world)).toEqual(before);
    const nothing = await send(world, world.key, {});
    expect(nothing).toMatchObject({ status: 422, body: { type: 'urn:cmgrclass:problem:invalid-input' } });
  });

  it('never withdraws who asks or the last instructor, nor lets a line demote them', async () => {
    const world = await newWorld();
    const boss = await world.instructor();
    const kept = await send(world, world.key, 'externalId\nu1\n', '?withdrawMissing=true');
    expect(kept.body.kept).toEqual([{ externalId: boss.externalId, because: 'last-instructor' }]);
    await world.instructor();
    const mine = await send(world, boss.token, 'externalId\nu1\n', '?withdrawMissing=true');
    expect(mine.body).toMatchObject({ counts: { withdraw: 1 }, kept: [{ because: 'yourself' }] });
    const demoted = await send(world, boss.token, `externalId,role\n${boss.externalId},learner\n`);
    expect(demoted).toMatchObject({ status: 422, body: { errors: [{ line: 2 }] } });
    expect((await people(world))[boss.externalId]).toBe('- instructor');
  });

  it("leaves names to the institution's key: an instructor names only who is new", async () => {
    const world = await newWorld();
    const [boss, ana] = [await world.instructor(), await world.learner('Ana')];
    const renames = await send(world, boss.token, `externalId,name\n${ana.externalId},Anna\nu2,Ben\n`);
    expect(renames).toMatchObject({ status: 422, body: { errors: [{ line: 2 }] } });
    expect((await send(world, boss.token, `externalId,name\n${ana.externalId},Ana\nu2,Ben\n`)).status).toBe(200);
    expect((await send(world, world.key, `externalId,name\n${ana.externalId},Anna\n`)).status).toBe(200);
    expect(await people(world)).toMatchObject({ [ana.externalId]: 'Anna learner', u2: 'Ben learner' });
  });

  it('is stale when its preview no longer holds, or somebody changes the course in between', async () => {
    const world = await newWorld();
    const ana = await world.learner('Ana');
    const csv = `externalId,role\n${ana.externalId},assistant\n`;
    const preview = await send(world, world.key, csv, '?preview=true');
    await change(world, ana, { role: 'assistant' });
    const stale = await send(world, world.key, csv, '', { 'if-match': preview.headers.get('etag')! });
    expect(stale).toMatchObject({ status: 412, body: { type: 'urn:cmgrclass:problem:stale' } });
    expect(stale.body.detail).toContain('preview it again');
    inBetween(world, () => change(world, ana, { withdrawn: true }));
    const raced = await send(world, world.key, csv.replace('assistant', 'learner'));
    expect(raced).toMatchObject({ status: 412, body: { type: 'urn:cmgrclass:problem:stale' } });
    expect(raced.body.detail).toContain('preview it again');
    inBetween(world, () =>
      world.db.$client.execute({ sql: "update person set name = 'Anna' where id = ?", args: [ana.id] }),
    );
    const renamed = await send(world, world.key, csv);
    expect(renamed).toMatchObject({ status: 412, body: { type: 'urn:cmgrclass:problem:stale' } });
    expect((await people(world))[ana.externalId]).toBe('Anna assistant withdrawn');
  });

  it('is carried out once under one key, also for a preview sent with it before', async () => {
    const world = await newWorld();
    const headers = { 'idempotency-key': 'roster-1' };
    const csv = 'externalId,name\nu1,Ana\n';
    await send(world, world.key, csv, '?preview=true', headers);
    const first = await world.tripsOf(() => send(world, world.key, csv, '', headers));
    const retry = await world.tripsOf(() => send(world, world.key, csv, '', headers));
    expect(first.result.headers.get('idempotency-replayed')).toBeNull();
    expect(retry.result.headers.get('idempotency-replayed')).toBe('true');
    expect(retry.result.text).toBe(first.result.text);
    expect([first.trips, retry.trips]).toEqual([2, 1]);
    const other = await send(world, world.key, csv, '?withdrawMissing=true', headers);
    expect(other.body.type).toBe('urn:cmgrclass:problem:idempotency-key-reused');
  });

  it('takes five thousand people in two round trips', async () => {
    const world = await newWorld();
    const rows = Array.from(
      { length: 5000 },
      (_, index) => `student-${index}@school.example,${words(12, `name${index}x`)},`,
    );
    const csv = `externalId,name,role\n${rows.join('\n')}\n`;
    const { result, trips } = await world.tripsOf(() => send(world, world.key, csv));
    expect([result.status, result.body.counts?.enrol, trips]).toEqual([200, 5000, 2]);
    expect((await send(world, world.key, csv)).body.counts.same).toBe(5000);
    expect((await send(world, world.key, `${csv}one-more,,\n`)).status).toBe(422);
  });
});

describe('who is withdrawn and restored', () => {
  it('has lost nothing: answers, posts, grades, overrides and drafts come back', async () => {
    const world = await newWorld();
    const [ana, ben, boss] = [await world.learner('Ana'), await world.learner('Ben'), await world.instructor()];
    await world.answer(ana, 'S29', { role: 'cm', claims: ['001.13'] });
    await world.post(ana, 'Q003.1', { body: words(60), claims: ['001.13'] });
    await world.post(ben, 'Q003.1', { body: words(60, 'other'), claims: ['001.13'] });
    await world.request(ana.token, 'PUT', world.at('/prompts/Q003.2/draft'), { body: 'half a thought' });
    const override = world.at(`/people/${ana.id}/grades/scenario/S01/override`);
    await world.request(boss.token, 'PUT', override, { points: 1, reason: 'in class' });
    const reads = ['/grades/me', '/scenarios/S29/answers', '/prompts/Q003.1/posts', '/prompts/Q003.2/draft'];
    const work = () => Promise.all(reads.map((path) => world.request(ana.token, 'GET', world.at(path))));
    const gradebook = async () => (await world.request(boss.token, 'GET', world.at('/gradebook'))).body.items;
    const [before, book] = [await work(), await gradebook()];

    expect((await change(world, ana, { withdrawn: true })).body.withdrawn).toBe(true);
    expect((await work()).map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(await gradebook()).toHaveLength(1);
    const posts = await world.request(ben.token, 'GET', world.at('/prompts/Q003.1/posts'));
    expect(posts.body.items).toHaveLength(2);

    expect((await change(world, ana, { withdrawn: false })).body.withdrawn).toBe(false);
    const after = await work();
    expect(after.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
    expect(await gradebook()).toEqual(book);
  });
});
