import { describe, expect, it } from 'vitest';
import { newWorld, type Somebody, type World, words } from '../world/world.ts';

const own = (seed: string) => ({ body: words(60, seed), claims: ['001.13'], role: 'cm' });
const list = (world: World, who: Somebody, query = '') =>
  world.request(who.token, 'GET', world.at(`/prompts/Q003.1/posts${query}`));
const idsIn = (reply: { body: { items: { id: string }[] } }) => reply.body.items.map(({ id }) => id);
const problem = (name: string) => ({ body: { type: `urn:cmgrclass:problem:${name}` } });

/** An act on a post: `PUT` or `DELETE` of one of its sub-resources. */
const act = (world: World, who: Somebody, method: 'PUT' | 'DELETE', post: string, what: string, body?: unknown) =>
  world.request(who.token, method, world.at(`/posts/${post}/${what}`), body);
const queue = (world: World, who: Somebody, query = '') =>
  world.request(who.token, 'GET', world.at(`/review-queue${query}`));
const audit = async (world: World, who: Somebody, query = '') =>
  (await world.request(who.token, 'GET', world.at(`/audit${query}`))).body.items as Record<string, string>[];

const holdFirstPosts = async (world: World, who: Somebody, on = true) => {
  const change = { holdFirstPosts: on };
  const reply = await world.request(who.token, 'PATCH', world.at(''), change, { 'if-match': '*' });
  expect(reply).toMatchObject({ status: 200, body: { holdFirstPosts: on } });
};

/** Every address where a student could come across a post. */
const readings = (id: string) => ['/prompts/Q003.1/posts', `/posts/${id}`, `/posts/${id}/versions`, '/people/me/data'];

/** A class of two who have both posted, and its instructor. */
const newClass = async () => {
  const world = await newWorld();
  const [ana, ben, instructor] = [await world.learner('Ana'), await world.learner('Ben'), await world.instructor()];
  const hers = (await world.post(ana, 'Q003.1', own('ana'))).body.id as string;
  const his = (await world.post(ben, 'Q003.1', own('ben'))).body.id as string;
  return { world, ana, ben, instructor, hers, his };
};

describe('a flag', () => {
  it('asks the staff to look, tells no other student, and is taken back by who raised it', async () => {
    const { world, ana, ben, instructor, his } = await newClass();
    const flagged = await act(world, ana, 'PUT', his, 'flag', { reason: 'copied from the reading' });
    expect(flagged).toMatchObject({ status: 200, body: { post: his, reason: 'copied from the reading' } });
    for (const who of [ana, ben]) expect((await list(world, who)).text).not.toMatch(/flags|copied/);
    const seen = await list(world, instructor);
    expect(seen.body.items.map((post: { flags: number }) => post.flags)).toEqual([0, 1]);
    for (const post of [his, 'nothing'])
      expect(await act(world, ben, 'DELETE', post, 'flag')).toMatchObject({
        status: 404,
        ...problem('flag-not-found'),
      });
    expect((await act(world, ana, 'DELETE', his, 'flag')).status).toBe(204);
    expect(await act(world, ana, 'DELETE', his, 'flag')).toMatchObject(problem('flag-not-found'));
    expect((await queue(world, instructor)).body.items).toEqual([]);
  });

  it('is never for a post of your own, one you may not see, or one that is gone', async () => {
    const { world, ana, ben, instructor, hers, his } = await newClass();
    const reason = { reason: 'look' };
    expect(await act(world, ana, 'PUT', hers, 'flag', reason)).toMatchObject({ status: 403, ...problem('own-post') });
    const newcomer = await world.learner();
    expect(await act(world, newcomer, 'PUT', hers, 'flag', reason)).toMatchObject(problem('post-not-found'));
    await act(world, instructor, 'PUT', his, 'hiding', reason);
    expect(await act(world, ana, 'PUT', his, 'flag', reason)).toMatchObject(problem('post-removed'));
    await world.request(ana.token, 'DELETE', world.at(`/posts/${hers}`));
    expect(await act(world, ben, 'PUT', hers, 'flag', reason)).toMatchObject(problem('post-removed'));
    expect((await act(world, ben, 'PUT', hers, 'flag', { reason: ' ' })).status).toBe(422);
  });

  it('is cleared by the staff with all others of the post, and may be raised again', async () => {
    const { world, ana, instructor, his } = await newClass();
    const assistant = await world.assistant();
    for (const who of [ana, instructor]) await act(world, who, 'PUT', his, 'flag', { reason: 'look' });
    expect((await act(world, ana, 'DELETE', his, 'flags')).status).toBe(403);
    expect((await act(world, assistant, 'DELETE', his, 'flags', { reason: 'all quoted well' })).status).toBe(204);
    expect(await act(world, assistant, 'DELETE', his, 'flags')).toMatchObject(problem('flag-not-found'));
    expect((await queue(world, instructor)).body.items).toEqual([]);
    world.clock.now += 1000;
    const again = await act(world, ana, 'PUT', his, 'flag', { reason: 'look again' });
    expect(again.body.createdAt).toBe(new Date(world.clock.now).toISOString());
    expect((await queue(world, instructor)).body.items[0].flags).toMatchObject([{ reason: 'look again' }]);
  });
});

describe('a locked thread', () => {
  it('takes no more replies, at any depth and from anybody, until it is unlocked', async () => {
    const { world, ana, ben, instructor, hers } = await newClass();
    const reply = await world.post(ben, 'Q003.1', { body: words(20), parentId: hers });
    expect((await act(world, ana, 'PUT', hers, 'lock')).status).toBe(403);
    expect((await act(world, instructor, 'PUT', hers, 'lock')).body).toMatchObject({ id: hers, locked: true });
    for (const parentId of [hers, reply.body.id])
      for (const who of [ana, instructor])
        expect(await world.post(who, 'Q003.1', { body: words(20), parentId })).toMatchObject({
          status: 409,
          ...problem('post-locked'),
        });
    expect((await list(world, ana)).body.items[0].locked).toBe(true);
    expect((await act(world, instructor, 'DELETE', hers, 'lock')).status).toBe(204);
    expect((await world.post(ana, 'Q003.1', { body: words(20), parentId: reply.body.id })).status).toBe(201);
  });

  it('gives a reply that was sent before the lock its first response again', async () => {
    const { world, ben, instructor, hers } = await newClass();
    const send = () =>
      world.post(ben, 'Q003.1', { body: words(20), parentId: hers }, { 'idempotency-key': 'before-the-lock' });
    const first = await send();
    await act(world, instructor, 'PUT', hers, 'lock');
    expect((await send()).text).toBe(first.text);
  });

  it('is locked at its head only', async () => {
    const { world, ben, instructor, hers } = await newClass();
    const reply = await world.post(ben, 'Q003.1', { body: words(20), parentId: hers });
    for (const what of ['lock', 'pin'])
      expect(await act(world, instructor, 'PUT', reply.body.id, what)).toMatchObject({
        status: 409,
        ...problem('post-is-reply'),
      });
  });
});

describe('pinned posts', () => {
  it('stand first, on the first page alone, and every post comes once', async () => {
    const { world, ana, instructor, hers, his } = await newClass();
    const ids = [hers, his];
    for (let index = 0; index < 4; index++) ids.push((await world.post(ana, 'Q003.1', own(`more${index}`))).body.id);
    for (const index of [4, 2]) await act(world, instructor, 'PUT', ids[index]!, 'pin');
    const seen: string[] = [];
    let next: string | undefined = '?limit=2';
    while (next) {
      const page = await list(world, ana, next);
      seen.push(...idsIn(page));
      next = /<[^?]*(\?[^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual([2, 4, 0, 1, 3, 5].map((index) => ids[index]));
    expect((await list(world, ana)).body.items[0].pinned).toBe(true);
    expect((await act(world, instructor, 'DELETE', ids[2]!, 'pin')).status).toBe(204);
    expect(idsIn(await list(world, ana))[0]).toBe(ids[4]);
  });

  it('are five at most, and a deleted one is pinned no more', async () => {
    const { world, ana, instructor, hers, his } = await newClass();
    const ids = [hers, his];
    for (let index = 0; index < 4; index++) ids.push((await world.post(ana, 'Q003.1', own(`more${index}`))).body.id);
    for (const id of ids.slice(0, 5)) expect((await act(world, instructor, 'PUT', id, 'pin')).status).toBe(200);
    expect((await act(world, instructor, 'PUT', hers, 'pin')).status).toBe(200);
    expect(await act(world, instructor, 'PUT', ids[5]!, 'pin')).toMatchObject(problem('pins-used-up'));
    await world.request(ana.token, 'DELETE', world.at(`/posts/${hers}`));
    expect((await act(world, instructor, 'PUT', ids[5]!, 'pin')).status).toBe(200);
    expect(await act(world, instructor, 'PUT', hers, 'pin')).toMatchObject(problem('post-removed'));
  });

  it('open no gate: who has not posted sees none', async () => {
    const { world, instructor, hers } = await newClass();
    await act(world, instructor, 'PUT', hers, 'pin');
    expect((await list(world, await world.learner())).body).toMatchObject({ items: [], gate: { open: false } });
  });
});

describe('where first posts are held', () => {
  it("a newcomer's post counts and opens their gate, but only they and the staff can read it, by any route", async () => {
    const world = await newWorld();
    const [ana, instructor] = [await world.learner('Ana'), await world.instructor()];
    await world.post(ana, 'Q003.1', own('ana'));
    await holdFirstPosts(world, instructor);
    const eve = await world.learner('Eve');
    const held = await world.post(eve, 'Q003.1', own('secret'));
    expect(held.body).toMatchObject({ held: true, state: 'visible', participation: { points: 2 } });
    const id = held.body.id as string;
    const onHerOwn = await world.post(eve, 'Q003.1', { body: words(20, 'secret'), parentId: id });
    expect(onHerOwn.body.held).toBe(true);

    for (const post of [id, onHerOwn.body.id])
      for (const path of readings(post))
        expect((await world.request(ana.token, 'GET', world.at(path))).text, path).not.toContain('secret');
    expect(idsIn(await list(world, ana))).toHaveLength(1);
    const reply = { body: words(20), parentId: id };
    expect(await world.post(ana, 'Q003.1', reply)).toMatchObject({ status: 404, ...problem('post-not-found') });
    expect(await world.post(instructor, 'Q003.1', reply)).toMatchObject({ status: 409, ...problem('post-held') });
    expect(await act(world, ana, 'PUT', id, 'flag', { reason: 'x' })).toMatchObject(problem('post-not-found'));
    expect((await world.request(ana.token, 'DELETE', world.at(`/posts/${id}`))).status).toBe(404);

    const hers = await list(world, eve);
    expect(hers.body.gate.open).toBe(true);
    expect(hers.body.items.map((post: { held: boolean }) => post.held)).toEqual([false, true, true]);
    expect((await list(world, instructor)).body.items[1]).toMatchObject({ id, held: true });
  });

  it('a post is released to all, and its author is held no more', async () => {
    const world = await newWorld();
    const [ana, instructor, assistant] = [await world.learner(), await world.instructor(), await world.assistant()];
    await world.post(ana, 'Q003.1', own('ana'));
    await holdFirstPosts(world, instructor);
    const eve = await world.learner('Eve');
    const [first, second] = [
      await world.post(eve, 'Q003.1', own('first')),
      await world.post(eve, 'Q003.1', own('second')),
    ];
    expect((await act(world, eve, 'PUT', first.body.id, 'release')).status).toBe(403);
    expect((await act(world, assistant, 'PUT', first.body.id, 'release')).body.held).toBe(false);
    expect(idsIn(await list(world, ana))).toContain(first.body.id);
    expect(idsIn(await list(world, ana))).not.toContain(second.body.id);
    expect((await world.post(eve, 'Q003.1', own('third'))).body.held).toBe(false);
    expect((await world.post(ana, 'Q003.1', { body: words(20), parentId: first.body.id })).status).toBe(201);
  });

  it('a reply to a held post is released after it', async () => {
    const world = await newWorld();
    const [eve, instructor] = [await world.learner(), await world.instructor()];
    await holdFirstPosts(world, instructor);
    const post = await world.post(eve, 'Q003.1', own('eve'));
    await holdFirstPosts(world, instructor, false);
    const reply = await world.post(eve, 'Q003.1', { body: words(20), parentId: post.body.id });
    expect(reply.body.held).toBe(true);
    expect(await act(world, instructor, 'PUT', reply.body.id, 'release')).toMatchObject(problem('post-held'));
    for (const { body } of [post, reply])
      expect((await act(world, instructor, 'PUT', body.id, 'release')).status).toBe(200);
  });

  it('who stands in public already is not held, nor are staff; what was under the floor is, once it is over', async () => {
    const { world, ana, instructor, hers } = await newClass();
    const eve = await world.learner();
    const short = await world.post(eve, 'Q003.1', { body: 'Too short.' });
    await holdFirstPosts(world, instructor);
    const more = await world.post(ana, 'Q003.1', own('more'));
    expect(more.body.held).toBe(false);
    expect((await world.post(instructor, 'Q003.1', { body: 'Welcome!' })).body.held).toBe(false);
    const path = world.at(`/posts/${short.body.id}`);
    const lifted = await world.request(eve.token, 'PATCH', path, own('secret'), { 'if-match': '*' });
    expect(lifted.body).toMatchObject({ state: 'visible', held: true });
    expect((await list(world, ana)).text).not.toContain('secret');
    for (const id of [hers, more.body.id]) await act(world, instructor, 'PUT', id, 'hiding', { reason: 'rude' });
    expect((await world.post(ana, 'Q003.1', own('again'))).body.held).toBe(true);
  });
});

describe('a hidden post', () => {
  it('cannot be read by any other student on any route, its versions and exports too', async () => {
    const { world, ana, ben, instructor, his } = await newClass();
    const path = world.at(`/posts/${his}`);
    await world.request(ben.token, 'PATCH', path, own('secret'), { 'if-match': '*' });
    await act(world, instructor, 'PUT', his, 'pin');
    await act(world, instructor, 'PUT', his, 'hiding', { reason: 'insults a classmate' });
    for (const who of [ana, ben])
      for (const reading of readings(his))
        expect((await world.request(who.token, 'GET', world.at(reading))).text, reading).not.toMatch(
          who === ben ? /secret\d|ben\d/ : /secret\d|insults|ben\d/,
        );
  });
});

describe('the review queue', () => {
  it('shows staff what waits, the oldest first: who flagged it, why, since when, and the post', async () => {
    const { world, ana, ben, instructor, hers, his } = await newClass();
    await holdFirstPosts(world, instructor);
    const eve = await world.learner('Eve');
    world.clock.now += 1000;
    await act(world, ben, 'PUT', hers, 'flag', { reason: 'off topic' });
    world.clock.now += 1000;
    const held = await world.post(eve, 'Q003.1', own('eve'));
    world.clock.now += 1000;
    await act(world, ana, 'PUT', his, 'flag', { reason: 'rude' });
    await act(world, instructor, 'PUT', hers, 'flag', { reason: 'I agree' });
    expect((await queue(world, ana)).status).toBe(403);

    const { body } = await queue(world, await world.assistant());
    expect(body.items.map((item: { post: { id: string } }) => item.post.id)).toEqual([hers, held.body.id, his]);
    expect(body.items[0]).toMatchObject({
      flags: [
        { by: { id: ben.id, name: 'Ben' }, reason: 'off topic' },
        { by: { id: instructor.id }, reason: 'I agree' },
      ],
      post: { flags: 2, held: false, author: { name: 'Ana' } },
    });
    expect(body.items[0].since).toBe(body.items[0].flags[0].createdAt);
    expect(body.items[1]).toMatchObject({ flags: [], post: { held: true } });

    const seen: string[] = [];
    let next: string | undefined = '?limit=1';
    while (next) {
      const { result: page, trips } = await world.tripsOf(() => queue(world, instructor, next));
      expect([page.body.items.length, trips]).toEqual([1, 1]);
      seen.push(page.body.items[0].post.id);
      next = /<[^?]*(\?[^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual([hers, held.body.id, his]);
  });

  it('loses what was hidden, deleted, released or cleared', async () => {
    const { world, ana, ben, instructor, hers, his } = await newClass();
    await holdFirstPosts(world, instructor);
    const held = await world.post(await world.learner(), 'Q003.1', own('eve'));
    const more = await world.post(ben, 'Q003.1', own('more'));
    for (const id of [his, more.body.id]) await act(world, ana, 'PUT', id, 'flag', { reason: 'look' });
    await act(world, ben, 'PUT', hers, 'flag', { reason: 'look' });
    const left = async () => (await queue(world, instructor)).body.items.length;
    expect(await left()).toBe(4);
    await act(world, instructor, 'PUT', hers, 'hiding', { reason: 'rude' });
    expect(await left()).toBe(3);
    await world.request(ben.token, 'DELETE', world.at(`/posts/${his}`));
    expect(await left()).toBe(2);
    await act(world, instructor, 'PUT', held.body.id, 'release');
    expect(await left()).toBe(1);
    await act(world, instructor, 'DELETE', more.body.id, 'flags');
    expect(await left()).toBe(0);
  });
});

describe('the audit', () => {
  it('has every act of moderation once, with who, what and why, newest first', async () => {
    const { world, ana, instructor, his } = await newClass();
    const assistant = await world.assistant();
    for (const reason of ['rude', 'rude']) await act(world, ana, 'PUT', his, 'flag', { reason });
    for (const what of ['lock', 'lock', 'pin', 'pin']) await act(world, assistant, 'PUT', his, what);
    for (const what of ['lock', 'pin', 'pin']) await act(world, assistant, 'DELETE', his, what);
    await act(world, instructor, 'DELETE', his, 'flags', { reason: 'it is irony' });
    await act(world, instructor, 'PUT', his, 'release');
    const events = await audit(world, instructor, '?action=post-');
    expect(events.map(({ action }) => action)).toEqual([
      'post-flags-cleared',
      'post-unpinned',
      'post-unlocked',
      'post-pinned',
      'post-locked',
      'post-flagged',
    ]);
    expect(events[0]).toMatchObject({ actor: `person:${instructor.id}`, subject: his, reason: 'it is irony' });
    expect(events[1]).toMatchObject({ actor: `person:${assistant.id}`, subject: his, reason: null });
    expect(events[5]).toMatchObject({ actor: `person:${ana.id}`, subject: his, reason: 'rude' });
  });

  it('is for instructors and the institution, comes in pages, and holds nothing of another course', async () => {
    const { world, ana, instructor } = await newClass();
    const paths = [world.at('/audit?limit=2')];
    const seen: string[] = [];
    for (const path of paths) {
      const { result: page, trips } = await world.tripsOf(() => world.request(instructor.token, 'GET', path));
      expect([page.status, trips]).toEqual([200, 1]);
      seen.push(...idsIn(page));
      const [, next] = /<([^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '') ?? [];
      if (next) paths.push(next);
    }
    expect(seen).toEqual([...seen].sort().reverse());
    expect(seen).toHaveLength(5);
    expect((await world.request(world.key, 'GET', world.at('/audit'))).body.items).toHaveLength(5);
    for (const who of [ana, await world.assistant()])
      expect((await world.request(who.token, 'GET', world.at('/audit'))).status).toBe(403);
    expect((await world.request(instructor.token, 'GET', world.at('/audit?action=%25'))).status).toBe(422);
    const other = await world.newCourse();
    const elsewhere = await world.request(world.key, 'GET', `/v1/courses/${other.id}/audit`);
    expect(elsewhere.body.items.map(({ action }: { action: string }) => action)).toEqual([
      'rules-published',
      'course-created',
    ]);
  });
});
