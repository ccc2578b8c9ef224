import { describe, expect, it } from 'vitest';
import { newWorld, type Somebody, type World, words } from '../world/world.ts';

const own = (seed: string, role = 'cm') => ({ body: words(60, seed), claims: ['001.13'], role });
const list = (world: World, who: Somebody, query = '') =>
  world.request(who.token, 'GET', world.at(`/prompts/Q003.1/posts${query}`));
const idsIn = (reply: { body: { items: { id: string }[] } }) => reply.body.items.map(({ id }) => id);

describe('post first', () => {
  it("shows nobody a peer's post until they have committed one of their own", async () => {
    const world = await newWorld();
    const [ana, ben] = [await world.learner('Ana'), await world.learner('Ben')];
    const hers = await world.post(ana, 'Q003.1', own('ana'));
    expect(hers.status).toBe(201);

    const before = await list(world, ben);
    expect(before.body).toMatchObject({ items: [], gate: { open: false } });
    expect(before.body.gate.needs[0]).toContain('60 words');
    for (const path of [`/posts/${hers.body.id}`, `/posts/${hers.body.id}/versions`]) {
      const reply = await world.request(ben.token, 'GET', world.at(path));
      expect(reply).toMatchObject({ status: 404, body: { type: 'urn:cmgrclass:problem:post-not-found' } });
    }
    const reply = await world.post(ben, 'Q003.1', { body: words(20), parentId: hers.body.id });
    expect(reply).toMatchObject({ status: 403, body: { type: 'urn:cmgrclass:problem:post-first' } });

    const his = await world.post(ben, 'Q003.1', own('ben'));
    const after = await list(world, ben);
    expect(after.body.gate).toEqual({ open: true, needs: [] });
    expect(idsIn(after)).toEqual([hers.body.id, his.body.id]);
    expect(after.body.items[0].author.name).toBe('Ana');
  });

  it('keeps a post under the floor, but opens no gate for it and shows it to no peer', async () => {
    const world = await newWorld();
    const [ana, ben] = [await world.learner(), await world.learner()];
    await world.post(ana, 'Q003.1', own('ana'));
    const short = await world.post(ben, 'Q003.1', { ...own('ben'), body: words(59) });
    expect(short.body).toMatchObject({ state: 'below-floor', participation: { points: 0 } });
    expect(idsIn(await list(world, ben))).toEqual([short.body.id]);
    const unsupported = await world.post(ben, 'Q003.1', { ...own('ben'), claims: [] });
    expect(unsupported.body.state).toBe('below-floor');
    expect((await list(world, ana)).body.items).toHaveLength(1);
  });

  it('opens the gate when an edit lifts the post over the floor, and grades it then', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const short = await world.post(student, 'Q003.1', { ...own('x'), body: 'Too short.' });
    const edit = await world.request(student.token, 'PATCH', world.at(`/posts/${short.body.id}`), own('x'), {
      'if-match': short.headers.get('etag')!,
    });
    expect(edit.body).toMatchObject({ state: 'visible', version: 2 });
    expect((await list(world, student)).body.gate.open).toBe(true);
    const { body } = await world.request(student.token, 'GET', world.at('/grades/me'));
    const grade = body.items.find((one: { activity: { id: string } }) => one.activity.id === 'Q003.1');
    expect(grade).toMatchObject({ points: 2, max: 5, source: 'auto' });
  });

  it('is per prompt, and staff are not held by it', async () => {
    const world = await newWorld();
    const [ana, ben] = [await world.learner(), await world.learner()];
    await world.post(ana, 'Q003.1', own('ana'));
    await world.post(ben, 'Q000.1', own('ben'));
    expect((await list(world, ben)).body.items).toEqual([]);
    const seen = await list(world, await world.instructor());
    expect(seen.body).toMatchObject({ gate: { open: true } });
    expect(seen.body.items).toHaveLength(1);
  });
});

describe('participation', () => {
  it('ticks off criterion by criterion: the post, replies to two people, one across roles', async () => {
    const world = await newWorld();
    const [me, ana, ben] = [await world.learner(), await world.learner(), await world.learner()];
    const hers = await world.post(ana, 'Q003.1', own('ana', 'cm'));
    const his = await world.post(ben, 'Q003.1', own('ben', 'smm'));
    const posted = await world.post(me, 'Q003.1', own('me', 'cm'));
    expect(posted.body.participation).toMatchObject({ points: 2, max: 5 });
    expect(posted.body.participation.criteria[1].needs).toContain('2 more people');

    const reply = (parentId: string, count = 20) => world.post(me, 'Q003.1', { body: words(count), parentId });
    expect((await reply(hers.body.id, 19)).body.participation.points).toBe(2);
    expect((await reply(hers.body.id)).body.participation.points).toBe(3);
    expect((await reply(hers.body.id)).body.participation.points).toBe(3);
    const last = await reply(his.body.id);
    expect(last.body.participation).toMatchObject({ points: 5, max: 5 });
    expect(last.body.participation.criteria.every((one: { done: boolean }) => one.done)).toBe(true);
    const seen = await world.request(me.token, 'GET', world.at('/prompts/Q003.1/participation'));
    expect(seen.body).toEqual(last.body.participation);
  });

  it('counts no reply to oneself', async () => {
    const world = await newWorld();
    const me = await world.learner();
    const mine = await world.post(me, 'Q003.1', own('me'));
    const reply = await world.post(me, 'Q003.1', { body: words(30), parentId: mine.body.id, role: 'smm' });
    expect(reply.body.participation.points).toBe(2);
  });

  it("counts what was done by a criterion's own date", async () => {
    const world = await newWorld();
    const [me, ana] = [await world.learner(), await world.learner()];
    const dueAt = new Date(world.clock.now + 1000).toISOString();
    const path = world.at('/schedule/criterion/Q003.1:replies');
    expect((await world.request((await world.instructor()).token, 'PUT', path, { dueAt })).status).toBe(200);
    const hers = await world.post(ana, 'Q003.1', own('ana'));
    world.clock.now += 60_000;
    await world.post(me, 'Q003.1', own('me'));
    const reply = await world.post(me, 'Q003.1', { body: words(30), parentId: hers.body.id });
    expect(reply.body.participation.points).toBe(2);
  });

  it('does not grade staff, whose posts everybody may answer', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    await world.post(instructor, 'Q003.1', own('staff'));
    const { body } = await world.request(instructor.token, 'GET', world.at('/grades/me'));
    expect(body.points).toBe(0);
  });

  it('replays a post sent twice, with its participation as it was', async () => {
    const world = await newWorld();
    const [me, ana] = [await world.learner(), await world.learner()];
    const hers = await world.post(ana, 'Q003.1', own('ana', 'smm'));
    const first = await world.post(me, 'Q003.1', own('me'), { 'idempotency-key': 'p1' });
    await world.post(me, 'Q003.1', { body: words(30), parentId: hers.body.id });
    const again = await world.post(me, 'Q003.1', own('me'), { 'idempotency-key': 'p1' });
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await list(world, me)).body.items).toHaveLength(3);
  });
});

describe('a post that is sent again after it was moderated or edited', () => {
  it('shows no hidden text, and is in the state it was in', async () => {
    const world = await newWorld();
    const [me, instructor] = [await world.learner(), await world.instructor()];
    const send = (key: string, body: unknown) => world.post(me, 'Q003.1', body, { 'idempotency-key': key });
    const hidden = await send('a', own('rude'));
    await world.request(instructor.token, 'PUT', world.at(`/posts/${hidden.body.id}/hiding`), { reason: 'insults' });
    const again = await send('a', own('rude'));
    expect(again.text).not.toContain('rude');
    expect(again.body).toMatchObject({ state: 'hidden', hiddenReason: 'insults' });
    const short = await send('b', { body: 'Too short.' });
    await world.request(me.token, 'PATCH', world.at(`/posts/${short.body.id}`), own('long'), { 'if-match': '*' });
    expect((await send('b', { body: 'Too short.' })).text).toBe(short.text);
  });
});

describe('staff in a discussion', () => {
  it('are seen by all, however short they are', async () => {
    const world = await newWorld();
    const [me, instructor] = [await world.learner(), await world.instructor()];
    const welcome = await world.post(instructor, 'Q003.1', { body: 'Welcome!' });
    expect(welcome.body.state).toBe('visible');
    await world.post(me, 'Q003.1', own('me'));
    expect(idsIn(await list(world, me))).toContain(welcome.body.id);
  });

  it('cannot answer in public what its author has not committed', async () => {
    const world = await newWorld();
    const [me, instructor] = [await world.learner(), await world.instructor()];
    const short = await world.post(me, 'Q003.1', { body: 'Too short.' });
    const reply = await world.post(instructor, 'Q003.1', { body: 'Say more.', parentId: short.body.id });
    expect(reply).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:post-not-committed' } });
  });
});

describe('a reply', () => {
  it('that was too short counts when an edit makes it long enough', async () => {
    const world = await newWorld();
    const [me, ana] = [await world.learner(), await world.learner()];
    const hers = await world.post(ana, 'Q003.1', own('ana'));
    await world.post(me, 'Q003.1', own('me'));
    const reply = await world.post(me, 'Q003.1', { body: words(4), parentId: hers.body.id });
    expect(reply.body.participation.points).toBe(2);
    const path = world.at(`/posts/${reply.body.id}`);
    await world.request(me.token, 'PATCH', path, { body: words(30) }, { 'if-match': reply.headers.get('etag')! });
    const seen = await world.request(me.token, 'GET', world.at('/prompts/Q003.1/participation'));
    expect(seen.body.points).toBe(3);
    expect((await world.request(me.token, 'GET', world.at('/grades/me'))).body.points).toBe(3);
  });
});

describe('a page of posts', () => {
  it('stays within what the database sends, though every post is as long as it may be', async () => {
    const world = await newWorld();
    const [me, reader] = [await world.learner(), await world.learner()];
    const long = '[000.22] '.repeat(1100);
    for (let index = 0; index < 25; index++)
      expect((await world.post(me, 'Q003.1', { body: `${index} ${long}`, claims: ['001.13'] })).status).toBe(201);
    await world.post(reader, 'Q003.1', own('reader'));
    expect((await list(world, reader)).body.items).toHaveLength(26);
    const longer = await world.post(me, 'Q003.1', { body: '[000.22] '.repeat(2200) });
    expect(longer).toMatchObject({ status: 422, body: { type: 'urn:cmgrclass:problem:text-too-long' } });
  });
});

describe('versions and tombstones', () => {
  it('keeps every version, and what was committed stays graded though the text shrinks', async () => {
    const world = await newWorld();
    const me = await world.learner();
    const post = await world.post(me, 'Q003.1', own('me'));
    const path = world.at(`/posts/${post.body.id}`);
    world.clock.now += 1000;
    const change = { body: 'Less.' };
    const edited = await world.request(me.token, 'PATCH', path, change, { 'if-match': post.headers.get('etag')! });
    expect(edited.body).toMatchObject({ version: 2, body: 'Less.', state: 'visible', role: 'cm', claims: ['001.13'] });
    expect(edited.body.editedAt).not.toBeNull();
    const stale = await world.request(me.token, 'PATCH', path, change, { 'if-match': post.headers.get('etag')! });
    expect(stale).toMatchObject({ status: 412, body: { type: 'urn:cmgrclass:problem:stale' } });
    expect((await world.request(me.token, 'PATCH', path, change)).status).toBe(428);
    const { body } = await world.request(me.token, 'GET', `${path}/versions`);
    expect(body.items.map((one: { version: number }) => one.version)).toEqual([1, 2]);
    const grades = await world.request(me.token, 'GET', world.at('/grades/me'));
    expect(grades.body.points).toBe(2);
  });

  it('leaves a tombstone, so that replies keep their place and nobody reads the text any more', async () => {
    const world = await newWorld();
    const [me, ana] = [await world.learner(), await world.learner()];
    await world.post(ana, 'Q003.1', own('ana'));
    const post = await world.post(me, 'Q003.1', own('secret'));
    await world.post(ana, 'Q003.1', { body: words(20, 'reply'), parentId: post.body.id });
    expect((await world.request(me.token, 'DELETE', world.at(`/posts/${post.body.id}`))).status).toBe(204);
    const seen = await list(world, ana);
    expect(seen.text).not.toContain('secret');
    expect(seen.body.items.map((one: { state: string }) => one.state)).toEqual(['visible', 'deleted', 'visible']);
    const versions = await world.request(ana.token, 'GET', world.at(`/posts/${post.body.id}/versions`));
    expect(versions.text).not.toContain('secret');
    const again = await world.post(ana, 'Q003.1', { body: words(20), parentId: post.body.id });
    expect(again).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:post-removed' } });
  });

  it("lets nobody change or delete another's post", async () => {
    const world = await newWorld();
    const [me, ana] = [await world.learner(), await world.learner()];
    const hers = await world.post(ana, 'Q003.1', own('ana'));
    const path = world.at(`/posts/${hers.body.id}`);
    expect((await world.request(me.token, 'DELETE', path)).status).toBe(404);
    await world.post(me, 'Q003.1', own('me'));
    expect((await world.request(me.token, 'DELETE', path)).status).toBe(403);
    expect((await world.request(me.token, 'PATCH', path, own('me'), { 'if-match': '*' })).status).toBe(403);
  });
});

describe('hiding', () => {
  it('takes the text from students everywhere, its author too, who alone is told why, and gives it back', async () => {
    const world = await newWorld();
    const [me, ana, instructor] = [await world.learner(), await world.learner(), await world.instructor()];
    await world.post(ana, 'Q003.1', own('ana'));
    const post = await world.post(me, 'Q003.1', own('rude'));
    const hiding = world.at(`/posts/${post.body.id}/hiding`);
    expect((await world.request(ana.token, 'PUT', hiding, { reason: 'I do not like it' })).status).toBe(403);
    const hidden = await world.request(instructor.token, 'PUT', hiding, { reason: 'insults a classmate' });
    expect(hidden.body).toMatchObject({ state: 'hidden', hiddenReason: 'insults a classmate' });
    for (const who of [me, ana])
      for (const path of ['/prompts/Q003.1/posts', `/posts/${post.body.id}`, `/posts/${post.body.id}/versions`])
        expect((await world.request(who.token, 'GET', world.at(path))).text).not.toContain('rude');
    const seenBy = async (who: Somebody) =>
      (await world.request(who.token, 'GET', world.at(`/posts/${post.body.id}`))).body.hiddenReason;
    expect([await seenBy(me), await seenBy(ana), await seenBy(instructor)]).toEqual([
      'insults a classmate',
      null,
      'insults a classmate',
    ]);
    expect((await list(world, instructor)).text).toContain('rude');
    expect((await world.request(instructor.token, 'DELETE', hiding)).status).toBe(204);
    expect((await list(world, ana)).text).toContain('rude');
    expect(await seenBy(me)).toBe(null);
  });
});

describe('drafts', () => {
  it('are kept by the server, belong to their author, and go when they are posted', async () => {
    const world = await newWorld();
    const [me, ana] = [await world.learner(), await world.learner()];
    const path = world.at('/prompts/Q003.1/draft');
    expect((await world.request(me.token, 'GET', path)).status).toBe(404);
    const first = await world.request(me.token, 'PUT', path, { body: 'I think that', claims: ['001.'] });
    expect(first).toMatchObject({ status: 200, body: { body: 'I think that' } });
    expect((await world.request(ana.token, 'GET', path)).status).toBe(404);
    expect((await world.request(me.token, 'PUT', path, { body: 'blind' })).status).toBe(428);
    const tag = first.headers.get('etag')!;
    const second = await world.request(me.token, 'PUT', path, { body: 'I think that they' }, { 'if-match': tag });
    expect(second.body.revision).toBeGreaterThan(first.body.revision);
    expect((await world.request(me.token, 'PUT', path, { body: 'late' }, { 'if-match': tag })).status).toBe(412);
    await world.post(me, 'Q003.1', own('me'));
    expect((await world.request(me.token, 'GET', path)).status).toBe(404);
  });

  it('outlive a post that is sent again, and a reply to somebody else', async () => {
    const world = await newWorld();
    const [me, ana] = [await world.learner(), await world.learner()];
    const hers = await world.post(ana, 'Q003.1', own('ana'));
    const path = world.at('/prompts/Q003.1/draft');
    await world.post(me, 'Q003.1', own('me'), { 'idempotency-key': 'k' });
    await world.request(me.token, 'PUT', path, { body: 'my next thought' });
    await world.post(me, 'Q003.1', own('me'), { 'idempotency-key': 'k' });
    await world.post(me, 'Q003.1', { body: words(20), parentId: hers.body.id });
    expect((await world.request(me.token, 'GET', path)).body.body).toBe('my next thought');
  });

  it('are not written over with the tag of a draft that was posted', async () => {
    const world = await newWorld();
    const me = await world.learner();
    const path = world.at('/prompts/Q003.1/draft');
    const first = await world.request(me.token, 'PUT', path, { body: 'one' });
    await world.post(me, 'Q003.1', own('me'));
    expect((await world.request(me.token, 'PUT', path, { body: 'x' }, { 'if-match': '*' })).status).toBe(412);
    world.clock.now += 1;
    await world.request(me.token, 'PUT', path, { body: 'two' });
    const stale = await world.request(me.token, 'PUT', path, { body: 'x' }, { 'if-match': first.headers.get('etag')! });
    expect(stale.status).toBe(412);
  });
});

describe('a long discussion', () => {
  it('comes in pages that together hold every post once, in order', async () => {
    const world = await newWorld();
    const me = await world.learner();
    const ids: string[] = [];
    for (let index = 0; index < 7; index++) {
      const { body } = await world.post(me, 'Q003.1', { ...own(`post${index}`) });
      ids.push(body.id);
      if (index % 2) world.clock.now += 1000;
    }
    const seen: string[] = [];
    let next: string | undefined = '?limit=3';
    while (next) {
      const page = await list(world, me, next);
      seen.push(...idsIn(page));
      next = /<[^?]*(\?[^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(ids);
  });
});

describe('Markdown', () => {
  it('is stored as written and shown as safe HTML with claim anchors', async () => {
    const world = await newWorld();
    const body = '**Honea** says so [001.13]. <script>alert(1)</script> [x](javascript:alert(1))';
    const post = await world.post(await world.learner(), 'Q003.1', { body });
    expect(post.body.body).toBe(body);
    expect(post.body.html).toContain('<strong>Honea</strong>');
    expect(post.body.html).toContain('data-claim="001.13"');
    expect(post.body.html).not.toMatch(/<script|href="javascript/);
  });
});
