import { describe, expect, it } from 'vitest';
import { claimDeliveries } from '../../src/outbox/claim-store.ts';
import { type DueRow, listDue } from '../../src/outbox/store.ts';
import { newLmsWorld } from '../world/lms-course.ts';
import type { Json, Somebody } from '../world/world.ts';

type LmsWorld = Awaited<ReturnType<typeof newLmsWorld>>;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const override = (lms: LmsWorld, who: Somebody, points: number) =>
  lms.world.request(lms.ines.token, 'PUT', lms.world.at(`/people/${who.id}/grades/scenario/S29/override`), {
    points,
    reason: 'second reading',
  });

/** The scores that the platform took for somebody, in the order they came. */
const taken = async ({ platform, column }: LmsWorld, who: Somebody): Promise<Json[]> =>
  (await platform.scores(column.lineItem, who.externalId)).filter(({ status }: Json) => status === 200);

const cell = async ({ platform, column }: LmsWorld, who: Somebody): Promise<Json> =>
  (await platform.gradebook()).find(({ id }: Json) => id === column.lineItem).cells[who.externalId];

describe('a grade goes to the LMS', () => {
  it('right after the answer that made it, with the time it was handed in', async () => {
    const lms = await newLmsWorld();
    const handedIn = new Date(lms.world.clock.now).toISOString();
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', outcome: 'sent', sent_points: 400 }]);
    expect(await taken(lms, lms.sam)).toMatchObject([
      {
        body: {
          scoreGiven: 4,
          scoreMaximum: 4,
          activityProgress: 'Completed',
          gradingProgress: 'FullyGraded',
          submission: { submittedAt: handedIn },
        },
      },
    ]);
  });

  it('zero too; and a higher grade after a lower one, each stamped later', async () => {
    const lms = await newLmsWorld();
    await lms.answer(lms.sam, 'neither', []);
    await lms.later(5000);
    await lms.answer(lms.sam, 'cm', []);
    await lms.later(5000);
    await override(lms, lms.sam, 1);
    await lms.world.settled();
    const scores = await taken(lms, lms.sam);
    expect(scores.map(({ body }) => body.scoreGiven)).toEqual([0, 3, 1]);
    const stamps = scores.map(({ body }) => Date.parse(body.timestamp));
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
    expect((await cell(lms, lms.sam)).resultScore).toBe(25);
  });

  it('not again where it stays what it was, and not to a platform of a course that is in none', async () => {
    const lms = await newLmsWorld();
    await lms.answer(lms.sam);
    await lms.later();
    await override(lms, lms.sam, 4);
    await lms.world.settled();
    expect(await taken(lms, lms.sam)).toHaveLength(1);
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', outcome: 'unchanged', sent_points: 400 }]);
  });

  it('twice within a second: the second waits for a stamp of its own', async () => {
    const lms = await newLmsWorld();
    await lms.answer(lms.sam, 'neither', []);
    await lms.answer(lms.sam);
    expect(await taken(lms, lms.sam)).toHaveLength(1);
    expect(await lms.deliveries()).toMatchObject([{ state: 'waiting' }]);
    await lms.deliver();
    expect((await taken(lms, lms.sam)).map(({ body }) => body.scoreGiven)).toEqual([0, 4]);
  });

  it('as the sum of a unit', async () => {
    const lms = await newLmsWorld({ places: [{ kind: 'unit', activity: '4' }] });
    const { scenarios, prompts } = lms.world.deps.catalogue.units.find(({ id }) => id === '4')!;
    await lms.answer(lms.sam);
    const [{ body }] = (await taken(lms, lms.sam)) as [Json];
    expect(scenarios.length + prompts.length).toBeGreaterThan(1);
    expect(body).toMatchObject({ scoreGiven: 4, activityProgress: 'InProgress' });
    expect(body.scoreMaximum).toBeGreaterThan(4);
  });

  it('taken away where nothing is graded any more', async () => {
    const lms = await newLmsWorld();
    await override(lms, lms.sam, 2);
    await lms.world.settled();
    await lms.later();
    const lifted = lms.world.at(`/people/${lms.sam.id}/grades/scenario/S29/override`);
    await lms.world.request(lms.ines.token, 'DELETE', lifted, { reason: 'a mistake' });
    await lms.world.settled();
    const [first, second] = (await taken(lms, lms.sam)) as [Json, Json];
    expect(first.body).not.toHaveProperty('submission');
    expect(second.body).not.toHaveProperty('scoreGiven');
    expect(second.body.gradingProgress).toBe('NotReady');
    expect((await cell(lms, lms.sam)).resultScore).toBeNull();
  });

  it('but not of somebody who is no student there', async () => {
    const lms = await newLmsWorld();
    await lms.world.db.$client.execute({
      sql: 'update enrolment set test_user = 1 where person_id = ?',
      args: [lms.sam.id],
    });
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toEqual([]);
    expect((await lms.platform.requests()).filter(({ endpoint }: Json) => endpoint !== 'jwks')).toEqual([]);
  });
});

describe('a platform that fails', () => {
  it.each(['moodle', 'canvas', 'd2l', 'blackboard', 'sakai', 'hostile'] as const)(
    '%s, in every way: every final score arrives, none twice, none out of order',
    async (profile) => {
      const students = ['Sam', 'Ana', 'Ben', 'Cem', 'Dee', 'Eva'];
      const lms = await newLmsWorld({ profile, students });
      const kinds = ['500', '429', 'timeout', 'cut', '401', 'narrow-scope', 'stale', 'html', '403-throttle'];
      await lms.platform.faults({ kinds, rate: 0.3, delayMs: 20, seed: 7 });
      for (const who of lms.students) await lms.answer(who, 'neither', []);
      await lms.deliver(2000);
      for (const who of lms.students) await lms.answer(who);
      for (let minute = 0; minute < 60; minute++) {
        const { length } = (await lms.deliveries()).filter(({ state }) => state === 'waiting');
        if (length === 0) break;
        await lms.deliver(MINUTE_MS);
      }
      await lms.platform.faults(undefined);
      expect((await lms.deliveries()).map(({ state }) => state)).toEqual(students.map(() => 'sent'));
      for (const who of lms.students) {
        const given = (await taken(lms, who)).map(({ body }) => body.scoreGiven);
        expect(given.at(-1)).toBe(4);
        expect(given).toEqual([...new Set(given)].sort());
        expect((await cell(lms, who)).resultScore).toBe(100);
        if (profile === 'canvas') expect((await cell(lms, who)).attempts).toBeLessThanOrEqual(2);
      }
    },
  );

  it('for a while: the score waits, and arrives by itself', async () => {
    const lms = await newLmsWorld();
    await lms.platform.stop();
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toMatchObject([{ state: 'waiting', outcome: 'platform-down', tries: 1 }]);
    await lms.platform.start();
    await lms.deliver();
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', tries: 0 }]);
    expect(await taken(lms, lms.sam)).toHaveLength(1);
  });

  it('for more than a day: it is given up, and a new grade starts again', async () => {
    const lms = await newLmsWorld();
    await lms.platform.stop();
    await lms.answer(lms.sam, 'neither', []);
    await lms.deliver(DAY_MS);
    expect(await lms.deliveries()).toMatchObject([{ state: 'refused', outcome: 'platform-down' }]);
    await lms.platform.start();
    await lms.later();
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', sent_points: 400 }]);
  });

  it('that asks for time gets it, for all its scores', async () => {
    const lms = await newLmsWorld({ students: ['Sam', 'Ana'] });
    await lms.platform.faults({ kinds: ['429'], retryAfter: 120, endpoints: ['scores'] });
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toMatchObject([{ state: 'waiting', outcome: 'throttled', tries: 0 }]);
    await lms.platform.faults(undefined);
    await lms.answer(lms.students[1]!);
    expect(await lms.deliver(MINUTE_MS)).toEqual({ sent: 0, waiting: 0, refused: 0, conflict: 0 });
    expect(await lms.deliver(MINUTE_MS)).toMatchObject({ sent: 2 });
  });

  it('that does not know the tool any more is asked again once in a while, and no try is lost', async () => {
    const lms = await newLmsWorld({ students: ['Sam', 'Ana'] });
    await lms.platform.change(lms.platform.clientId, { active: false });
    for (const who of lms.students) await lms.answer(who);
    for (let minute = 0; minute < 5; minute++) await lms.deliver();
    for (const row of await lms.deliveries()) expect(row).toMatchObject({ state: 'waiting', tries: 0 });
    expect((await lms.platform.requests()).filter(({ endpoint }: Json) => endpoint === 'token').length).toBeLessThan(
      15,
    );
    await lms.platform.change(lms.platform.clientId, { active: true });
    await lms.deliver();
    expect((await lms.deliveries()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('that carries a score out and does not say so: it is not sent again', async () => {
    const lms = await newLmsWorld({ profile: 'canvas' });
    await lms.platform.faults({ kinds: ['cut'], endpoints: ['scores'], count: 4, seed: 3 });
    await lms.answer(lms.sam);
    for (let minute = 0; minute < 8; minute++) await lms.deliver();
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent' }]);
    expect(await taken(lms, lms.sam)).toHaveLength(1);
    expect((await cell(lms, lms.sam)).attempts).toBe(1);
  });
});

describe('a Worker that dies', () => {
  it('after a score went out and before it knew: the next grade arrives, and is no conflict', async () => {
    const lms = await newLmsWorld();
    await lms.answer(lms.sam, 'neither', []);
    const died = `update delivery set state = 'waiting', claimed_until = ?1, due_at = ?1, tried = '[[0,400,null]]',
      sent_version = null, sent_points = null, sent_max = null, sent_at = null where person_id = ?2`;
    await lms.world.db.$client.execute({ sql: died, args: [lms.world.clock.now + 120_000, lms.sam.id] });
    await lms.later(2000);
    await lms.answer(lms.sam);
    expect(await taken(lms, lms.sam)).toHaveLength(1);
    await lms.deliver(120_000);
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', tried: null }]);
    expect((await taken(lms, lms.sam)).map(({ body }) => body.scoreGiven)).toEqual([0, 4]);
  });

  it('no, one that is slow: what another tried since it was read is not taken in hand', async () => {
    const lms = await newLmsWorld({ profile: 'canvas' });
    await lms.platform.stop();
    await lms.answer(lms.sam);
    await lms.platform.start();
    await lms.later();
    const { db, clock, course: courseId } = lms.world;
    const [read] = (await listDue(db, { courseId }, clock.now, 1)) as [DueRow];
    await lms.platform.faults({ kinds: ['cut'], endpoints: ['scores'], count: 1, seed: 3 });
    await lms.deliver(0);
    expect(await lms.deliveries()).toMatchObject([{ state: 'waiting', claimed_until: null }]);
    expect(await claimDeliveries(db, [{ ...read, tried: [] }], clock.now, clock.now + MINUTE_MS)).toEqual([]);
  });

  it('is no matter where several deliver at once: each score goes once', async () => {
    const lms = await newLmsWorld({ students: ['Sam', 'Ana', 'Ben', 'Cem', 'Dee'] });
    await lms.platform.stop();
    for (const who of lms.students) await lms.answer(who);
    await lms.platform.start();
    await lms.later();
    await Promise.all([lms.deliver(0), lms.deliver(0), lms.deliver(0)]);
    await lms.deliver();
    for (const who of lms.students) expect(await taken(lms, who)).toHaveLength(1);
  });
});
