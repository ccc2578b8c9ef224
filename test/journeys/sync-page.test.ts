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
    expect(page.text).toContain('The LMS shows 2 of 100; we had sent 0 of 4. Ours is 4 of 4 now.');
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
    expect((await newVisitor(world, sam).open('/sync')).status).toBe(403);
    const plain = await newVisitor(world, await world.instructor()).open();
    expect(plain.html).toContain(`/courses/${world.course}/sync`);
  });

  it('gives back a refusal where the button is of yesterday', async () => {
    const { world, ines } = await newLmsWorld();
    const { open, submit } = newVisitor(world, ines);
    const refused = await submit(await open('/sync'), '/sync', [['keep', 'nothing~nobody']]);
    expect([refused.status, refused.text.includes('No such conflict')]).toEqual([404, true]);
  });
});
