import { beforeAll, describe, expect, it } from 'vitest';
import {
  expectRefused,
  launchVaried,
  login,
  newBrowser,
  newCampus,
  opened,
  sessionOf,
  type Variation,
} from '../world/launch.ts';
import { newWorld, type World } from '../world/world.ts';

// What a token may be besides the certification's cases. SEC is the Security Framework 1.0, CORE is LTI Core 1.3.

let world: World;
let campus: Awaited<ReturnType<typeof newCampus>>;
let other: { clientId: string; deploymentIds: string[] };
let kid: string;
beforeAll(async () => {
  world = await newWorld();
  campus = await newCampus(world, { profile: 'sakai' });
  other = await campus.platform.client();
  kid = (await campus.platform.of('POST', '/keys/rotate')).kid;
});

const wish = () => ({ user: campus.sam, link: campus.link.id });
const seconds = () => world.clock.now / 1000;

describe('a launch is refused', () => {
  const cases: [what: string, clause: string, () => Variation, refused: [number, string]][] = [
    ['unsigned', 'SEC 5.1.3 step 5', () => ({ key: 'none', header: { kid } }), [401, 'algorithm-refused']],
    [
      'signed with the public key as a secret',
      'SEC 5.1.3 step 5',
      () => ({ key: 'hs256-public' }),
      [401, 'algorithm-refused'],
    ],
    [
      'signed by somebody else in the name of a published key',
      'SEC 5.1.3 step 1',
      () => ({ key: 'foreign', header: { kid } }),
      [401, 'signature-wrong'],
    ],
    [
      'with a foreign audience beside ours',
      'SEC 5.1.3 step 3',
      () => ({ set: { aud: [campus.platform.clientId, 'somebody-else'], azp: campus.platform.clientId } }),
      [401, 'audience-wrong'],
    ],
    [
      'with several audiences and no azp',
      'SEC 5.1.3 step 4',
      () => ({ set: { aud: [campus.platform.clientId, 'somebody-else'] } }),
      [401, 'audience-wrong'],
    ],
    ['with another azp', 'SEC 5.1.3 step 4', () => ({ set: { azp: 'somebody-else' } }), [401, 'party-wrong']],
    ['of another issuer', 'SEC 5.1.3 step 2', () => ({ set: { iss: 'https://other.example' } }), [401, 'issuer-wrong']],
    [
      'for another registration at this issuer',
      'SEC 5.1.3 step 3',
      () => ({ set: { aud: other.clientId } }),
      [401, 'audience-wrong'],
    ],
    [
      "with another client's deployment",
      'CORE 3.1.3',
      () => ({ set: { deployment_id: other.deploymentIds[0] } }),
      [403, 'deployment-unknown'],
    ],
    [
      'with a deployment id of 256 characters',
      'CORE 5.3.3',
      () => ({ set: { deployment_id: 'd'.repeat(256) } }),
      [400, 'claim-missing'],
    ],
    ['without a nonce', 'SEC 5.1.3 step 8', () => ({ omit: ['nonce'] }), [400, 'claim-missing']],
    ['with another nonce', 'SEC 5.1.3 step 8', () => ({ set: { nonce: 'invented' } }), [401, 'nonce-wrong']],
    [
      'for another address than the login',
      'CORE 5.3.4',
      () => ({ set: { target_link_uri: 'http://localhost/elsewhere' } }),
      [401, 'target-differs'],
    ],
    [
      'issued two minutes from now',
      'SEC 5.1.3 step 7',
      () => ({ set: { iat: seconds() + 120, exp: seconds() + 400 } }),
      [401, 'token-early'],
    ],
    ['expired for two minutes', 'SEC 5.1.3 step 6', () => ({ set: { exp: seconds() - 120 } }), [401, 'token-expired']],
    [
      'issued a quarter of an hour ago',
      'SEC 5.1.3 step 7',
      () => ({ set: { iat: seconds() - 900 } }),
      [401, 'token-old'],
    ],
    ['with times in words', 'SEC 5.1.2', () => ({ set: { exp: 'tomorrow' } }), [400, 'claim-missing']],
    ['of a message nobody knows', 'CORE 5.3.1', () => ({ set: { message_type: 'LtiFoo' } }), [400, 'message-unknown']],
    [
      'of a message whose name is half a character, or ends in one where the log cuts it',
      'CORE 5.3.1',
      () => ({ set: { message_type: `${'x'.repeat(99)}😀 \ud800` } }),
      [400, 'message-unknown'],
    ],
    ['with half a character in the sub', 'CORE 5.3.6', () => ({ set: { sub: 's\ud800' } }), [400, 'claim-missing']],
    [
      'with a kid that the log cuts within a character',
      'SEC 6.3',
      () => ({ header: { kid: `${'k'.repeat(295)}😀😀😀` } }),
      [401, 'key-unknown'],
    ],
    ['with a sub of 256 characters', 'CORE 5.3.6', () => ({ set: { sub: 's'.repeat(256) } }), [400, 'claim-missing']],
  ];
  it.each(cases)('%s (%s)', async (_what, _clause, variation, refused) => {
    const before = await opened(world);
    const reply = await launchVaried(campus.platform, newBrowser(world), wish(), variation());
    await expectRefused(world, reply, refused, before);
  });

  it('with the nonce of another login (SEC 5.1.3 step 8)', async () => {
    const before = await opened(world);
    const browser = newBrowser(world);
    const first = await login(campus.platform, browser, wish());
    const reply = await launchVaried(campus.platform, browser, wish(), { set: { nonce: first.nonce } });
    await expectRefused(world, reply, [401, 'nonce-wrong'], before);
  });

  it('without a token, and with what is none (SEC 5.1.1.3)', async () => {
    const before = await opened(world);
    for (const [token, refused] of [
      ['', [400, 'token-missing']],
      ['not a token', [400, 'token-malformed']],
      ['a.b.c', [400, 'token-malformed']],
    ] as const) {
      const reply = await launchVaried(campus.platform, newBrowser(world), wish(), async () => token);
      await expectRefused(world, reply, refused, before);
    }
  });
});

describe('a launch opens', () => {
  const long = 'x'.repeat(8192);
  const cases: [what: string, () => Variation][] = [
    ['when it expired half a minute ago by our clock', () => ({ set: { exp: seconds() - 30 } })],
    ['when it is of half a minute from now', () => ({ set: { iat: seconds() + 30, exp: seconds() + 90 } })],
    ['with our client id in a list', () => ({ set: { aud: [campus.platform.clientId] } })],
    ['with our client id as azp', () => ({ set: { azp: campus.platform.clientId } })],
    ['with nulls for what may be left out', () => ({ set: { name: null, context: null, custom: null, lis: null } })],
    [
      'with numbers for texts, and lists for objects',
      () => ({ set: { name: 7, launch_presentation: [], tool_platform: 'x', custom: [1] } }),
    ],
    ['with eight kilobytes of custom parameters', () => ({ set: { custom: { content_id: 'unit:4', long } } })],
    ['with a role that is no text', () => ({ set: { roles: [7, null, 'Learner'] } })],
    ['with half a surrogate pair in a name', () => ({ set: { name: 'Sam \ud800' } })],
    ['with addresses that are none', () => ({ set: { endpoint: { lineitem: 'javascript:alert(1)', scope: 'x' } } })],
  ];
  it.each(cases)('%s', async (_what, variation) => {
    const reply = await launchVaried(campus.platform, newBrowser(world), wish(), variation());
    expect(reply.status, reply.text).toBe(303);
    expect(sessionOf(reply)).not.toBe('');
  });

  it('anonymously where the platform may: as a visitor who is not graded', async () => {
    await world.db.$client.execute({
      sql: 'update platform set allows_anonymous = 1 where id = ?',
      args: [campus.platform.rows.platform],
    });
    const variation = { omit: ['sub'], set: { roles: ['Instructor'] } };
    const reply = await launchVaried(campus.platform, newBrowser(world), wish(), variation);
    expect(reply.status, reply.text).toBe(303);
    const { rows } = await world.db.$client.execute({
      sql: `select e.role, e.test_user from enrolment e join person p on p.id = e.person_id
        where p.institution_id = ? and p.subject like 'anonymous:%'`,
      args: [world.institution],
    });
    expect(rows.map((row) => [row.role, row.test_user])).toEqual([['learner', 1]]);
  });

  it('and such a visitor may look, and change nothing: the pages and the problem say why', async () => {
    const reply = await launchVaried(campus.platform, newBrowser(world), wish(), { omit: ['sub'] });
    const session = sessionOf(reply);
    const [course] = reply.headers.get('location')!.match(/[^/]+(?=\/units)/)!;
    const ask = (token: string, method: string, path: string, body?: unknown) =>
      world.request(token, method, `/v1/courses/${course}${path}`, body);
    expect((await ask(session, 'GET', '/scenarios/S29')).status).toBe(200);
    const answer = { role: 'cm', claims: [] };
    const writes: [string, string, unknown][] = [
      ['POST', '/scenarios/S29/answers', answer],
      ['POST', '/prompts/Q003.1/posts', { body: 'A post of nobody.' }],
      ['PUT', '/prompts/Q003.1/draft', { body: 'A draft of nobody.' }],
    ];
    for (const [method, path, body] of writes)
      expect(await ask(session, method, path, body), path).toMatchObject({
        status: 403,
        body: { type: 'urn:cmgrclass:problem:read-only' },
      });
    for (const path of ['scenarios/S29', 'prompts/Q003.1']) {
      const send = (fields: Record<string, string>) =>
        newBrowser(world).post(`/courses/${course}/${path}`, { session, ...fields });
      const seen = await send({});
      expect([seen.status, seen.text]).toEqual([200, expect.stringContaining('Your LMS did not say who you are')]);
      expect(seen.text).not.toMatch(/<textarea|type="radio"/);
      const sent = await send({ once: 'x', role: 'cm', body: 'A post of nobody.' });
      expect([sent.status, sent.text]).toEqual([403, expect.stringContaining('Your LMS did not say who you are')]);
    }
    const { rows } = await world.db.$client.execute({
      sql: "select id from person where institution_id = ? and subject like 'anonymous:%' order by id desc limit 1",
      args: [world.institution],
    });
    const opened = await ask(world.key, 'POST', '/sessions', { person: rows[0]!.id });
    expect((await ask(opened.body.token, 'POST', '/scenarios/S29/answers', answer)).status).toBe(403);
  });
});
