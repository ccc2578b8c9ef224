import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLms } from './server.ts';
import { newClass } from './tool.ts';

let lms: Awaited<ReturnType<typeof startLms>>;
beforeAll(async () => {
  lms = await startLms({ port: 0 });
});
afterAll(() => lms.stop());

const scope = 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly';
const type = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json';

const service = async (wish: Record<string, unknown> = {}) => {
  const site = await newClass(lms.url, wish);
  const token: string = (await site.askToken(scope)).body.access_token;
  const url = `${site.platform.issuer}/nrps/${site.context.id}`;
  const get = async (): Promise<number | string> =>
    site.call(token, 'GET', url, { accept: type }).then(
      ({ status, text }) => (text.startsWith('<!') ? 'html' : status),
      () => 'cut',
    );
  return { ...site, get };
};

const postTen = async (seed: number) => {
  const site = await service();
  const { askToken, of, platform, sam, context } = site;
  const token: string = (await askToken('https://purl.imsglobal.org/spec/lti-ags/scope/score')).body.access_token;
  const link = await of('POST', '/links', { context: context.id, lineItem: {} });
  await of('PUT', '/faults', { rate: 0.6, kinds: ['cut', '500'], seed });
  const start = Date.parse('2026-09-07T12:00:00Z');
  for (let count = 0; count < 10; count += 1)
    await fetch(`${link.lineItemUrl}/scores`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/vnd.ims.lis.v1.score+json' },
      body: JSON.stringify({
        userId: sam.id,
        timestamp: new Date(start + count * 1000).toISOString(),
        activityProgress: 'Completed',
        gradingProgress: 'FullyGraded',
        scoreGiven: count,
        scoreMaximum: 100,
      }),
    }).catch(() => undefined);
  const calls = (await lms.lms.platforms.get(platform.id)!.calls).slice(-10);
  return { calls, scores: (await of('GET', '/scores')).items };
};

describe('faults on demand', () => {
  it.each([
    ['500', 500],
    ['429', 429],
    ['cut', 'cut'],
    ['401', 401],
    ['html', 'html'],
    ['403-throttle', 429],
    ['redirect', 302],
    ['huge', 200],
    ['timeout', 'cut'],
  ] as const)('answers with %s', async (kind, seen) => {
    const { get, of } = await service();
    await of('PUT', '/faults', { kinds: [kind], count: 1, delayMs: 50 });
    expect(await get()).toBe(seen);
    expect((await of('GET', '/requests')).items.at(-1)).toMatchObject({ fault: kind });
    expect(await get()).toBe(kind === '401' ? 401 : 200);
  });

  it('strikes the same calls for the same seed, some after they were carried out', async () => {
    const [first, second, other] = [await postTen(7), await postTen(7), await postTen(8)];
    const shape = ({ calls }: typeof first) => calls.map(({ fault, carriedOut }) => `${fault} ${carriedOut}`);
    expect(shape(first)).toEqual(shape(second));
    expect(shape(other)).not.toEqual(shape(first));
    const struck = [...first.calls, ...other.calls].filter(({ fault }) => fault === 'cut');
    expect(new Set(struck.map(({ carriedOut }) => carriedOut))).toEqual(new Set([true, false]));
    expect(first.scores).toHaveLength(first.calls.filter(({ carriedOut }) => carriedOut).length);
  });

  it('narrows what a token may do', async () => {
    const { of, askToken } = await service();
    await of('PUT', '/faults', { kinds: ['narrow-scope'] });
    const both = `${scope} https://purl.imsglobal.org/spec/lti-ags/scope/score`;
    expect((await askToken(both)).body.scope).toBe(scope);
  });

  it('stops answering, wholly or in its services, and goes on', async () => {
    const { of, get, platform } = await service();
    await of('PUT', '/stopped', { stopped: 'services' });
    expect(await get()).toBe('cut');
    expect((await fetch(platform.jwksUrl)).status).toBe(200);
    await of('PUT', '/stopped', { stopped: true });
    await expect(fetch(platform.jwksUrl)).rejects.toThrow();
    await of('PUT', '/stopped', { stopped: false });
    expect(await get()).toBe(200);
  });

  it('rotates its keys, keeping the old one or not, and spoils the set', async () => {
    const { of, platform } = await service();
    const kids = async () =>
      ((await (await fetch(platform.jwksUrl)).json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    const [current, next] = await kids();
    expect(await of('POST', '/keys/rotate')).toEqual({ kid: next });
    expect(await kids()).toContain(current);
    await of('POST', '/keys/rotate', { forget: true });
    expect(await kids()).not.toContain(next);
    await of('PUT', '/jwks-mode', { mode: 'html' });
    expect(await (await fetch(platform.jwksUrl)).text()).toContain('<h1>');
    await of('PUT', '/jwks-mode', { mode: 'duplicate-kid' });
    const double = await kids();
    expect(new Set(double).size).toBeLessThan(double.length);
  });
});

it('goes on after a restart with what its file holds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lms-'));
  const dataFile = join(folder, 'lms.json');
  const first = await startLms({ port: 0, dataFile });
  const { platform, of, sam } = await newClass(first.url);
  await first.stop();
  const port = Number(new URL(first.url).port);
  const second = await startLms({ port, dataFile });
  expect((await of('GET', '/users')).items).toContainEqual(sam);
  expect((await of('GET', '')).issuer).toBe(platform.issuer);
  await second.stop();
  expect(await readFile(dataFile, 'utf8')).toContain(sam.id);
  await rm(folder, { recursive: true });
});
