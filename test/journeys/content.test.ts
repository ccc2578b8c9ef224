import { describe, expect, it } from 'vitest';
import { newApp } from '../world/world.ts';

describe('content', () => {
  it('is served whole: seven units, six sources, 116 claims, 40 topics', async () => {
    const { request } = newApp();
    const units = (await request(null, 'GET', '/v1/units')).body.items;
    expect(units.map(({ id }: { id: string }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(units.flatMap(({ scenarios }: { scenarios: string[] }) => scenarios)).toHaveLength(44);
    const sources = (await request(null, 'GET', '/v1/sources')).body.items;
    expect(sources.map(({ id }: { id: string }) => id)).toEqual(['000', '001', '002a', '002b', '003', '004']);
    let claims = 0;
    for (const { id } of sources) claims += (await request(null, 'GET', `/v1/sources/${id}`)).body.claims.length;
    expect(claims).toBe(116);
    expect((await request(null, 'GET', '/v1/topics')).body.items).toHaveLength(40);
    expect((await request(null, 'GET', '/v1/module')).body.question).toBe('Social media manager or community manager?');
  });

  it('teaches each unit in 600 to 1 000 words whose anchors open the claim on the same page', async () => {
    const { request } = newApp();
    for (const id of ['1', '2', '3', '4', '5', '6', '7']) {
      const { markdown, html } = (await request(null, 'GET', `/v1/units/${id}`)).body;
      const prose = markdown.replace(/\[[\w.]+\]/g, '').match(/[\p{L}\p{N}'’-]+/gu).length;
      expect(prose, `unit ${id}`).toBeGreaterThanOrEqual(600);
      expect(prose, `unit ${id}`).toBeLessThanOrEqual(1000);
      const anchors = [...html.matchAll(/href="#(claim-[^"]+)"/g)].map(([, target]) => target);
      expect(anchors.length).toBeGreaterThan(5);
      for (const target of anchors) expect(html).toContain(`id="${target}"`);
    }
  });

  it('carries a strong ETag, and answers 304 to who has it', async () => {
    const { request, tripsOf } = newApp();
    const first = await request(null, 'GET', '/v1/units/4');
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[0-9a-f]{24}"$/);
    expect(first.headers.get('cache-control')).toContain('public');
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await request(null, 'GET', '/v1/units/4', undefined, { 'if-none-match': header });
      expect(again).toMatchObject({ status: 304, text: '' });
      expect(again.headers.get('etag')).toBe(etag);
    }
    const { result, trips } = await tripsOf(() =>
      request(null, 'GET', '/v1/units/4', undefined, { 'if-none-match': '"x"' }),
    );
    expect([result.status, trips]).toEqual([200, 0]);
  });
});

describe('the site', () => {
  it('answers with security headers, and a request id on each that is not shared', async () => {
    const { request } = newApp();
    for (const path of ['/v1/units', '/v1/units/99', '/v1/keys', '/healthz', '/nowhere']) {
      const { headers } = await request(null, 'GET', path);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('content-security-policy'), path).toContain("default-src 'none'");
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      // What is cached for all is nobody's request.
      expect(Boolean(headers.get('x-request-id')), path).toBe(!headers.get('cache-control')?.startsWith('public'));
    }
  });

  it('is ready only when the database takes a write and has its migrations', async () => {
    const { request, deps } = newApp();
    expect((await request(null, 'GET', '/healthz')).body).toEqual({ status: 'ok' });
    expect((await request(null, 'GET', '/readyz')).body.migrations).toEqual(deps.migrations);
    deps.migrations = [...deps.migrations, '9999_not_there'];
    const missing = await request(null, 'GET', '/readyz');
    expect(missing).toMatchObject({ status: 503, body: { reason: 'migrations are missing: 9999_not_there' } });
  });
});
