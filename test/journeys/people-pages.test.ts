import { describe, expect, it } from 'vitest';
import { newLmsWorld } from '../world/lms-course.ts';
import { fieldValue, newVisitor, type Page } from '../world/visitor.ts';
import { newWorld, type Somebody, words } from '../world/world.ts';

/** The value of a person's button. */
const button = ({ html }: Page, says: string, who: Somebody, name = 'move'): [string, string] => {
  const found = [...html.matchAll(new RegExp(`name="${name}" value="([^"]+)"[^>]*>([^<]+)`, 'g'))];
  const one = found.find(([, value, text]) => value!.startsWith(who.id) && text!.trim() === says);
  expect(one, `${says} for ${who.name}`).toBeTruthy();
  return [name, one![1]!];
};

const rowOf = ({ html }: Page, name: string): string =>
  html
    .split('<tr>')
    .slice(1)
    .find((row) => row.includes(name))!
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('the people of a course, for an instructor %s', (_title, cookies) => {
  const instructor = async () => {
    const world = await newWorld();
    const [boss, amal] = [await world.instructor(), await world.learner('Amal')];
    return { world, boss, amal, ...newVisitor(world, boss, { cookies }) };
  };

  it('says who is there, from where, and when they last worked', async () => {
    const { world, amal, open, course } = await instructor();
    await world.answer(amal, 'S29', { role: 'cm' });
    const page = await open('/people');
    expect(page.status).toBe(200);
    expect(rowOf(page, 'Amal')).toContain('Student your institution Sep 7, 2026');
    const there = (to: string) => (cookies ? `<a href="${course}${to}"` : `formaction="${course}${to}"`);
    for (const to of ['/dates', '/roster', '/sync', `/people/${amal.id}`]) expect(page.html).toContain(there(to));
    expect(page.html).toMatch(/aria-current="page"[^>]*>People/);
  });

  it('gives another role, says so, and takes it back', async () => {
    const { amal, open, submit } = await instructor();
    const page = await open('/people');
    const made = await submit(page, '/people', [button(page, 'Make assistant', amal)]);
    expect(made.status).toBe(200);
    expect(made.html).toContain('<section id="result" class="box good" role="status"');
    expect(made.text).toContain('Amal is an assistant now.');
    expect(rowOf(made, 'Amal')).toContain('Assistant');
    const undone = await submit(made, '/people', [button(made, 'Undo', amal)]);
    expect(undone.text).toContain('Amal is a student now.');
    expect(rowOf(undone, 'Amal')).toContain('Student');
  });

  it('withdraws and brings back', async () => {
    const { world, amal, open, submit } = await instructor();
    const page = await open('/people');
    const gone = await submit(page, '/people', [button(page, 'Withdraw', amal)]);
    expect(gone.text).toContain('Amal is withdrawn: they no longer come in, and all their work is kept.');
    expect(rowOf(gone, 'Amal')).toContain('Student withdrawn');
    expect((await world.request(amal.token, 'GET', world.at('/grades/me'))).status).toBe(401);
    const back = await submit(gone, '/people', [button(gone, 'Bring back', amal)]);
    expect(back.text).toContain('Amal is back as a student.');
    expect((await world.request(amal.token, 'GET', world.at('/grades/me'))).status).toBe(200);
  });

  it('is told where somebody was changed meanwhile, and changes nothing', async () => {
    const { world, amal, open, submit } = await instructor();
    const page = await open('/people');
    await world.request(world.key, 'PATCH', world.at(`/people/${amal.id}`), { withdrawn: true }, { 'if-match': '*' });
    const refused = await submit(page, '/people', [button(page, 'Make assistant', amal)]);
    expect(refused.status).toBe(412);
    expect(refused.html).toContain('role="alert"');
    expect(refused.text).toContain('Somebody changed this person meanwhile, so nothing was done.');
    expect(refused.text).not.toContain('If-Match');
    expect(rowOf(refused, 'Amal')).toContain('Student withdrawn');
  });

  it('gives more time, changes it and takes it away, in the time of the course', async () => {
    const { world, boss, amal, open, submit } = await instructor();
    await world.request(boss.token, 'PUT', world.at('/schedule/unit/4'), { dueAt: '2026-10-30T03:59:00Z' });
    const at = `/people/${amal.id}`;
    const page = await open(at);
    expect(page.text).toContain('More time For a unit');
    expect(page.text).toMatch(/4\. [^(]+\(due Thu, Oct 29, 2026, 11:59 PM EDT\)/);
    const zone: [string, string] = ['timeZone', 'America/New_York'];
    const given = await submit(page, at, [zone, ['unit', '4'], ['dueAt', '2026-11-05T23:59'], ['reason', 'was <ill>']]);
    expect(given.text).toContain('They have more time.');
    expect(given.text).toContain('due Thu, Nov 5, 2026, 11:59 PM EST');
    expect(rowOf(await open('/people'), 'Amal')).toContain('1 unit');
    expect((await newVisitor(world, amal).open('/units/4')).text).toContain('Due Thu, Nov 5, 2026, 11:59 PM EST');

    const was: [string, string] = ['dueAtWas', fieldValue(given.html, 'dueAtWas')!];
    const changed = await submit(given, at, [
      zone,
      was,
      ['given', '4'],
      ['unit', '4'],
      ['dueAt', '2026-11-05T23:59'],
      ['closesAt', '2026-11-08T12:00'],
    ]);
    expect(changed.text).toContain('due Thu, Nov 5, 2026, 11:59 PM EST, closes Sun, Nov 8, 2026, 12:00 PM EST');
    const taken = await submit(changed, at, [zone, ['given', '4'], ['unit', '4'], ['take', '4']]);
    expect(taken.text).toContain('The extension is taken away.');
    expect(taken.text).toContain('None given.');
  });

  it.each([
    ['no date', [], 'Say when it is due for them, or when it closes.'],
    ['an hour that clocks skip', [['dueAt', '2027-03-14T02:30']], 'clocks go forward over 2027-03-14 02:30'],
    [
      'a close before the due date',
      [
        ['dueAt', '2026-11-05T23:59'],
        ['closesAt', '2026-11-04T23:59'],
      ],
      'It closes before it is due.',
    ],
  ] as const)('gets an extension back with %s', async (_what, dates, why) => {
    const { amal, open, submit } = await instructor();
    const at = `/people/${amal.id}`;
    const typed = [['timeZone', 'America/New_York'], ['given', ''], ['unit', '4'], ...dates, ['reason', 'was <ill>']];
    const refused = await submit(await open(at), at, typed as [string, string][]);
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(why)]);
    expect(refused.html).toContain('<option value="4" selected');
    expect(fieldValue(refused.html, 'reason')).toBe('was <ill>');
    if (dates[0]) expect(fieldValue(refused.html, 'dueAt')).toBe(dates[0][1]);
    expect(refused.text).toContain('None given.');
  });

  it.each([
    ['no time zone', []],
    ['a time zone of nowhere', [['timeZone', 'Mars/Base']]],
    [
      'a moment that is none',
      [
        ['timeZone', 'UTC'],
        ['dueAtWas', '1e300'],
      ],
    ],
  ] as const)('is refused a damaged form with %s', async (_what, fields) => {
    const { amal, open, submit } = await instructor();
    const at = `/people/${amal.id}`;
    const typed = [...fields, ['unit', '4'], ['dueAt', '2026-11-05T23:59']];
    expect((await submit(await open(at), at, typed as [string, string][])).status).toBe(422);
  });

  it('downloads what is kept of somebody, and erases it once their name is typed', async () => {
    const { world, amal, open, submit, send, course } = await instructor();
    await world.answer(amal, 'S29', { role: 'cm', reason: 'my own words' });
    await world.post(amal, 'Q003.1', { body: words(60), claims: ['001.13'] });
    const at = `/people/${amal.id}`;
    const page = await open(at);
    expect(page.text).toContain('1 answer, 1 post, 2 grades');
    const file = cookies
      ? await open(`${at}/data`)
      : await send('POST', `${course}${at}/data`, new URLSearchParams({ session: fieldValue(page.html, 'session')! }));
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.text).toContain('my own words');

    const typed = (name: string): [string, string][] => [
      ['name', name],
      ['reason', 'asked for it'],
      ['erase', '1'],
    ];
    const wrong = await submit(page, at, typed('Amul'));
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('nothing was erased')]);
    expect(fieldValue(wrong.html, 'name')).toBe('Amul');
    expect(wrong.text).toContain('1 answer, 1 post, 2 grades');
    const done = await submit(wrong, at, typed(' amal '));
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('is erased, and their name with it')]);
    expect(done.text).not.toContain('Amal');
    expect((await submit(wrong, at, typed('Amal'))).status, 'a second click').toBe(200);
    expect((await open('/people')).text).not.toContain('Amal');
  });

  it('imports a roster: sees what it would do, then does exactly that', async () => {
    const { world, amal, open, submit } = await instructor();
    const csv = `externalId,name,role\n${amal.externalId},,assistant\n"<b>eve",<i>Efua,\n`;
    const plan = await submit(await open('/roster'), '/roster', [['csv', csv]]);
    expect(plan.status, plan.text).toBe(200);
    expect(plan.text).toContain('Nothing is changed yet. 1 comes in, 1 changes.');
    expect(rowOf(plan, 'Amal')).toContain('student becomes assistant');
    expect(plan.text).toContain('<i>Efua');
    expect(plan.html).not.toMatch(/<i>Efua|<b>eve/);
    expect(fieldValue(plan.html, 'csv')).toBe(csv);
    expect((await open('/people')).text).not.toContain('Efua');
    const etag = fieldValue(
      plan.html.replaceAll('<button type="submit" class="button main" form="roster"', '<input'),
      'apply',
    );
    const done = await submit(plan, '/roster', [
      ['csv', csv],
      ['apply', etag!],
    ]);
    expect(done.text).toContain('The roster is here. 1 came in, 1 changed.');
    expect(done.text).not.toContain('Do exactly this');
    const again = await submit(plan, '/roster', [
      ['csv', csv],
      ['apply', etag!],
    ]);
    expect(again.text, 'a second click').toContain('1 came in, 1 changed.');
    const people = await open('/people');
    expect(rowOf(people, 'Amal')).toContain('Assistant');
    expect(people.text).toContain('<i>Efua');
    const rows = await world.db.$client.execute({
      sql: 'select 1 from enrolment where course_id = ?',
      args: [world.course],
    });
    expect(rows.rows).toHaveLength(3);
  });

  it('does not do what the text, changed since, would do, and names faulty lines', async () => {
    const { open, submit } = await instructor();
    const plan = await submit(await open('/roster'), '/roster', [['csv', 'externalId\none\n']]);
    const etag = /name="apply" value="([^"]+)"/.exec(plan.html)![1]!.replaceAll('&quot;', '"');
    const other = await submit(plan, '/roster', [
      ['csv', 'externalId\ntwo\n'],
      ['apply', etag],
    ]);
    expect([other.status, other.text]).toEqual([412, expect.stringContaining('Look at it again first.')]);
    expect(fieldValue(other.html, 'csv')).toBe('externalId\ntwo\n');
    const faulty = await submit(plan, '/roster', [['csv', 'externalId,role\nthree,boss\nthree,\n']]);
    expect(faulty.status).toBe(422);
    expect(faulty.text).toContain('there is no role boss');
    expect(faulty.text).toContain('the same externalId as in line 2');
    expect((await open('/people')).text).not.toMatch(/three|two/);
  });
});

describe('the pages of people', () => {
  it('keep the last instructor, and say why', async () => {
    const world = await newWorld();
    const boss = await world.instructor();
    const { open, submit } = newVisitor(world, boss);
    const page = await open('/people');
    expect(page.text).toContain('This is you: another instructor can change it.');
    const refused = await submit(page, '/people', [['move', `${boss.id}~1~instructor~learner`]]);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('Make somebody else one first.')]);
    const nonsense = await submit(page, '/people', [['move', 'nobody~1~learner~king']]);
    expect([nonsense.status, nonsense.text]).toEqual([
      422,
      expect.stringContaining('Choose what is to become of whom.'),
    ]);
  });

  it('ask the database once, and find by name', async () => {
    const world = await newWorld();
    const [boss, amal] = [await world.instructor(), await world.learner('Amal Ñandú <script>alert(1)</script>')];
    await world.learner('Ben');
    const { open } = newVisitor(world, boss);
    for (const path of ['/people', `/people/${amal.id}`, '/roster', '/dates']) {
      const { result, trips } = await world.tripsOf(() => open(path));
      expect([path, result.status, trips]).toEqual([path, 200, 1]);
      expect(result.html).not.toContain('<script>alert');
    }
    const found = await open('/people?find=BEN');
    expect(found.text).toContain('Ben');
    expect(found.text).not.toContain('Amal');
    expect((await open('/people?find=nobody%20%3Cb%3E')).text).toContain('Nobody is called so.');
  });

  it('come a hundred at a time', async () => {
    const world = await newWorld();
    const boss = await world.instructor();
    const people = Array.from({ length: 101 }, (_, index) => ({
      externalId: `p${index}`,
      name: `Person ${index} of many`,
    }));
    await world.request(world.key, 'POST', world.at('/roster'), { people });
    const { open, course } = newVisitor(world, boss);
    const first = await open('/people?find=of+many');
    expect(first.text.match(/Person \d+ of many/g)!.length).toBeGreaterThanOrEqual(100);
    const next = /<a href="([^"]+cursor[^"]+)"/.exec(first.html)![1]!.replaceAll('&amp;', '&');
    expect(next).toContain('find=of+many');
    const second = await open(next.slice(course.length));
    expect(second.text).toContain('Person 100 of many');
    expect(second.text).not.toContain('Person 99 of many');
    expect(second.text).not.toContain('More people');
  });

  it('show assistants who is there, and let them change nothing', async () => {
    const world = await newWorld();
    const [aide, amal] = [await world.assistant(), await world.learner('Amal')];
    const { open, submit } = newVisitor(world, aide);
    const page = await open('/people');
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Amal')]);
    expect(page.text).not.toMatch(/Withdraw|Make assistant|Import a roster|Dates and settings/);
    const one = await open(`/people/${amal.id}`);
    expect(one.status).toBe(200);
    expect(one.text).not.toMatch(/Erase|Download|Give more time|Withdraw/);
    const session = `action="/courses/${world.course}/people#result"><input name="session" value="${aide.token}"><input name="once" value="x">`;
    const tried = await submit({ ...page, html: session }, '/people', [['move', `${amal.id}~1~learner~assistant`]]);
    expect([tried.status, tried.text]).toEqual([403, expect.stringContaining('Not for this role')]);
    for (const path of ['/roster', '/dates', `/people/${amal.id}/data`]) expect((await open(path)).status).toBe(403);
  });

  it('are closed to students, and know nobody of another course', async () => {
    const world = await newWorld();
    const [boss, amal] = [await world.instructor(), await world.learner('Amal')];
    const student = newVisitor(world, amal);
    for (const path of ['/people', `/people/${amal.id}`, '/roster', '/dates', `/people/${amal.id}/data`])
      expect([path, (await student.open(path)).status]).toEqual([path, 403]);
    const other = await world.newCourse();
    const zoe = await world.learner('Zoe', other.id);
    const { open } = newVisitor(world, boss);
    expect((await open('/people')).text).not.toContain('Zoe');
    for (const path of [`/people/${zoe.id}`, `/people/${zoe.id}/data`]) expect((await open(path)).status).toBe(404);
  });

  it('say from which LMS somebody came', async () => {
    const { world, ines } = await newLmsWorld({ students: ['Sam'] });
    const page = await newVisitor(world, ines).open('/people');
    const { rows } = await world.db.$client.execute({
      sql: 'select name from platform where institution_id = ?',
      args: [world.institution],
    });
    expect(page.text).toContain(`Student ${rows[0]!.name}`);
  });
});
