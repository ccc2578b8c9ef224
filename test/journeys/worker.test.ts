import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogue } from '#catalogue';
import worker from '../../src/worker.ts';
import { newApp } from '../world/world.ts';

const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };

const send = (path: string, init: RequestInit = {}) =>
  worker.fetch(new Request(`https://school.example${path}`, init), env, context);

const seen = async (response: Response) => ({
  status: response.status,
  headers: Object.fromEntries([...response.headers].filter(([name]) => name !== 'x-request-id')),
  text: await response.text(),
});

describe('the Worker', () => {
  const log = vi.spyOn(console, 'log');
  beforeAll(() => void log.mockReturnValue());
  afterAll(() => log.mockRestore());

  it('says when it is not configured, whatever it is asked', async () => {
    for (const path of ['/healthz', '/v1/units/1']) {
      const unset = { ...env, ROOT_KEY: '' };
      const response = await worker.fetch(new Request(`https://school.example${path}`), unset, context);
      expect(response.status).toBe(503);
      expect((await response.json()) as object).toMatchObject({ type: 'urn:cmgrclass:problem:not-ready' });
    }
    expect(log).toHaveBeenCalledWith(expect.stringContaining('ROOT_KEY is not set'));
  });

  it('loads the site for several that ask at once', async () => {
    const replies = await Promise.all([send('/healthz'), send('/v1/keys'), send('/healthz')]);
    expect(replies.map(({ status }) => status)).toEqual([200, 401, 200]);
  });

  it('answers content before the site is loaded exactly as the site does', async () => {
    const { app } = newApp();
    for (const path of Object.keys(catalogue.bodies))
      for (const tag of ['"x"', catalogue.bodies[path]!.etag]) {
        const headers = { 'if-none-match': tag };
        const ours = await seen(await send(path, { headers }));
        expect(ours, path).toEqual(await seen(await app.request(path, { headers })));
        expect(ours.status).toBe(tag === '"x"' ? 200 : 304);
      }
  });

  it('leaves to the site what is not a plain GET of content', async () => {
    const { app } = newApp();
    const asked: [string, string][] = [
      ['HEAD', '/v1/units/1'],
      ['GET', '/v1/units/1/'],
      ['GET', '/v1/units/1?a=b'],
      ['GET', '/v1/units/%31'],
      ['GET', '/v1/units/99'],
      ['POST', '/v1/units/1'],
      ['GET', '/v1/constructor'],
      ['GET', '/v1/keys'],
      ['GET', '/nowhere'],
      ['GET', '/healthz'],
    ];
    for (const [method, path] of asked) {
      const ours = await seen(await send(path, { method }));
      const sites = await seen(await app.request(path, { method }));
      const named = (text: string) => text.replace(/"requestId":"[^"]+"/, '');
      expect({ ...ours, text: named(ours.text) }, `${method} ${path}`).toEqual({ ...sites, text: named(sites.text) });
    }
  });
});
