import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claim } from './claim-names.ts';
import { sign } from './keys.ts';
import { startLms } from './server.ts';
import { newClass } from './tool.ts';

let lms: Awaited<ReturnType<typeof startLms>>;
beforeAll(async () => {
  lms = await startLms({ port: 0 });
});
afterAll(() => lms.stop());

const item = {
  type: 'ltiResourceLink',
  title: 'Unit 4',
  custom: { content: 'unit:4' },
  lineItem: { scoreMaximum: 10 },
};

const asked = async (wish: Record<string, unknown> = {}, settings: Record<string, unknown> = {}) => {
  const site = await newClass(lms.url, wish);
  const { claims } = await site.of('POST', '/id-token', {
    user: site.ines.id,
    context: site.context.id,
    message: 'deep-linking',
    nonce: 'n',
    settings,
  });
  const { deep_link_return_url, data } = claims[claim.settings];
  const iat = Math.floor(Date.now() / 1000) - 5;
  const answer = async (change: Record<string, unknown> = {}) => {
    const right = {
      iss: site.platform.clientId,
      aud: site.platform.issuer,
      iat,
      exp: iat + 300,
      nonce: randomUUID(),
      [claim.messageType]: 'LtiDeepLinkingResponse',
      [claim.version]: '1.3.0',
      [claim.deploymentId]: claims[claim.deploymentId],
      [claim.contentItems]: [item],
      ...(data === undefined ? {} : { [claim.data]: data }),
    };
    const JWT = await sign(site.key, { ...right, ...change });
    const body = new URLSearchParams({ JWT });
    return site.read(
      await fetch(deep_link_return_url, { method: 'POST', body, headers: { accept: 'application/json' } }),
    );
  };
  return { ...site, claims, answer };
};

describe('deep linking', () => {
  it('makes the links, with custom and line item, once', async () => {
    const { answer, of, claims } = await asked();
    expect(claims[claim.messageType]).toBe('LtiDeepLinkingRequest');
    expect(claims).not.toHaveProperty([claim.resourceLink]);
    const { status, body } = await answer({ [claim.msg]: 'one added' });
    expect([status, body.msg, body.links.length]).toEqual([200, 'one added', 1]);
    expect((await of('GET', '/links')).items).toMatchObject([{ title: 'Unit 4', custom: { content: 'unit:4' } }]);
    const { lineItems } = await of('GET', '/gradebook');
    expect(lineItems).toMatchObject([{ label: 'Unit 4', scoreMaximum: 10, resourceLinkId: body.links[0] }]);
    expect((await answer()).text).toContain('came back before');
  });

  it('takes an empty list for a cancellation', async () => {
    const { answer, of } = await asked();
    expect((await answer({ [claim.contentItems]: [] })).status).toBe(200);
    expect((await of('GET', '/links')).items).toEqual([]);
  });

  const refused: [string, Record<string, unknown>, Record<string, unknown>, RegExp][] = [
    ['another iss', { iss: 'x' }, {}, /iss/],
    ['another aud', { aud: 'x' }, {}, /aud/],
    ['no nonce', { nonce: undefined }, {}, /nonce/],
    ['an answer that has expired', { iat: 1, exp: 2 }, {}, /expired/],
    ['an answer for a day', { exp: Math.floor(Date.now() / 1000) + 86_400 }, {}, /ten minutes/],
    ['another message type', { [claim.messageType]: 'LtiResourceLinkRequest' }, {}, /message_type/],
    ['another version', { [claim.version]: '1.1' }, {}, /version/],
    ['another deployment', { [claim.deploymentId]: 'x' }, {}, /deployment_id/],
    ['changed data', { [claim.data]: 'x' }, {}, /data/],
    ['another type of item', { [claim.contentItems]: [{ type: 'link', url: 'http://tool.test/' }] }, {}, /link/],
    ['two items where one is accepted', { [claim.contentItems]: [item, item] }, { accept_multiple: false }, /one item/],
    ['a line item where none is accepted', {}, { accept_lineitem: false }, /lineItem/],
    ['a custom value that is no text', { [claim.contentItems]: [{ ...item, custom: { n: 1 } }] }, {}, /custom/],
    ['a url on another host', { [claim.contentItems]: [{ ...item, url: 'http://x.test/' }] }, {}, /host/],
  ];
  it.each(refused)('refuses %s', async (_, change, settings, reason) => {
    const { answer, of } = await asked({}, settings);
    const { status, text } = await answer(change);
    expect([status, text]).toEqual([400, expect.stringMatching(reason)]);
    expect((await of('GET', '/links')).items).toEqual([]);
  });

  it('allows on D2L and Blackboard no url but the registered one', async () => {
    for (const profile of ['d2l', 'blackboard']) {
      const { answer } = await asked({ profile });
      const query = { ...item, url: 'http://tool.test/lti/launch?unit=4' };
      expect((await answer({ [claim.contentItems]: [query] })).text).toContain('registered launch URL');
      const right = { ...item, url: 'http://tool.test/lti/launch' };
      expect((await answer({ [claim.contentItems]: [right] })).status).toBe(200);
    }
  });

  it('makes a copy of the course with new ids and their history', async () => {
    const { answer, of, context, sam } = await asked();
    const history = { link: '$ResourceLink.id.history', course: '$Context.id.history', unit: '4' };
    const { links } = (await answer({ [claim.contentItems]: [{ ...item, custom: history }] })).body;
    const copy = await of('POST', `/contexts/${context.id}/copy`);
    const again = await of('POST', `/contexts/${copy.id}/copy`);
    const link = again.links[0].id;
    const { claims } = await of('POST', '/id-token', { user: sam.id, link, nonce: 'n' });
    const custom = { link: `${copy.links[0].id},${links[0]}`, course: `${copy.id},${context.id}`, unit: '4' };
    expect(claims[claim.custom]).toEqual(custom);
  });
});
