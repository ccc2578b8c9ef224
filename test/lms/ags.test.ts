import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLms } from './server.ts';
import { type Answer, newClass } from './tool.ts';

let lms: Awaited<ReturnType<typeof startLms>>;
beforeAll(async () => {
  lms = await startLms({ port: 0 });
});
afterAll(() => lms.stop());

const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope';
const all = ['lineitem', 'lineitem.readonly', 'result.readonly', 'score'].map((name) => `${ags}/${name}`).join(' ');
const one = 'application/vnd.ims.lis.v2.lineitem+json';
const many = 'application/vnd.ims.lis.v2.lineitemcontainer+json';
const results = 'application/vnd.ims.lis.v2.resultcontainer+json';
const scores = 'application/vnd.ims.lis.v1.score+json';

const below = (url: string, part: string) => {
  const address = new URL(url);
  address.pathname += part;
  return address.href;
};

const graded = async (wish: Record<string, unknown> = {}) => {
  const site = await newClass(lms.url, wish);
  const token: string = (await site.askToken(all)).body.access_token;
  const agent = { 'user-agent': 'a tool' };
  const link = await site.of('POST', '/links', { context: site.context.id, lineItem: { scoreMaximum: 10 } });
  const query = wish.profile === 'moodle' ? '?type_id=1' : '';
  const lineItems = `${site.platform.issuer}/ags/${site.context.id}/lineitems${query}`;
  const send = (change: Record<string, unknown> = {}, url: string = link.lineItemUrl, type = scores): Promise<Answer> =>
    site.call(
      token,
      'POST',
      below(url, '/scores'),
      { 'content-type': type, ...agent },
      {
        userId: site.sam.id,
        timestamp: new Date().toISOString(),
        activityProgress: 'Completed',
        gradingProgress: 'FullyGraded',
        scoreGiven: 5,
        scoreMaximum: 10,
        ...change,
      },
    );
  const shown = async (url: string = link.lineItemUrl) =>
    (await site.call(token, 'GET', below(url, '/results'), { accept: results, ...agent })).body;
  const make = (members: object) =>
    site.call(
      token,
      'POST',
      lineItems,
      { 'content-type': one, ...agent },
      { label: 'Unit 4', scoreMaximum: 5, ...members },
    );
  const list = (query = '') => {
    const url = `${lineItems}${query && (lineItems.includes('?') ? query.replace('?', '&') : query)}`;
    return site.call(token, 'GET', url, { accept: many, ...agent });
  };
  return { ...site, token, agent, link, lineItems, send, shown, make, list };
};

const at = (seconds: number, ms = 0) => new Date(Date.UTC(2026, 8, 7, 12, 0, seconds, ms)).toISOString();

describe('line items', () => {
  it('are made, found by their filters, changed and deleted', async () => {
    const { make, list, token, call, agent, link } = await graded();
    const made = await make({ resourceId: 'unit-4', tag: 'grade' });
    expect(made).toMatchObject({ status: 201, body: { label: 'Unit 4', resourceId: 'unit-4' } });
    expect((await list('?resource_id=unit-4')).body).toEqual([made.body]);
    expect((await list('?tag=other')).body).toEqual([]);
    expect((await list(`?resource_link_id=${link.id}`)).body).toMatchObject([{ id: link.lineItemUrl }]);
    const changed = { ...made.body, label: 'Unit four' };
    const put = await call(token, 'PUT', made.body.id, { 'content-type': one, ...agent }, changed);
    expect(put).toMatchObject({ status: 200, body: changed });
    expect((await call(token, 'DELETE', made.body.id, agent)).status).toBe(204);
    expect((await call(token, 'GET', made.body.id, { accept: one, ...agent })).status).toBe(404);
  });

  it('come in pages, whose links Moodle breaks', async () => {
    for (const profile of ['sakai', 'moodle']) {
      const { make, list } = await graded({ profile });
      await make({});
      const first = await list('?limit=1');
      expect(first.body).toHaveLength(1);
      const link = Buffer.from(first.headers.get('link')!, 'latin1').toString();
      expect(link).toMatch(profile === 'moodle' ? /&amp;.*rel=“next”/ : /<[^>]+limit=1&from=1>; rel="next"$/);
      expect((await list('?limit=1&from=1')).headers.get('link')).toBeNull();
    }
  });

  it('want the exact media types, the scope for the verb, and on Moodle the query of their address', async () => {
    const { list, token, call, agent, lineItems, askToken } = await graded({ profile: 'moodle' });
    expect((await call(token, 'GET', lineItems, { accept: `${many}, application/json`, ...agent })).status).toBe(400);
    expect((await call(token, 'GET', lineItems, { accept: '*/*', ...agent })).status).toBe(200);
    expect((await call(token, 'GET', lineItems.split('?')[0]!, { accept: many, ...agent })).text).toContain('type_id');
    expect((await call(token, 'POST', lineItems, { 'content-type': 'application/json' }, {})).text).toContain(one);
    expect((await list()).status).toBe(200);
    const { body } = await askToken(`${ags}/lineitem`);
    expect((await call(body.access_token, 'GET', lineItems, { accept: many })).status).toBe(401);
    const sakai = await graded();
    expect((await sakai.call(sakai.token, 'GET', sakai.lineItems, { accept: 'application/json' })).status).toBe(406);
    const scoreOnly = (await sakai.askToken(`${ags}/score`)).body.access_token;
    expect((await sakai.call(scoreOnly, 'POST', sakai.lineItems, { 'content-type': one }, {})).status).toBe(403);
  });

  it('belong to the tool that made them', async () => {
    const { link, of, call, platform, agent } = await graded();
    await of('POST', '/clients', { toolUrl: 'http://other.test' });
    const [, other] = (await of('GET', '')).clients;
    const { lms: server } = lms;
    server.platforms.get(platform.id)!.tokens.theirs = {
      clientId: other.clientId,
      scopes: all.split(' '),
      expiresAt: 9e15,
    };
    expect((await call('theirs', 'GET', link.lineItemUrl, { accept: one, ...agent })).status).toBe(404);
  });
});

describe('scores', () => {
  it('show in the results, rescaled to the column, zero like any other', async () => {
    const { send, shown, sam, ada } = await graded();
    await send({ scoreGiven: 1, scoreMaximum: 4, comment: 'well' });
    await send({ userId: ada.id, scoreGiven: 0 });
    expect(await shown()).toMatchObject([
      { userId: sam.id, resultScore: 2.5, resultMaximum: 10, comment: 'well' },
      { userId: ada.id, resultScore: 0 },
    ]);
  });

  const wrong: [string, Record<string, unknown>, RegExp][] = [
    ['no userId', { userId: undefined }, /userId/],
    ['no timestamp', { timestamp: undefined }, /timestamp/],
    ['a timestamp without a zone', { timestamp: '2026-09-07T12:00:00' }, /time zone/],
    ['no activityProgress', { activityProgress: undefined }, /activityProgress/],
    ['an unknown gradingProgress', { gradingProgress: 'Graded' }, /gradingProgress/],
    ['no scoreMaximum', { scoreMaximum: undefined }, /scoreMaximum/],
    ['a negative score', { scoreGiven: -1 }, /scoreGiven/],
  ];
  it.each(wrong)('are refused for %s', async (_, change, reason) => {
    const { send, shown } = await graded();
    const { status, text } = await send(change);
    expect([status, text]).toEqual([400, expect.stringMatching(reason)]);
    expect(await shown()).toEqual([]);
  });

  const people: [string, number, number][] = [
    ['sakai', 404, 400],
    ['moodle', 400, 400],
    ['canvas', 422, 422],
    ['d2l', 404, 403],
    ['blackboard', 400, 400],
  ];
  it.each(people)(
    'are refused on %s for a stranger (%i) and for a teacher (%i)',
    async (profile, stranger, teacher) => {
      const { send, ines } = await graded({ profile });
      expect((await send({ userId: 'nobody' })).status).toBe(stranger);
      expect((await send({ userId: ines.id })).status).toBe(teacher);
    },
  );

  it('must be later than the last one: to the millisecond, on Moodle to the second', async () => {
    for (const [profile, within, stale] of [
      ['sakai', 204, 409],
      ['moodle', 409, 409],
      ['canvas', 200, 400],
    ] as const) {
      const { make, send, of } = await graded({ profile });
      const column = (await make({})).body.id;
      expect((await send({ timestamp: at(1) }, column)).status).toBeLessThan(300);
      expect((await send({ timestamp: at(1, 500) }, column)).status).toBe(within);
      expect((await send({ timestamp: at(1) }, column)).status).toBe(stale);
      expect((await of('GET', '/scores')).items.map(({ status }: { status: number }) => status < 300)).toEqual([
        true,
        within < 300,
        false,
      ]);
    }
  });

  it('that are not fully graded show nothing, and on Moodle clear what was there', async () => {
    for (const [profile, left] of [
      ['sakai', 1],
      ['moodle', 0],
    ] as const) {
      const { make, send, shown } = await graded({ profile });
      const column = (await make({})).body.id;
      await send({ gradingProgress: 'Pending', timestamp: at(0) }, column);
      expect(await shown(column)).toEqual([]);
      const later = Date.now() + 10_000;
      await send({ timestamp: new Date(later).toISOString() }, column);
      await send({ gradingProgress: 'NotReady', timestamp: new Date(later + 2000).toISOString() }, column);
      expect(await shown(column)).toHaveLength(left);
    }
  });

  it('leave a mark set by hand alone, but on Canvas only where they say so', async () => {
    for (const [profile, extension, shows] of [
      ['moodle', {}, 9],
      ['canvas', {}, 5],
      ['canvas', { prioritize_non_tool_grade: true }, 9],
    ] as const) {
      const { of, link, sam, send, shown } = await graded({ profile });
      await of('PUT', '/marks', { lineItem: link.lineItemId, user: sam.id, score: 9 });
      const timestamp = new Date(Date.now() + 2000).toISOString();
      expect((await send({ timestamp, 'https://canvas.instructure.com/lti/submission': extension })).status).toBe(200);
      expect(await shown()).toMatchObject([{ resultScore: shows }]);
    }
  });

  it('count as attempts on Canvas unless they say not to; a User-Agent is asked for', async () => {
    const { send, of, sam, token, call, lineItems } = await graded({ profile: 'canvas' });
    const submission = 'https://canvas.instructure.com/lti/submission';
    await send({ timestamp: at(1) });
    await send({ timestamp: at(2), [submission]: { new_submission: false } });
    const { lineItems: items } = await of('GET', '/gradebook');
    expect(items[0].cells[sam.id]).toMatchObject({ attempts: 1 });
    expect((await call(token, 'GET', lineItems, { accept: many, 'user-agent': '' })).text).toContain('User-Agent');
    const ahead = new Date(Date.now() + 120_000).toISOString();
    expect((await send({ timestamp: at(3), [submission]: { submitted_at: ahead } })).status).toBe(400);
  });
});
