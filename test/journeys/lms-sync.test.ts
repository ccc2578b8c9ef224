import { describe, expect, it } from 'vitest';
import { newLmsWorld } from '../world/lms-course.ts';
import { type Json, newWorld, publish, type Somebody } from '../world/world.ts';

type LmsWorld = Awaited<ReturnType<typeof newLmsWorld>>;

const sync = async ({ world }: LmsWorld, who: { token: string }, query = '') =>
  (await world.request(who.token, 'GET', world.at(`/lms-sync${query}`))).body;

const lmsOf = async ({ world }: LmsWorld, who: Somebody, scenario = 'S29') =>
  (await world.request(who.token, 'GET', world.at('/grades/me'))).body.items.find(
    ({ activity }: Json) => activity.id === scenario,
  ).lms;

const retry = async ({ world }: LmsWorld, token: string, body: unknown = {}) => {
  const reply = await world.request(token, 'POST', world.at('/lms-sync/retry'), body);
  await world.settled();
  return reply;
};

const shown = async ({ platform, column }: LmsWorld, who: Somebody) =>
  (await platform.gradebook()).find(({ id }: Json) => id === column.lineItem).cells[who.externalId].resultScore;

describe('whoever looks', () => {
  it('sees what has arrived and what has not, and why; a student their own', async () => {
    const lms = await newLmsWorld({ students: ['Sam', 'Ana'] });
    const [sam, ana] = lms.students as [Somebody, Somebody];
    await lms.answer(sam);
    await lms.platform.enrol(lms.there.id, ana.externalId, ['Instructor']);
    await lms.answer(ana);
    const seen = await sync(lms, lms.ines);
    expect(seen.lineItems).toMatchObject([
      {
        id: lms.column.placement,
        activity: { kind: 'scenario', id: 'S29' },
        platform: { name: 'A pretend LMS', product: 'moodle', pausedUntil: null },
        counts: { sent: 1, waiting: 0, refused: 1, conflict: 0 },
      },
    ]);
    expect(seen.items).toMatchObject([
      { person: { id: ana.id }, state: 'refused', outcome: 'not-enrolled', nextTryAt: null },
    ]);
    expect(seen.items[0].says).toContain('no such student');
    expect(seen.items[0].detail).not.toMatch(new RegExp(`\\b${ana.externalId}\\b`));
    expect(await sync(lms, { token: lms.world.key })).toEqual(seen);
    const own = await sync(lms, ana);
    expect(own.items).toMatchObject([{ person: { id: ana.id }, detail: null }]);
    expect(own.roster).toEqual([]);
    expect((await sync(lms, sam)).items).toEqual([]);
    expect(await lmsOf(lms, sam)).toMatchObject({ state: 'sent' });
    expect(await lmsOf(lms, ana)).toMatchObject({ state: 'refused' });
    expect(await lmsOf(lms, sam, 'S30')).toBeNull();
    const gradebook = await lms.world.request(lms.ines.token, 'GET', lms.world.at('/gradebook'));
    const states = gradebook.body.items.map(({ grades }: Json) => grades.find((one: Json) => one.lms)?.lms.state);
    expect(states.sort()).toEqual(['refused', 'sent']);
  });

  it('sees it page by page, each score once', async () => {
    const lms = await newLmsWorld({ students: ['Sam', 'Ana', 'Ben', 'Cem', 'Dee'] });
    await lms.platform.stop();
    for (const who of lms.students) await lms.answer(who);
    const seen: string[] = [];
    for (let query = '?limit=2'; query !== ''; ) {
      const { body, headers } = await lms.world.request(lms.ines.token, 'GET', lms.world.at(`/lms-sync${query}`));
      seen.push(...body.items.map(({ person }: Json) => person.id));
      query = /<[^?]*(\?[^>]*)>/.exec(headers.get('link') ?? '')?.[1] ?? '';
    }
    expect(seen).toEqual(lms.students.map(({ id }) => id).sort());
  });

  it('sees nothing where the course is in no LMS', async () => {
    const world = await newWorld();
    const boss = await world.instructor();
    const { body } = await world.request(boss.token, 'GET', world.at('/lms-sync'));
    expect(body).toEqual({ lineItems: [], roster: [], items: [] });
  });
});

describe('scores are sent again', () => {
  it('all that wait or were refused, or those named', async () => {
    const lms = await newLmsWorld({ students: ['Sam', 'Ana'] });
    const [sam, ana] = lms.students as [Somebody, Somebody];
    for (const who of lms.students) await lms.platform.enrol(lms.there.id, who.externalId, ['Instructor']);
    for (const who of lms.students) await lms.answer(who);
    for (const who of lms.students) await lms.platform.enrol(lms.there.id, who.externalId, ['Learner']);
    await lms.later();
    const scores = [{ lineItem: lms.column.placement, person: sam.id }];
    expect(await retry(lms, lms.ines.token, { scores })).toMatchObject({ status: 202 });
    expect([await lmsOf(lms, sam), await lmsOf(lms, ana)]).toMatchObject([{ state: 'sent' }, { state: 'refused' }]);
    expect(await retry(lms, lms.world.key)).toMatchObject({ status: 202 });
    expect(await lmsOf(lms, ana)).toMatchObject({ state: 'sent' });
  });

  it('but none that is no score of the course, and not by students', async () => {
    const lms = await newLmsWorld();
    await lms.answer(lms.sam);
    const scores = [{ lineItem: lms.column.placement, person: lms.ines.id }];
    const missing = await retry(lms, lms.ines.token, { scores });
    expect(missing.body.type).toBe('urn:cmgrclass:problem:line-item-not-found');
    expect((await retry(lms, lms.sam.token)).status).toBe(403);
  });
});

describe('a mark changed by hand in the LMS', () => {
  const conflicting = async (profile: 'moodle' | 'canvas' = 'moodle') => {
    const lms = await newLmsWorld({ profile });
    await lms.answer(lms.sam, 'neither', []);
    await lms.platform.mark(lms.column.lineItem, lms.sam.externalId, 90);
    await lms.later();
    await lms.answer(lms.sam);
    const decide = (decision: string, token = lms.ines.token) =>
      lms.world.request(
        token,
        'PUT',
        lms.world.at(`/lms-sync/conflicts/${lms.column.placement}/${lms.sam.id}/decision`),
        { decision, reason: 'looked at both' },
      );
    return { lms, decide };
  };

  it('stops the push, whatever comes next, and is told with both marks', async () => {
    const { lms } = await conflicting();
    expect(await shown(lms, lms.sam)).toBe(90);
    const { items } = await sync(lms, lms.ines);
    expect(items).toMatchObject([{ state: 'conflict', outcome: 'superseded' }]);
    expect(items[0].detail).toBe('The LMS shows 90 of 100; we had sent 0 of 4.');
    expect(items[0].marks).toEqual({
      lms: { points: 90, max: 100 },
      sent: { points: 0, max: 4 },
      ours: { points: 4, max: 4 },
    });
    expect((await sync(lms, lms.sam)).items).toMatchObject([{ state: 'conflict', marks: null, detail: null }]);
    expect(await lmsOf(lms, lms.sam)).toMatchObject({ state: 'conflict' });
    await retry(lms, lms.ines.token);
    await lms.deliver();
    expect(await shown(lms, lms.sam)).toBe(90);
    expect(await lms.platform.scores(lms.column.lineItem)).toHaveLength(1);
  });

  it('is written over where the instructor says so', async () => {
    const { lms, decide } = await conflicting('canvas');
    expect((await decide('overwrite', lms.sam.token)).status).toBe(403);
    await lms.later();
    expect((await decide('overwrite')).status).toBe(204);
    await lms.world.settled();
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', sent_points: 400 }]);
    expect(await shown(lms, lms.sam)).toBe(100);
    expect((await decide('overwrite')).body.type).toBe('urn:cmgrclass:problem:conflict-not-found');
  });

  it('is not told to be written over where the LMS takes our score and keeps the mark', async () => {
    const { lms, decide } = await conflicting();
    await lms.later();
    await decide('overwrite');
    await lms.world.settled();
    expect(await shown(lms, lms.sam)).toBe(90);
    const { items } = await sync(lms, lms.ines);
    expect(items).toMatchObject([{ state: 'conflict', outcome: 'kept-there' }]);
    expect(items[0].says).toContain('Clear that mark in the LMS first');
    await lms.platform.mark(lms.column.lineItem, lms.sam.externalId, null);
    await lms.later();
    await decide('overwrite');
    await lms.world.settled();
    expect(await shown(lms, lms.sam)).toBe(100);
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', sent_points: 400, tried: null }]);
  });

  it('costs a call more only where a score goes over it', async () => {
    const { lms, decide } = await conflicting('canvas');
    const reads = async () => (await lms.platform.requests()).filter((one: Json) => one.endpoint === 'results').length;
    const before = await reads();
    await lms.later();
    await decide('overwrite');
    await lms.world.settled();
    expect(await reads()).toBe(before + 2);
    await lms.later();
    await lms.world.request(lms.ines.token, 'PUT', lms.world.at(`/people/${lms.sam.id}/grades/scenario/S29/override`), {
      points: 2,
      reason: 'second reading',
    });
    await lms.world.settled();
    expect(await reads()).toBe(before + 3);
  });

  it('is not written over by a first score either', async () => {
    const lms = await newLmsWorld();
    await lms.platform.mark(lms.column.lineItem, lms.sam.externalId, 90);
    await lms.later();
    await lms.answer(lms.sam);
    expect(await lms.platform.scores(lms.column.lineItem)).toEqual([]);
    const { items } = await sync(lms, lms.ines);
    expect(items).toMatchObject([{ state: 'conflict', detail: 'The LMS shows 90 of 100; we had sent nothing.' }]);
  });

  it('but not where it was changed once more since', async () => {
    const { lms, decide } = await conflicting();
    await lms.platform.mark(lms.column.lineItem, lms.sam.externalId, 70);
    await lms.later();
    await decide('overwrite');
    await lms.world.settled();
    expect(await lms.deliveries()).toMatchObject([{ state: 'conflict' }]);
    expect((await sync(lms, lms.ines)).items[0].detail).toContain('70 of 100');
  });

  it('stays where the instructor says so, until there is another grade', async () => {
    const { lms, decide } = await conflicting();
    expect((await decide('keep')).status).toBe(204);
    await retry(lms, lms.ines.token);
    await lms.deliver();
    const { lineItems, items } = await sync(lms, lms.ines);
    expect(items).toMatchObject([{ state: 'kept', marks: { lms: { points: 90, max: 100 } }, nextTryAt: null }]);
    expect(items[0].says).toContain('let the mark be');
    expect(lineItems[0].counts).toEqual({ sent: 0, waiting: 0, refused: 0, conflict: 0, kept: 1 });
    expect(await lmsOf(lms, lms.sam)).toMatchObject({ state: 'kept' });
    expect(await shown(lms, lms.sam)).toBe(90);
    const path = lms.world.at(`/people/${lms.sam.id}/grades/scenario/S29/override`);
    await lms.world.request(lms.ines.token, 'PUT', path, { points: 2, reason: 'second reading' });
    await lms.world.settled();
    expect(await lms.deliveries()).toMatchObject([{ state: 'conflict' }]);
  });

  it('that an instructor let be is written over once they change their mind', async () => {
    const { lms, decide } = await conflicting('canvas');
    await decide('keep');
    await lms.later();
    expect((await decide('overwrite')).status).toBe(204);
    await lms.world.settled();
    expect(await shown(lms, lms.sam)).toBe(100);
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', sent_points: 400 }]);
  });

  it('that was let be stays a conflict where the grade goes back to what was sent before', async () => {
    const { lms, decide } = await conflicting();
    await decide('keep');
    await lms.later();
    const path = lms.world.at(`/people/${lms.sam.id}/grades/scenario/S29/override`);
    await lms.world.request(lms.ines.token, 'PUT', path, { points: 0, reason: 'second reading' });
    await lms.world.settled();
    expect(await lms.deliveries()).toMatchObject([{ state: 'conflict' }]);
    expect(await shown(lms, lms.sam)).toBe(90);
  });
});

describe('a column', () => {
  const publishColumn = ({ world, ines }: LmsWorld, activity: string) =>
    world.request(ines.token, 'PUT', world.at(`/line-items/${activity}`), {});

  it('is made when an instructor publishes it, with the grades there are; once', async () => {
    const lms = await newLmsWorld({ places: [] });
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toEqual([]);
    const { status, body } = await publishColumn(lms, 'unit/4');
    expect(status).toBe(200);
    expect(body.items).toMatchObject([{ platform: 'A pretend LMS' }]);
    await lms.world.settled();
    const again = await publishColumn(lms, 'unit/4');
    expect(again.body).toEqual(body);
    const [item, ...others] = await lms.platform.gradebook();
    expect(others).toEqual([]);
    expect(item).toMatchObject({ resourceId: 'unit:4', cells: { [lms.sam.externalId]: { resultScore: 4 } } });
    expect((await sync(lms, lms.ines)).lineItems).toMatchObject([{ counts: { sent: 1 } }]);
  });

  it('that a link brought gets the title and the maximum of the rules', async () => {
    const lms = await newLmsWorld({ profile: 'sakai' });
    expect((await publishColumn(lms, 'scenario/S29')).status).toBe(200);
    const { title } = lms.world.deps.catalogue.scenarios.S29!;
    expect(await lms.platform.gradebook()).toMatchObject([{ label: title, scoreMaximum: 4 }]);
  });

  it('that was deleted there is made again', async () => {
    const lms = await newLmsWorld();
    await lms.platform.of('DELETE', `/links/${(await lms.platform.links())[0].id}`);
    expect(await publishColumn(lms, 'scenario/S29')).toMatchObject({ status: 200 });
    expect(await lms.platform.gradebook()).toMatchObject([{ resourceId: 'scenario:S29', scoreMaximum: 4 }]);
  });

  it('cannot be made of what is not graded, in a course that is in no LMS, or where the LMS does not answer', async () => {
    const lms = await newLmsWorld({ places: [] });
    expect((await publishColumn(lms, 'unit/99')).body.type).toBe('urn:cmgrclass:problem:content-not-found');
    await lms.platform.stop();
    const failed = await publishColumn(lms, 'unit/4');
    expect(failed.body.type).toBe('urn:cmgrclass:problem:lms-failed');
    const world = await newWorld();
    const boss = await world.instructor();
    const nowhere = await world.request(boss.token, 'PUT', world.at('/line-items/unit/4'), {});
    expect(nowhere.body.type).toBe('urn:cmgrclass:problem:not-in-lms');
  });
});

it('what is sent of a person is part of their data, and what waits is let be once they are erased', async () => {
  const lms = await newLmsWorld();
  await lms.platform.stop();
  await lms.answer(lms.sam);
  const data = () => lms.world.request(lms.world.key, 'GET', lms.world.at(`/people/${lms.sam.id}/data`));
  expect((await data()).body.deliveries).toMatchObject([
    { target: 'line-item', activity: { kind: 'scenario', id: 'S29' }, state: 'waiting', sentAt: null },
  ]);
  const path = lms.world.at(`/people/${lms.sam.id}/data`);
  await lms.world.request(lms.world.key, 'DELETE', path, { reason: 'asked for it' });
  expect(await lms.deliveries()).toMatchObject([{ state: 'refused', detail: null }]);
});

it('a dry run tells whose mark in the LMS would move', async () => {
  const lms = await newLmsWorld();
  const { world, ines } = lms;
  const kim = await world.learner('Kim');
  for (const who of [lms.sam, kim]) await lms.answer(who, 'cm', []);
  await publish(world, ({ scenarios }) => {
    scenarios.S29!.treat = 'full-credit';
  });
  const run = await world.request(ines.token, 'POST', world.at('/dry-runs'), {});
  const { body } = await world.request(ines.token, 'GET', world.at(`/dry-runs/${run.body.id}/changes`));
  const moves = Object.fromEntries(body.items.map((one: Json) => [one.person.id, one.lmsWouldMove]));
  expect(moves).toEqual({ [lms.sam.id]: true, [kim.id]: false });
});

it('new rules change what a unit can earn: its score goes again, and others do not', async () => {
  const lms = await newLmsWorld({
    places: [
      { kind: 'unit', activity: '4' },
      { kind: 'scenario', activity: 'S29' },
    ],
  });
  const { world, ines, platform } = lms;
  await lms.answer(lms.sam);
  const before = (await platform.scores(lms.columns[0]!.lineItem)).at(-1).body;
  await lms.later();
  const other = world.deps.catalogue.units.find(({ id }) => id === '4')!.scenarios.find((id) => id !== 'S29')!;
  const path = world.at(`/rule-draft/scenarios/${other}`);
  const rule = { ...world.deps.catalogue.rules.ruleSet.scenarios[other]! };
  const put = await world.request(ines.token, 'PUT', path, { ...rule, points: rule.points + 6 }, { 'if-match': '*' });
  expect(put.status).toBe(200);
  const published = await world.request(ines.token, 'POST', world.at('/rule-draft/publication'), {});
  expect(published.status).toBe(201);
  await world.settled();
  const after = (await platform.scores(lms.columns[0]!.lineItem)).at(-1).body;
  expect(after).toMatchObject({ scoreGiven: 4, scoreMaximum: before.scoreMaximum + 6 });
  expect(await platform.scores(lms.columns[1]!.lineItem)).toHaveLength(1);
});

it('new rules with more to be marked by hand change what an answered scenario can earn: its score goes again', async () => {
  const lms = await newLmsWorld();
  const { world, ines, platform, column } = lms;
  await lms.answer(lms.sam);
  await lms.later();
  const rule = world.deps.catalogue.rules.ruleSet.scenarios.S29!;
  const publishAs = async (changed: object) => {
    const path = world.at('/rule-draft/scenarios/S29');
    expect((await world.request(ines.token, 'PUT', path, changed, { 'if-match': '*' })).status).toBe(200);
    expect((await world.request(ines.token, 'POST', world.at('/rule-draft/publication'), {})).status).toBe(201);
    await world.settled();
    await lms.later();
  };
  await publishAs({ ...rule, rubric: [{ id: 'clear', title: 'Clear reasons', points: 6 }] });
  await publishAs(rule);
  const maxima = (await platform.scores(column.lineItem)).map(({ body }: Json) => body.scoreMaximum);
  expect(maxima).toEqual([4, 10, 4]);
});
