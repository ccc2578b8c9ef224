import { describe, expect, it } from 'vitest';
import { signSession } from '../../src/auth/sessions.ts';
import { fieldValue, newVisitor } from '../world/visitor.ts';
import { newWorld, type Somebody, type World, words } from '../world/world.ts';

const answer = (role: string, claims: string[] = [], reason = ''): [string, string][] => [
  ['role', role],
  ...claims.map((claim): [string, string] => ['claims', claim]),
  ['reason', reason],
];

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('a student %s', (_title, cookies) => {
  const student = async () => {
    const world = await newWorld();
    const ana = await world.learner('Ana');
    return { world, ana, ...newVisitor(world, ana, { cookies }) };
  };

  it('goes from the course to a unit and a scenario', async () => {
    const { open, course } = await student();
    const there = (to: string) => (cookies ? `<a href="${course}${to}">` : `formaction="${course}${to}"`);
    const home = await open();
    expect(home.status).toBe(200);
    expect(home.text).toContain('Social media manager or community manager?');
    expect(home.html).toContain(there('/units/4'));
    const unit = await open('/units/4');
    expect(unit.text).toContain('Ten past nine on Sunday evening');
    expect(unit.html).toContain('<div id="claim-000.22" popover="auto"');
    expect(unit.html).toContain(there('/scenarios/S29'));
    expect(unit.html).toContain(there('/prompts/Q003.2'));
    expect(unit.html.includes('id="go"')).toBe(!cookies);
    expect(unit.html).not.toContain('nav li + li::before');
    // Back to a page that was posted for must find it in the browser's cache.
    expect(unit.headers.get('cache-control')).toBe(cookies ? 'private, no-store' : 'private, no-cache');
  });

  it('answers a scenario, reads why, sees the points in the unit', async () => {
    const { open, submit } = await student();
    const page = await open('/scenarios/S29');
    expect(page.text).toContain('Attempt 1 of 3');
    const done = await submit(page, '/scenarios/S29', answer('cm', ['001.13'], 'Honea says so.'));
    expect(done.status).toBe(200);
    expect(done.html).toContain('<section id="result" class="box good" role="status" tabindex="-1"');
    expect(done.text).toContain('4 of 4 points');
    expect(done.text).toContain('licensed by 001.13');
    expect(done.text).toContain('2 attempts left');
    expect(done.text).toContain('Who says what');
    const [verdict, others] = done.html.split('<details><summary>What other answers would have earned</summary>');
    expect(verdict).not.toMatch(/for the role alone|another role was chosen/);
    expect(others).toMatch(/for the role alone[\s\S]*another role was chosen/);
    expect((await open('/units/4')).text).toContain('1 of 3 attempts used · 4 of 4 points');
    expect((await open()).text).toContain('Begun');
    expect((await open()).text).toContain('1 of 13 tasks done · 4 of 51 points');
  });

  it('opens a claim of the lesson in place: who says it, where, how, and what they have to gain', async () => {
    const { open } = await student();
    const { html, text } = await open('/units/4');
    expect(html).toContain('popovertarget="claim-002b.12"');
    expect(html.match(/id="claim-002b\.12"/g)).toHaveLength(1);
    expect(text).toMatch(/Who an unnamed writer, “Community Managers Put[^”]+“Community” in Social Media”/);
    expect(text).toMatch(/Where L\d+ Stance asserts it: Community manager Interest \S+/);
  });

  it('reads a source: who wrote it and what for, what it says, and its claims', async () => {
    const { open } = await student();
    const there = (await open('/units/4')).html;
    expect(there).toMatch(/courses\/[\w-]+\/sources\/001"/);
    const { text } = await open('/sources/001');
    expect(text).toContain('Written by Keri Honea');
    expect(text).toContain('What it says');
    expect(text).toMatch(/001\.13 .*asserts it · Community manager/);
    expect((await open('/sources/999')).status).toBe(404);
  });

  it('searches the claims and cites from the margin of the lesson, and nothing is sent by it', async () => {
    const { world, ana, open, submit } = await student();
    const page = await open('/scenarios/S29');
    const typed = answer('cm', ['002a.13'], 'It is <hers>.');
    const found = await submit(page, '/scenarios/S29', [...typed, ['find', 'complaints LIST'], ['step', 'find']]);
    expect(found.status).toBe(200);
    const offered = [...found.html.matchAll(/name="claims" value="([^"]+)"( checked)?/g)].map(([, id, on]) => [
      id,
      Boolean(on),
    ]);
    expect(offered).toContainEqual(['002a.13', true]);
    expect(offered.length).toBeLessThan(20);
    const cited = await submit(found, '/scenarios/S29', [...typed, ['cite', '000.22']]);
    expect(cited.text).toContain('You cite 002a.13, 000.22. Nothing is sent yet.');
    expect(cited.html).toMatch(/value="000.22" checked/);
    expect(fieldValue(cited.html, 'reason')).toBe('It is <hers>.');
    expect(cited.html).toMatch(/value="cm" checked/);
    expect((await world.request(ana.token, 'GET', world.at('/scenarios/S29/answers'))).body.items).toEqual([]);
  });

  it('sees who says what as a picture and a table, once it is shown and not before', async () => {
    const { open, submit } = await student();
    const before = await submit(await open('/scenarios/S29'), '/scenarios/S29', answer('neither'));
    expect(before.html).not.toMatch(/<svg|Who says what/);
    const { html, text } = await submit(before, '/scenarios/S29', answer('cm', ['001.13']));
    expect(html.match(/<svg/g)).toHaveLength(1);
    expect(html.match(/<path d="M100[^>]*>/g)!.length).toBeGreaterThan(4);
    expect(html).toMatch(/class="silent"[^>]*>004 unnamed/);
    expect(text).toMatch(/000 Barclay Social media manager asserts it 000\.22/);
  });

  it('finds at home what is late and what comes next', async () => {
    const { world, open } = await student();
    expect((await open()).text).toContain('Next The last line Unit 1, Two titles, one muddle');
    const { token } = await world.instructor();
    const due = new Date(world.deps.now() - 3_600_000).toISOString();
    await world.request(token, 'PUT', world.at('/schedule/unit/4'), { dueAt: due });
    expect((await open()).text).toMatch(/Late: 10 tasks The how-to Unit 4, Where the sources disagree · Was due /);
    await world.request(token, 'PUT', world.at('/schedule/unit/4'), { closesAt: due }, { 'if-match': '*' });
    expect((await open()).text).toContain('Next The last line');
    expect((await open('/units/4')).text).toContain('The how-to Closed, not done');
  });

  it('uses one attempt for a double click, another for a changed answer', async () => {
    const { open, submit } = await student();
    const page = await open('/scenarios/S29');
    const twice = await Promise.all([0, 1].map(() => submit(page, '/scenarios/S29', answer('neither'))));
    for (const { text } of twice) expect(text).toContain('2 attempts left');
    expect((await submit(page, '/scenarios/S29', answer('cm'))).text).toContain('1 attempt left');
  });

  it.each([
    ['no role', answer('', ['001.13'], 'It is <hers>.'), 422, 'Choose a role.'],
    [
      'four claims',
      answer('cm', ['001.13', '000.22', '000.12', '000.14'], 'It is <hers>.'),
      422,
      'cite at most 3 claims',
    ],
    ['a claim of nowhere', answer('cm', ['999.1'], 'It is <hers>.'), 422, 'there is no claim 999.1'],
  ] as const)('gets back what was typed with %s, and why', async (_what, fields, status, why) => {
    const { open, submit } = await student();
    const back = await submit(await open('/scenarios/S29'), '/scenarios/S29', fields as [string, string][]);
    expect(back.status).toBe(status);
    expect(back.html).toContain('<section id="result" class="box bad" role="alert" tabindex="-1"');
    expect(back.text).toContain(why);
    expect(fieldValue(back.html, 'reason')).toBe('It is <hers>.');
    const role = fields[0]![1];
    if (role) expect(back.html).toMatch(new RegExp(`value="${role}" checked`));
    if (fields.length > 2 && fields[1]![1] === '001.13') expect(back.html).toMatch(/value="001.13" checked/);
    expect(back.text).toContain('Attempt 1 of 3');
  });

  it('is told when the unit has closed or the attempts are used up, and loses no word', async () => {
    const { world, ana, open, submit } = await student();
    const page = await open('/scenarios/S29');
    for (const role of ['neither', 'both', 'smm']) await world.answer(ana, 'S29', { role });
    const late = await submit(page, '/scenarios/S29', answer('cm', [], 'My reason.'));
    expect([late.status, late.text.includes('No attempts left')]).toEqual([409, true]);
    expect(late.text).toContain('What you typed: cm My reason.');

    const other = await open('/scenarios/S30');
    const { token } = await world.instructor();
    await world.request(token, 'PUT', world.at('/schedule/unit/4'), { closesAt: '2026-09-07T11:00:00Z' });
    const shut = await submit(other, '/scenarios/S30', answer('cm', [], 'My reason.'));
    expect(shut.status).toBe(403);
    expect(shut.text).toContain('It closed Mon, Sep 7, 2026, 7:00 AM EDT');
    expect(shut.text).toContain('What you typed: cm My reason.');
    expect((await open('/scenarios/S30')).html).not.toContain('type="radio"');
  });

  it('posts first, then sees the others and replies', async () => {
    const { world, open, submit } = await student();
    const ben = await world.learner('Ben');
    const { body: his } = await world.post(ben, 'Q003.1', { body: words(60, 'his'), claims: ['001.13'], role: 'cm' });
    const shut = await open('/prompts/Q003.1');
    expect(shut.text).toContain('Commit a post of your own of at least 60 words that cites at least 1 claim.');
    expect(shut.html).not.toContain('his0');

    const short = await submit(shut, '/prompts/Q003.1', [['body', 'Too short.']]);
    expect(short.text).toContain('It is kept. It is not committed yet.');
    const sent = await submit(await open('/prompts/Q003.1'), '/prompts/Q003.1', [
      ['body', `${words(60)} [001.13]`],
      ['role', 'smm'],
      ['claims', '001.13'],
    ]);
    expect(sent.text).toContain('The discussion is open to you below.');
    expect(sent.text).toContain('his0');
    expect(sent.html).toContain('popovertarget="claim-001.13"');
    expect(sent.html).toContain('<div id="claim-001.13" popover="auto"');

    const replied = await submit(sent, '/prompts/Q003.1', [
      [`reply-${his.id}`, words(20, 'reply')],
      ['step', `reply:${his.id}`],
    ]);
    expect(replied.html.split(`id="post-${his.id}"`)[1]).toContain('reply0');
    expect(replied.text).toContain('4 of 5 points');
    expect(replied.text).toContain('Reply to Ben');
    expect(replied.text).not.toContain('Reply to Ana');
  });

  it('keeps a reply that was not taken in its place', async () => {
    const { world, ana, open, submit } = await student();
    await world.post(ana, 'Q003.1', { body: words(60), claims: ['001.13'] });
    const ben = await world.learner('Ben');
    const { body: his } = await world.post(ben, 'Q003.1', { body: words(60, 'his'), claims: ['001.13'] });
    const page = await open('/prompts/Q003.1');
    const { token } = await world.instructor();
    await world.request(token, 'PUT', world.at(`/posts/${his.id}/lock`));
    const refused = await submit(page, '/prompts/Q003.1', [
      [`reply-${his.id}`, 'Why <so>?'],
      ['step', `reply:${his.id}`],
    ]);
    expect([refused.status, refused.text.includes('The thread is locked')]).toEqual([409, true]);
    expect(refused.text).toContain('Why <so>?');
  });
});

describe('staff', () => {
  it('see the pages without forms to answer, and the work of whom they name', async () => {
    const world = await newWorld();
    const [ana, boss] = [await world.learner('Ana'), await world.instructor()];
    await world.answer(ana, 'S29', { role: 'smm', reason: 'I think so.' });
    await world.post(ana, 'Q003.1', { body: words(60, 'hers'), claims: ['001.13'] });
    const { open, course } = newVisitor(world, boss);
    expect((await open()).text).toContain('Gradebook Rules Analytics');
    expect((await open('/scenarios/S29')).html).not.toContain('type="radio"');
    const hers = await open(`/scenarios/S29?person=${ana.id}`);
    expect(hers.text).toContain('Answers of Ana');
    expect(hers.text).toContain('I think so.');
    expect(hers.html).toContain(`<a href="${course}/units/4?person=${ana.id}">`);
    expect((await open(`/units/4?person=${ana.id}`)).text).toContain('Ana: 1 of');
    expect((await open(`/prompts/Q003.1?person=${ana.id}`)).text).toContain('The part of Ana: 2 of 5 points');
    expect((await open('/units/4?person=nobody')).status).toBe(404);
  });

  it('find at home what waits for them, in one round trip, and nothing of it a student', async () => {
    const world = await newWorld();
    const [ana, ben, boss] = [await world.learner('Ana'), await world.learner('Ben'), await world.instructor()];
    const { open } = newVisitor(world, boss);
    expect((await open()).text).toContain('Nothing waits for you');
    const { body: answer } = await world.answer(ana, 'S29', { role: 'smm', claims: ['003.09'] });
    const appeal = { answer: answer.id, claim: '003.09', body: 'Cole helps.' };
    await world.request(ana.token, 'POST', world.at('/appeals'), appeal);
    for (const who of [ana, ben]) await world.post(who, 'Q003.1', { body: words(60), claims: ['001.13'] });
    const { body: posts } = await world.request(ben.token, 'GET', world.at('/prompts/Q003.1/posts'));
    await world.request(ben.token, 'PUT', world.at(`/posts/${posts.items[0].id}/flag`), { reason: 'Is it hers?' });
    const { result, trips } = await world.tripsOf(() => open());
    expect(trips).toBe(1);
    expect(result.text).toContain('Waits for you 1 appeal 1 post to look at');
    expect((await newVisitor(world, ana).open()).text).not.toContain('for you 1');
  });

  it('are nobody whom a student can look over', async () => {
    const world = await newWorld();
    const [ana, ben] = [await world.learner('Ana'), await world.learner('Ben')];
    await world.answer(ana, 'S29', { role: 'smm', reason: 'A secret thought.' });
    const { open } = newVisitor(world, ben);
    for (const path of [`/scenarios/S29?person=${ana.id}`, `/units/4?person=${ana.id}`])
      expect((await open(path)).html).not.toMatch(/secret|Ana/);
  });

  it('cannot answer by a form of their own making', async () => {
    const world = await newWorld();
    const boss = await world.instructor();
    const { send, course } = newVisitor(world, boss);
    const fields = new URLSearchParams([['session', boss.token], ['once', 'x'], ...answer('cm')]);
    expect((await send('POST', `${course}/scenarios/S29`, fields)).status).toBe(403);
  });
});

describe('a page', () => {
  const framed = async (world: World, who: Somebody, frameAncestors: string[]) => {
    const { institution, course, deps } = world;
    const session = { institutionId: institution, courseId: course, personId: who.id, role: who.role, delivers: true };
    const now = deps.now();
    const token = await signSession(deps.config.sessionSecret, { ...session, frameAncestors }, now, now + 60_000);
    return newVisitor(world, { ...who, token });
  };

  it('stands in the frames of the LMS that launched it alone, and runs our script alone', async () => {
    const world = await newWorld();
    const ana = await world.learner('Ana');
    const policyOf = async (ancestors: string[]) =>
      (await (await framed(world, ana, ancestors)).open('/units/4')).headers.get('content-security-policy')!;
    expect(await policyOf(['https://lms.example', 'http://localhost:8090'])).toContain(
      'frame-ancestors https://lms.example http://localhost:8090',
    );
    expect(await policyOf(["https://x.example; script-src 'unsafe-inline'"])).toContain("frame-ancestors 'none'");
    const policy = await policyOf([]);
    expect(policy).toMatch(
      /^default-src 'none'; style-src ('nonce-[\w-]+'); script-src \1; connect-src 'self'; base-uri 'none'; form-action 'self'; /,
    );
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('costs one round trip, an answer two', async () => {
    const world = await newWorld();
    const ana = await world.learner('Ana');
    await world.answer(ana, 'S29', { role: 'smm' });
    await world.post(ana, 'Q003.1', { body: words(60), claims: ['001.13'] });
    const { open, submit } = newVisitor(world, ana);
    for (const path of ['', '/units/4', '/sources/001', '/scenarios/S29', '/prompts/Q003.1'])
      expect((await world.tripsOf(() => open(path))).trips, path).toBe(1);
    const page = await open('/scenarios/S29');
    const { trips } = await world.tripsOf(() => submit(page, '/scenarios/S29', answer('cm')));
    expect(trips).toBe(2);
  });

  it('stays under 60 KB; a scenario, which holds its lesson and every claim of the readings, under 80', async () => {
    const world = await newWorld();
    const { open } = newVisitor(world, await world.learner('Ana'));
    for (const path of ['', '/units/4', '/sources/002b', '/prompts/Q003.1'])
      expect((await open(path)).html.length, path).toBeLessThan(60_000);
    expect((await open('/scenarios/S29')).html.length).toBeLessThan(80_000);
  });

  it('says who is here by the session of its form, not by a cookie of another session', async () => {
    const world = await newWorld();
    const [ana, boss] = [await world.learner('Ana'), await world.instructor()];
    const { send, course } = newVisitor(world, boss);
    const hers = await send('POST', `${course}/scenarios/S29`, new URLSearchParams({ session: ana.token }));
    expect(hers.html).toContain('type="radio"');
    expect(hers.html).toContain('id="go"');
  });

  it('takes nothing without the session in its form: another site could have sent it', async () => {
    const world = await newWorld();
    const ana = await world.learner('Ana');
    const { send, course } = newVisitor(world, ana);
    const forged = await send('POST', `${course}/scenarios/S29`, new URLSearchParams([['once', 'x'], ...answer('cm')]));
    expect(forged.status).toBe(401);
    expect((await world.request(ana.token, 'GET', world.at('/scenarios/S29/answers'))).body.items).toEqual([]);
  });

  it('says in any frame that the session has ended, and gives back what was typed', async () => {
    const world = await newWorld();
    const ana = await world.learner('Ana');
    const { open, submit } = await framed(world, ana, ['https://lms.example']);
    const page = await open('/scenarios/S29');
    world.clock.now += 61_000;
    const ended = await submit(page, '/scenarios/S29', answer('cm', [], 'My long <reason>.'));
    expect(ended.status).toBe(401);
    expect(ended.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(ended.text).toContain('My long <reason>.');
    expect(ended.html).not.toContain('<form');
    expect((await newVisitor(world, ana, { cookies: false }).send('GET', `/courses/${world.course}`)).text).toContain(
      'Open it again from your course',
    );
  });

  it('shows names, titles, reasons and posts as text, whatever is in them', async () => {
    const world = await newWorld();
    const hostile = `</textarea></title></style><img src=x onerror=alert(1)><script>alert("x")</script>"'&`;
    await world.request(world.key, 'PATCH', `/v1/courses/${world.course}`, { name: hostile }, { 'if-match': '*' });
    const [eve, ana, boss] = [await world.learner(hostile), await world.learner(hostile), await world.instructor()];
    await world.answer(eve, 'S29', { role: 'cm', reason: hostile });
    const body = `${words(60)} ${hostile} [x](javascript:alert(1)) [001.13] <https://evil.example/">`;
    for (const who of [eve, ana]) await world.post(who, 'Q003.1', { body, claims: ['001.13'] });
    const pages = [
      ...(await Promise.all(['', '/units/4', '/scenarios/S29', '/prompts/Q003.1'].map(newVisitor(world, eve).open))),
      ...(await Promise.all(
        ['', '/units/4', '/scenarios/S29', '/prompts/Q003.1'].map((path) =>
          newVisitor(world, boss).open(`${path}?person=${eve.id}`),
        ),
      )),
    ];
    const browser = newVisitor(world, eve);
    pages.push(await browser.submit(pages[2]!, '/scenarios/S29', answer(hostile, [hostile], hostile)));
    pages.push(
      await browser.submit(pages[3]!, '/prompts/Q003.1', [
        ['body', hostile],
        ['claims', hostile],
      ]),
    );
    for (const { html, url, status } of pages) {
      expect([200, 422], url).toContain(status);
      expect(html, url).not.toMatch(/<img|<script(?! nonce)|href="javascript|onerror=alert\(1\)>[^&]*<script/);
      expect(html.split('</style>'), url).toHaveLength(2);
      expect(html.split('</title>'), url).toHaveLength(2);
    }
  });
});
