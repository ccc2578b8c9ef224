import { beforeAll, describe, expect, it } from 'vitest';
import {
  expectRefused,
  launchVaried,
  newBrowser,
  newCampus,
  opened,
  sessionOf,
  type Variation,
} from '../world/launch.ts';
import { newWorld, type World } from '../world/world.ts';

// The launches of the LTI Advantage Conformance Certification Guide (CERT), by its names for them. CORE is LTI Core 1.3, SEC
// the Security Framework 1.0. A bad launch fails its test when it is accepted.

const MEMBERSHIP = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const INSTITUTION = 'http://purl.imsglobal.org/vocab/lis/v2/institution/person';
const SYSTEM = 'http://purl.imsglobal.org/vocab/lis/v2/system/person';

let world: World;
let campus: Awaited<ReturnType<typeof newCampus>>;
beforeAll(async () => {
  world = await newWorld();
  campus = await newCampus(world, { profile: 'sakai', privacy: false });
});

describe('known bad launches (CERT 6.1.1)', () => {
  const cases: [id: string, what: string, clause: string, Variation, refused: [number, string]][] = [
    ['B1', 'no kid in the header', 'SEC 6.3', { header: { kid: null } }, [401, 'kid-missing']],
    ['B2', 'a kid that is not in the key set', 'SEC 6.3', { header: { kid: 'nobody' } }, [401, 'key-unknown']],
    ['B3', 'another version', 'CORE 5.3.2', { set: { version: '11.3' } }, [400, 'version-wrong']],
    ['B4', 'no version', 'CORE 5.3.2', { omit: ['version'] }, [400, 'claim-missing']],
    [
      'B6',
      'several claims missing',
      'CORE 5.3',
      { omit: ['aud', 'iss', 'sub', 'deployment_id', 'roles'] },
      [400, 'claim-missing'],
    ],
    ['B7', 'times long past', 'SEC 5.1.3 step 6', { set: { iat: 11111, exp: 22222 } }, [401, 'token-expired']],
    ['B8', 'no message type', 'CORE 5.3.1', { omit: ['message_type'] }, [400, 'claim-missing']],
    ['B9', 'no roles', 'CORE 5.3.7', { omit: ['roles'] }, [400, 'claim-missing']],
    ['B10', 'no deployment id', 'CORE 5.3.3', { omit: ['deployment_id'] }, [400, 'claim-missing']],
    ['B11', 'no resource link', 'CORE 5.3.5', { omit: ['resource_link'] }, [400, 'claim-missing']],
    [
      'B11',
      'a resource link without an id',
      'CORE 5.3.5',
      { set: { resource_link: { title: 'x' } } },
      [400, 'claim-missing'],
    ],
    ['B12', 'no sub', 'CORE 5.3.6.1', { omit: ['sub'] }, [403, 'anonymous']],
  ];
  it.each(cases)('%s: %s (%s)', async (_id, _what, _clause, variation, refused) => {
    const before = await opened(world);
    const wish = { user: campus.sam, link: campus.link.id };
    const reply = await launchVaried(campus.platform, newBrowser(world), wish, variation);
    await expectRefused(world, reply, refused, before);
  });

  it('B5: a JWT that is no message of LTI (CORE 5.3)', async () => {
    const before = await opened(world);
    const reply = await launchVaried(
      campus.platform,
      newBrowser(world),
      { user: campus.sam, link: campus.link.id },
      () => campus.platform.jwt({ name: 'Only a name' }),
    );
    await expectRefused(world, reply, [400, 'claim-missing'], before);
  });
});

describe('valid launches (CERT 6.1.2 and 6.1.3)', () => {
  const omitted = { omit: ['name', 'given_name', 'family_name', 'email'] };
  const cases: [id: string, what: string, Variation, role: string, name: string | null][] = [
    ['T1', 'a full launch', {}, 'instructor', 'Ines'],
    ['S1', 'a full launch', {}, 'learner', 'Sam'],
    [
      'T2',
      'several roles: the highest of the context',
      { set: { roles: [`${MEMBERSHIP}#Learner`, `${MEMBERSHIP}#Instructor`, `${INSTITUTION}#Student`] } },
      'instructor',
      'Ines',
    ],
    [
      'S2',
      'several roles: an administrator of the institution and system teaches nobody by that',
      { set: { roles: [`${INSTITUTION}#Administrator`, `${SYSTEM}#SysAdmin`, `${MEMBERSHIP}#Learner`] } },
      'learner',
      'Sam',
    ],
    ['T3', 'a short role', { set: { roles: ['Instructor'] } }, 'instructor', 'Ines'],
    ['S3', 'a short role', { set: { roles: ['Learner'] } }, 'learner', 'Sam'],
    ['T4', 'an unknown role', { set: { roles: [`${MEMBERSHIP}#Unknown`] } }, 'learner', 'Ines'],
    ['S4', 'an unknown role', { set: { roles: ['http://example.com/roles#Teacher'] } }, 'learner', 'Sam'],
    ['T5', 'no role among the roles', { set: { roles: [] } }, 'learner', 'Ines'],
    ['S5', 'no role among the roles', { set: { roles: [] } }, 'learner', 'Sam'],
    ['T6', 'an address only', { omit: ['name', 'given_name', 'family_name'] }, 'instructor', null],
    ['S6', 'an address only', { omit: ['name', 'given_name', 'family_name'] }, 'learner', null],
    [
      'T7',
      'names only',
      { omit: ['email', 'name'], set: { given_name: 'Ines', family_name: 'Roth' } },
      'instructor',
      'Ines Roth',
    ],
    ['S7', 'names only', { omit: ['email'] }, 'learner', 'Sam'],
    ['T8', 'nothing personal', omitted, 'instructor', null],
    ['S8', 'nothing personal', omitted, 'learner', null],
    ['T9', 'an address and no context', { omit: ['name', 'context'] }, 'instructor', null],
    ['S9', 'an address and no context', { omit: ['name', 'context'] }, 'learner', null],
    ['T10', 'a new resource link', { set: { resource_link: { id: 'new-for-a-teacher' } } }, 'instructor', 'Ines'],
    ['S10', 'a new resource link', { set: { resource_link: { id: 'new-for-a-student' } } }, 'learner', 'Sam'],
  ];
  it.each(cases)('%s: %s opens', async (id, _what, variation, role, name) => {
    const { platform, link } = campus;
    const who = await platform.user({ name: name ?? 'X', email: 'x@school.example' });
    await platform.enrol(campus.course.id, who.id, [id.startsWith('T') ? 'Instructor' : 'Learner']);
    const wish = { user: who.id, link: link.id };
    const reply = await launchVaried(platform, newBrowser(world), wish, variation);
    expect(reply.status, reply.text).toBe(303);
    const [, course] = /^\/courses\/([\w-]+)\/units\/4$/.exec(reply.headers.get('location')!)!;
    const me = await world.request(sessionOf(reply), 'GET', `/v1/courses/${course}/people/me/data`);
    expect(me.body.person).toMatchObject({ externalId: who.id, role, name });
    const overview = await world.request(sessionOf(reply), 'GET', `/v1/courses/${course}/people`);
    expect(overview.status).toBe(role === 'learner' ? 403 : 200);
    const placed = await world.db.$client.execute({
      sql: 'select 1 from placement where course_id = ? and resource_link_id = ?',
      args: [course!, (variation.set?.resource_link as { id: string } | undefined)?.id ?? link.id],
    });
    expect(placed.rows).toHaveLength(1);
  });
});
