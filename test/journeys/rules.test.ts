import { describe, expect, it } from 'vitest';
import { type Json, newWorld, type Somebody, type World } from '../world/world.ts';

const draftOf = async (world: World, who: Somebody) => {
  const reply = await world.request(who.token, 'GET', world.at('/rule-draft'));
  return { doc: reply.body.doc, body: reply.body, etag: reply.headers.get('etag')! };
};

const changeRule = async (world: World, who: Somebody, scenario: string, change: (rule: Json) => void) => {
  const { doc, etag } = await draftOf(world, who);
  const rule = structuredClone(doc.scenarios[scenario]);
  change(rule);
  return world.request(who.token, 'PUT', world.at(`/rule-draft/scenarios/${scenario}`), rule, { 'if-match': etag });
};

const publishDraft = (world: World, who: Somebody) =>
  world.request(who.token, 'POST', world.at('/rule-draft/publication'));

describe('the draft of the rules', () => {
  it('starts from the current rules, changes one rule at a time, and is gone when it is published', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    const first = await draftOf(world, instructor);
    expect(first.body).toMatchObject({ base: world.ruleSet, draft: false });
    const saved = await changeRule(world, instructor, 'S29', (rule) => {
      rule.points = 6;
    });
    expect(saved).toMatchObject({ status: 200, body: { base: world.ruleSet, draft: true } });
    expect(saved.body.doc.scenarios.S29.points).toBe(6);
    expect(saved.body.doc.scenarios.S01).toEqual(first.doc.scenarios.S01);
    const published = await publishDraft(world, instructor);
    expect(published.status).toBe(201);
    const now = await draftOf(world, instructor);
    expect(now.body).toMatchObject({ base: published.body.ruleSet, draft: false });
    const named = await world.request(instructor.token, 'GET', world.at('/rule-sets/current'));
    expect(named.body).toMatchObject({ ruleSet: published.body.ruleSet });
    const list = await world.request(instructor.token, 'GET', world.at('/rule-sets'));
    expect(list.body.items.map((one: Json) => [one.ruleSet, one.current])).toEqual([
      [published.body.ruleSet, true],
      [world.ruleSet, false],
    ]);
  });

  it('takes no empty rule', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    for (const nothing of [undefined, {}]) {
      const path = world.at('/rule-draft/scenarios/S29');
      const reply = await world.request(instructor.token, 'PUT', path, nothing, { 'if-match': '*' });
      expect(reply).toMatchObject({ status: 422, body: { errors: [{ detail: 'send it whole: it is empty' }] } });
    }
    expect((await draftOf(world, instructor)).body.draft).toBe(false);
  });

  it('that says what was published before is current as its newest publication alone', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    await changeRule(world, instructor, 'S29', () => {});
    expect((await publishDraft(world, instructor)).body.ruleSet).toBe(world.ruleSet);
    const { body } = await world.request(instructor.token, 'GET', world.at('/rule-sets'));
    expect(body.items.map((one: Json) => [one.ruleSet, one.current])).toEqual([
      [world.ruleSet, true],
      [world.ruleSet, false],
    ]);
  });

  it('is not written over by somebody who has not read it', async () => {
    const world = await newWorld();
    const [one, other] = [await world.instructor(), await world.instructor()];
    const { doc, etag } = await draftOf(world, one);
    const path = world.at('/rule-draft/scenarios/S29');
    expect((await world.request(other.token, 'PUT', path, doc.scenarios.S29)).status).toBe(428);
    expect((await world.request(other.token, 'PUT', path, doc.scenarios.S29, { 'if-match': etag })).status).toBe(200);
    const late = await world.request(one.token, 'PUT', path, doc.scenarios.S29, { 'if-match': etag });
    expect(late).toMatchObject({ status: 412, body: { type: 'urn:cmgrclass:problem:stale' } });
  });

  it('is not started from rules that somebody has replaced since they were read', async () => {
    const world = await newWorld();
    const [one, other] = [await world.instructor(), await world.instructor()];
    const read = await draftOf(world, one);
    await changeRule(world, other, 'S29', (rule) => {
      rule.points = 6;
    });
    await publishDraft(world, other);
    const headers = { 'if-match': read.etag };
    const late = await world.request(one.token, 'PUT', world.at('/rule-draft'), { doc: read.doc }, headers);
    expect(late).toMatchObject({ status: 412, body: { type: 'urn:cmgrclass:problem:stale' } });
  });

  it('tells by a warning when a rubric moves what everybody can earn', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    await changeRule(world, instructor, 'S29', (rule) => {
      rule.rubric = [{ id: 'argument', title: 'Argument', points: 2 }];
    });
    const { body } = await world.request(instructor.token, 'POST', world.at('/rule-draft/check'));
    const finding = body.findings.find((one: Json) => one.code === 'rubric-changes');
    expect(finding).toMatchObject({ severity: 'warning', pointer: '/scenarios/S29/rubric' });
  });

  it('may be faulty; the check says where, and publishing refuses it with the findings', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    await changeRule(world, instructor, 'S29', (rule) => {
      rule.accepts = [{ role: 'cm', credit: 1, shows: ['999.99'] }];
    });
    const { body } = await world.request(instructor.token, 'POST', world.at('/rule-draft/check'));
    expect(body.publishable).toBe(false);
    const codes = body.findings.filter((one: Json) => one.severity === 'error').map((one: Json) => one.code);
    expect(codes).toContain('unknown-claim');
    expect(codes).toContain('one-role');
    expect(body.findings.every((one: Json) => one.pointer.startsWith('/'))).toBe(true);
    const refused = await publishDraft(world, instructor);
    expect(refused).toMatchObject({ status: 422, body: { type: 'urn:cmgrclass:problem:rules-not-publishable' } });
    expect(refused.body.findings.length).toBe(body.findings.length);
    const shapeless = await world.request(
      instructor.token,
      'PUT',
      world.at('/rule-draft'),
      { doc: { scenarios: 1 } },
      {
        'if-match': '*',
      },
    );
    expect(shapeless.status).toBe(200);
    const checked = await world.request(instructor.token, 'POST', world.at('/rule-draft/check'));
    expect(checked.body.findings.some((one: Json) => one.code === 'schema')).toBe(true);
  });

  it('is published once, however often the request is sent', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    await changeRule(world, instructor, 'S29', (rule) => {
      rule.points = 6;
    });
    const path = world.at('/rule-draft/publication');
    const send = () => world.request(instructor.token, 'POST', path, undefined, { 'idempotency-key': 'once' });
    const [first, second] = [await send(), await send()];
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect((await publishDraft(world, instructor)).body.type).toBe('urn:cmgrclass:problem:rule-draft-not-found');
  });

  it("does not start from another institution's rules, though this isolate has read them", async () => {
    const [world, foreign] = [await newWorld(), await newWorld()];
    const [mine, theirs] = [await world.instructor(), await foreign.instructor()];
    await changeRule(foreign, theirs, 'S29', (rule) => {
      rule.says.cm = 'A secret of the other school.';
    });
    const { body } = await publishDraft(foreign, theirs);
    world.deps.rules.byHash = foreign.deps.rules.byHash;
    await foreign.answer(await foreign.learner(), 'S29', { role: 'cm' });
    const headers = { 'if-match': '*' };
    const base = await world.request(mine.token, 'PUT', world.at('/rule-draft'), { base: body.ruleSet }, headers);
    expect(base).toMatchObject({ status: 404, body: { type: 'urn:cmgrclass:problem:rule-set-not-found' } });
  });

  it('is nested and large within reason', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    const headers = { 'if-match': '*' };
    const deep = `{"doc":{"scenarios":${'['.repeat(1200)}${']'.repeat(1200)}}}`;
    expect((await world.request(instructor.token, 'PUT', world.at('/rule-draft'), deep, headers)).status).toBe(422);
    const long = { says: { cm: 'x'.repeat(600_000) } };
    const part = (id: string) =>
      world.request(instructor.token, 'PUT', world.at(`/rule-draft/scenarios/${id}`), long, headers);
    expect((await part('S29')).status).toBe(200);
    expect(await part('S30')).toMatchObject({ status: 413, body: { type: 'urn:cmgrclass:problem:body-too-large' } });
  });

  it('starts again from any published rule set, and can be dropped', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    await changeRule(world, instructor, 'S29', (rule) => {
      rule.points = 6;
    });
    const second = (await publishDraft(world, instructor)).body.ruleSet;
    const back = await world.request(
      instructor.token,
      'PUT',
      world.at('/rule-draft'),
      { base: world.ruleSet },
      {
        'if-match': '*',
      },
    );
    expect(back.body).toMatchObject({ base: world.ruleSet, draft: true });
    expect(back.body.doc.scenarios.S29.points).toBe(4);
    const dropped = await world.request(instructor.token, 'DELETE', world.at('/rule-draft'), undefined, {
      'if-match': back.headers.get('etag')!,
    });
    expect(dropped.status).toBe(204);
    expect((await draftOf(world, instructor)).body).toMatchObject({ base: second, draft: false });
    const unknown = await world.request(
      instructor.token,
      'PUT',
      world.at('/rule-draft'),
      { base: 'sha256:no' },
      {
        'if-match': '*',
      },
    );
    expect(unknown).toMatchObject({ status: 404, body: { type: 'urn:cmgrclass:problem:rule-set-not-found' } });
  });

  it('grades every answer by the rule set its receipt names, while publications come in between', async () => {
    const world = await newWorld();
    const instructor = await world.instructor();
    const students = await Promise.all(Array.from({ length: 8 }, () => world.learner()));
    const pointsOf = new Map([[world.ruleSet, 4]]);
    const pouring = students.map(async (student) => {
      const answers = [];
      for (const scenario of ['S29', 'S01', 'S02', 'S03', 'S04']) {
        const attempt = () => world.answer(student, scenario, { role: 'cm', claims: ['001.13'] });
        answers.push(await attempt(), await attempt());
      }
      return answers;
    });
    for (let round = 1; round <= 6; round++) {
      await changeRule(world, instructor, 'S29', (rule) => {
        rule.points = 4 + round;
      });
      const { body } = await publishDraft(world, instructor);
      pointsOf.set(body.ruleSet, 4 + round);
    }
    const late = await world.answer(students[0]!, 'S29', { role: 'cm', claims: ['001.13'] });
    const answers = [...(await Promise.all(pouring)).flat(), late];
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(late.body.verdict.max).toBe(10);
    for (const { body } of answers.filter(({ body }) => body.scenario === 'S29'))
      expect(body.verdict.max).toBe(pointsOf.get(body.ruleSet));
  });
});
