import { describe, expect, it } from 'vitest';
import { newLmsWorld } from '../world/lms-course.ts';
import { fieldValue, newVisitor, type Page } from '../world/visitor.ts';
import { type Json, newWorld, type Somebody, type World } from '../world/world.ts';

/** Puts a changed rule of S29 into the draft: 003.09 licenses the minority view, and the role alone earns nothing. */
const draftChange = async (world: World, instructor: Somebody, change?: (rule: Json) => void) => {
  const draft = await world.request(instructor.token, 'GET', world.at('/rule-draft'));
  const rule = draft.body.doc.scenarios.S29;
  const entry = (licensed: boolean) =>
    rule.accepts.find(({ role, needs }: Json) => role === 'smm' && (needs !== undefined) === licensed);
  entry(false).credit = 0;
  entry(true).needs = { any: ['000.22', '003.09'] };
  change?.(rule);
  const put = (path: string, body: unknown) =>
    world.request(instructor.token, 'PUT', world.at(path), body, { 'if-match': '*' });
  expect((await put('/rule-draft/scenarios/S29', rule)).status).toBe(200);
  const bench = draft.body.doc.bench.filter(({ scenario }: Json) => scenario !== 'S29');
  expect((await put('/rule-draft/bench', bench)).status).toBe(200);
};

const publishDraft = async (world: World, instructor: Somebody) => {
  const { status } = await world.request(instructor.token, 'POST', world.at('/rule-draft/publication'));
  expect(status).toBe(201);
  world.clock.now += 60_000;
};

/** A class that answered S29 by rules that were changed since: one would gain, one lose, one has an override. */
const newClass = async () => {
  const world = await newWorld();
  const instructor = await world.instructor();
  const [bare, other, overridden] = [
    await world.learner('Bare'),
    await world.learner('Other'),
    await world.learner('Overridden'),
  ];
  await world.answer(bare, 'S29', { role: 'smm' });
  await world.answer(other, 'S29', { role: 'smm', claims: ['003.09'] });
  await world.answer(overridden, 'S29', { role: 'smm', claims: ['003.09'] });
  const path = world.at(`/people/${overridden.id}/grades/scenario/S29/override`);
  await world.request(instructor.token, 'PUT', path, { points: 2, reason: 'said so in class' });
  await draftChange(world, instructor);
  return { world, instructor, bare, other, overridden };
};

type Visitor = ReturnType<typeof newVisitor>;

const newest = async (world: World): Promise<string> => {
  const { rows } = await world.db.$client.execute({
    sql: 'select id from regrade where course_id = ? order by id desc limit 1',
    args: [world.course],
  });
  return String(rows[0]!.id);
};

/** Starts a dry run from the page, and opens it when it is ready. */
const dryRun = async (world: World, { open, submit }: Visitor, ruleSet = 'current') => {
  const started = await submit(await open('/rules/dry-runs'), '/rules/dry-runs', [['ruleSet', ruleSet]]);
  expect(started.status, started.text).toBe(200);
  await world.settled();
  const id = await newest(world);
  return { id, page: await open(`/rules/dry-runs/${id}`) };
};

const applyFrom = (visitor: Visitor, page: Page, id: string, policy: string, reason = 'The rule was too narrow.') =>
  visitor.submit(page, `/rules/dry-runs/${id}`, [
    ['hash', fieldValue(page.html, 'hash') ?? ''],
    ['reason', reason],
    ['policy', policy],
  ]);

const pointsOf = async (world: World, who: Somebody) =>
  (await world.request(who.token, 'GET', world.at('/grades/me'))).body.items.find(
    ({ activity }: Json) => activity.id === 'S29',
  ).points;

const cell = (page: Page, person: string) => page.html.split('<tr>').find((row) => row.includes(`>${person}<`)) ?? '';

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('a dry run, for an instructor %s', (_title, cookies) => {
  it('of the draft shows who would move and why, and is applied once it is published', async () => {
    const { world, instructor, bare, other: learner, overridden } = await newClass();
    const visitor = newVisitor(world, instructor, { cookies });
    const { id, page } = await dryRun(world, visitor, 'draft');
    expect(page.status, page.text).toBe(200);
    expect(page.text).toContain('Dry run of a draft that is not published');
    expect(page.text).toContain('To apply this, publish these rules first.');
    expect(page.text).not.toContain('Apply: raise only');
    expect(page.html).toContain(`/courses/${world.course}/rules"`);

    expect(page.text).toContain('3 grades compared.');
    expect(page.text).toMatch(/New answers only .* ↑ Rise 0 ↓ Fall 0 = Stay 3 Now pass 0 No longer pass 0/);
    expect(page.text).toMatch(/Raise only .* ↑ Rise 1 ↓ Fall 0 = Stay 2 Now pass 1 No longer pass 0/);
    expect(page.text).toMatch(/Replace .* ↑ Rise 1 ↓ Fall 1 = Stay 1 Now pass 1 No longer pass 0/);
    expect(page.text).toContain('1 override stands over a change');
    expect(cell(page, 'Other')).toMatch(/>1<.*>4 of 4<.*licensed by .*003\.09.*now passes/s);
    expect(cell(page, 'Overridden')).toContain('override stands');
    expect(cell(page, 'Bare')).toMatch(/>1<.*>0 of 4</s);

    await publishDraft(world, instructor);
    const ready = await visitor.open(`/rules/dry-runs/${id}`);
    expect(ready.text).toContain('Dry run of the rules in use, published');
    expect(ready.text).toContain('You can get back');
    const applied = await applyFrom(visitor, ready, id, 'raise-only');
    expect(applied.status, applied.text).toBe(200);
    expect(applied.text).toContain('Regrade: raise only');
    await world.settled();
    const done = await visitor.open(`/rules/regrades/${id}`);
    expect(done.text).toContain('1 grade moved. Students see it in their grades, with the reason.');
    expect(done.text).toContain('The rule was too narrow.');
    expect(done.text).toContain('Overrides stand as they were (1)');
    expect([await pointsOf(world, bare), await pointsOf(world, learner), await pointsOf(world, overridden)]).toEqual([
      1, 4, 2,
    ]);
    expect((await visitor.open('/rules/dry-runs')).text).toContain('applied: raise only');
    expect((await visitor.open(`/rules/dry-runs/${id}`)).text).toContain('This dry run: applied: raise only');

    const back = /name="ruleSet" value="([^"]+)"/.exec(done.html)![1]!;
    expect(back).toBe(world.ruleSet);
    const former = await visitor.submit(done, '/rules/dry-runs', [['ruleSet', back]]);
    expect(former.text).toContain('Dry run of former rules');
    expect(former.text).toContain('They were in use before');
    const formerId = await newest(world);
    const bring = (page: Page) =>
      visitor.submit(page, `/rules/dry-runs/${formerId}`, [
        ['current', fieldValue(page.html, 'current')!],
        ['bring', back],
      ]);
    expect((await bring(former)).text).toContain('These rules are the draft now.');
    const twice = await bring(former);
    expect([twice.status, twice.text]).toEqual([412, expect.stringContaining('There is a draft already.')]);
    await publishDraft(world, instructor);
    await applyFrom(visitor, await visitor.open(`/rules/dry-runs/${formerId}`), formerId, 'replace', 'As it was.');
    expect([await pointsOf(world, bare), await pointsOf(world, learner), await pointsOf(world, overridden)]).toEqual([
      1, 1, 2,
    ]);
  });

  it('that was overtaken says what moved, applies nothing, and is made anew in one click', async () => {
    const { world, instructor, bare, other } = await newClass();
    await publishDraft(world, instructor);
    const visitor = newVisitor(world, instructor, { cookies });
    const { id, page } = await dryRun(world, visitor);
    await world.answer(other, 'S29', { role: 'cm', claims: ['001.13'] });
    const stale = await applyFrom(visitor, page, id, 'replace', 'As agreed.');
    expect([stale.status, stale.text]).toEqual([412, expect.stringContaining('Nothing was applied.')]);
    expect(stale.text).toMatch(/What moved since .* Other .* from 1 to 4 stay at 4/);
    expect(stale.text).toContain('As agreed.');
    expect(await pointsOf(world, bare)).toBe(1);
    const anew = await visitor.submit(stale, '/rules/dry-runs', [['ruleSet', fieldValue(stale.html, 'ruleSet')!]]);
    expect(anew.status, anew.text).toBe(200);
    const next = await newest(world);
    expect(next).not.toBe(id);
    const again = await applyFrom(visitor, anew, next, 'replace');
    expect(again.text).toContain('Regrade: replace');
    expect(await pointsOf(world, bare)).toBe(0);
  });
});

describe('a dry run', () => {
  it('wants to hear why before it is applied, and keeps what else was chosen', async () => {
    const { world, instructor, other } = await newClass();
    await publishDraft(world, instructor);
    const visitor = newVisitor(world, instructor);
    const { id, page } = await dryRun(world, visitor);
    const refused = await applyFrom(visitor, page, id, 'replace', ' ');
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('Say why')]);
    expect(await pointsOf(world, other)).toBe(1);
  });

  it('is applied once, whoever else presses, and by the policy that came first', async () => {
    const { world, instructor, bare } = await newClass();
    await publishDraft(world, instructor);
    const visitor = newVisitor(world, instructor);
    const second = newVisitor(world, await world.instructor());
    const { id, page } = await dryRun(world, visitor);
    const seen = await second.open(`/rules/dry-runs/${id}`);
    await applyFrom(visitor, page, id, 'raise-only');
    const late = await applyFrom(second, seen, id, 'replace');
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('This dry run was applied already')]);
    expect(await pointsOf(world, bare)).toBe(1);
    expect((await applyFrom(second, seen, id, 'raise-only')).text).toContain('Regrade: raise only');
  });

  it('waits while another of the course is being applied', async () => {
    const { world, instructor, other } = await newClass();
    await publishDraft(world, instructor);
    const visitor = newVisitor(world, instructor);
    const first = await dryRun(world, visitor);
    const { id, page } = await dryRun(world, visitor);
    await world.db.$client.execute({
      sql: "update regrade set state = 'applying', policy = 'replace' where id = ?",
      args: [first.id],
    });
    const refused = await applyFrom(visitor, page, id, 'replace');
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('Another regrade is being applied')]);
    expect(refused.text).toContain('The rule was too narrow.');
    expect(await pointsOf(world, other)).toBe(1);
    const running = await visitor.open(`/rules/regrades/${first.id}`);
    expect(running.text).toContain('0 of 3 changes gone through');
    expect(running.html).toMatch(/<progress[^>]* max="3"/);
  });

  it('says how far it is while it goes on in the background, and how to look again', async () => {
    const { world, instructor } = await newClass();
    const visitor = newVisitor(world, instructor, { cookies: false });
    const { id } = await dryRun(world, visitor);
    const set = (state: string) =>
      world.db.$client.execute({
        sql: 'update regrade set state = ?, counts = null, graded = 1, total = 3 where id = ?',
        args: [state, id],
      });
    await set('comparing');
    const page = await visitor.open(`/rules/dry-runs/${id}`);
    expect(page.text).toContain('1 of 3 grades compared');
    expect(page.text).toContain('also when you leave this page');
    expect(page.text).toContain('Look again');
    expect(page.text).not.toContain('What would change');
    const early = await applyFrom(visitor, page, id, 'replace');
    expect(early.status).toBe(401);
    await set('grading');
    expect((await visitor.open(`/rules/dry-runs/${id}`)).html).toMatch(/<progress aria-labelledby="says"><\/progress>/);
    await set('failed');
    const stopped = await visitor.open(`/rules/dry-runs/${id}`);
    expect(stopped.text).toContain('This dry run stopped before it was ready.');
    expect(stopped.text).toContain('Make a new dry run');
  });

  it('of rules that change nothing says so, and offers nothing to apply', async () => {
    const { world, instructor } = await newClass();
    const { page } = await dryRun(world, newVisitor(world, instructor));
    expect(page.text).toContain('Nothing would change');
    expect(page.text).not.toContain('Apply');
  });

  it('of a draft with faults is refused where the form stands', async () => {
    const { world, instructor } = await newClass();
    await draftChange(world, instructor, (rule) => {
      rule.accepts[0].shows = ['999.99'];
    });
    const { open, submit } = newVisitor(world, instructor);
    const refused = await submit(await open('/rules/dry-runs'), '/rules/dry-runs', [['ruleSet', 'draft']]);
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('These rules cannot be published')]);
    expect(refused.text).toContain('what there is to mend');
    expect(refused.html).toContain('<option value="draft" selected="">');
  });

  it('shows those alone who rise, fall or cross the pass line, page by page', async () => {
    const { world, instructor } = await newClass();
    for (let one = 0; one < 50; one++)
      await world.answer(await world.learner(`More ${one}`), 'S29', { role: 'smm', claims: ['003.09'] });
    const visitor = newVisitor(world, instructor);
    const { id, page } = await dryRun(world, visitor, 'draft');
    const people = ({ html }: Page) =>
      [...html.matchAll(/<th scope="row" dir="auto">([^<]+)</g)].map(([, name]) => name);
    expect(people(page)).toHaveLength(50);
    const next = /href="([^"]+cursor[^"]+)"/.exec(page.html)![1]!.replaceAll('&amp;', '&');
    expect(people(await visitor.send('GET', next))).toHaveLength(3);
    const only = async (show: string) => people(await visitor.open(`/rules/dry-runs/${id}?show=${show}`));
    expect(await only('lowered')).toEqual(['Bare']);
    expect(await only('voided')).toEqual([]);
    const across = await only('pass');
    expect(across).not.toContain('Overridden');
    expect(across).toHaveLength(50);
    const raised = await visitor.open(`/rules/dry-runs/${id}?show=raised`);
    expect(people(raised)).toHaveLength(50);
    const rest = await visitor.send('GET', /href="([^"]+cursor[^"]+)"/.exec(raised.html)![1]!.replaceAll('&amp;', '&'));
    expect(rest.url).toContain('show=raised');
    expect(people(rest)).toHaveLength(2);
  });

  it('is taken away as one file, whatever its length', async () => {
    const { world, instructor } = await newClass();
    const { id, page } = await dryRun(world, newVisitor(world, instructor), 'draft');
    expect(page.text).toContain('Download all as CSV');
    const fields = new URLSearchParams({ session: instructor.token, file: 'changes' });
    const file = await newVisitor(world, instructor).send(
      'POST',
      `/courses/${world.course}/rules/dry-runs/${id}`,
      fields,
    );
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="grade-changes.csv"');
    expect(file.html.trim().split('\r\n')).toHaveLength(4);
    expect(file.html).toContain('Other,S29,1,4,4,false,false,true');

    const [row] = (
      await world.db.$client.execute({ sql: 'select * from regrade_change where regrade_id = ? limit 1', args: [id] })
    ).rows;
    await world.db.$client.batch(
      Array.from({ length: 1500 }, (_, index) => ({
        sql: `insert into regrade_change select regrade_id, person_id, kind, ?, institution_id, was_points, points, was_max, max,
          answer_id, verdict_id, attempts, counted, override_points, rubric_points, was_event_id from regrade_change
          where regrade_id = ? and person_id = ? and activity = 'S29'`,
        args: [`X${index}`, id, row!.person_id as string],
      })),
    );
    const long = await newVisitor(world, instructor).send(
      'POST',
      `/courses/${world.course}/rules/dry-runs/${id}`,
      fields,
    );
    const lines = long.html.trim().split('\r\n');
    expect([lines.length, new Set(lines).size]).toEqual([1504, 1504]);
  });

  it('counts a grade that a person marked beside, and what moves in the LMS', async () => {
    const { world, ines, sam, answer } = await newLmsWorld();
    await answer(sam, 'smm', ['003.09']);
    await draftChange(world, ines, (rule) => {
      rule.rubric = [{ id: 'prose', title: 'The reason', points: 4 }];
    });
    await publishDraft(world, ines);
    const path = world.at(`/people/${sam.id}/grades/scenario/S29/rubric`);
    expect((await world.request(ines.token, 'PUT', path, { points: { prose: 0.5 } })).status).toBe(200);
    const visitor = newVisitor(world, ines);
    const { id, page } = await dryRun(world, visitor);
    // 1.5 of 8, then 4.5 of 8: not passed by the pass mark of 60 %.
    expect(page.text).toMatch(/Raise only .* ↑ Rise 1 ↓ Fall 0 = Stay 0 Now pass 0 No longer pass 0 Move in the LMS 1/);
    expect(page.text).toContain('moves in the LMS');
    expect(page.text).not.toContain('now passes');
    await applyFrom(visitor, page, id, 'raise-only');
    await world.settled();
    const done = await visitor.open(`/rules/regrades/${id}`);
    expect(done.text).toContain('Marks in the LMS that move with it: 1.');
    expect(done.html).toContain(`/courses/${world.course}/sync"`);
  });
});

describe('the pages of dry runs', () => {
  it('cost one round trip each', async () => {
    const { world, instructor } = await newClass();
    await publishDraft(world, instructor);
    const visitor = newVisitor(world, instructor);
    const { id, page } = await dryRun(world, visitor);
    await applyFrom(visitor, page, id, 'replace');
    await world.settled();
    world.deps.rules.byHash.clear();
    for (const path of ['/rules/dry-runs', `/rules/dry-runs/${id}`, `/rules/regrades/${id}`]) {
      const { result, trips } = await world.tripsOf(() => visitor.open(path));
      expect([result.status, trips], path).toEqual([200, 1]);
    }
  });

  it('are for staff: students get none, assistants read and apply nothing', async () => {
    const { world, instructor, other } = await newClass();
    await publishDraft(world, instructor);
    const { id, page } = await dryRun(world, newVisitor(world, instructor));
    const student = newVisitor(world, other);
    for (const path of ['/rules/dry-runs', `/rules/dry-runs/${id}`, `/rules/regrades/${id}`])
      expect((await student.open(path)).status, path).toBe(403);
    const aide = newVisitor(world, await world.assistant());
    const list = await aide.open('/rules/dry-runs');
    expect(list.text).toContain('An instructor starts and applies them');
    expect(list.text).not.toContain('Start a dry run');
    const seen = await aide.open(`/rules/dry-runs/${id}`);
    expect(seen.text).toContain('An instructor decides whether to apply this.');
    expect(seen.text).not.toContain('Apply: ');
    const form = (path: string, fields: Record<string, string>) =>
      aide.send('POST', `/courses/${world.course}${path}`, new URLSearchParams({ once: 'x', ...fields }));
    const session = /<input type="hidden" name="session" value="([^"]+)"/.exec(seen.html)![1]!;
    const hash = fieldValue(page.html, 'hash')!;
    expect((await form('/rules/dry-runs', { session, ruleSet: 'current' })).status).toBe(403);
    const applied = await form(`/rules/dry-runs/${id}`, { session, hash, reason: 'x', policy: 'replace' });
    expect(applied.status).toBe(403);
    expect(await pointsOf(world, other)).toBe(1);
  });

  it("tell nothing of another course's dry runs", async () => {
    const { world, instructor } = await newClass();
    const { id } = await dryRun(world, newVisitor(world, instructor));
    const elsewhere = await newClass();
    const stranger = newVisitor(elsewhere.world, elsewhere.instructor);
    expect((await stranger.open(`/rules/dry-runs/${id}`)).status).toBe(404);
    expect((await stranger.open(`/rules/regrades/${id}`)).status).toBe(404);
    expect((await stranger.open('/rules/dry-runs')).html).not.toContain(id);
    const visitor = newVisitor(world, instructor);
    expect((await visitor.open(`/rules/regrades/${id}`)).status, 'a dry run that was not applied').toBe(404);
    const fields = new URLSearchParams({ session: elsewhere.instructor.token, file: 'changes' });
    const path = `/courses/${elsewhere.world.course}/rules/dry-runs/${id}`;
    expect((await stranger.send('POST', path, fields)).status).toBe(404);
  });

  it('show names, reasons and titles as text', async () => {
    const { world, instructor } = await newClass();
    const hostile = '<img src=x onerror=alert(1)>';
    await world.answer(await world.learner(hostile), 'S29', { role: 'smm', claims: ['003.09'] });
    await publishDraft(world, instructor);
    const visitor = newVisitor(world, instructor);
    const { id, page } = await dryRun(world, visitor);
    expect(page.text).toContain(hostile);
    const refused = await visitor.submit(page, `/rules/dry-runs/${id}`, [
      ['hash', 'old'],
      ['reason', hostile],
      ['policy', 'replace'],
    ]);
    expect(refused.status).toBe(412);
    await applyFrom(visitor, page, id, 'replace', hostile);
    const done = await visitor.open(`/rules/regrades/${id}`);
    expect(done.text).toContain(hostile);
    for (const { html } of [page, refused, done]) expect(html).not.toContain('<img src=x');
  });
});
