import { describe, expect, it } from 'vitest';
import { type Json, newWorld, type Somebody, type World } from '../world/world.ts';

/** A student who answered S29 with a claim that does not license the minority view, and contests the verdict. */
const newAppeal = async () => {
  const world = await newWorld();
  const [student, instructor] = [await world.learner('Ada'), await world.instructor()];
  const answer = await world.answer(student, 'S29', { role: 'smm', claims: ['003.09'] });
  const body = { answer: answer.body.id, claim: '003.09', body: 'The passage says so.' };
  const appeal = await world.request(student.token, 'POST', world.at('/appeals'), body);
  return { world, student, instructor, answer: answer.body, appeal };
};

const decide = (world: World, who: Somebody, id: string, body: unknown) =>
  world.request(who.token, 'PUT', world.at(`/appeals/${id}/decision`), body);

const pointsOf = async (world: World, who: Somebody) =>
  (await world.request(who.token, 'GET', world.at('/grades/me'))).body.items.find(
    ({ activity }: Json) => activity.id === 'S29',
  ).points;

describe('an appeal', () => {
  it('cites a claim, and shows the instructor the exact trace', async () => {
    const { world, student, instructor, appeal, answer } = await newAppeal();
    expect(appeal).toMatchObject({ status: 201, body: { state: 'open', claim: '003.09', answer: answer.id } });
    const queue = await world.request(instructor.token, 'GET', world.at('/appeals?state=open'));
    expect(queue.body.items.map(({ id }: Json) => id)).toEqual([appeal.body.id]);
    const read = await world.request(instructor.token, 'GET', world.at(`/appeals/${appeal.body.id}`));
    const about = (reply: Json) => reply.body.contested.verdict.trace.map((line: Json) => line.about);
    expect(about(read)).toContain('feedback');
    const own = await world.request(student.token, 'GET', world.at(`/appeals/${appeal.body.id}`));
    expect(about(own)).not.toContain('feedback');
  });

  it('is denied with a reason that the student reads, once', async () => {
    const { world, student, instructor, appeal } = await newAppeal();
    const denied = await decide(world, instructor, appeal.body.id, { decision: 'deny', reason: 'It is about reach.' });
    expect(denied).toMatchObject({ status: 200, body: { appeal: { state: 'denied' }, dryRun: null } });
    const read = await world.request(student.token, 'GET', world.at(`/appeals/${appeal.body.id}`));
    expect(read.body).toMatchObject({ state: 'denied', reason: 'It is about reach.' });
    const again = await decide(world, instructor, appeal.body.id, { decision: 'uphold', reason: 'x' });
    expect(again).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:appeal-decided' } });
  });

  it('is upheld without a draft where the rules say so already', async () => {
    const { world, instructor, appeal } = await newAppeal();
    const body = { decision: 'uphold', draft: false, reason: 'Done for everybody.' };
    const upheld = await decide(world, instructor, appeal.body.id, body);
    expect(upheld).toMatchObject({ status: 200, body: { appeal: { state: 'upheld' }, dryRun: null } });
    const draft = await world.request(instructor.token, 'GET', world.at('/rule-draft'));
    expect(draft.body.draft).toBe(false);
  });

  it('upheld drafts the rule and shows everybody who would gain, then publishing and regrading give it', async () => {
    const { world, student, instructor, appeal } = await newAppeal();
    const peer = await world.learner('Peer');
    await world.answer(peer, 'S29', { role: 'smm', claims: ['003.09'] });
    const upheld = await decide(world, instructor, appeal.body.id, { decision: 'uphold', reason: 'Fair.' });
    expect(upheld).toMatchObject({ status: 200, body: { movesThisAnswer: true, appeal: { state: 'upheld' } } });
    const run = upheld.body.dryRun;
    expect(run).toMatchObject({ state: 'ready', counts: { replace: { raised: 2, lowered: 0 } } });
    expect(upheld.body.appeal.dryRun).toBe(run.id);
    expect(await pointsOf(world, student)).toBe(1);
    await world.request(instructor.token, 'POST', world.at('/rule-draft/publication'));
    const body = { dryRun: run.id, policy: 'raise-only', reason: 'appeal' };
    const applied = await world.request(instructor.token, 'POST', world.at('/regrades'), body, {
      'if-match': `"${run.hash}"`,
    });
    expect(applied).toMatchObject({ status: 202, body: { state: 'done', done: 2 } });
    expect([await pointsOf(world, student), await pointsOf(world, peer)]).toEqual([4, 4]);
  });

  it("is of one's own answer, cites a known claim, and is one at a time", async () => {
    const { world, student, answer } = await newAppeal();
    const other = await world.learner();
    const make = (who: Somebody, body: object) =>
      world.request(who.token, 'POST', world.at('/appeals'), {
        answer: answer.id,
        claim: '003.09',
        body: 'x',
        ...body,
      });
    expect((await make(other, {})).body.type).toBe('urn:cmgrclass:problem:answer-not-found');
    expect((await make(student, { claim: '000.22' })).body.type).toBe('urn:cmgrclass:problem:claim-not-cited');
    expect((await make(student, { claim: '999.99' })).body.type).toBe('urn:cmgrclass:problem:unknown-claim');
    expect((await make(student, {})).body.type).toBe('urn:cmgrclass:problem:appeal-exists');
  });

  it('is nobody else’s to read', async () => {
    const { world, appeal } = await newAppeal();
    const other = await world.learner();
    expect((await world.request(other.token, 'GET', world.at(`/appeals/${appeal.body.id}`))).status).toBe(404);
    expect((await world.request(other.token, 'GET', world.at('/appeals'))).body.items).toEqual([]);
  });

  it('sent again under the same key is the same appeal', async () => {
    const { world, student } = await newAppeal();
    const answer = await world.answer(student, 'S01', { role: 'cm', claims: ['000.07'] });
    const send = () =>
      world.request(
        student.token,
        'POST',
        world.at('/appeals'),
        { answer: answer.body.id, claim: '000.07', body: 'x' },
        { 'idempotency-key': 'one' },
      );
    const [first, second] = [await send(), await send()];
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
  });
});
