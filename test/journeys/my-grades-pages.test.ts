import { describe, expect, it } from 'vitest';
import { signSession } from '../../src/auth/sessions.ts';
import { newLmsWorld } from '../world/lms-course.ts';
import { applyRegrade } from '../world/regrade.ts';
import { newVisitor } from '../world/visitor.ts';
import { newWorld, publish, type Somebody, type World, words } from '../world/world.ts';

const hostile = '<img src=x onerror=alert(1)> & "quotes"';

/** A student who answered S29 with a claim that licenses nothing more. */
const newStudent = async () => {
  const world = await newWorld();
  const [ada, ines] = [await world.learner('Ada'), await world.instructor()];
  const answer = await world.answer(ada, 'S29', { role: 'smm', claims: ['003.09'] });
  return { world, ada, ines, answer: answer.body as { id: string } };
};

const override = (world: World, ines: Somebody, who: Somebody, points: number, reason: string) =>
  world.request(ines.token, 'PUT', world.at(`/people/${who.id}/grades/scenario/S29/override`), { points, reason });

const S29 = '/grades/scenario/S29';

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('the grades of a student %s', (_title, cookies) => {
  it('stand unit by unit with their sum, and each leads to why it is so', async () => {
    const { world, ada } = await newStudent();
    await world.post(ada, 'Q003.1', { body: words(60), claims: ['001.13'] });
    const { open, course } = newVisitor(world, ada, { cookies });
    const page = await open('/grades');
    expect(page.status, page.text).toBe(200);
    expect(page.text).toMatch(/Total: \d+ of 258 points\./);
    expect(page.text).toMatch(/The broken chair scenario 1 of 4/);
    expect(page.text).toMatch(/News at breakfast scenario, not answered yet – of 4/);
    expect(page.text).toContain('These grades stay here');
    const to = `${course}${S29}`;
    expect(page.html).toContain(cookies ? `<a href="${to}">` : `formaction="${to}"`);
  });

  it('are explained by what counted, and checked against the rules', async () => {
    const { world, ada } = await newStudent();
    await world.answer(ada, 'S29', { role: 'neither' });
    const { open, submit } = newVisitor(world, ada, { cookies });
    const page = await open(S29);
    expect(page.status, page.text).toBe(200);
    expect(page.text).toContain('It is what attempt 1 earned.');
    expect(page.text).toContain('Up to 3 attempts at each scenario; the best one counts.');
    expect(page.text).toMatch(/Attempt 1 was graded: 1 of 4 points\. counts .* Attempt 2 was graded: 0 of 4 points\./);
    expect(page.html.match(/<details open/g)).toHaveLength(1);
    const event = /name="check" value="([^"]+)"/.exec(page.html)![1]!;
    const checked = await submit(page, S29, [['check', event]]);
    expect([checked.status, checked.text]).toEqual([200, expect.stringContaining('It follows: the same facts')]);
    expect((await submit(page, S29, [['check', 'nothing']])).status).toBe(404);
  });

  it('are contested by a claim, and the decision is read there', async () => {
    const { world, ada, ines, answer } = await newStudent();
    const { open, submit } = newVisitor(world, ada, { cookies });
    const page = await open(S29);
    const cite: [string, string] = ['cite', `${answer.id}~003.09`];
    const empty = await submit(page, S29, [cite, ['body', ' ']]);
    expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Say why the verdict is wrong.')]);
    const done = await submit(page, S29, [cite, ['body', hostile]]);
    expect(done.text).toContain('Your appeal is with your instructor.');
    expect(done.html).toContain('&lt;img src=x');
    expect(done.html).not.toContain('<img');
    expect(done.text).toContain('It waits for an instructor');
    expect(done.text).toContain('is contested already');
    expect((await open('/grades')).text).toContain('scenario contested');

    const again = await submit(page, S29, [cite, ['body', 'Once more.']]);
    expect([again.status, again.text]).toEqual([409, expect.stringMatching(/There is an open appeal.*Once more\./)]);

    const { body } = await world.request(ines.token, 'GET', world.at('/appeals'));
    const deny = { decision: 'deny', reason: `It is about reach. ${hostile}` };
    await world.request(ines.token, 'PUT', world.at(`/appeals/${body.items[0].id}/decision`), deny);
    const denied = await open(S29);
    expect(denied.text).toMatch(/Contested, and denied .*It is about reach\. .*It can be contested again/);
    expect(denied.html).not.toContain('<img');
    expect(denied.html).toContain('name="cite"');
  });
});

describe('a grade explained', () => {
  it('names the override, its reason, and what was earned without it', async () => {
    const { world, ada, ines } = await newStudent();
    await override(world, ines, ada, 3.5, hostile);
    const page = await newVisitor(world, ada).open(S29);
    expect(page.text).toContain(
      `3.5 of 4 points An instructor set it by hand. Without that it would be 1 of 4 points.`,
    );
    expect(page.text).toContain(hostile);
    expect(page.html).not.toContain('<img');
    expect((await newVisitor(world, ada).open('/grades')).text).toContain('scenario, set by your instructor 3.5 of 4');
  });

  it('says what a regrade changed, and why', async () => {
    const { world, ada, ines } = await newStudent();
    const hash = await publish(world, ({ scenarios }) => {
      scenarios.S29!.accepts.push({ role: 'smm', credit: 0.75, needs: { any: ['003.09'] } });
    });
    await applyRegrade(world, ines, hash);
    const page = await newVisitor(world, ada).open(S29);
    expect(page.text).toContain('3 of 4 points It is what attempt 1 earned, graded anew after the rules were changed.');
    expect(page.text).toMatch(
      /Attempt 1 was graded: 1 of 4 points\. Mon.* An instructor graded it anew by other rules: .* counts /,
    );
    expect(page.text).toContain('the rule changed');
  });

  it('shows no more of the key than the student may see', async () => {
    const { world, ada, ines } = await newStudent();
    const closed = await newVisitor(world, ada).open(S29);
    expect(closed.text).not.toMatch(/000\.22|001\.13|What other answers would have earned|Barclay/);
    expect(closed.text).toContain('A claim in the readings would license more');
    const staff = await newVisitor(world, ines).open(`${S29}?person=${ada.id}`);
    expect(staff.text).toContain('What other answers would have earned');
    await world.answer(ada, 'S29', { role: 'cm', claims: ['001.13'] });
    expect((await newVisitor(world, ada).open(S29)).text).toContain('What other answers would have earned');
  });

  it('tells how taking part was counted, and that counting is not contested', async () => {
    const { world, ada } = await newStudent();
    await world.post(ada, 'Q003.1', { body: words(60), claims: ['001.13'] });
    const page = await newVisitor(world, ada).open('/grades/prompt/Q003.1');
    expect(page.text).toContain('It is counted from what was posted');
    expect(page.text).toContain('Participation is counted, not judged');
    expect(page.html).not.toContain('name="cite"');
  });

  it('that does not exist is not found', async () => {
    const { world, ada } = await newStudent();
    const { open } = newVisitor(world, ada);
    for (const path of ['/grades/scenario/S999', '/grades/unit/4', '/grades/nothing/S29'])
      expect((await open(path)).status, path).toBe(404);
  });

  it('says that the LMS has it, or why not and that there is nothing to do', async () => {
    const { world, platform, sam, answer, deliver } = await newLmsWorld();
    const { open } = newVisitor(world, sam);
    await platform.stop();
    await answer(sam);
    expect((await open(S29)).text).toContain('sent again by itself; you need not do anything.');
    expect((await open('/grades')).text).toContain('1 grade will be sent again, because your course did not answer.');
    await platform.start();
    await deliver(600_000);
    expect((await open(S29)).text).toContain('Sent to your course Mon, Sep 7');
    const list = await open('/grades');
    expect(list.text).toMatch(/1 grade is in your course’s gradebook\. There is nothing that you need to do\./);
    expect(list.text).toMatch(/The broken chair scenario 4 of 4 yes/);
  });
});

it('that are summed in a unit’s column are there one by one, and what is not answered is not', async () => {
  const { world, sam, answer, deliver } = await newLmsWorld({ places: [{ kind: 'unit', activity: '4' }] });
  await answer(sam);
  await deliver(600_000);
  const { open } = newVisitor(world, sam);
  const { text } = await open('/grades');
  expect(text).toMatch(/The broken chair scenario 4 of 4 yes/);
  expect(text).toMatch(/News at breakfast scenario, not answered yet – of 4 no grade yet/);
  expect(text).toMatch(/The last line scenario, not answered yet – of 4 stays here/);
  expect(text).toContain('1 grade is in your course’s gradebook.');
  expect(text).toContain('The unit’s sum: Sent to your course');
  expect((await open('/grades/scenario/S30')).text).toContain('nothing to send to your course’s gradebook yet');
});

describe('grades of somebody', () => {
  it('are for the staff under their name, without the form to contest', async () => {
    const { world, ada, ines, answer } = await newStudent();
    await world.request(ada.token, 'POST', world.at('/appeals'), { answer: answer.id, claim: '003.09', body: 'So.' });
    const { open, course } = newVisitor(world, ines);
    expect((await open('/grades')).text).toContain('so you have no grades');
    const list = await open(`/grades?person=${ada.id}`);
    expect(list.text).toContain('Grades of Ada');
    expect(list.html).toContain(`${course}${S29}?person=${ada.id}"`);
    const page = await open(`${S29}?person=${ada.id}`);
    expect(page.text).toContain('The grade of Ada');
    expect(page.html).not.toContain('name="cite"');
    expect(page.html).toMatch(new RegExp(`<a href="${course}/appeals/[^"?]+">`));
  });

  it('are nobody else’s: a peer sees their own, and another course’s people are not there', async () => {
    const { world, ada, ines } = await newStudent();
    const peer = await world.learner('Peer');
    const own = await newVisitor(world, peer).open(`/grades?person=${ada.id}`);
    expect([own.status, own.text]).toEqual([200, expect.stringContaining('Total: 0 of')]);
    expect((await newVisitor(world, peer).open(`${S29}?person=${ada.id}`)).text).toContain('There is no answer yet.');
    const stranger = await world.learner('Stranger', (await world.newCourse()).id);
    for (const path of ['/grades', S29])
      expect((await newVisitor(world, ines).open(`${path}?person=${stranger.id}`)).status, path).toBe(404);
    expect((await newVisitor(world, stranger).open('/grades')).status).toBe(404);
  });

  it('cannot be contested by somebody else', async () => {
    const { world, answer } = await newStudent();
    const peer = await world.learner('Peer');
    await world.answer(peer, 'S29', { role: 'smm', claims: ['003.09'] });
    const { open, submit } = newVisitor(world, peer);
    const refused = await submit(await open(S29), S29, [
      ['cite', `${answer.id}~003.09`],
      ['body', 'Mine?'],
    ]);
    expect([refused.status, refused.text]).toEqual([404, expect.stringContaining('Mine?')]);
  });

  it('offer nothing to a visitor whom no LMS names', async () => {
    const { world, ada } = await newStudent();
    const { deps, clock } = world;
    const person = {
      institutionId: world.institution,
      courseId: world.course,
      personId: ada.id,
      role: 'learner',
    } as const;
    const session = { ...person, delivers: false, readOnly: true };
    const token = await signSession(deps.config.sessionSecret, session, clock.now, clock.now + 60_000);
    const page = await newVisitor(world, { ...ada, token }).open(S29);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('It is what attempt 1 earned.')]);
    expect(page.html).not.toMatch(/name="(cite|check)"/);
  });

  it('cost one round trip a page', async () => {
    const { world, ada } = await newStudent();
    const { open } = newVisitor(world, ada);
    for (const path of ['/grades', S29, '/grades/prompt/Q003.1'])
      expect((await world.tripsOf(() => open(path))).trips, path).toBe(1);
  });
});
