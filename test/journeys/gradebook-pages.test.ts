import { describe, expect, it } from 'vitest';
import { newLmsWorld } from '../world/lms-course.ts';
import { fieldValue, newVisitor, type Page } from '../world/visitor.ts';
import { newWorld, publish, type Somebody, words } from '../world/world.ts';

const S29 = '/scenario/S29';
const at = (who: Somebody, activity = '') => `/gradebook/${who.id}${activity}`;

/** Sends a form of a grade's page: with what its page showed as the newest event. */
const forms = ({ submit }: ReturnType<typeof newVisitor>, who: Somebody, activity = S29) => {
  const latest = (page: Page): [string, string] => ['latest', fieldValue(page.html, 'latest') ?? ''];
  const send = (page: Page, fields: [string, string][]) => submit(page, at(who, activity), [latest(page), ...fields]);
  return {
    override: (page: Page, points: string, reason: string) =>
      send(page, [
        ['points', points],
        ['reason', reason],
        ['do', 'override'],
      ]),
    lift: (page: Page) => send(page, [['do', 'lift']]),
    replay: (page: Page, event: string) => submit(page, at(who, activity), [['replay', event]]),
    send,
  };
};

/** A class of three, of whom Ana earned 4 of 4 on S29, and Ben 1. */
const newClass = async () => {
  const world = await newWorld();
  const [ana, ben, cy] = [await world.learner('Ana'), await world.learner('Ben'), await world.learner('Cy')];
  const ines = await world.instructor();
  await world.answer(ana, 'S29', { role: 'cm', claims: ['001.13'] });
  await world.answer(ben, 'S29', { role: 'smm', reason: 'It is <i>hers</i>.' });
  const events = async (who: Somebody) =>
    (await world.request(ines.token, 'GET', world.at(`/people/${who.id}/grades${S29}/events`))).body.items;
  return { world, ana, ben, cy, ines, events };
};

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('an instructor %s', (_title, cookies) => {
  const instructor = async () => {
    const made = await newClass();
    return { ...made, ...newVisitor(made.world, made.ines, { cookies }) };
  };

  it('sees the class by unit, opens a unit, then a grade', async () => {
    const { ana, ben, cy, open, course } = await instructor();
    const there = (to: string) => (cookies ? `href="${course}${to}"` : `formaction="${course}${to}"`);
    const book = await open('/gradebook');
    expect(book.status, book.text).toBe(200);
    expect(book.text).toContain('Points of 3 people by unit');
    expect(book.text).toMatch(/Ana 4 4 of [\d.]+ points – no grade yet .* 4 4 of 51 points .* Ben 1/);
    expect(book.html).toContain(there(`${at(ana)}#unit-4`));
    expect(book.html).toContain(there('/gradebook?unit=4'));
    const unit = await open('/gradebook?unit=4');
    expect(unit.html).toContain('<th scope="colgroup" colspan="14">');
    expect(unit.text).toMatch(/Cy 0 0 of [\d.]+ points – no grade yet/);
    expect(unit.html).toContain(there(at(ana, S29)));
    expect((await open('/gradebook?unit=all')).html.split('<th scope="colgroup"')).toHaveLength(8);
    const grade = await open(at(ana, S29));
    expect(grade.text).toContain('Ana : 4 of 4 points');
    expect(grade.text).toContain('licensed by 001.13');
    expect(grade.text).toContain('100% of 4 points is 4.');
    expect(grade.html).toContain('<div id="claim-001.13" popover="auto"');
    expect(grade.text).toContain('Next: Ben');
    expect(grade.html).toContain(there(at(ben, S29)));
    expect((await open(at(cy, S29))).text).not.toContain('Next:');
    expect(grade.html).toContain(there('/gradebook?unit=4'));
  });

  it('finds people by name, and is told when there are none', async () => {
    const { world, ines, open, send, course } = await instructor();
    const form = (named: string) =>
      cookies
        ? open(`/gradebook?named=${named}`)
        : send('POST', `${course}/gradebook`, new URLSearchParams({ session: ines.token, named }));
    await world.learner('<b>Annika</b>');
    const found = await form('AN');
    expect(found.text).toContain('2 people with “AN” in their name');
    expect(found.text).not.toMatch(/\bBen\b/);
    expect(found.html).toContain('&lt;b&gt;Annika&lt;/b&gt;');
    expect((await form('%')).text).toContain('0 people with “%” in their name');
  });

  it('sets a grade by hand with a reason, and lifts it again', async () => {
    const { ben, events, ...visitor } = await instructor();
    const { override, lift } = forms(visitor, ben);
    const done = await override(await visitor.open(at(ben, S29)), '3.5', 'Argued <b>well</b>.');
    expect(done.status, done.text).toBe(200);
    expect(done.html).toContain('<section id="result" class="box good" role="status" tabindex="-1"');
    expect(done.text).toContain('The grade is set. 3.5 of 4 points, set by hand.');
    expect(done.html).toContain('Argued &lt;b&gt;well&lt;/b&gt;.');
    expect((await visitor.open('/gradebook?unit=4')).text).toContain('3.5 of 4 points, set by hand');
    expect((await visitor.open(at(ben))).text).toContain('3.5 of 4 points set by hand');
    const lifted = await lift(await visitor.open(at(ben, S29)));
    expect(lifted.text).toContain('What was set by hand is lifted. 1 of 4 points.');
    expect((await events(ben)).map(({ type }: { type: string }) => type)).toEqual(['verdict', 'override', 'lift']);
  });

  it.each([
    ['', 'agreed', 'Give the points.'],
    ['3', ' ', 'Say why'],
    ['3.125', 'agreed', 'at most 2 decimals'],
    ['2000', 'agreed', 'at most 1000'],
  ])('gets back what was typed: points “%s”, reason “%s”', async (points, reason, why) => {
    const { ben, events, ...visitor } = await instructor();
    const back = await forms(visitor, ben).override(await visitor.open(at(ben, S29)), points, reason);
    expect([back.status, back.text]).toEqual([422, expect.stringContaining(why)]);
    expect(fieldValue(back.html, 'points') ?? '').toBe(points);
    expect(fieldValue(back.html, 'reason')).toBe(reason);
    expect(await events(ben)).toHaveLength(1);
  });

  it('sets it once with a double click, and never over what happened meanwhile', async () => {
    const { world, ben, events, ...visitor } = await instructor();
    const { override } = forms(visitor, ben);
    const page = await visitor.open(at(ben, S29));
    const both = await Promise.all([0, 1].map(() => override(page, '2', 'agreed')));
    for (const { status, text } of both)
      expect([status, text]).toEqual([200, expect.stringContaining('2 of 4 points')]);
    expect(await events(ben)).toHaveLength(2);
    await world.answer(ben, 'S29', { role: 'cm', claims: ['001.13'] });
    const stale = await override(page, '2.5', 'agreed again');
    expect([stale.status, stale.text]).toEqual([412, expect.stringContaining('The grade has moved')]);
    expect(stale.text).toContain('Attempt 2 was graded: 4 of 4 points.');
    expect([fieldValue(stale.html, 'points'), fieldValue(stale.html, 'reason')]).toEqual(['2.5', 'agreed again']);
    expect((await override(stale, '2.5', 'agreed again')).text).toContain('2.5 of 4 points, set by hand');
  });

  it('grades a receipt again, and is told plainly how it compares', async () => {
    const { world, ben, events, ...visitor } = await instructor();
    const [{ id }] = await events(ben);
    const { replay } = forms(visitor, ben);
    const same = await replay(await visitor.open(at(ben, S29)), id);
    expect([same.status, same.text]).toEqual([200, expect.stringContaining('The same, byte for byte.')]);
    await world.db.$client.execute({
      sql: `insert into answer select 'forged-' || id, institution_id, course_id, person_id, scenario, 2, role, claims,
        counter_claims, reason, late_ms, submitted_at, full_credit, verdict_id, 396, 396, 396 from answer where id = ?`,
      args: [id],
    });
    const other = await replay(await visitor.open(at(ben, S29)), `forged-${id}`);
    expect(other.html).toContain('<section id="result" class="box bad" role="alert"');
    expect(other.text).toContain('It does not come out the same.');
  });

  it('takes the gradebook to a spreadsheet and brings it back, seeing first what that does', async () => {
    const { world, ines, ana, ben, open, submit, send, course } = await instructor();
    const path = '/gradebook/spreadsheet';
    const page = await open(path);
    const download = new URLSearchParams({ session: ines.token, download: 'csv' });
    const file = await send('POST', `${course}${path}`, download);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="gradebook.csv"');
    expect(file.html).toMatch(/^person,externalId,name,asOf,.*\r\n.*,Ana,UTC /);
    const [head, ...rows] = file.html.trim().split('\r\n');
    const column = head!.split(',').findIndex((title) => title.startsWith('S29 '));
    const csv = [
      head,
      ...rows.map((row) =>
        row
          .split(',')
          .map((cell, n) => (n === column ? '3' : cell))
          .join(','),
      ),
    ];
    const edited = csv.join('\n');
    const look = await submit(page, path, [
      ['csv', edited],
      ['do', 'look'],
    ]);
    expect([look.status, look.text]).toEqual([200, expect.stringContaining('3 grades would be set by hand; ')]);
    expect(look.text).toMatch(/Ana \w.+? 4 3 set by hand Ben/);
    const etag: [string, string] = ['etag', fieldValue(look.html, 'etag')!];
    const apply = (reason: string) =>
      submit(look, path, [['csv', fieldValue(look.html, 'csv')!], etag, ['reason', reason], ['do', 'apply']]);
    const unsaid = await apply(' ');
    expect([unsaid.status, unsaid.text]).toEqual([422, expect.stringContaining('Say why')]);
    expect(fieldValue(unsaid.html, 'csv')).toBe(edited);
    const twice = await Promise.all([0, 1].map(() => apply('second reading')));
    for (const { status, text } of twice)
      expect([status, text]).toEqual([200, expect.stringContaining('3 grades were set by hand; ')]);
    expect((await open(at(ana, S29))).text).toContain('second reading');
    const { body } = await world.request(ines.token, 'GET', world.at(`/people/${ben.id}/grades${S29}/events`));
    expect(body.items).toHaveLength(2);
  });
});

describe('an edited gradebook', () => {
  const path = '/gradebook/spreadsheet';

  it('is refused by its lines, and applied only as it was seen', async () => {
    const { world, ana, ben, ines } = await newClass();
    const { open, submit } = newVisitor(world, ines);
    const page = await open(path);
    const csv = `person,S29\n${ana.id},many\n<b>nobody</b>,3\n`;
    const faulty = await submit(page, path, [['csv', csv]]);
    expect(faulty.status).toBe(422);
    expect(faulty.text).toMatch(/Line 2, column S29: “many” is not a number; write 3.5\. Line 3: there is nobody/);
    expect(faulty.html).not.toContain('<b>nobody');
    expect(fieldValue(faulty.html, 'csv')).toBe(csv);
    expect((await submit(page, path, [['csv', ' ']])).text).toContain('Paste the edited file first');
    const look = await submit(page, path, [['csv', `person,S29\n${ben.id},2\n`]]);
    await world.answer(ben, 'S29', { role: 'both' });
    const fields: [string, string][] = [
      ['csv', fieldValue(look.html, 'csv')!],
      ['etag', fieldValue(look.html, 'etag')!],
      ['reason', 'agreed'],
      ['do', 'apply'],
    ];
    const moved = await submit(look, path, fields);
    expect([moved.status, moved.text]).toEqual([
      412,
      expect.stringContaining('the gradebook has moved since you looked'),
    ]);
    expect(moved.text).not.toContain('Apply');
  });

  it('that is the gradebook changes nothing, and says so', async () => {
    const { world, ines } = await newClass();
    const { open, submit, send, course } = newVisitor(world, ines);
    const download = new URLSearchParams({ session: ines.token, download: 'csv' });
    const { html: csv } = await send('POST', `${course}${path}`, download);
    const look = await submit(await open(path), path, [['csv', csv]]);
    expect(look.text).toContain('Nothing differs from the gradebook');
    expect(look.text).not.toContain('Apply');
  });
});

describe('points by a rubric', () => {
  const marked = async () => {
    const world = await newWorld();
    await publish(world, (rules) => {
      rules.prompts['Q003.1']!.rubric = [
        { id: 'argument', title: 'Argues <well>', points: 3 },
        { id: 'style', title: 'Reads well', points: 1.5 },
      ];
    });
    const ana = await world.learner('Ana');
    await world.post(ana, 'Q003.1', { body: words(60), claims: ['001.13'], role: 'cm' });
    const aide = newVisitor(world, await world.assistant());
    return { world, ana, aide, ...forms(aide, ana, '/prompt/Q003.1') };
  };

  it('are given by an assistant, criterion by criterion, and taken away', async () => {
    const { ana, aide, send } = await marked();
    expect((await aide.open('/gradebook?unit=1')).text).toContain('2 of 9.5 points, rubric not marked yet');
    const page = await aide.open(at(ana, '/prompt/Q003.1'));
    expect(page.html).toContain('Argues &lt;well&gt;');
    expect(page.html).not.toContain('value="override"');
    const done = await send(page, [
      ['rubric argument', '2.5'],
      ['rubric style', ''],
      ['comment', 'Good.'],
      ['do', 'rubric'],
    ]);
    expect(done.text).toContain('The points of the rubric are given. 4.5 of 9.5 points, 2.5 of them by the rubric.');
    expect(done.text).toContain('Argues <well> 2.5 3 Reads well not marked 1.5');
    expect(fieldValue(done.html, 'rubric argument')).toBe('2.5');
    const away = await send(done, [['do', 'unmark']]);
    expect(away.text).toContain('The points of the rubric are taken away. 2 of 9.5 points.');
  });

  it.each([
    ['more than there are', ['rubric argument', '4'], 'give argument from 0 to 3 points'],
    ['none at all', ['rubric argument', ''], 'Mark one criterion or more.'],
    ['for what is no criterion', ['rubric charm', '1'], 'there is no criterion charm'],
  ] as const)('are refused: %s', async (_what, field, why) => {
    const { ana, aide, send } = await marked();
    const back = await send(await aide.open(at(ana, '/prompt/Q003.1')), [[...field], ['do', 'rubric']]);
    expect([back.status, back.text]).toEqual([422, expect.stringContaining(why)]);
  });
});

describe('who may', () => {
  it('is the staff: a student meets a refusal on every page', async () => {
    const { world, ana } = await newClass();
    const { open } = newVisitor(world, ana);
    for (const path of ['/gradebook', '/gradebook/spreadsheet', at(ana), at(ana, S29)])
      expect((await open(path)).status, path).toBe(403);
  });

  it('set grades by hand is an instructor; an assistant looks', async () => {
    const { world, ana, events } = await newClass();
    const aide = newVisitor(world, await world.assistant());
    const page = await aide.open(at(ana, S29));
    expect(page.text).toContain('Ana : 4 of 4 points');
    expect(page.html).not.toContain('value="override"');
    expect((await forms(aide, ana).override(page, '1', 'no')).status).toBe(403);
    const sheet = await aide.open('/gradebook/spreadsheet');
    expect([sheet.html.includes('name="download"'), sheet.html.includes('name="csv"')]).toEqual([true, false]);
    const send = new URLSearchParams({ session: fieldValue(sheet.html, 'session')!, once: 'x', csv: 'person\n' });
    expect((await aide.send('POST', `${aide.course}/gradebook/spreadsheet`, send)).status).toBe(403);
    expect(await events(ana)).toHaveLength(1);
  });

  it('sees nobody of another course, and no grade that there is not', async () => {
    const { world, ana, ines } = await newClass();
    const other = await world.newCourse();
    const zelda = await world.learner('Zelda', other.id);
    const { open } = newVisitor(world, ines);
    expect((await open('/gradebook')).text).not.toContain('Zelda');
    for (const path of [at(zelda), at(zelda, S29), at(ana, '/scenario/S999'), at(ana, '/unit/4')])
      expect((await open(path)).status, path).toBe(404);
    expect((await newVisitor(world, await world.instructor(other.id)).open('/gradebook')).status).toBe(404);
  });
});

describe('the gradebook', () => {
  it('says whether the LMS has a grade, and which column an override moves', async () => {
    const { world, platform, ines, sam, answer, deliver } = await newLmsWorld();
    const { open } = newVisitor(world, ines);
    const { title } = world.deps.catalogue.scenarios.S29!;
    await platform.stop();
    await answer(sam);
    expect((await open('/gradebook?unit=4')).text).toContain('4 of 4 points, on its way to the LMS');
    const page = await open(at(sam, S29));
    expect(page.text).toContain('The LMS did not answer. It is sent again by itself.');
    expect(page.text).toContain(`It moves the column “${title}” in the LMS`);
    await platform.start();
    await deliver(600_000);
    expect((await open('/gradebook?unit=4')).text).toContain('4 of 4 points, in the LMS');
    expect((await open(at(sam))).text).toContain('In the LMS since Mon, Sep 7');
    expect((await open(at(sam, '/scenario/S30'))).text).toContain('This grade goes to no column of an LMS.');
  });

  it('marks what came late, where the answer that counts did, and does the sum', async () => {
    const { world, ana, ben, ines } = await newClass();
    await world.request(ines.token, 'PUT', world.at('/schedule/unit/4'), { dueAt: '2026-09-07T12:30:00Z' });
    world.clock.now += 3_600_000;
    await world.answer(ana, 'S29', { role: 'neither' });
    await world.answer(ben, 'S29', { role: 'cm', claims: ['001.13'] });
    const { open } = newVisitor(world, ines);
    const unit = await open('/gradebook?unit=4');
    expect(unit.text).toMatch(/Ben .*?of 4 points, late/);
    expect(unit.text).not.toMatch(/Ana .*late.* Ben/);
    expect((await open(at(ben, S29))).text).toMatch(/100% of 4 points is 4, .*less [\d.]+ \(late\): [\d.]+\./);
  });

  it('pages through a large class, and leaves out who has left', async () => {
    const { world, ines } = await newClass();
    const gone = await world.learner('Gone');
    await world.request(world.key, 'PATCH', world.at(`/people/${gone.id}`), { withdrawn: true }, { 'if-match': '*' });
    const id = (n: number) => `0fffffff-0000-7000-8000-${String(n).padStart(12, '0')}`;
    await world.db.$client.batch(
      Array.from({ length: 50 }, (_, n) => [
        {
          sql: "insert into person (id, institution_id, issuer, subject, name, created_at) values (?, ?, 'api', ?, ?, 0)",
          args: [`${world.course.slice(0, 8)}${id(n).slice(8)}`, world.institution, `many-${n}`, `Many ${n}`],
        },
        {
          sql: "insert into enrolment (course_id, person_id, institution_id, role, created_at) values (?, ?, ?, 'learner', 0)",
          args: [world.course, `${world.course.slice(0, 8)}${id(n).slice(8)}`, world.institution],
        },
      ]).flat(),
    );
    const { open, send } = newVisitor(world, ines);
    const first = await open('/gradebook?unit=4');
    expect(first.text).toContain('Points of 50 people by activity');
    const next = /href="([^"]+cursor=[^"]+)"/.exec(first.html)![1]!.replaceAll('&amp;', '&');
    const second = await send('GET', next);
    expect(second.text).toContain('Points of 3 people by activity');
    expect(second.text).toContain('Back to the first');
    expect(`${first.text}${second.text}`).not.toContain('Gone');
    expect((await send('GET', next.replace('cursor=', 'cursor=x'))).status).toBe(400);
  });

  it('takes one round trip a page, and an override one more', async () => {
    const { world, ana, ines } = await newClass();
    const visitor = newVisitor(world, ines, { cookies: false });
    const trips = async (work: () => Promise<Page>) => (await world.tripsOf(work)).trips;
    await visitor.open('/gradebook');
    for (const path of ['/gradebook', '/gradebook?unit=all', at(ana), at(ana, S29), '/gradebook/spreadsheet'])
      expect(await trips(() => visitor.open(path)), path).toBe(1);
    const page = await visitor.open(at(ana, S29));
    expect(await trips(() => forms(visitor, ana).override(page, '2', 'agreed'))).toBe(2);
    await publish(world, (rules) => {
      rules.policy.passMark = 0.4;
    });
    world.deps.rules.byHash.clear();
    world.deps.rules.byCourse.clear();
    expect(await trips(() => visitor.open(at(ana, S29)))).toBe(1);
  });
});
