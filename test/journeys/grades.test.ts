import { describe, expect, it } from 'vitest';
import { newWorld, publish, type Reply, words } from '../world/world.ts';

const gradeOf = ({ body }: Reply, id: string) =>
  body.items.find((one: { activity: { id: string } }) => one.activity.id === id);

describe('your grades', () => {
  it('name every activity; no grade is null, and zero is zero', async () => {
    const world = await newWorld();
    const student = await world.learner();
    await world.answer(student, 'S01', { role: 'neither' });
    const grades = await world.request(student.token, 'GET', world.at('/grades/me'));
    expect(grades.body.items).toHaveLength(66);
    expect(gradeOf(grades, 'S01')).toMatchObject({ points: 0, source: 'auto', lms: null });
    expect(gradeOf(grades, 'S29')).toMatchObject({ points: null, max: 4, source: null });
    expect(grades.body.points).toBe(0);
    expect(grades.body.max).toBeGreaterThan(100);
  });
});

describe('an override', () => {
  it('wins over what comes after it, and when lifted the automatic grade is there again', async () => {
    const world = await newWorld();
    const [student, instructor] = [await world.learner(), await world.instructor()];
    await world.answer(student, 'S29', { role: 'neither' });
    const path = world.at(`/people/${student.id}/grades/scenario/S29/override`);
    const set = await world.request(instructor.token, 'PUT', path, { points: 2.5, reason: 'argued it in class' });
    expect(set.body).toMatchObject({ points: 2.5, max: 4, source: 'override' });
    const answered = await world.answer(student, 'S29', { role: 'cm', claims: ['001.13'] });
    expect(answered.body).toMatchObject({ verdict: { points: 4 }, grade: { points: 2.5, max: 4 } });
    const grades = () => world.request(student.token, 'GET', world.at('/grades/me'));
    const overridden = gradeOf(await grades(), 'S29');
    expect(overridden).toMatchObject({ points: 2.5, source: 'override' });
    const why = await world.request(student.token, 'GET', world.at(`/grade-events/${set.body.gradeEvent}`));
    expect(why.body.reason).toBe('argued it in class');
    expect((await world.request(instructor.token, 'DELETE', path)).status).toBe(204);
    expect(gradeOf(await grades(), 'S29')).toMatchObject({ points: 4, source: 'auto' });
    const nothing = await world.request(instructor.token, 'DELETE', path);
    expect(nothing).toMatchObject({ status: 404, body: { type: 'urn:cmgrclass:problem:grade-not-found' } });
  });

  it('can come before any answer, may be zero, and wants a reason and a person of the course', async () => {
    const world = await newWorld();
    const [student, instructor] = [await world.learner(), await world.instructor()];
    const path = (person: string, activity = 'Q003.1') =>
      world.at(`/people/${person}/grades/prompt/${activity}/override`);
    const put = (to: string, body: unknown) => world.request(instructor.token, 'PUT', to, body);
    expect((await put(path(student.id), { points: 0, reason: 'copied' })).body).toMatchObject({
      points: 0,
      source: 'override',
    });
    expect((await put(path(student.id), { points: 1 })).status).toBe(422);
    expect((await put(path(student.id), { points: -1, reason: 'x' })).status).toBe(422);
    expect((await put(path('nobody'), { points: 1, reason: 'x' })).status).toBe(404);
    expect((await put(path(student.id, 'S29'), { points: 1, reason: 'x' })).status).toBe(404);
    const audit = await world.db.$client.execute({
      sql: "select actor, reason from audit_event where course_id = ? and action = 'grade-override'",
      args: [world.course],
    });
    expect(audit.rows.map((row) => ({ ...row }))).toEqual([{ actor: `person:${instructor.id}`, reason: 'copied' }]);
  });
});

describe('a receipt', () => {
  it('holds what a grade was made from, and replays to the same bytes', async () => {
    const world = await newWorld();
    const [student, instructor] = [await world.learner(), await world.instructor()];
    const answer = await world.answer(student, 'S29', { role: 'smm', claims: ['000.22'], reason: 'Barclay lists it.' });
    const post = await world.post(student, 'Q003.1', { body: words(60), claims: ['001.13'] });
    const path = world.at(`/people/${student.id}/grades/scenario/S29/override`);
    const override = await world.request(instructor.token, 'PUT', path, { points: 1, reason: 'late' });
    const read = (id: string) => world.request(student.token, 'GET', world.at(`/grade-events/${id}`));
    expect((await read(answer.body.gradeEvent)).body).toMatchObject({
      type: 'verdict',
      ruleSet: world.ruleSet,
      answer: { role: 'smm', claims: ['000.22'], reason: 'Barclay lists it.', attempt: 1 },
      verdict: { credit: 1 },
      points: 4,
    });
    expect((await read(post.body.id)).body).toMatchObject({
      type: 'participation',
      counted: { post: 1, replies: 0 },
      points: 2,
    });
    expect((await read(override.body.gradeEvent)).body).toMatchObject({ type: 'override', reason: 'late', points: 1 });
    for (const id of [answer.body.gradeEvent, post.body.id, override.body.gradeEvent]) {
      const replay = await world.request(student.token, 'POST', world.at(`/grade-events/${id}/replay`));
      expect(replay).toMatchObject({ status: 200, body: { same: true } });
    }
  });

  it('raises an alarm when the stored verdict is not what the rules give', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const answer = await world.answer(student, 'S29', { role: 'cm' });
    const client = world.db.$client;
    await client.batch([
      {
        sql: `insert into verdict (institution_id, rule_set, answer_key, engine, credit, points, max, trace)
          select institution_id, rule_set, 'S29|smm||', engine, 99, 396, max, trace from verdict
          where id = (select verdict_id from answer where id = ?)`,
        args: [answer.body.id],
      },
      {
        sql: `insert into answer select 'forged-' || a.id, a.institution_id, course_id, person_id, scenario, 2, a.role, claims,
            counter_claims, reason, late_ms, submitted_at, full_credit, v.id, 396, 396, 396 from answer a
            join verdict v on v.answer_key = 'S29|smm||' and v.institution_id = a.institution_id where a.id = ?`,
        args: [answer.body.id],
      },
    ]);
    const replay = await world.request(
      student.token,
      'POST',
      world.at(`/grade-events/forged-${answer.body.id}/replay`),
    );
    expect(replay.body.same).toBe(false);
    expect(world.logged.some(({ level }) => level === 'alarm')).toBe(true);
  });

  it('cannot be rewritten: the ledger, answers, verdicts, versions and rule sets refuse it', async () => {
    const world = await newWorld();
    const student = await world.learner();
    await world.answer(student, 'S29', { role: 'cm' });
    await world.post(student, 'Q003.1', { body: words(60), claims: ['001.13'] });
    const changes = [
      'update grade_event set points = 0',
      'delete from grade_event',
      "update answer set role = 'smm'",
      'delete from answer',
      'update verdict set credit = 0',
      "update post_version set body = 'x'",
      "update rule_set set doc = '{}'",
      'delete from rule_set',
      "update audit_event set actor = 'x'",
      'delete from audit_event',
    ];
    for (const change of changes) {
      const refused = world.db.$client.execute(`${change} where institution_id = '${world.institution}'`);
      await expect(refused, change).rejects.toThrow(/immutable|append-only/);
    }
  });
});

describe('new rules', () => {
  it('grade the next answer, in every isolate, and leave earlier ones as they were', async () => {
    const world = await newWorld();
    const student = await world.learner();
    const before = await world.answer(student, 'S29', { role: 'smm' });
    expect(before.body.verdict.credit).toBe(0.25);
    const hash = await publish(world, (ruleSet) => {
      ruleSet.scenarios.S29!.accepts.push({ role: 'smm', credit: 0.5 });
    });
    const after = await world.tripsOf(() => world.answer(student, 'S29', { role: 'smm' }));
    expect(after.result.body).toMatchObject({ ruleSet: hash, verdict: { credit: 0.5 } });
    expect(after.trips).toBe(3);
    const third = await world.tripsOf(() => world.answer(student, 'S29', { role: 'both' }));
    expect([third.result.body.ruleSet, third.trips]).toEqual([hash, 1]);
    const earlier = await world.request(student.token, 'GET', world.at(`/scenarios/S29/answers/${before.body.id}`));
    expect(earlier.body).toMatchObject({ ruleSet: world.ruleSet, verdict: { credit: 0.25 } });
    const replay = await world.request(student.token, 'POST', world.at(`/grade-events/${before.body.id}/replay`));
    expect(replay.body.same).toBe(true);
  });

  it('that void a scenario give it no grade, which is not zero', async () => {
    const world = await newWorld();
    const student = await world.learner();
    await publish(world, (ruleSet) => {
      ruleSet.scenarios.S29!.treat = 'void';
    });
    const { body } = await world.answer(student, 'S29', { role: 'cm' });
    expect(body).toMatchObject({ points: null, verdict: { points: null }, grade: { points: null, max: 4 } });
    const grades = await world.request(student.token, 'GET', world.at('/grades/me'));
    expect(gradeOf(grades, 'S29')).toMatchObject({ points: null, max: 0 });
  });

  it('that lack a prompt of the module still take posts to it', async () => {
    const world = await newWorld();
    const student = await world.learner();
    await publish(world, (ruleSet) => {
      delete ruleSet.prompts['Q003.1'];
    });
    const post = await world.post(student, 'Q003.1', { body: words(60) });
    expect(post).toMatchObject({ status: 201, body: { participation: { points: 0, max: 0, criteria: [] } } });
  });
});

describe('the gradebook', () => {
  it('lists learners in pages, each with every grade, and not those who were withdrawn', async () => {
    const world = await newWorld();
    const learners = [await world.learner('Ana'), await world.learner('Ben'), await world.learner('Cem')];
    await world.instructor();
    await world.answer(learners[1]!, 'S29', { role: 'cm', claims: ['001.13'] });
    const first = await world.request(world.key, 'GET', world.at('/gradebook?limit=2'));
    const rest = await world.request(world.key, 'GET', /<([^>]+)>/.exec(first.headers.get('link')!)![1]!);
    const rows = [...first.body.items, ...rest.body.items];
    expect(rows.map(({ person }) => person.name)).toEqual(['Ana', 'Ben', 'Cem']);
    expect(rows[1]).toMatchObject({ points: 4, person: { id: learners[1]!.id, role: 'learner' } });
    expect(rows[1].grades).toHaveLength(66);
    await world.request(
      world.key,
      'PATCH',
      world.at(`/people/${learners[0]!.id}`),
      { withdrawn: true },
      { 'if-match': '*' },
    );
    expect((await world.request(world.key, 'GET', world.at('/gradebook'))).body.items).toHaveLength(2);
  });

  it('is CSV for who asks for it, and no name becomes a formula in it', async () => {
    const world = await newWorld();
    const student = await world.learner('=HYPERLINK("http://evil")');
    await world.answer(student, 'S01', { role: 'neither' });
    await world.answer(student, 'S29', { role: 'cm', claims: ['001.13'] });
    const csv = await world.request(world.key, 'GET', world.at('/gradebook'), undefined, { accept: 'text/csv' });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, row] = csv.text.trim().split('\r\n');
    expect(head!.split(',').slice(0, 3)).toEqual(['person', 'externalId', 'name']);
    expect(row).toContain(`"'=HYPERLINK(""http://evil"")"`);
    const cells = row!.split(',');
    const column = (id: string) => cells[head!.split(',').findIndex((name) => name.startsWith(`${id} `))];
    expect([column('S01'), column('S29'), column('S02')]).toEqual(['0', '4', '']);
    expect(cells.at(-1)).toBe('4');
  });

  it('is the whole class in one CSV, and pages of it can be put together', async () => {
    const world = await newWorld();
    for (let index = 0; index < 60; index++) {
      const body = { externalId: `p${index}`, role: 'learner' };
      await world.request(world.key, 'POST', world.at('/people'), body);
    }
    const read = (path: string) => world.request(world.key, 'GET', path, undefined, { accept: 'text/csv' });
    const whole = await read(world.at('/gradebook'));
    expect(whole.text.trim().split('\r\n')).toHaveLength(61);
    const first = await read(world.at('/gradebook?limit=40'));
    const rest = await read(/<([^>]+)>/.exec(first.headers.get('link')!)![1]!);
    expect(first.text + rest.text).toBe(whole.text);
    expect((await world.request(world.key, 'GET', world.at('/gradebook?limit=1000'))).status).toBe(422);
  });
});
