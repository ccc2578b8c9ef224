import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { newWorld, type Somebody, type World, words } from '../world/world.ts';

const own = (seed: string) => ({ body: words(60, seed), claims: ['001.13'], role: 'cm' });
const problem = (name: string) => ({ body: { type: `urn:cmgrclass:problem:${name}` } });
const dataOf = (world: World, who: { token: string }, person = 'me') =>
  world.request(who.token, 'GET', world.at(`/people/${person}/data`));
const erase = (world: World, token: string, person: string, course = world.course) =>
  world.request(token, 'DELETE', `/v1/courses/${course}/people/${person}/data`, { reason: 'asked for it' });

/** Contests an answer, as its author will be able to. */
const insertAppeal = (world: World, who: Somebody, answer: string, body: string) =>
  world.db.$client.execute({
    sql: `insert into appeal (id, institution_id, course_id, person_id, answer_id, scenario, claim, body, state, created_at)
      values (?, ?, ?, ?, ?, 'S29', '000.22', ?, 'open', 0)`,
    args: [v7(), world.institution, world.course, who.id, answer, body],
  });

/** A class in which Ana has done everything that a student can, all in the word "secret". */
const newClass = async () => {
  const world = await newWorld();
  const [ana, ben, instructor] = [await world.learner('Ana Secret'), await world.learner(), await world.instructor()];
  const his = (await world.post(ben, 'Q003.1', own('ben'))).body.id as string;
  const answer = await world.answer(ana, 'S29', { role: 'cm', claims: ['001.13'], reason: 'my secret reason' });
  const post = (await world.post(ana, 'Q003.1', own('secret'))).body.id as string;
  const tag = { 'if-match': '*' };
  world.clock.now += 1000;
  await world.request(ana.token, 'PATCH', world.at(`/posts/${post}`), { body: words(70, 'secretly') }, tag);
  const reply = (await world.post(ben, 'Q003.1', { body: words(20, 'answer'), parentId: post })).body.id as string;
  await world.request(ana.token, 'PUT', world.at('/prompts/Q003.1/draft'), { body: 'a secret draft' });
  await world.request(ana.token, 'PUT', world.at(`/posts/${his}/flag`), { reason: 'a secret flag' });
  await insertAppeal(world, ana, answer.body.id, 'a secret appeal');
  const override = { points: 3.5, reason: 'argued it well' };
  const path = world.at(`/people/${ana.id}/grades/scenario/S29/override`);
  await world.request(instructor.token, 'PUT', path, override);
  const dates = { dueAt: '2030-01-01T00:00:00Z' };
  await world.request(instructor.token, 'PUT', world.at(`/people/${ana.id}/extensions/4`), dates);
  return { world, ana, ben, instructor, his, post, reply, answer: answer.body.id as string };
};

/** Every word that the database keeps for the institution. */
const everything = async (world: World) => {
  const tables = await world.db.$client.execute(
    "select name from sqlite_schema where type = 'table' and sql like '%institution_id%'",
  );
  const results = await world.db.$client.batch(
    tables.rows.map(({ name }) => ({
      sql: `select * from ${name} where institution_id = ?`,
      args: [world.institution],
    })),
  );
  return JSON.stringify(results.map(({ rows }) => rows));
};

describe("a person's data", () => {
  it('does not erase or withdraw the last instructor, unless the institution does', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    const path = world.at(`/people/${instructor.id}`);
    const erased = await world.request(instructor.token, 'DELETE', `${path}/data`, { reason: 'oops' });
    expect(erased).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:last-instructor' } });
    const withdrawn = await world.request(instructor.token, 'PATCH', path, { withdrawn: true }, { 'if-match': '*' });
    expect(withdrawn).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:last-instructor' } });
    await world.instructor();
    expect((await world.request(world.key, 'DELETE', `${path}/data`, { reason: 'has left' })).status).toBe(200);
  });

  it('are one document of everything kept about them, in one round trip', async () => {
    const { world, ana, instructor, his, post, answer } = await newClass();
    const { result, trips } = await world.tripsOf(() => dataOf(world, ana));
    expect([result.status, trips]).toEqual([200, 1]);
    expect(result.body).toMatchObject({
      person: { id: ana.id, externalId: ana.externalId, name: 'Ana Secret', role: 'learner', withdrawn: false },
      extensions: [{ kind: 'unit', activity: '4', dueAt: '2030-01-01T00:00:00.000Z' }],
      answers: [{ id: answer, scenario: 'S29', reason: 'my secret reason', credit: 1, points: 4 }],
      posts: [{ id: post, versions: [{ version: 1, body: words(60, 'secret') }, { version: 2 }] }],
      drafts: [{ prompt: 'Q003.1', body: 'a secret draft' }],
      grades: [
        { activity: { kind: 'prompt', id: 'Q003.1' }, automatic: 2, override: null },
        { activity: { kind: 'scenario', id: 'S29' }, automatic: 4, override: 3.5 },
      ],
      appeals: [{ answer, claim: '000.22', body: 'a secret appeal', state: 'open' }],
      flags: [{ post: his, reason: 'a secret flag', clearedAt: null }],
    });
    expect(result.body.gradeEvents.map(({ type }: { type: string }) => type)).toEqual(['participation', 'override']);
    expect((await dataOf(world, ana, ana.id)).text).toBe(result.text);
    for (const token of [instructor.token, world.key])
      expect((await dataOf(world, { token }, ana.id)).text).toBe(result.text);
  });

  it("are no classmate's to read, nor to erase", async () => {
    const { world, ana, ben } = await newClass();
    for (const who of [ben, await world.assistant()]) {
      expect(await dataOf(world, who, ana.id)).toMatchObject({ status: 403, ...problem('not-permitted') });
      expect((await erase(world, who.token, ana.id)).status).toBe(403);
    }
    expect((await erase(world, ana.token, ana.id)).status).toBe(403);
    const other = await newWorld();
    expect((await dataOf(other, await other.instructor(), ana.id)).body.type).toContain('person-not-found');
    expect((await erase(other, other.key, ana.id)).body.type).toContain('person-not-found');
    expect((await dataOf(world, { token: other.key }, ana.id)).body.type).toContain('course-not-found');
    expect((await dataOf(world, { token: world.key })).body.type).toContain('person-not-found');
  });

  it('hold what the person deleted themself, but of a hidden text only that it is there, and why', async () => {
    const { world, ana, instructor, post } = await newClass();
    const more = (await world.post(ana, 'Q003.1', own('gone'))).body.id as string;
    await world.request(ana.token, 'DELETE', world.at(`/posts/${more}`));
    await world.request(instructor.token, 'PUT', world.at(`/posts/${post}/hiding`), { reason: 'rude' });
    const { body } = await dataOf(world, ana);
    expect(body.posts).toMatchObject([
      { id: post, hiddenReason: 'rude', versions: [{ body: null }, { body: null }] },
      { id: more, versions: [{ body: words(60, 'gone') }] },
    ]);
    const seen = await dataOf(world, instructor, ana.id);
    expect(seen.body.posts[0]).toMatchObject({ hiddenReason: 'rude', versions: [{ body: words(60, 'secret') }, {}] });
  });

  it('come whole, however much was written', async () => {
    const { world, ana } = await newClass();
    for (let index = 0; index < 55; index++) await world.post(ana, 'Q000.1', { body: `Thought ${index}.` });
    const { body } = await dataOf(world, ana);
    expect(body.posts).toHaveLength(56);
    expect(new Set(body.posts.map(({ id }: { id: string }) => id)).size).toBe(56);
  });
});

describe('erasing a person', () => {
  it('leaves no word of theirs nor their name anywhere, and nobody finds them by their id in the LMS', async () => {
    const { world, ana, instructor } = await newClass();
    const headers = { 'idempotency-key': 'enrolled' };
    const enrolment = { externalId: ana.externalId, name: 'Ana Secret', role: 'learner' };
    await world.request(world.key, 'POST', world.at('/people'), enrolment, headers);
    const { result, trips } = await world.tripsOf(() => erase(world, instructor.token, ana.id));
    expect([result.status, trips]).toEqual([200, 1]);
    expect(result.body).toMatchObject({ person: ana.id, identity: 'erased' });
    const left = await everything(world);
    expect(left).not.toMatch(/secret/i);
    expect(left).not.toContain(ana.externalId);
    const session = world.request(world.key, 'POST', world.at('/sessions'), { externalId: ana.externalId });
    expect(await session).toMatchObject({ status: 404, ...problem('person-not-found') });
    const again = await world.request(world.key, 'POST', world.at('/people'), enrolment);
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(ana.id);
  });

  it('leaves nothing of them in what a retry of a roster import is answered with, but how many it changed', async () => {
    const world = await newWorld();
    const boss = await world.instructor();
    const csv = (rows: string) => `externalId,name\n${rows}`;
    const roster = (token: string, rows: string, key: string) =>
      world.request(token, 'POST', world.at('/roster?withdrawMissing=true'), csv(rows), {
        'content-type': 'text/csv',
        'idempotency-key': key,
      });
    const first = await roster(world.key, 'lms-eve,Eve Secret\nlms-ben,Ben\n', 'all');
    await roster(boss.token, 'lms-ben,Ben\n', 'without-her');
    const people = (await world.request(world.key, 'GET', world.at('/people'))).body.items;
    const eve = people.find(({ externalId }: { externalId: string }) => externalId === 'lms-eve');
    expect(await everything(world)).toMatch(/lms-eve.*Eve Secret|Eve Secret.*lms-eve/);
    expect((await erase(world, boss.token, eve.id)).body).toMatchObject({ identity: 'erased' });
    expect(await everything(world)).not.toMatch(/secret|lms-eve/i);

    const replay = await roster(world.key, 'lms-eve,Eve Secret\nlms-ben,Ben\n', 'all');
    expect(replay.headers.get('idempotency-replayed')).toBe('true');
    const { counts, changes, kept } = first.body;
    expect(counts.enrol).toBe(2);
    const others = changes.filter(({ externalId }: { externalId: string }) => externalId !== 'lms-eve');
    expect(replay.body).toEqual({ counts, changes: others, kept });
    const audit = await world.request(boss.token, 'GET', world.at('/audit?action=person-'));
    const hers = audit.body.items.filter(({ subject }: { subject: string }) => subject === eve.id);
    expect(hers.map(({ action }: { action: string }) => action)).toEqual([
      'person-erased',
      'person-changed',
      'person-enrolled',
    ]);
  });

  it('ends their sessions, and keeps the ledger, the grades and the shape of threads', async () => {
    const { world, ana, ben, instructor, post, reply, answer } = await newClass();
    const before = await dataOf(world, instructor, ana.id);
    await erase(world, world.key, ana.id);
    expect(await dataOf(world, ana)).toMatchObject({ status: 401, ...problem('enrolment-ended') });
    const after = await dataOf(world, instructor, ana.id);
    expect(after.body).toMatchObject({
      person: { id: ana.id, name: null, withdrawn: true },
      answers: [{ id: answer, reason: null, claims: ['001.13'], credit: 1, points: 4 }],
      posts: [{ id: post, versions: [{ body: '' }, { body: '' }] }],
      drafts: [],
      appeals: [{ body: '' }],
      flags: [{ reason: '' }],
    });
    expect(after.body.grades).toEqual(before.body.grades);
    expect(after.body.gradeEvents).toEqual(before.body.gradeEvents);
    expect(after.body.gradeEvents[1].reason).toBe('argued it well');
    const replay = await world.request(instructor.token, 'POST', world.at(`/grade-events/${answer}/replay`));
    expect(replay.body.same).toBe(true);

    const { body } = await world.request(ben.token, 'GET', world.at('/prompts/Q003.1/posts'));
    expect(body.items).toMatchObject([
      {},
      { id: post, state: 'deleted', body: null, html: null, author: { name: `Participant ${ana.id.slice(-4)}` } },
      { id: reply, parentId: post, state: 'visible' },
    ]);
  });

  it('is done once however often it is asked, and every time told in the audit', async () => {
    const { world, ana, instructor } = await newClass();
    const first = await erase(world, instructor.token, ana.id);
    const people = (await world.request(world.key, 'GET', world.at('/people'))).body.items;
    expect((await erase(world, instructor.token, ana.id)).body).toEqual(first.body);
    expect((await world.request(world.key, 'GET', world.at('/people'))).body.items).toEqual(people);
    const audit = await world.request(instructor.token, 'GET', world.at('/audit?action=person-erased'));
    const line = { actor: `person:${instructor.id}`, subject: ana.id, reason: 'asked for it' };
    expect(audit.body.items).toMatchObject([line, line]);
    expect((await world.request(instructor.token, 'DELETE', world.at(`/people/${ana.id}/data`), {})).status).toBe(422);
  });

  it('keeps the name of somebody who is in another course, and their work there, until that ends too', async () => {
    const { world, ana, instructor } = await newClass();
    const other = await world.newCourse();
    const at = (path: string) => `/v1/courses/${other.id}${path}`;
    const { externalId } = ana;
    await world.request(world.key, 'POST', at('/people'), { externalId, role: 'learner' });
    const { body } = await world.request(world.key, 'POST', at('/sessions'), { externalId });
    await world.request(body.token, 'POST', at('/prompts/Q003.1/posts'), own('elsewhere'));

    expect((await erase(world, instructor.token, ana.id)).body).toMatchObject({ identity: 'kept' });
    const left = await world.request(body.token, 'GET', at('/people/me/data'));
    expect(left.body.person.name).toBe('Ana Secret');
    expect(left.text).toContain('elsewhere0');
    expect((await dataOf(world, instructor, ana.id)).text).not.toMatch(/secret\d/);

    expect((await erase(world, world.key, ana.id, other.id)).body).toMatchObject({ identity: 'erased' });
    expect(await everything(world)).not.toMatch(/secret|elsewhere\d/i);
  });
});
