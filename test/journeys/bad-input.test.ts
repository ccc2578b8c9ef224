import { describe, expect, it } from 'vitest';
import { connect } from '../../src/db/client.ts';
import { newWorld, words } from '../world/world.ts';

const answers = '/scenarios/S29/answers';
const posts = '/prompts/Q003.1/posts';

describe('bad input', () => {
  const cases: [title: string, path: string, body: unknown, status: number, type: string, pointer?: string][] = [
    ['JSON that is none', answers, '{"role":', 400, 'malformed-json'],
    ['a list where an object belongs', answers, [], 422, 'invalid-input', ''],
    ['a missing role', answers, {}, 422, 'invalid-input', '/role'],
    ['a role of the wrong type', answers, { role: 7 }, 422, 'invalid-input', '/role'],
    ['a role that does not exist', answers, { role: 'boss' }, 422, 'invalid-input', '/role'],
    ['claims that are no list', answers, { role: 'cm', claims: '000.22' }, 422, 'invalid-input', '/claims'],
    ['a field nobody knows', answers, { role: 'cm', claim: ['000.22'] }, 422, 'invalid-input', ''],
    [
      'four claims',
      answers,
      { role: 'cm', claims: ['000.22', '001.13', '001.14', '002a.13'] },
      422,
      'too-many-claims',
      '/claims',
    ],
    [
      'four counter-claims',
      answers,
      { role: 'cm', counterClaims: ['000.22', '001.13', '001.14', '002a.13'] },
      422,
      'too-many-claims',
      '/counterClaims',
    ],
    ['half of a surrogate pair', answers, '{"role":"cm","reason":"\\ud800"}', 400, 'malformed-json'],
    [
      'a claim that does not exist',
      answers,
      { role: 'cm', claims: ['001.13', '000.99'] },
      422,
      'unknown-claim',
      '/claims/1',
    ],
    [
      'a claim with the name of a prototype',
      answers,
      { role: 'cm', claims: ['__proto__'] },
      422,
      'unknown-claim',
      '/claims/0',
    ],
    ['a reason that is too long', answers, { role: 'cm', reason: 'x'.repeat(20_001) }, 422, 'text-too-long', '/reason'],
    ['a body over 64 KiB', answers, { role: 'cm', reason: 'x'.repeat(66_000) }, 413, 'body-too-large'],
    ['a scenario that does not exist', '/scenarios/S99/answers', { role: 'cm' }, 404, 'scenario-not-found'],
    ['a scenario named constructor', '/scenarios/constructor/answers', { role: 'cm' }, 404, 'scenario-not-found'],
    ['an empty post', posts, { body: '   ' }, 422, 'invalid-input', '/body'],
    ['a post that is too long', posts, { body: 'x'.repeat(20_001) }, 422, 'text-too-long', '/body'],
    [
      'a post with a claim that does not exist',
      posts,
      { body: words(60), claims: ['x'] },
      422,
      'unknown-claim',
      '/claims/0',
    ],
    ['a prompt that does not exist', '/prompts/Q9/posts', { body: 'x' }, 404, 'prompt-not-found'],
  ];
  it.each(cases)(
    '%s is refused by its own name, and nothing is stored',
    async (_title, path, body, status, type, pointer) => {
      const world = await newWorld();
      const student = await world.learner();
      const reply = await world.request(student.token, 'POST', world.at(path), body);
      expect(reply.status).toBe(status);
      expect(reply.headers.get('content-type')).toBe('application/problem+json');
      expect(reply.body.type).toBe(`urn:cmgrclass:problem:${type}`);
      expect(reply.body.detail.length).toBeGreaterThan(10);
      if (pointer !== undefined) expect(reply.body.errors[0].pointer).toBe(pointer);
      const stored = await world.db.$client.execute({
        sql: `select (select count(*) from answer where person_id = ?1) + (select count(*) from post where author_id = ?1)
        + (select count(*) from grade_event where person_id = ?1) + (select count(*) from grade where person_id = ?1) as n`,
        args: [student.id],
      });
      expect(Number(stored.rows[0]!.n)).toBe(0);
    },
  );

  it('in a media type that is not JSON is refused', async () => {
    const world = await newWorld();
    const headers = { 'content-type': 'text/plain' };
    const reply = await world.request(
      (await world.learner()).token,
      'POST',
      world.at(answers),
      '{"role":"cm"}',
      headers,
    );
    expect(reply).toMatchObject({ status: 415, body: { type: 'urn:cmgrclass:problem:media-type-unsupported' } });
    expect(reply.body.takes).toEqual(['application/json']);
  });

  it('that is text sent as JSON is told which types the route takes', async () => {
    const world = await newWorld();
    const token = (await world.instructor()).token;
    const csv = 'externalId,name\nu1,Ana\n';
    const send = (type: string) =>
      world.request(token, 'POST', world.at('/roster'), csv, type === '' ? {} : { 'content-type': type });
    const takes = ['application/json', 'text/csv'];
    expect(await send('')).toMatchObject({
      status: 400,
      body: { type: 'urn:cmgrclass:problem:malformed-json', takes },
    });
    expect(await send('text/plain')).toMatchObject({ status: 415, body: { takes } });
    expect((await send('text/csv')).status).toBe(200);
  });

  it('is answered in plain words that say what to give', async () => {
    const world = await newWorld();
    const token = (await world.instructor()).token;
    const detail = async (method: string, path: string, body?: unknown) =>
      (await world.request(token, method, world.at(path), body)).body.errors[0].detail;
    const time = 'give a time with its offset, such as 2030-01-31T23:59:00-05:00';
    expect(await detail('PUT', '/schedule/unit/1', { dueAt: 'tomorrow' })).toBe(time);
    expect(await detail('PUT', '/schedule/unit/1', { dueAt: 7 })).toBe('give text, not a number');
    expect(await detail('PUT', '/schedule/unit/1', { due: null })).toBe('there is no due here');
    expect(await detail('POST', posts, {})).toBe('it is missing');
    expect(await detail('POST', '/roster?preview=maybe', { people: [] })).toBe('give one of true, false');
    for (const limit of ['0', '100000', '201', 'none'])
      expect(await detail('GET', `/people?limit=${limit}`), limit).toBe('use a whole number from 1 to 200');
  });

  it('in an Idempotency-Key is refused', async () => {
    const world = await newWorld();
    const reply = await world.answer(
      await world.learner(),
      'S29',
      { role: 'cm' },
      { 'idempotency-key': 'x'.repeat(201) },
    );
    expect(reply).toMatchObject({ status: 400, body: { type: 'urn:cmgrclass:problem:header-invalid' } });
  });

  it('in a cursor is refused: tampered with, of another list, or made up', async () => {
    const world = await newWorld();
    for (let index = 0; index < 3; index++) await world.learner();
    const page = await world.request(world.key, 'GET', world.at('/people?limit=1'));
    const cursor = /cursor=([^&>]+)/.exec(page.headers.get('link')!)![1]!;
    const [position, signature] = cursor.split('.');
    const bad = [
      `${position!.slice(0, -2)}AA.${signature}`,
      `${position}.${'0'.repeat(24)}`,
      'x',
      '',
      '%00',
      `${cursor}x`,
    ];
    for (const one of bad) {
      const reply = await world.request(world.key, 'GET', world.at(`/people?cursor=${one}`));
      expect(reply, one).toMatchObject({ status: 400, body: { type: 'urn:cmgrclass:problem:cursor-invalid' } });
    }
    const elsewhere = await world.request(world.key, 'GET', world.at(`/gradebook?cursor=${cursor}`));
    expect(elsewhere.status).toBe(400);
    expect((await world.request(world.key, 'GET', world.at('/people?limit=201'))).status).toBe(422);
    expect((await world.request(world.key, 'GET', world.at('/people?limit=none'))).status).toBe(422);
  });

  it('in an address is refused: unknown, or with the wrong method, which names the right ones', async () => {
    const world = await newWorld();
    expect((await world.request(null, 'GET', '/v1/nothing')).body.type).toBe('urn:cmgrclass:problem:route-not-found');
    const reply = await world.request(null, 'DELETE', '/v1/units');
    expect(reply).toMatchObject({ status: 405, body: { type: 'urn:cmgrclass:problem:method-not-allowed' } });
    expect(reply.headers.get('allow')).toBe('GET, HEAD');
    expect((await world.request(null, 'GET', '/v1/units/99')).body.type).toBe(
      'urn:cmgrclass:problem:content-not-found',
    );
  });

  it('never learns our SQL or stack, also when the database is not there', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const { deps } = world;
    const away = () => Promise.reject(new Error('Network connection lost.'));
    deps.dbFor = () => connect('http://127.0.0.1:9', undefined, away);
    const reply = await world.answer(student, 'S29', { role: 'cm' });
    expect(reply).toMatchObject({ status: 503, body: { type: 'urn:cmgrclass:problem:database-busy' } });
    expect(reply.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(reply.text).not.toMatch(/select|insert|at .*\.ts|127\.0\.0\.1/i);
    const path = world.at('/posts/01900000-0000-7000-8000-000000000000');
    const patch = await world.request(student.token, 'PATCH', path, { body: 'secret words' }, { 'if-match': '"r1"' });
    expect(patch.status).toBe(503);
    expect(JSON.stringify(world.logged)).not.toMatch(/secret words|select p\./);
    const ready = await world.request(null, 'GET', '/readyz');
    expect(ready).toMatchObject({ status: 503, body: { type: 'urn:cmgrclass:problem:not-ready' } });
    expect(world.logged.some(({ level, requestId }) => level === 'error' && requestId === reply.body.requestId)).toBe(
      true,
    );
  });

  it('in If-Match is stale, however long the number', async () => {
    const world = await newWorld();
    const send = (tag: string) => world.request(world.key, 'PATCH', world.at(''), { name: 'x' }, { 'if-match': tag });
    for (const tag of ['"r99999999999999999999"', 'r1', 'W/"r1"', '"x"'])
      expect((await send(tag)).status, tag).toBe(412);
  });

  it('from a browser gets a page where there is nothing', async () => {
    const { request } = await newWorld();
    const reply = await request(null, 'GET', '/nowhere', undefined, { accept: 'text/html,*/*' });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(reply.text).toContain('There is nothing here');
  });

  it('too often is told to wait', async () => {
    let left = 3;
    const limiter = { limit: async () => ({ success: left-- > 0 }) };
    const world = await newWorld({ config: { limits: { person: limiter, key: undefined } } });
    const student = await world.learner();
    const replies = [];
    for (let index = 0; index < 5; index++)
      replies.push(await world.request(student.token, 'GET', world.at('/grades/me')));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(replies[4]!.headers.get('retry-after')).not.toBeNull();
  });
});
