import { describe, expect, it } from 'vitest';
import { newLmsWorld } from '../world/lms-course.ts';
import { newApp, newWorld } from '../world/world.ts';

describe('an institution', () => {
  it('is made by the root key and by nothing else, with a key that is shown once', async () => {
    const { request, deps } = newApp();
    const made = await request(deps.config.rootKey, 'POST', '/v1/institutions', { name: 'Syracuse' });
    expect(made.status).toBe(201);
    expect(made.body.key.secret).toMatch(/^cmgr_/);
    const key: string = made.body.key.secret;
    expect((await request(key, 'POST', '/v1/institutions', { name: 'Mine' })).status).toBe(403);
    expect((await request(deps.config.rootKey, 'GET', '/v1/courses')).status).toBe(403);
    const listed = await request(key, 'GET', '/v1/keys');
    expect(listed.body.items).toHaveLength(1);
    expect(listed.text).not.toContain(key);
  });

  it('keeps no secret in the clear, and still gives it again to the same request', async () => {
    const { request, deps } = newApp();
    const headers = { 'idempotency-key': `make-${deps.newId()}` };
    const make = () => request(deps.config.rootKey, 'POST', '/v1/institutions', { name: 'Syracuse' }, headers);
    const [first, again] = [await make(), await make()];
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const stored = await deps.dbFor('').$client.execute('select * from idempotency');
    const hashes = await deps.dbFor('').$client.execute('select * from api_key');
    expect(JSON.stringify([stored.rows, hashes.rows])).not.toContain(first.body.key.secret);
  });
});

describe('an API key', () => {
  it('does what its scopes say, until it is revoked', async () => {
    const world = await newWorld();
    const made = await world.request(world.key, 'POST', '/v1/keys', { name: 'grades only', scopes: ['grades'] });
    const { secret, id } = made.body;
    expect((await world.request(secret, 'GET', world.at('/gradebook'))).status).toBe(200);
    const other = await world.request(secret, 'GET', world.at('/people'));
    expect(other).toMatchObject({
      status: 403,
      body: { type: 'urn:cmgrclass:problem:not-permitted', scope: 'people' },
    });
    const never = await world.request(secret, 'GET', world.at('/grades/me'));
    expect(never).toMatchObject({ status: 403, body: { needs: 'a session token' } });
    expect((await world.request(world.key, 'DELETE', `/v1/keys/${id}`)).body.revokedAt).not.toBeNull();
    const revoked = await world.request(secret, 'GET', world.at('/gradebook'));
    expect(revoked).toMatchObject({ status: 401, body: { type: 'urn:cmgrclass:problem:credentials-invalid' } });
    expect((await world.request(world.key, 'DELETE', '/v1/keys/nothing')).status).toBe(404);
    const audit = await world.db.$client.execute({
      sql: "select count(*) as n from audit_event where institution_id = ? and action = 'key-revoked'",
      args: [world.institution],
    });
    expect(Number(audit.rows[0]!.n)).toBe(1);
  });

  it('hands out no scope that it does not have', async () => {
    const world = await newWorld();
    const made = await world.request(world.key, 'POST', '/v1/keys', { name: 'keys only', scopes: ['keys'] });
    const more = await world.request(made.body.secret, 'POST', '/v1/keys', { name: 'all' });
    expect(more).toMatchObject({ status: 403, body: { type: 'urn:cmgrclass:problem:not-permitted' } });
    expect((await world.request(made.body.secret, 'POST', '/v1/keys', { name: 'x', scopes: ['keys'] })).status).toBe(
      201,
    );
  });

  it('whose secret can be opened no more says so to a retry', async () => {
    const world = await newWorld();
    const make = () => world.request(world.key, 'POST', '/v1/keys', { name: 'x' }, { 'idempotency-key': 'k' });
    expect((await make()).status).toBe(201);
    world.deps.config = { ...world.deps.config, sessionSecret: 'another-secret-of-thirty-two-letters' };
    expect(await make()).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:response-lost' } });
  });
});

describe('a course', () => {
  it('is made under the default rules, renamed with If-Match, and listed in pages', async () => {
    const world = await newWorld();
    for (let index = 0; index < 4; index++) await world.newCourse();
    const path = `/v1/courses/${world.course}`;
    const read = await world.request(world.key, 'GET', path);
    expect(read.body.ruleSet).toMatch(/^sha256:[0-9a-f]{64}$/);
    const tag = read.headers.get('etag')!;
    expect((await world.request(world.key, 'PATCH', path, { name: 'Fall' })).status).toBe(428);
    const changed = await world.request(world.key, 'PATCH', path, { name: 'Fall' }, { 'if-match': tag });
    expect(changed.body.name).toBe('Fall');
    expect((await world.request(world.key, 'PATCH', path, { name: 'x' }, { 'if-match': tag })).status).toBe(412);
    const pages: string[] = [];
    let next: string | undefined = '/v1/courses?limit=2';
    while (next) {
      const page: Awaited<ReturnType<typeof world.request>> = await world.request(world.key, 'GET', next);
      pages.push(...page.body.items.map((one: { id: string }) => one.id));
      next = /<([^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(new Set(pages).size).toBe(5);
    expect(pages[0]).toBe(world.course);
  });

  it('refuses a time zone that does not exist, and dates in the wrong order', async () => {
    const world = await newWorld();
    const course = await world.request(world.key, 'POST', '/v1/courses', { name: 'x', timeZone: 'Mars/Olympus' });
    expect(course).toMatchObject({ status: 422, body: { errors: [{ pointer: '/timeZone' }] } });
    const dates = { opensAt: '2026-02-01T00:00:00Z', closesAt: '2026-01-01T00:00:00Z' };
    const late = { opensAt: '2026-02-01T00:00:00Z', dueAt: '2026-01-01T00:00:00Z' };
    for (const [wrong, detail] of [
      [dates, 'it closes before it opens'],
      [late, 'it is due before it opens'],
    ]) {
      const reply = await world.request(world.key, 'PUT', world.at('/schedule/unit/1'), wrong);
      expect(reply).toMatchObject({ status: 422, body: { errors: [{ detail }] } });
    }
    for (const unknown of [
      'unit/99',
      'prompt/Q9',
      'week/1',
      'criterion/Q003.1',
      'criterion/Q003.1:nonsense',
      'prompt/Q003.1:post',
    ])
      expect((await world.request(world.key, 'PUT', world.at(`/schedule/${unknown}`), {})).status, unknown).toBe(404);
  });

  it('changes its tag with its dates, which can be taken away again', async () => {
    const world = await newWorld();
    const read = () => world.request(world.key, 'GET', `/v1/courses/${world.course}`);
    const before = await read();
    const path = world.at('/schedule/unit/1');
    await world.request(world.key, 'PUT', path, { dueAt: '2030-01-01T00:00:00Z' });
    const dated = await read();
    expect(dated.body.schedule).toHaveLength(1);
    expect(dated.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect((await world.request(world.key, 'DELETE', path)).status).toBe(204);
    expect((await read()).body.schedule).toEqual([]);
  });
});

describe('people', () => {
  it('are known by what the institution calls them: new 201, known 200 and brought up to date', async () => {
    const world = await newWorld();
    const path = world.at('/people');
    const first = await world.request(world.key, 'POST', path, { externalId: 'u1', name: 'Ada', role: 'learner' });
    const again = await world.request(world.key, 'POST', path, { externalId: 'u1', role: 'assistant' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual({ ...first.body, role: 'assistant' });
    const other = await world.newCourse();
    const elsewhere = `/v1/courses/${other.id}/people`;
    const enrolled = await world.request(world.key, 'POST', elsewhere, { externalId: 'u1', role: 'learner' });
    expect(enrolled).toMatchObject({ status: 201, body: { id: first.body.id, name: 'Ada' } });
  });

  it('get the first response again for the same Idempotency-Key', async () => {
    const world = await newWorld();
    const headers = { 'idempotency-key': 'enrol' };
    const body = { externalId: 'u1', name: 'Ada', role: 'learner' };
    const send = () => world.request(world.key, 'POST', world.at('/people'), body, headers);
    const first = await send();
    await world.request(world.key, 'POST', world.at('/people'), { ...body, name: 'Ada L.' });
    const again = await send();
    expect(again).toMatchObject({ status: 201, text: first.text });
    const now = await world.request(world.key, 'GET', world.at(`/people/${first.body.id}`));
    expect(now.body.name).toBe('Ada L.');
  });

  it('can be withdrawn, which ends their session at once, and restored with their work', async () => {
    const world = await newWorld();
    const student = await world.learner('Ada');
    await world.answer(student, 'S29', { role: 'cm', claims: ['001.13'] });
    const path = world.at(`/people/${student.id}`);
    const read = await world.request(world.key, 'GET', path);
    const tag = read.headers.get('etag')!;
    const out = await world.request(world.key, 'PATCH', path, { withdrawn: true }, { 'if-match': tag });
    expect(out.body.withdrawn).toBe(true);
    const refused = await world.request(student.token, 'GET', world.at('/grades/me'));
    expect(refused).toMatchObject({ status: 401, body: { type: 'urn:cmgrclass:problem:enrolment-ended' } });
    await world.request(world.key, 'PATCH', path, { withdrawn: false }, { 'if-match': out.headers.get('etag')! });
    expect((await world.request(student.token, 'GET', world.at('/grades/me'))).body.points).toBe(4);
  });

  it('are enrolled by the institution alone, which leaves a line in the audit', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    const body = { externalId: 'somebody-elsewhere', role: 'learner' };
    expect((await world.request(instructor.token, 'POST', world.at('/people'), body)).status).toBe(403);
    const student = await world.learner('Ada');
    const path = world.at(`/people/${student.id}`);
    const rename = await world.request(instructor.token, 'PATCH', path, { name: 'Eve' }, { 'if-match': '*' });
    expect(rename.status).toBe(403);
    const audit = await world.db.$client.execute({
      sql: "select subject, reason from audit_event where course_id = ? and action = 'person-enrolled'",
      args: [world.course],
    });
    expect(audit.rows.map((row) => ({ ...row }))).toContainEqual({ subject: student.id, reason: 'as learner' });
  });

  it('whose name changed have a new tag in each of their courses', async () => {
    const world = await newWorld();
    const other = await world.newCourse();
    const one = { externalId: 'u1', name: 'Ada', role: 'learner' };
    const { body } = await world.request(world.key, 'POST', world.at('/people'), one);
    await world.request(world.key, 'POST', `/v1/courses/${other.id}/people`, one);
    const there = () => world.request(world.key, 'GET', `/v1/courses/${other.id}/people/${body.id}`);
    const before = await there();
    await world.request(world.key, 'PATCH', world.at(`/people/${body.id}`), { name: 'Ada L.' }, { 'if-match': '*' });
    const after = await there();
    expect(after.body.name).toBe('Ada L.');
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });

  it('whose role changed need a new session', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const path = world.at('/people');
    await world.request(world.key, 'POST', path, { externalId: student.externalId, role: 'instructor' });
    expect((await world.request(student.token, 'GET', world.at('/grades/me'))).status).toBe(401);
  });
});

describe('a session', () => {
  it('is the same token for the same Idempotency-Key, and ends in time', async () => {
    const world = await newWorld({ config: { sessionMs: 3_600_000 } });
    const student = await world.learner();
    const open = () =>
      world.request(
        world.key,
        'POST',
        world.at('/sessions'),
        { externalId: student.externalId },
        { 'idempotency-key': 's' },
      );
    const first = await open();
    world.clock.now += 60_000;
    expect((await open()).text).toBe(first.text);
    world.clock.now += 3_600_000;
    const expired = await world.request(first.body.token, 'GET', world.at('/grades/me'));
    expect(expired).toMatchObject({ status: 401, body: { type: 'urn:cmgrclass:problem:session-expired' } });
  });

  it('is for people of the course only', async () => {
    const world = await newWorld();
    const unknown = await world.request(world.key, 'POST', world.at('/sessions'), { externalId: 'nobody' });
    expect(unknown).toMatchObject({ status: 404, body: { type: 'urn:cmgrclass:problem:person-not-found' } });
  });

  it('is for who came by LTI too, by the id here; and of the course alone', async () => {
    const { world, sam, answer, deliveries } = await newLmsWorld();
    const open = (body: unknown) => world.request(world.key, 'POST', world.at('/sessions'), body);
    const byName = await open({ externalId: sam.externalId });
    expect([byName.status, byName.body.detail]).toEqual([404, expect.stringContaining('asked for by person')]);
    const { status, body } = await open({ person: sam.id });
    expect([status, body.person]).toEqual([
      201,
      { id: sam.id, externalId: sam.externalId, name: null, role: 'learner' },
    ]);
    await answer({ ...sam, token: body.token });
    expect(await deliveries()).toMatchObject([{ person_id: sam.id, state: 'sent' }]);
    const elsewhere = await world.learner('Ana', (await world.newCourse()).id);
    expect((await open({ person: elsewhere.id })).status).toBe(404);
  });

  it.each([
    ['nobody', {}],
    ['two names', { externalId: 'a', person: 'b' }],
  ])('for %s is refused, and says what to send', async (_what, body) => {
    const world = await newWorld();
    const refused = await world.request(world.key, 'POST', world.at('/sessions'), body);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ detail: expect.stringMatching(/^Send one/) }] } });
  });

  it('that failed uses up no Idempotency-Key, and an ended one is not given again', async () => {
    const world = await newWorld({ config: { sessionMs: 3_600_000 } });
    const headers = { 'idempotency-key': 's' };
    const open = () => world.request(world.key, 'POST', world.at('/sessions'), { externalId: ' later ' }, headers);
    expect((await open()).status).toBe(404);
    await world.request(world.key, 'POST', world.at('/people'), { externalId: ' later ', role: 'learner' });
    world.clock.now += 7_200_000;
    const first = await open();
    expect(first.status).toBe(201);
    world.clock.now += 7_200_000;
    const second = await open();
    expect((await world.request(second.body.token, 'GET', world.at('/grades/me'))).status).toBe(200);
  });
});
