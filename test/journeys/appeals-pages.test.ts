import { describe, expect, it } from 'vitest';
import { newVisitor } from '../world/visitor.ts';
import { newWorld, type Somebody, type World } from '../world/world.ts';

const hostile = '<img src=x onerror=alert(1)> says so';

const contest = async (world: World, who: Somebody, body = 'The passage says so, and 000.22 too.') => {
  const answer = await world.answer(who, 'S29', { role: 'smm', claims: ['003.09'] });
  const input = { answer: answer.body.id, claim: '003.09', body };
  return (await world.request(who.token, 'POST', world.at('/appeals'), input)).body.id as string;
};

const newAppeal = async (body?: string) => {
  const world = await newWorld();
  const [ada, ines] = [await world.learner('Ada'), await world.instructor()];
  const id = await contest(world, ada, body);
  return { world, ada, ines, id, path: `/appeals/${id}` };
};

const gradeOf = async (world: World, who: Somebody) => (await newVisitor(world, who).open('/grades/scenario/S29')).text;

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('appeals, for an instructor %s', (_title, cookies) => {
  it('stand with those that wait first, and each with its answer, claim and rule', async () => {
    const { world, ines, ada, path } = await newAppeal();
    const { open, course } = newVisitor(world, ines, { cookies });
    const list = await open('/appeals');
    expect(list.text).toMatch(/Waiting for a decision Ada : The broken chair/);
    expect(list.html).toContain(cookies ? `<a href="${course}${path}">` : `formaction="${course}${path}"`);
    const page = await open(path);
    expect(page.status, page.text).toBe(200);
    expect(page.text).toContain('What Ada says The passage says so');
    expect(page.text).toMatch(/They bring 003\.09 : As a community manager/);
    expect(page.html).toContain('<div id="claim-000.22" popover="auto"');
    expect(page.text).toContain('1 of 4 points');
    expect(page.text).toContain('Social media manager, with 000.22 : full credit');
    expect(page.text).toContain('this answer would earn 4 instead of 1');
    expect(page.html).toContain(`/grades/scenario/S29?person=${ada.id}`);
  });

  it('are denied with a reason that the student reads', async () => {
    const { world, ines, ada, path } = await newAppeal();
    const { open, submit } = newVisitor(world, ines, { cookies });
    const page = await open(path);
    const none = await submit(page, path, [['reason', 'No.']]);
    expect([none.status, none.text]).toEqual([422, expect.stringMatching(/Choose what you decide\..*No\./)]);
    const mute = await submit(page, path, [['decision', 'deny']]);
    expect([mute.status, mute.text]).toEqual([422, expect.stringContaining('Give a reason: the student reads it.')]);
    const fields: [string, string][] = [
      ['decision', 'deny'],
      ['reason', `It is about reach.\r\n${hostile}`],
    ];
    const done = await submit(page, path, fields);
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('The appeal is denied.')]);
    expect(done.html).not.toContain('<img');
    expect(done.html).not.toContain('name="decision"');
    expect((await submit(page, path, fields)).text, 'a second click').toContain('The appeal is denied.');
    expect((await open('/appeals')).text).toMatch(/No appeal waits\. Decided Ada : The broken chair denied/);
    expect(await gradeOf(world, ada)).toContain('It is about reach.');
  });

  it('are upheld for one student, whose grade is set with the same reason', async () => {
    const { world, ines, ada, path } = await newAppeal();
    const { open, submit } = newVisitor(world, ines, { cookies });
    const page = await open(path);
    const fields = (points: string): [string, string][] => [
      ['decision', 'override'],
      ['points', points],
      ['reason', 'You argued it well.'],
    ];
    const wrong = await submit(page, path, fields('many'));
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('Give the points as a number')]);
    expect(wrong.html).toContain('value="many"');
    expect((await submit(page, path, fields('-1'))).status).toBe(422);
    const done = await submit(page, path, fields('3,5'));
    expect(done.text).toContain('upheld for this student: their grade is set');
    expect(await gradeOf(world, ada)).toMatch(
      /3\.5 of 4 points An instructor set it by hand\..*The grade was changed Mon/,
    );
  });

  it('are upheld in the rules, which moves nobody’s grade yet and leads to whom it would', async () => {
    const { world, ines, ada, id, path } = await newAppeal();
    const { open, submit, course } = newVisitor(world, ines, { cookies });
    const done = await submit(await open(path), path, [
      ['decision', 'rules'],
      ['worth', '3'],
      ['of', '4'],
      ['reason', 'Fair.'],
    ]);
    expect(done.text).toContain('Nobody’s grade has moved yet');
    const { body } = await world.request(ines.token, 'GET', world.at(`/appeals/${id}`));
    expect(done.html).toContain(`${course}/rules/dry-runs/${body.dryRun}"`);
    const draft = await world.request(ines.token, 'GET', world.at('/rule-draft'));
    expect(draft.body.doc.scenarios.S29.accepts).toContainEqual({
      role: 'smm',
      credit: 0.75,
      needs: { any: ['003.09'] },
    });
    expect(await gradeOf(world, ada)).toMatch(/1 of 4 points .*The rules are being changed for everybody/);
  });
});

describe('an appeal', () => {
  it('decided by somebody else meanwhile keeps what was typed', async () => {
    const { world, ines, id, path } = await newAppeal();
    const { open, submit } = newVisitor(world, ines);
    const page = await open(path);
    const other = await world.instructor();
    const decision = { decision: 'deny', reason: 'Theirs.' };
    await world.request(other.token, 'PUT', world.at(`${path}/decision`), decision);
    for (const fields of [
      [['decision', 'deny']],
      [
        ['decision', 'override'],
        ['points', '4'],
      ],
    ] as [string, string][][]) {
      const late = await submit(page, path, [...fields, ['reason', 'My long reason.']]);
      expect(late.status).toBe(409);
      expect(late.text).toMatch(/The appeal was decided.*My long reason\..*Denied.*Theirs\./);
    }
    const { body } = await world.request(ines.token, 'GET', world.at(`/appeals/${id}`));
    expect(body).toMatchObject({ state: 'denied', reason: 'Theirs.' });
  });

  it('for a grade that is set by hand too is one decision: neither without the other', async () => {
    const { world, ines, ada, path } = await newAppeal();
    const decide = (body: object) => world.request(ines.token, 'PUT', world.at(`${path}/decision`), body);
    expect((await decide({ decision: 'deny', reason: 'No.' })).status).toBe(200);
    expect((await decide({ decision: 'uphold', reason: 'Yes.', override: 4 })).status).toBe(409);
    expect(await gradeOf(world, ada)).toMatch(/1 of 4 points It is what attempt 1 earned/);
  });

  it('shows what a student typed as text', async () => {
    const { world, ines, path } = await newAppeal(hostile);
    for (const where of ['/appeals', path]) {
      const page = await newVisitor(world, ines).open(where);
      expect(page.text).toContain(hostile);
      expect(page.html).not.toContain('<img');
    }
  });

  it('is read by assistants, and decided by instructors', async () => {
    const { world, path } = await newAppeal();
    const aide = await world.assistant();
    const { open, send, course } = newVisitor(world, aide);
    const page = await open(path);
    expect(page.text).toContain('An instructor decides this appeal.');
    expect(page.html).not.toContain('name="decision"');
    const fields = new URLSearchParams({ session: aide.token, once: 'x', decision: 'deny', reason: 'No.' });
    expect((await send('POST', `${course}${path}`, fields)).status).toBe(403);
    expect((await open(path)).text).toContain('An instructor decides this appeal.');
  });

  it('is not a student’s to open here, nor another course’s', async () => {
    const { world, ada, path } = await newAppeal();
    for (const where of ['/appeals', path]) {
      const page = await newVisitor(world, ada).open(where);
      expect([page.status, page.text], where).toEqual([403, expect.stringContaining('This page is for the staff')]);
      expect(page.html).toContain(`<a href="/courses/${world.course}/grades">`);
    }
    const elsewhere = await newWorld();
    const stranger = newVisitor(elsewhere, await elsewhere.instructor());
    expect((await stranger.open(path)).status).toBe(404);
    expect((await stranger.open('/appeals')).text).toContain('No appeal waits.');
  });

  it('decided long ago is found behind the newest decisions', async () => {
    const { world, ines } = await newAppeal();
    await world.db.$client.execute({
      sql: `insert into appeal (id, institution_id, course_id, person_id, answer_id, scenario, claim, body, state, created_at)
        select appeal.id || '-' || value, institution_id, course_id, person_id, answer_id, scenario, claim, 'number ' || value,
          'denied', created_at from appeal, json_each(?) where course_id = ?`,
      args: [JSON.stringify(Array.from({ length: 25 }, (_, index) => index + 100)), world.course],
    });
    const { open, send } = newVisitor(world, ines);
    const first = await open('/appeals');
    expect(first.text).toMatch(/number 124 .*number 105 /);
    expect(first.text).not.toContain('number 104');
    const next = /<a href="([^"]+)">Earlier decisions/.exec(first.html)![1]!.replaceAll('&amp;', '&');
    const second = await send('GET', next);
    expect(second.text).toMatch(/number 104 .*number 100 /);
    expect(second.html).not.toContain('Earlier decisions');
  });

  it('costs one round trip a page', async () => {
    const { world, ines, path } = await newAppeal();
    const { open } = newVisitor(world, ines);
    for (const where of ['/appeals', path]) expect((await world.tripsOf(() => open(where))).trips, where).toBe(1);
  });
});
