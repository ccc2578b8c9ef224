import { describe, expect, it } from 'vitest';
import { newLmsWorld } from '../world/lms-course.ts';
import { newVisitor } from '../world/visitor.ts';

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('what went to the LMS, for an instructor %s', (_title, cookies) => {
  it('says what arrived, what waits and why, and sends it again', async () => {
    const { world, platform, ines, sam, answer, later } = await newLmsWorld({ students: ['Sam'] });
    const { open, submit } = newVisitor(world, ines, { cookies });
    const { title } = world.deps.catalogue.scenarios.S29!;
    await platform.stop();
    await answer(sam);
    const waiting = await open('/sync');
    expect(waiting.status, waiting.text).toBe(200);
    expect(waiting.text.split(title), 'in the table, and below').toHaveLength(3);
    expect(waiting.text.slice(waiting.text.indexOf('Not there yet'))).toContain(`${title} : waiting`);
    expect(waiting.text).toContain('Tried 1 time; next');
    expect(waiting.text).not.toMatch(/The LMS said|https?:|Error/);
    world.clock.now += 86_400_000;
    expect((await open('/sync')).text).not.toContain('; next');
    world.clock.now -= 86_400_000;
    await platform.start();
    await later();
    const key = /name="again" value="([^"]+)"/.exec(waiting.html)![1]!;
    await submit(waiting, '/sync', [['again', key]]);
    await world.settled();
    expect((await open('/sync')).text).toContain('Every grade that goes to the LMS has arrived.');
  });

  it('lets her decide where another mark stands in the LMS', async () => {
    const lms = await newLmsWorld({ profile: 'canvas' });
    const { world, platform, ines, sam, there, column, answer, deliver } = lms;
    const { open, submit } = newVisitor(world, ines, { cookies });
    await answer(sam, 'neither', []);
    await platform.mark(column.lineItem, there.people.Sam.id, 2);
    await answer(sam);
    await deliver();
    const page = await open('/sync');
    expect(page.text).toContain('The LMS shows 2 of 100 (2 %); we had sent 0 of 4 (0 %). Ours is 4 of 4 (100 %) now.');
    expect(page.text).not.toMatch(/The LMS said|Not tried yet|Send all again/);
    const key = /name="overwrite" value="([^"]+)"/.exec(page.html)![1]!;
    await submit(page, '/sync', [['keep', key]]);
    const kept = await open('/sync');
    expect(kept.text).toContain('Every grade that goes to the LMS has arrived.');
    expect(kept.text).toMatch(/Left as they are in the LMS .*: decided\. .*The LMS shows 2 of 100/);
    expect(kept.text).not.toMatch(/Send again|Send all again/);
    expect((await newVisitor(world, sam).open('/scenarios/S29')).text).toContain(
      'Your course shows the mark that your instructor set there.',
    );
    await submit(kept, '/sync', [['overwrite', key]]);
    await deliver();
    expect((await open('/sync')).text).toContain('Every grade that goes to the LMS has arrived.');
  });

  it('brings the roster, and says what that did, or why it did not', async () => {
    const { world, platform, there, ines, students } = await newLmsWorld({ students: ['Sam', 'Ana'] });
    const { open, submit } = newVisitor(world, ines, { cookies });
    const dee = await platform.user({ name: 'Dee' });
    await platform.enrol(there.id, dee.id, ['Learner']);
    await platform.enrol(there.id, students[1]!.externalId, [], 'Deleted');
    const page = await open('/sync');
    expect(page.text).toContain('not brought here yet');
    expect(page.text).toContain('Bring the roster from the LMS');
    await platform.stop();
    const failed = await submit(page, '/sync', [['roster', 'bring']]);
    expect([failed.status, failed.text]).toEqual([502, expect.stringContaining('the roster cannot be read whole')]);
    await platform.start();
    world.clock.now += 600_000;
    await platform.sync();
    const again = await open('/sync');
    const brought = await submit(again, '/sync', [['roster', 'bring']]);
    expect([brought.status, brought.text]).toEqual([200, expect.stringMatching(/1 enrolled, .*1 withdrawn/)]);
    const twice = await submit(again, '/sync', [['roster', 'bring']]);
    expect(twice.text).toContain('1 enrolled');
    const { body } = await world.request(world.key, 'GET', world.at('/people'));
    expect(body.items.find(({ externalId }: { externalId: string }) => externalId === dee.id)).toBeTruthy();
  });
});

it('tells the student, in the unit and at the scenario, whether the grade has arrived', async () => {
  const { world, platform, sam, answer, deliver } = await newLmsWorld({ places: [{ kind: 'unit', activity: '4' }] });
  const { open } = newVisitor(world, sam);
  expect((await open('/units/4')).text).not.toContain('your course');
  await platform.stop();
  await answer(sam);
  expect((await open('/units/4')).text).toContain('Your course did not answer.');
  await platform.start();
  await deliver(600_000);
  expect((await open('/units/4')).text).toMatch(/Sent to your course Mon, Sep 7, 2026, 8:\d\d AM EDT\./);
  expect((await open('/scenarios/S29')).text).toContain('Sent to your course Mon, Sep 7');
});

it('says of a unit what its own column says, and nothing where it has none', async () => {
  const { world, sam, answer } = await newLmsWorld();
  const { open } = newVisitor(world, sam);
  await answer(sam);
  expect((await open('/units/4')).text).not.toContain('your course');
  expect((await open('/scenarios/S29')).text).toContain('Sent to your course');
});

it('says of a unit that it arrived, where a scenario of it is in conflict in a column of its own', async () => {
  const places = [
    { kind: 'unit', activity: '4' },
    { kind: 'scenario', activity: 'S29' },
  ];
  const lms = await newLmsWorld({ places });
  const { open } = newVisitor(lms.world, lms.sam);
  await lms.platform.mark(lms.columns[1]!.lineItem, lms.sam.externalId, 2);
  await lms.later();
  await lms.answer(lms.sam);
  expect((await open('/units/4')).text).toContain('Sent to your course');
  expect((await open('/scenarios/S29')).text).toContain('changed this mark');
});

describe('the page of what went to the LMS', () => {
  it('is for staff, and says so where nothing goes to an LMS', async () => {
    const { world, sam } = await newLmsWorld();
    const { open, submit, course } = newVisitor(world, sam);
    const closed = await open('/sync');
    expect([closed.status, closed.text]).toEqual([403, expect.stringContaining('This page is for the staff')]);
    expect(closed.html).toContain(`<a href="${course}">back to the course</a>`);
    expect((await submit(closed, '/sync', [['once', 'x']])).status).toBe(401);
    const plain = await newVisitor(world, await world.instructor()).open();
    expect(plain.html).toContain(`/courses/${world.course}/sync`);
  });

  it('leaves the roster to instructors, and offers it only where the LMS shares one', async () => {
    const { world, ines } = await newLmsWorld();
    const aide = newVisitor(world, await world.assistant());
    const page = await aide.open('/sync');
    expect(page.text).not.toContain('Bring the roster');
    expect((await aide.submit(page, '/sync', [['roster', 'bring']])).status).toBe(403);
    await world.db.$client.execute({
      sql: 'update context set memberships_url = null where course_id = ?',
      args: [world.course],
    });
    const alone = await newVisitor(world, ines).open('/sync');
    expect(alone.text).toContain('the LMS does not share it');
    expect(alone.text).not.toContain('Bring the roster');
  });

  it('gives back a refusal where the button is of yesterday', async () => {
    const { world, ines } = await newLmsWorld();
    const { open, submit } = newVisitor(world, ines);
    const refused = await submit(await open('/sync'), '/sync', [['keep', 'nothing~nobody']]);
    expect([refused.status, refused.text.includes('No such conflict')]).toEqual([404, true]);
  });
});
