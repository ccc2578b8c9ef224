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
const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership#';

const roster = async (wish: Record<string, unknown> = {}) => {
  const site = await newClass(lms.url, wish);
  const token: string = (await site.askToken(scope)).body.access_token;
  const url = `${site.platform.issuer}/nrps/${site.context.id}`;
  const get = (at = url, accept = type) => site.call(token, 'GET', at, { accept, 'user-agent': 'a tool' });
  const linkOf = async (at?: string) => /<([^>]+)>; rel="(\w+)"/.exec((await get(at)).headers.get('link')!)!.slice(1);
  return { ...site, url, get, linkOf };
};

describe('the roster', () => {
  it('lists the members with their roles, and by role', async () => {
    const { get, url, sam, ines } = await roster();
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(body.members).toMatchObject([
      { user_id: ines.id, name: 'Ines', roles: [`${membership}Instructor`], status: 'Active' },
      { user_id: sam.id, name: 'Sam', email: 'sam@school.example', roles: [`${membership}Learner`] },
      { roles: [`${membership}Learner`] },
    ]);
    for (const role of ['Learner', `${membership}Learner`])
      expect((await get(`${url}?role=${encodeURIComponent(role)}`)).body.members).toHaveLength(2);
  });

  it('comes in pages, and the last one links to what changes afterwards', async () => {
    const { get, url, linkOf, of, context, sam } = await roster();
    const [next, rel] = await linkOf(`${url}?limit=2`);
    expect(rel).toBe('next');
    expect((await get(next)).body.members).toHaveLength(1);
    const [differences, last] = await linkOf(next);
    expect(last).toBe('differences');
    expect((await get(differences)).body.members).toEqual([]);
    await of('PUT', `/contexts/${context.id}/members`, { user: sam.id, roles: ['Learner'], status: 'Deleted' });
    expect((await get(differences)).body.members).toMatchObject([{ user_id: sam.id, status: 'Deleted' }]);
    expect((await get()).body.members).toHaveLength(2);
  });

  it('leads its readers astray on demand: to another host, or in a circle', async () => {
    const { url, linkOf, of } = await roster();
    await of('PUT', '/paging', { next: 'foreign' });
    expect((await linkOf(`${url}?limit=1`))[0]).toContain('//elsewhere.example');
    await of('PUT', '/paging', { next: 'endless' });
    expect(await linkOf(`${url}?limit=3`)).toEqual([`${url}?limit=3&from=0`, 'next']);
  });

  it('names nobody where privacy is on, writes roles short on Moodle, and adds a link’s message', async () => {
    const { get, url, of, context } = await roster({ profile: 'moodle', privacy: true });
    const link = await of('POST', '/links', { context: context.id, custom: { who: '$User.id' } });
    const { members } = (await get(`${url}?rlid=${link.id}`)).body;
    expect(members[0]).toMatchObject({ roles: ['Instructor'], message: [expect.anything()] });
    expect(members[1]).not.toHaveProperty('name');
    expect((await get(`${url}?rlid=other`)).status).toBe(404);
    expect((await get(url, 'application/json')).status).toBe(400);
  });
});
