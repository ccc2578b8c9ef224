import { describe, expect, it } from 'vitest';
import { advance } from '../../src/regrades/advance.ts';
import { type Json, newWorld, publish, type Somebody, type World, words } from '../world/world.ts';

/** A class that answered S29: the minority view bare, with its claim, with another claim; and the majority's. */
const newClass = async () => {
  const world = await newWorld();
  const instructor = await world.instructor();
  const [bare, other, full, overridden] = [
    await world.learner('Bare'),
    await world.learner('Other'),
    await world.learner('Full'),
    await world.learner('Overridden'),
  ];
  await world.answer(bare, 'S29', { role: 'smm' });
  await world.answer(other, 'S29', { role: 'smm', claims: ['003.09'] });
  await world.answer(full, 'S29', { role: 'cm', claims: ['001.13'] });
  await world.answer(overridden, 'S29', { role: 'smm', claims: ['003.09'] });
  const path = world.at(`/people/${overridden.id}/grades/scenario/S29/override`);
  await world.request(instructor.token, 'PUT', path, { points: 2, reason: 'said so in class' });
  return { world, instructor, bare, other, full, overridden };
};

/** Publishes rules under which 003.09 licenses the minority view, and the role alone earns nothing. */
const publishChange = (world: World) =>
  publish(world, ({ scenarios: { S29 } }) => {
    const bare = S29!.accepts.find(({ role, needs }) => role === 'smm' && !needs)!;
    bare.credit = 0;
    const licensed = S29!.accepts.find(({ role, needs }) => role === 'smm' && needs)!;
    licensed.needs = { any: ['000.22', '003.09'] };
  });

const dryRun = async (world: World, who: Somebody, body: unknown = {}) => {
  const started = await world.request(who.token, 'POST', world.at('/dry-runs'), body);
  expect(started.status).toBe(201);
  await world.settled();
  return world.request(who.token, 'GET', world.at(`/dry-runs/${started.body.id}`));
};

const changesOf = async (world: World, who: Somebody, id: string, query = '') =>
  (await world.request(who.token, 'GET', world.at(`/dry-runs/${id}/changes${query}`))).body.items;

const apply = async (world: World, who: Somebody, run: { id: string; hash: string }, policy: string) => {
  const reply = await world.request(
    who.token,
    'POST',
    world.at('/regrades'),
    { dryRun: run.id, policy, reason: 'rule changed' },
    { 'if-match': `"${run.hash}"` },
  );
  await world.settled();
  return reply;
};

const pointsOf = async (world: World, who: Somebody, scenario = 'S29') =>
  (await world.request(who.token, 'GET', world.at('/grades/me'))).body.items.find(
    ({ activity }: Json) => activity.id === scenario,
  ).points;

describe('a dry run', () => {
  it('tells who would gain or lose and why, and changes nothing', async () => {
    const { world, instructor, bare, other, full, overridden } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    expect(run).toMatchObject({
      state: 'ready',
      graded: 4,
      counts: {
        raiseOnly: { raised: 1, lowered: 0, same: 3 },
        replace: { raised: 1, lowered: 1, same: 2 },
        overridden: 1,
        changes: 3,
      },
    });
    const changes = await changesOf(world, instructor, run.id);
    const of = (who: Somebody) => changes.find(({ person }: Json) => person.id === who.id);
    expect(of(bare)).toMatchObject({ from: 1, to: 0, override: false, lmsWouldMove: false, crossesPass: false });
    expect(of(other)).toMatchObject({ from: 1, to: 4, override: false, lmsWouldMove: false, crossesPass: true });
    expect(of(other).because.join(' ')).toContain('licensed by 003.09');
    expect(of(overridden)).toMatchObject({ from: 1, to: 4, override: true, lmsWouldMove: false, crossesPass: false });
    expect(of(full)).toBeUndefined();
    expect(await pointsOf(world, other)).toBe(1);
  });

  it('is filtered, paged and given as CSV', async () => {
    const { world, instructor, other } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    expect(await changesOf(world, instructor, run.id, '?direction=lowered')).toHaveLength(1);
    expect(await changesOf(world, instructor, run.id, `?person=${other.id}`)).toHaveLength(1);
    const first = await world.request(instructor.token, 'GET', world.at(`/dry-runs/${run.id}/changes?limit=2`));
    expect(first.body.items).toHaveLength(2);
    const next = /<([^>]+)>/.exec(first.headers.get('link')!)![1]!;
    expect((await world.request(instructor.token, 'GET', next)).body.items).toHaveLength(1);
    const csv = await world.request(instructor.token, 'GET', world.at(`/dry-runs/${run.id}/changes`), undefined, {
      accept: 'text/csv',
    });
    expect(csv.text.trim().split('\r\n')).toHaveLength(4);
    expect(csv.text).toContain('Other,S29,1,4,4,false,false,true');
  });

  it('of unchanged rules changes nothing', async () => {
    const { world, instructor } = await newClass();
    const { body: run } = await dryRun(world, instructor);
    expect(run.counts).toMatchObject({ replace: { raised: 0, lowered: 0, same: 4 }, changes: 0 });
    expect(await apply(world, instructor, run, 'replace')).toMatchObject({
      status: 202,
      body: { state: 'done', total: 0 },
    });
  });

  it('of the draft tells what publishing and regrading would do', async () => {
    const { world, instructor } = await newClass();
    const draft = await world.request(instructor.token, 'GET', world.at('/rule-draft'));
    const rule = draft.body.doc.scenarios.S29;
    rule.treat = 'full-credit';
    await world.request(instructor.token, 'PUT', world.at('/rule-draft/scenarios/S29'), rule, {
      'if-match': draft.headers.get('etag')!,
    });
    const bench = draft.body.doc.bench.filter(({ scenario }: Json) => scenario !== 'S29');
    await world.request(instructor.token, 'PUT', world.at('/rule-draft/bench'), bench, { 'if-match': '*' });
    const { body: run } = await dryRun(world, instructor, { ruleSet: 'draft' });
    expect(run.counts.replace).toMatchObject({ raised: 2, lowered: 0, same: 2 });
    const early = await apply(world, instructor, run, 'replace');
    expect(early).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:rules-not-current' } });
    const published = await world.request(instructor.token, 'POST', world.at('/rule-draft/publication'));
    expect(published.body.ruleSet).toBe(run.ruleSet);
    expect((await apply(world, instructor, run, 'replace')).status).toBe(202);
  });
});

describe('the event of a regrade', () => {
  it('says what it was and is, by which rules and why, and replays to the same bytes', async () => {
    const { world, instructor, other, bare } = await newClass();
    await world.answer(other, 'S29', { role: 'both' });
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    await apply(world, instructor, run, 'raise-only');
    await world.answer(other, 'S29', { role: 'neither' });
    const event = (who: Somebody) => world.at(`/grade-events/${run.id}.${who.id}.scenario.S29`);
    const receipt = await world.request(other.token, 'GET', event(other));
    expect(receipt).toMatchObject({
      status: 200,
      body: { type: 'regrade', was: 2, points: 4, ruleSet: run.ruleSet, reason: 'rule changed' },
    });
    expect(receipt.body.answer).toMatchObject({ attempt: 1, claims: ['003.09'] });
    for (const who of [other, instructor]) {
      const replay = await world.request(who.token, 'POST', `${event(other)}/replay`);
      expect(replay).toMatchObject({ status: 200, body: { same: true } });
    }
    expect((await world.request(instructor.token, 'GET', event(bare))).status).toBe(404);
    expect((await world.request(bare.token, 'GET', event(other))).status).toBe(404);
  });

  it('is the one that the grade names', async () => {
    const { world, instructor, other } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    await apply(world, instructor, run, 'replace');
    const grades = await world.request(other.token, 'GET', world.at('/grades/me'));
    const grade = grades.body.items.find(({ activity }: Json) => activity.id === 'S29');
    expect(grade.gradeEvent).toBe(`${run.id}.${other.id}.scenario.S29`);
  });

  it('cannot be rewritten', async () => {
    const { world, instructor } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    await apply(world, instructor, run, 'replace');
    for (const change of ['update regrade_change set points = 0', 'delete from regrade_change'])
      await expect(world.db.$client.execute(`${change} where regrade_id = '${run.id}'`)).rejects.toThrow(/immutable/);
  });
});

describe('a regrade', () => {
  it('by raise-only lowers nobody, leaves an override alone, and does exactly what the dry run said', async () => {
    const { world, instructor, bare, other, full, overridden } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    const applied = await apply(world, instructor, run, 'raise-only');
    expect(applied).toMatchObject({ status: 202, body: { state: 'done', done: 3, total: 3 } });
    expect(await pointsOf(world, other)).toBe(4);
    expect(await pointsOf(world, bare)).toBe(1);
    expect(await pointsOf(world, full)).toBe(4);
    expect(await pointsOf(world, overridden)).toBe(2);
    const path = world.at(`/people/${overridden.id}/grades/scenario/S29/override`);
    await world.request(instructor.token, 'DELETE', path);
    expect(await pointsOf(world, overridden)).toBe(4);
    const events = world.at(`/people/${overridden.id}/grades/scenario/S29/events`);
    const { body } = await world.request(overridden.token, 'GET', events);
    expect(body.items.map(({ type, points, grade }: Json) => [type, points, grade])).toEqual(
      expect.arrayContaining([
        ['verdict', 1, 1],
        ['override', 2, 2],
        ['regrade', 4, 2],
        ['lift', null, 4],
      ]),
    );
  });

  it('by replace does every change, and twice does nothing more', async () => {
    const { world, instructor, bare, other } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    await apply(world, instructor, run, 'replace');
    expect([await pointsOf(world, bare), await pointsOf(world, other)]).toEqual([0, 4]);
    const again = await apply(world, instructor, run, 'replace');
    expect(again).toMatchObject({ status: 202, body: { state: 'done', done: 3, total: 3 } });
    const { body: next } = await dryRun(world, instructor);
    expect(next.counts.changes).toBe(0);
    const read = await world.request(instructor.token, 'GET', world.at(`/regrades/${run.id}`));
    expect(read.body).toMatchObject({ state: 'done', policy: 'replace', reason: 'rule changed' });
  });

  it('is refused with the rows that moved, and applies nothing then', async () => {
    const { world, instructor, bare, other } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    await world.answer(other, 'S29', { role: 'cm', claims: ['001.13'] });
    const refused = await apply(world, instructor, run, 'replace');
    expect(refused).toMatchObject({ status: 412, body: { type: 'urn:cmgrclass:problem:dry-run-stale' } });
    expect(refused.body.moved).toHaveLength(1);
    expect(refused.body.moved[0]).toMatchObject({ person: other.id, now: { from: 4, to: 4 } });
    expect(await pointsOf(world, bare)).toBe(1);
  });

  it('is not held up by answers elsewhere in a busy course, nor by an override that was lifted again', async () => {
    const { world, instructor, full, other } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    await world.answer(full, 'S01', { role: 'smm' });
    await world.answer(await world.learner(), 'S29', { role: 'cm' });
    const path = world.at(`/people/${other.id}/grades/scenario/S29/override`);
    await world.request(instructor.token, 'PUT', path, { points: 3, reason: 'x' });
    await world.request(instructor.token, 'DELETE', path);
    expect((await apply(world, instructor, run, 'replace')).status).toBe(202);
    expect(await pointsOf(world, other)).toBe(4);
  });

  it('wants the hash of the dry run', async () => {
    const { world, instructor } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    const body = { dryRun: run.id, policy: 'replace' };
    const none = await world.request(instructor.token, 'POST', world.at('/regrades'), body);
    expect(none.status).toBe(428);
    const wrong = await world.request(instructor.token, 'POST', world.at('/regrades'), body, { 'if-match': '"no"' });
    expect(wrong.status).toBe(412);
  });

  it('voids a scenario for everybody, under either policy', async () => {
    const { world, instructor, bare, full, overridden } = await newClass();
    await publish(world, ({ scenarios }) => {
      scenarios.S29!.treat = 'void';
    });
    const { body: run } = await dryRun(world, instructor);
    expect(run.counts).toMatchObject({ voided: 3, replace: { lowered: 0 }, overridden: 1 });
    await apply(world, instructor, run, 'raise-only');
    expect(await pointsOf(world, bare)).toBeNull();
    expect(await pointsOf(world, full)).toBeNull();
    expect(await pointsOf(world, overridden)).toBe(2);
  });

  it('moves the maximum with the points, when it is applied and not before', async () => {
    const { world, instructor, full, overridden } = await newClass();
    const maxOf = async (who: Somebody) =>
      (await world.request(who.token, 'GET', world.at('/grades/me'))).body.items.find(
        ({ activity }: Json) => activity.id === 'S29',
      ).max;
    await publish(world, ({ scenarios }) => {
      scenarios.S29!.treat = 'void';
    });
    const { body: run } = await dryRun(world, instructor);
    expect(await maxOf(full)).toBe(4);
    await apply(world, instructor, run, 'replace');
    expect([await maxOf(full), await maxOf(overridden)]).toEqual([0, 4]);
  });

  it('says why by the verdict that the grade stood on, also after an earlier regrade', async () => {
    const { world, instructor, other } = await newClass();
    await publishChange(world);
    await apply(world, instructor, (await dryRun(world, instructor)).body, 'replace');
    await publish(world, ({ scenarios }) => {
      scenarios.S29!.treat = 'void';
    });
    const { body: run } = await dryRun(world, instructor);
    const [change] = await changesOf(world, instructor, run.id, `?person=${other.id}`);
    expect(change).toMatchObject({ from: 4, to: null });
    expect(change.because[0]).toContain('licensed by 003.09');
    expect(change.because[1]).toContain('counts for nobody');
  });

  it('is not applied again under another policy', async () => {
    const { world, instructor } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    await apply(world, instructor, run, 'raise-only');
    const other = await apply(world, instructor, run, 'replace');
    expect(other).toMatchObject({ status: 409, body: { type: 'urn:cmgrclass:problem:regrade-applied' } });
  });

  it('keeps attempts and lateness: the best attempt under the new rules counts, with its deductions', async () => {
    const { world, instructor, bare } = await newClass();
    await world.answer(bare, 'S29', { role: 'smm', claims: ['003.09'] });
    await world.answer(bare, 'S29', { role: 'neither' });
    await publish(world, (ruleSet) => {
      ruleSet.policy.attempts.penalty = 0.25;
      ruleSet.scenarios.S29!.accepts.find(({ role, needs }) => role === 'smm' && needs)!.needs = { any: ['003.09'] };
    });
    const { body: run } = await dryRun(world, instructor);
    await apply(world, instructor, run, 'replace');
    expect(await pointsOf(world, bare)).toBe(3);
  });

  it("counts a prompt's participation anew when its criteria change", async () => {
    const { world, instructor, full } = await newClass();
    await world.post(full, 'Q003.1', { body: words(60), claims: ['001.13'] });
    expect(await pointsOf(world, full, 'Q003.1')).toBe(2);
    await publish(world, ({ prompts }) => {
      prompts['Q003.1']!.criteria[0]!.points = 4;
    });
    const { body: run } = await dryRun(world, instructor);
    const [change] = await changesOf(world, instructor, run.id, '?activity=Q003.1');
    expect(change).toMatchObject({ from: 2, to: 4, activity: { kind: 'prompt', id: 'Q003.1' } });
    await apply(world, instructor, run, 'replace');
    expect(await pointsOf(world, full, 'Q003.1')).toBe(4);
    const done = await world.request(full.token, 'GET', world.at('/prompts/Q003.1/participation'));
    expect(done.body.points).toBe(4);
  });

  it('of a draft loses no answer that came after it: it is refused, and a fresh one counts it', async () => {
    const { world, instructor, bare } = await newClass();
    const draft = await world.request(instructor.token, 'GET', world.at('/rule-draft'));
    const rule = draft.body.doc.scenarios.S29;
    rule.accepts.find(({ role, needs }: Json) => role === 'smm' && !needs).credit = 0;
    rule.accepts.find(({ role, needs }: Json) => role === 'smm' && needs).needs.any.push('003.03');
    const doc = {
      ...draft.body.doc,
      scenarios: { ...draft.body.doc.scenarios, S29: rule },
      bench: draft.body.doc.bench.filter(({ scenario }: Json) => scenario !== 'S29'),
    };
    await world.request(instructor.token, 'PUT', world.at('/rule-draft'), { doc }, { 'if-match': '*' });
    const { body: run } = await dryRun(world, instructor, { ruleSet: 'draft' });
    await world.answer(bare, 'S29', { role: 'smm', claims: ['003.03'] });
    await world.request(instructor.token, 'POST', world.at('/rule-draft/publication'));
    expect(await apply(world, instructor, run, 'replace')).toMatchObject({ status: 412 });
    const { body: fresh } = await dryRun(world, instructor);
    await apply(world, instructor, fresh, 'replace');
    expect(await pointsOf(world, bare)).toBe(4);
  });

  it('left half-way ends when other rules are published, and touches no newer grade', async () => {
    const { world, instructor, bare } = await newClass();
    await publishChange(world);
    const { body: run } = await dryRun(world, instructor);
    await world.db.$client.execute(
      `update regrade set state = 'applying', policy = 'replace', applied_at = 1, applied_by = 'x' where id = '${run.id}'`,
    );
    await publish(world, ({ scenarios }) => {
      scenarios.S29!.treat = 'full-credit';
    });
    await world.answer(bare, 'S29', { role: 'smm' });
    await advance(world.deps, { institutionId: world.institution, courseId: world.course }, run.id, 10);
    const read = await world.request(instructor.token, 'GET', world.at(`/regrades/${run.id}`));
    expect(read.body).toMatchObject({ state: 'failed', done: 0 });
    expect(await pointsOf(world, bare)).toBe(4);
  });

  it('of unchanged rules changes nothing, also after a void under an override', async () => {
    const { world, instructor } = await newClass();
    await publish(world, ({ scenarios }) => {
      scenarios.S29!.treat = 'void';
    });
    await apply(world, instructor, (await dryRun(world, instructor)).body, 'replace');
    expect((await dryRun(world, instructor)).body.counts.changes).toBe(0);
  });

  it('is refused when dates have moved what counts as participation', async () => {
    const { world, instructor, full } = await newClass();
    await world.post(full, 'Q003.1', { body: words(60), claims: ['001.13'] });
    await publish(world, ({ prompts }) => {
      prompts['Q003.1']!.criteria[0]!.points = 4;
    });
    const { body: run } = await dryRun(world, instructor);
    const dueAt = new Date(world.clock.now - 60_000).toISOString();
    await world.request(instructor.token, 'PUT', world.at('/schedule/prompt/Q003.1'), { dueAt });
    const refused = await apply(world, instructor, run, 'replace');
    expect(refused).toMatchObject({ status: 412, body: { type: 'urn:cmgrclass:problem:dry-run-stale' } });
  });

  it("lowers nobody's participation by what they do next, whatever rules came in between", async () => {
    const { world, full } = await newClass();
    await world.post(full, 'Q003.1', { body: words(60), claims: ['001.13'] });
    await publish(world, ({ prompts }) => {
      prompts['Q003.1']!.criteria[0]!.points = 0.5;
    });
    await world.post(full, 'Q003.1', { body: words(61, 'more'), claims: ['001.13'] });
    expect(await pointsOf(world, full, 'Q003.1')).toBe(2);
  });

  it('stays within the course and its staff', async () => {
    const { world, instructor, bare } = await newClass();
    const { body: run } = await dryRun(world, instructor);
    const elsewhere = await world.instructor((await world.newCourse()).id);
    const at = world.at(`/dry-runs/${run.id}`);
    expect((await world.request(bare.token, 'GET', at)).status).toBe(403);
    expect((await world.request(elsewhere.token, 'GET', at)).status).toBe(404);
  });
});
