import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLms } from './server.ts';
import { fieldsOf, newClass } from './tool.ts';

let lms: Awaited<ReturnType<typeof startLms>>;
beforeAll(async () => {
  lms = await startLms({ port: 0 });
});
afterAll(() => lms.stop());

const launched = async (wish: Record<string, unknown> = {}) => {
  const site = await newClass(lms.url, wish);
  const { of, sam, context, platform } = site;
  const link = await of('POST', '/links', { context: context.id, title: 'Unit 4', lineItem: { scoreMaximum: 10 } });
  const { url, params } = await of('POST', '/launch', { user: sam.id, link: link.id });
  const right: Record<string, string> = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: params.client_id,
    redirect_uri: 'http://tool.test/lti/launch',
    login_hint: params.login_hint,
    lti_message_hint: params.lti_message_hint,
    nonce: 'a-nonce',
    state: 'a-state',
  };
  const authenticate = async (change: Record<string, string | undefined> = {}) => {
    const wanted = Object.entries({ ...right, ...change }).filter(
      (one): one is [string, string] => one[1] !== undefined,
    );
    return site.read(await fetch(`${platform.authUrl}?${new URLSearchParams(wanted)}`));
  };
  return { ...site, link, url, params, authenticate };
};

describe('the authentication endpoint', () => {
  it('answers a right request with a form that posts a right id token and the state', async () => {
    const { authenticate, platform, link, sam } = await launched();
    const { status, text } = await authenticate();
    expect(status).toBe(200);
    expect(text).toContain('action="http://tool.test/lti/launch"');
    const { id_token, state } = fieldsOf(text);
    expect(state).toBe('a-state');
    const keys = await (await fetch(platform.jwksUrl)).json();
    const { payload } = await jwtVerify(id_token!, createLocalJWKSet(keys as never), {
      issuer: platform.issuer,
      audience: platform.clientId,
      algorithms: ['RS256'],
    });
    expect(payload).toMatchObject({
      sub: sam.id,
      nonce: 'a-nonce',
      name: 'Sam',
      'https://purl.imsglobal.org/spec/lti/claim/message_type': 'LtiResourceLinkRequest',
      'https://purl.imsglobal.org/spec/lti/claim/resource_link': { id: link.id, title: 'Unit 4' },
      'https://purl.imsglobal.org/spec/lti/claim/roles': ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'],
      'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': { lineitem: link.lineItemUrl },
    });
  });

  const posted: [string, Record<string, string | undefined>, string][] = [
    ['another scope', { scope: 'openid email' }, 'invalid_scope'],
    ['another response type', { response_type: 'code' }, 'unsupported_response_type'],
    ['another response mode', { response_mode: 'fragment' }, 'invalid_request'],
    ['no prompt', { prompt: undefined }, 'invalid_request'],
    ['no nonce', { nonce: undefined }, 'invalid_request'],
    ['no state', { state: undefined }, 'invalid_request'],
    ['a stranger in login_hint', { login_hint: 'nobody' }, 'invalid_request'],
    ['a changed message hint', { lti_message_hint: 'other' }, 'invalid_request'],
    ['an unknown parameter', { repost: 'true' }, 'invalid_request'],
  ];
  it.each(posted)('posts an error to the tool for %s', async (_, change, error) => {
    const { authenticate } = await launched();
    const { text } = await authenticate(change);
    expect(text).toContain('action="http://tool.test/lti/launch"');
    expect(fieldsOf(text)).toMatchObject({ error });
    expect(fieldsOf(text)).not.toHaveProperty('id_token');
  });

  it('keeps to its own page where the client or the redirect_uri is not registered', async () => {
    const { authenticate } = await launched();
    for (const change of [{ client_id: 'other' }, { redirect_uri: 'http://tool.test/lti/launch/' }]) {
      const { status, text } = await authenticate(change);
      expect(status).toBe(400);
      expect(text).toContain('not registered');
      expect(text).not.toContain('<form');
    }
  });

  it('takes a message hint once on Moodle, and again elsewhere', async () => {
    const moodle = await launched({ profile: 'moodle' });
    await moodle.authenticate();
    expect(fieldsOf((await moodle.authenticate()).text)).toMatchObject({ error: 'invalid_request' });
    const canvas = await launched({ profile: 'canvas' });
    await canvas.authenticate();
    expect(fieldsOf((await canvas.authenticate()).text)).toHaveProperty('id_token');
  });

  it('says login_required of somebody who is not logged in', async () => {
    const { authenticate, of, sam } = await launched();
    await of('PATCH', `/users/${sam.id}`, { loggedOut: true });
    expect(fieldsOf((await authenticate()).text)).toMatchObject({ error: 'login_required', state: 'a-state' });
  });

  it('asks for the review of somebody’s submission, at the address and with the custom of the line item', async () => {
    const { of, ines, sam, context } = await launched();
    const submissionReview = { url: 'http://tool.test/review', custom: { view: 'receipt' } };
    const lineItem = { scoreMaximum: 10, submissionReview };
    const link = await of('POST', '/links', { context: context.id, custom: { unit: '4' }, lineItem });
    const wish = {
      user: ines.id,
      message: 'submission-review',
      lineItem: link.lineItemId,
      forUser: sam.id,
      nonce: 'n',
    };
    const { claims } = await of('POST', '/id-token', wish);
    const lti = 'https://purl.imsglobal.org/spec/lti/claim';
    expect(claims).toMatchObject({
      sub: ines.id,
      [`${lti}/message_type`]: 'LtiSubmissionReviewRequest',
      [`${lti}/target_link_uri`]: 'http://tool.test/review',
      [`${lti}/for_user`]: { user_id: sam.id, name: 'Sam' },
      [`${lti}/custom`]: { unit: '4', view: 'receipt' },
      'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': { lineitem: link.lineItemUrl },
    });
  });
});
