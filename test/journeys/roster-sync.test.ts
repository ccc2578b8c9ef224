import { describe, expect, it } from 'vitest';
import { syncRosters } from '../../src/courses/sync-roster.ts';
import { listMembers } from '../../src/lms/members.ts';
import { openService } from '../../src/lms/tokens.ts';
import { NIGHTLY, tick } from '../../src/tick.ts';
import { newLmsWorld } from '../world/lms-course.ts';
import type { Json } from '../world/world.ts';

type LmsWorld = Awaited<ReturnType<typeof newLmsWorld>>;
const TEST_USER = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';
const TEACHING_ASSISTANT = 'http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant';

const sync = ({ world, ines }: LmsWorld, query = '', headers = {}) =>
  world.request(ines.token, 'POST', world.at(`/roster-sync${query}`), undefined, headers);

const people = async ({ world }: LmsWorld): Promise<Record<string, string>> => {
  const { body } = await world.request(world.key, 'GET', world.at('/people?limit=200'));
  return Object.fromEntries(
    body.items.map(({ externalId, name, role, withdrawn }: Json) => [
      externalId,
      `${name ?? '-'} ${role}${withdrawn ? ' withdrawn' : ''}`,
    ]),
  );
};

const refuseHalfWay = async (lms: LmsWorld) => {
  const before = await people(lms);
  const reply = await sync(lms);
  expect(reply.body.type).toBe('urn:cmgrclass:problem:lms-failed');
  expect(await people(lms)).toEqual(before);
  const { body } = await lms.world.request(lms.ines.token, 'GET', lms.world.at('/lms-sync'));
  expect(body.roster).toMatchObject([{ available: true, syncedAt: null, detail: reply.body.reason }]);
  return reply.body.reason as string;
};

describe('the roster of the LMS', () => {
  it.each(['moodle', 'canvas', 'd2l', 'blackboard', 'sakai'] as const)(
    '%s: enrols, changes, restores, and withdraws who is gone; the preview says exactly that',
    async (profile) => {
      const lms = await newLmsWorld({ profile, students: ['Sam', 'Ana', 'Ben'], pageSize: 2, privacy: false });
      const [sam, ana, ben] = lms.students;
      const { platform, there, world } = lms;
      const withKey = await world.learner('Kim');
      const dee = await platform.user({ name: 'Dee' });
      const pia = await platform.user({});
      await platform.enrol(there.id, dee.id, ['Learner']);
      await platform.enrol(there.id, pia.id, [TEACHING_ASSISTANT]);
      await platform.enrol(there.id, ana!.externalId, ['Learner'], 'Inactive');
      await platform.enrol(there.id, ben!.externalId, [], 'Deleted');
      const before = await people(lms);
      const preview = await sync(lms, '?preview=true');
      expect(preview.status).toBe(200);
      expect(await people(lms)).toEqual(before);
      const { status, body } = await sync(lms);
      expect(status).toBe(200);
      expect(body).toEqual(preview.body);
      expect(body.counts).toMatchObject({ enrol: 2, withdraw: 2 });
      const now = await people(lms);
      expect(now).toMatchObject({
        [sam!.externalId]: expect.stringContaining('learner'),
        [ana!.externalId]: expect.stringContaining('learner withdrawn'),
        [ben!.externalId]: expect.stringContaining('learner withdrawn'),
        [pia.id]: '- assistant',
        [withKey.externalId]: 'Kim learner',
      });
      expect((await sync(lms)).body).toMatchObject({ changes: [], counts: { same: 4 } });
      await platform.enrol(there.id, ana!.externalId, ['Learner']);
      expect((await sync(lms)).body.counts).toMatchObject({ restore: 1 });
      const tokens = (await platform.requests()).filter(({ endpoint }: Json) => endpoint === 'token');
      expect(tokens).toHaveLength(1);
    },
  );

  it('comes at the word of the institution too: of a key that may enrol people', async () => {
    const lms = await newLmsWorld({ students: ['Sam'] });
    const { world, platform, there } = lms;
    await platform.enrol(there.id, (await platform.user({ name: 'Dee' })).id, ['Learner']);
    const ask = (key: string) => world.request(key, 'POST', world.at('/roster-sync'));
    const key = async (scope: string) =>
      (await world.request(world.key, 'POST', '/v1/keys', { name: scope, scopes: [scope] })).body.secret;
    expect((await ask(await key('grades'))).status).toBe(403);
    const { status, body } = await ask(await key('people'));
    expect([status, body.counts.enrol]).toEqual([200, 1]);
  });

  it('brings names where the LMS shares them, and leaves those there are where it does not', async () => {
    const lms = await newLmsWorld({ profile: 'moodle' });
    await sync(lms);
    expect(await people(lms)).toMatchObject({ [lms.sam.externalId]: 'Sam learner' });
    const quiet = await newLmsWorld({ profile: 'canvas' });
    await quiet.world.db.$client.execute({ sql: "update person set name = 'Sam' where id = ?", args: [quiet.sam.id] });
    await sync(quiet);
    expect(await people(quiet)).toMatchObject({ [quiet.sam.externalId]: 'Sam learner' });
  });

  it('withdraws neither whoever asks nor on the word of an empty list, and sends no scores of the test student', async () => {
    const lms = await newLmsWorld({ profile: 'canvas' });
    const test = await lms.platform.user({ name: 'Test Student' });
    await lms.platform.enrol(lms.there.id, test.id, ['Learner', TEST_USER]);
    await lms.platform.enrol(lms.there.id, lms.ines.externalId, [], 'Deleted');
    const { body } = await sync(lms);
    expect(body.kept).toEqual([{ externalId: lms.ines.externalId, because: 'yourself' }]);
    const enrolment = await lms.world.db.$client.execute({
      sql: 'select test_user from enrolment e join person p on p.id = e.person_id where e.course_id = ? and p.subject = ?',
      args: [lms.world.course, test.id],
    });
    expect(enrolment.rows).toMatchObject([{ test_user: 1 }]);
    for (const who of [test.id, lms.sam.externalId]) await lms.platform.enrol(lms.there.id, who, [], 'Deleted');
    const before = await people(lms);
    expect((await sync(lms)).body.reason).toContain('empty');
    expect(await people(lms)).toEqual(before);
  });

  it('is all or nothing: a list that breaks off changes nobody, and the reason is kept', async () => {
    const students = ['Sam', 'Ana', 'Ben', 'Cem', 'Dee', 'Eva'];
    const lms = await newLmsWorld({ students, pageSize: 2 });
    await lms.platform.enrol(lms.there.id, lms.students[5]!.externalId, [], 'Deleted');
    await lms.platform.faults({ kinds: ['500'], endpoints: ['members'], rate: 0.5, seed: 4 });
    expect(await refuseHalfWay(lms)).toContain('cannot be read whole');
    await lms.platform.faults({ kinds: ['html'], endpoints: ['members'] });
    expect(await refuseHalfWay(lms)).toContain('cannot be read whole');
    await lms.platform.faults(undefined);
    expect((await sync(lms)).body.counts).toMatchObject({ withdraw: 1 });
    const { body } = await lms.world.request(lms.ines.token, 'GET', lms.world.at('/lms-sync'));
    expect(body.roster).toMatchObject([{ syncedAt: expect.any(String), detail: null }]);
  });

  it('is brought once for a request that is sent twice, and not at all in a course that is in no LMS', async () => {
    const lms = await newLmsWorld();
    const dee = await lms.platform.user({ name: 'Dee' });
    await lms.platform.enrol(lms.there.id, dee.id, ['Learner']);
    const first = await sync(lms, '', { 'idempotency-key': 'k' });
    const second = await sync(lms, '', { 'idempotency-key': 'k' });
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const other = await lms.world.newCourse();
    const boss = await lms.world.instructor(other.id);
    const reply = await lms.world.request(boss.token, 'POST', `/v1/courses/${other.id}/roster-sync`);
    expect(reply.body.type).toBe('urn:cmgrclass:problem:not-in-lms');
  });

  it('is not brought where it would leave the course without an instructor, and people find out why', async () => {
    const lms = await newLmsWorld();
    await lms.platform.enrol(lms.there.id, lms.ines.externalId, ['Learner']);
    await syncRosters(lms.world.deps, lms.world.db, 60_000);
    const { body } = await lms.world.request(lms.ines.token, 'GET', lms.world.at('/lms-sync'));
    expect(body.roster).toMatchObject([{ syncedAt: null, detail: expect.stringContaining('without an instructor') }]);
  });

  it('is brought every night', async () => {
    const lms = await newLmsWorld();
    lms.world.clock.now = Date.parse('2019-01-01T12:00:00Z');
    const dee = await lms.platform.user({ name: 'Dee' });
    await lms.platform.enrol(lms.there.id, dee.id, ['Learner']);
    await tick(lms.world.deps, NIGHTLY);
    expect(await people(lms)).toMatchObject({ [dee.id]: 'Dee learner' });
    const audit = await lms.world.db.$client.execute({
      sql: "select actor, reason from audit_event where course_id = ? and action = 'person-enrolled'",
      args: [lms.world.course],
    });
    expect(audit.rows).toMatchObject([{ actor: 'lms', reason: 'roster: as learner' }]);
  });
});

describe('names and roles service', () => {
  it('NRPS 2.0, 2.4: filters by role, in pages of a size, and the members of one link', async () => {
    const lms = await newLmsWorld({ profile: 'sakai', students: ['Sam', 'Ana', 'Ben'] });
    const [row] = (
      await lms.world.db.$client.execute({
        sql: `select id, institution_id as institutionId, product, client_id as clientId, token_url as tokenUrl,
          token_audience as tokenAudience, tokens from platform where id = ?`,
        args: [lms.platform.rows.platform],
      })
    ).rows as Json[];
    const ask = async (filter: Parameters<typeof listMembers>[3]) => {
      const url = `${lms.platform.issuer}/nrps/${lms.there.id}`;
      const listed = await listMembers(lms.world.deps, openService(row), url, filter);
      return listed.ok ? listed.items.map(({ name }) => name).sort() : listed.detail;
    };
    expect(await ask({ limit: 1 })).toEqual(['Ana', 'Ben', 'Ines', 'Sam']);
    expect(await ask({ role: 'Learner', limit: 2 })).toEqual(['Ana', 'Ben', 'Sam']);
    const [link] = await lms.platform.links();
    expect(await ask({ rlid: link.id })).toEqual(['Ana', 'Ben', 'Ines', 'Sam']);
  });
});
