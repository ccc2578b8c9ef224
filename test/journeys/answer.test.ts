import { describe, expect, it } from 'vitest';
import { newWorld, publish, type Reply, type World } from '../world/world.ts';

type Line = { about: string; role: string; applied: boolean; credit: number; claims: string[]; says: string };
const traceOf = ({ body }: Reply): Line[] => body.verdict.trace;
const day = 86_400_000;

const setDates = async (world: World, dates: Record<string, string | null>) => {
  const instructor = await world.instructor();
  const { status } = await world.request(instructor.token, 'PUT', world.at('/schedule/unit/4'), dates);
  expect(status).toBe(200);
  return instructor;
};
const inDays = (world: World, days: number) => new Date(world.clock.now + days * day).toISOString();

describe('a contested scenario, answered three ways', () => {
  it('gives full credit to the majority view with evidence, and names the claim that licensed it', async () => {
    const world = await newWorld();
    const reply = await world.answer(await world.learner(), 'S29', { role: 'cm', claims: ['001.13'] });
    expect(reply.status).toBe(201);
    expect(reply.body.verdict).toMatchObject({ credit: 1, points: 4, max: 4 });
    expect(reply.body.grade).toEqual({ points: 4, max: 4 });
    expect(traceOf(reply)[0]).toMatchObject({ role: 'cm', applied: true, claims: ['001.13'] });
  });

  it('gives less to the same role without evidence, says so, and does not say which claim would do', async () => {
    const world = await newWorld();
    const reply = await world.answer(await world.learner(), 'S29', { role: 'cm' });
    expect(reply.body.verdict).toMatchObject({ credit: 0.75, points: 3 });
    expect(reply.body.reveal).toBeNull();
    const text = JSON.stringify(traceOf(reply));
    expect(text).toContain('for the role alone');
    expect(text).toContain('would license more');
    expect(text).not.toMatch(/\d{3}[ab]?\.\d{2}|Barclay|Honea/);
    expect(traceOf(reply).some(({ about }) => about === 'feedback')).toBe(false);
  });

  it('gives full credit to the minority view with the one claim that licenses it, and a quarter without', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const bare = await world.answer(student, 'S29', { role: 'smm', claims: ['001.13'] });
    expect(bare.body.verdict.credit).toBe(0.25);
    expect(JSON.stringify(bare.body.verdict)).not.toContain('000.22');
    const cited = await world.answer(student, 'S29', { role: 'smm', claims: ['000.22'] });
    expect(cited.body.verdict.credit).toBe(1);
    expect(traceOf(cited)[0]).toMatchObject({ role: 'smm', claims: ['000.22'] });
    expect(cited.body.attempts).toEqual({ max: 3, used: 2 });
  });
});

describe('what is revealed', () => {
  it('opens at full credit: who says what, voice by voice', async () => {
    const world = await newWorld();
    const { body } = await world.answer(await world.learner(), 'S29', { role: 'cm', claims: ['001.13'] });
    expect(body.reveal.verdict).toBe('contested');
    expect(body.reveal.voices).toContainEqual({ source: '000', role: 'smm', stance: 'asserts', claims: ['000.22'] });
    expect(new Set(body.reveal.voices.map((voice: { source: string }) => voice.source))).toEqual(
      new Set(['000', '001', '002a', '002b', '003']),
    );
  });

  it('opens with the last attempt, for the earlier answers too', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const first = await world.answer(student, 'S29', { role: 'neither' });
    await world.answer(student, 'S29', { role: 'neither' });
    const last = await world.answer(student, 'S29', { role: 'both' });
    expect(first.body.reveal).toBeNull();
    expect(last.body.reveal).not.toBeNull();
    const again = await world.request(student.token, 'GET', world.at(`/scenarios/S29/answers/${first.body.id}`));
    expect(again.body.reveal.verdict).toBe('contested');
  });

  it('opens when the due date has passed, and not before', async () => {
    const world = await newWorld();
    await setDates(world, { dueAt: inDays(world, 7) });
    const student = await world.learner();
    const { body } = await world.answer(student, 'S29', { role: 'neither' });
    expect(body.reveal).toBeNull();
    const read = () => world.request(student.token, 'GET', world.at(`/scenarios/S29/answers/${body.id}`));
    expect((await read()).body.reveal).toBeNull();
    world.clock.now += 8 * day;
    expect((await read()).body.reveal.verdict).toBe('contested');
  });

  it('is the key of no scenario before it is answered', async () => {
    const world = await newWorld();
    const { body } = await world.request((await world.learner()).token, 'GET', world.at('/scenarios'));
    expect(body.items).toHaveLength(44);
    const text = JSON.stringify(body);
    for (const word of ['contested', 'credit', 'accepts', 'verdict', 'trap', 'topic'])
      expect(text).not.toContain(`"${word}`);
  });

  it('closes again for who got more attempts, and the points of a scenario tell nothing', async () => {
    const world = await newWorld();
    const student = await world.learner();
    for (let index = 0; index < 3; index++) await world.answer(student, 'S29', { role: 'neither' });
    const read = () => world.request(student.token, 'GET', world.at('/scenarios/S29/answers'));
    expect((await read()).body.items[0].reveal).not.toBeNull();
    await publish(world, (ruleSet) => {
      ruleSet.policy.attempts.max = 5;
    });
    expect((await read()).body.items[0]).toMatchObject({ reveal: null, attempts: { max: 5, used: 3 } });
    const { body } = await world.request(student.token, 'GET', world.at('/scenarios'));
    expect(new Set(body.items.map(({ points }: { points: number }) => points)).size).toBe(1);
  });

  it('closes the key in the receipt as well', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const { body } = await world.answer(student, 'S29', { role: 'smm' });
    const path = world.at(`/grade-events/${body.gradeEvent}`);
    const own = await world.request(student.token, 'GET', path);
    expect(own.body.verdict.credit).toBe(0.25);
    expect(own.text).not.toContain('000.22');
    const forStaff = await world.request((await world.instructor()).token, 'GET', path);
    expect(forStaff.text).toContain('000.22');
  });
});

describe('attempts and dates', () => {
  it('keeps the best attempt, and refuses one more than the policy allows', async () => {
    const world = await newWorld();
    const student = await world.learner();
    await world.answer(student, 'S29', { role: 'cm' });
    const second = await world.answer(student, 'S29', { role: 'neither' });
    expect(second.body.verdict.points).toBe(0);
    expect(second.body.grade.points).toBe(3);
    await world.answer(student, 'S29', { role: 'both' });
    const fourth = await world.answer(student, 'S29', { role: 'cm', claims: ['001.13'] });
    expect(fourth).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:attempts-used-up' } });
    const list = await world.request(student.token, 'GET', world.at('/scenarios/S29/answers'));
    expect(list.body.items.map((one: { attempt: number }) => one.attempt)).toEqual([1, 2, 3]);
  });

  it('never counts more attempts than allowed, though they come at once', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => world.answer(student, 'S01', { role: 'neither' })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409, 409, 409, 409]);
  });

  it('refuses an answer before the unit opens and after it closes, and says when', async () => {
    const world = await newWorld();
    await setDates(world, { opensAt: inDays(world, 1), closesAt: inDays(world, 2) });
    const student = await world.learner();
    const early = await world.answer(student, 'S29', { role: 'cm' });
    expect(early).toMatchObject({ status: 403, body: { type: 'urn:cmgrclass:problem:not-yet-open' } });
    expect(early.body.opensAt).toBe(inDays(world, 1));
    world.clock.now += 3 * day;
    const late = await world.answer(student, 'S29', { role: 'cm' });
    expect(late).toMatchObject({ status: 403, body: { type: 'urn:cmgrclass:problem:closed' } });
    const { body } = await world.request(student.token, 'GET', world.at('/scenarios/S29/answers'));
    expect(body.items).toEqual([]);
  });

  it('takes a tenth off for each begun day late, and tells why', async () => {
    const world = await newWorld();
    await setDates(world, { dueAt: inDays(world, 0) });
    world.clock.now += 1.5 * day;
    const { body } = await world.answer(await world.learner(), 'S29', { role: 'cm', claims: ['001.13'] });
    expect(body).toMatchObject({ late: true, points: 3.2, grade: { points: 3.2, max: 4 } });
    expect(body.verdict.points).toBe(4);
    expect(body.deductions).toEqual([{ kind: 'late', points: 0.8, says: 'Handed in 2 days late.' }]);
  });

  it('gives a person with an extension until the later of the two dates', async () => {
    const world = await newWorld();
    const instructor = await setDates(world, { dueAt: inDays(world, 1), closesAt: inDays(world, 2) });
    const [extended, other] = [await world.learner(), await world.learner()];
    const path = world.at(`/people/${extended.id}/extensions/4`);
    expect((await world.request(instructor.token, 'PUT', path, { dueAt: inDays(world, 5) })).status).toBe(200);
    world.clock.now += 4 * day;
    expect((await world.answer(extended, 'S29', { role: 'cm' })).body).toMatchObject({ late: false });
    expect((await world.answer(other, 'S29', { role: 'cm' })).status).toBe(403);
    const seen = await world.request(extended.token, 'GET', world.at('/scenarios/S29'));
    expect(seen.body).toMatchObject({ dueAt: inDays(world, 1), closesAt: inDays(world, 1) });
    const shown = await world.request(instructor.token, 'GET', world.at(`/people/${extended.id}`));
    expect(shown.body.extensions).toEqual([
      { kind: 'unit', activity: '4', opensAt: null, dueAt: inDays(world, 1), closesAt: null },
    ]);
    expect((await world.request(instructor.token, 'DELETE', path)).status).toBe(204);
    expect((await world.answer(extended, 'S29', { role: 'cm' })).status).toBe(403);
  });

  it("counts an extension of the unit for the unit's prompts too", async () => {
    const world = await newWorld();
    const [extended, other, instructor] = [await world.learner(), await world.learner(), await world.instructor()];
    const closes = { closesAt: inDays(world, 1) };
    await world.request(instructor.token, 'PUT', world.at('/schedule/prompt/Q003.1'), closes);
    const path = world.at(`/people/${extended.id}/extensions/1`);
    await world.request(instructor.token, 'PUT', path, { closesAt: inDays(world, 3) });
    world.clock.now += 2 * day;
    expect((await world.post(extended, 'Q003.1', { body: 'In time.' })).status).toBe(201);
    expect((await world.post(other, 'Q003.1', { body: 'Too late.' })).status).toBe(403);
  });
});

describe('sending an answer twice', () => {
  it('gives the first response again, byte by byte, and stores one answer', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const body = { role: 'cm', claims: ['001.13'], reason: 'Honea says so.' };
    const first = await world.answer(student, 'S29', body, { 'idempotency-key': 'one' });
    world.clock.now += day;
    const again = await world.answer(student, 'S29', body, { 'idempotency-key': 'one' });
    expect(again.status).toBe(201);
    expect(again.text).toBe(first.text);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const list = await world.request(student.token, 'GET', world.at('/scenarios/S29/answers'));
    expect(list.body.items).toHaveLength(1);
  });

  it('still answers when the attempts are used up or the unit has closed meanwhile', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const first = await world.answer(student, 'S29', { role: 'neither' }, { 'idempotency-key': 'one' });
    await world.answer(student, 'S29', { role: 'neither' });
    await world.answer(student, 'S29', { role: 'neither' });
    await setDates(world, { closesAt: inDays(world, 0) });
    const again = await world.answer(student, 'S29', { role: 'neither' }, { 'idempotency-key': 'one' });
    expect(again).toMatchObject({ status: 201, text: first.text });
  });

  it('refuses the key for another answer, and keeps keys of different people apart', async () => {
    const world = await newWorld();
    const [student, other] = [await world.learner(), await world.learner()];
    await world.answer(student, 'S29', { role: 'cm' }, { 'idempotency-key': 'one' });
    const reused = await world.answer(student, 'S29', { role: 'smm' }, { 'idempotency-key': 'one' });
    expect(reused).toMatchObject({ status: 422, body: { type: 'urn:cmgrclass:problem:idempotency-key-reused' } });
    const theirs = await world.answer(other, 'S29', { role: 'smm' }, { 'idempotency-key': 'one' });
    expect(theirs).toMatchObject({ status: 201, body: { role: 'smm', attempt: 1 } });
  });

  it('stores one answer, though the same request comes many times at once', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const send = () => world.answer(student, 'S29', { role: 'cm' }, { 'idempotency-key': 'one' });
    const replies = await Promise.all(Array.from({ length: 6 }, send));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(replies.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
  });
});
