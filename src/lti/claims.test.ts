import { describe, expect, it } from 'vitest';
import { customOf, nameOf, readClaims } from './claims.ts';

const LTI = 'https://purl.imsglobal.org/spec/lti/claim/';
const right = {
  iss: 'https://lms',
  aud: 'c',
  exp: 2,
  iat: 1,
  nonce: 'n',
  sub: 's',
  [`${LTI}message_type`]: 'LtiResourceLinkRequest',
  [`${LTI}version`]: '1.3.0',
  [`${LTI}deployment_id`]: '1',
  [`${LTI}target_link_uri`]: 'https://tool/',
  [`${LTI}roles`]: [],
  [`${LTI}resource_link`]: { id: '9' },
};
const read = (changes: Record<string, unknown>) => readClaims({ ...right, ...changes });
const opened = (changes: Record<string, unknown>) => {
  const claims = read(changes);
  if ('refused' in claims) throw new Error(claims.detail);
  return claims;
};

describe('required claims', () => {
  it.each([
    ['roles', { [`${LTI}roles`]: undefined }, 'lti.roles'],
    ['roles under a plain name', { [`${LTI}roles`]: undefined, roles: [] }, 'lti.roles'],
    [
      'claims of LTI under our own name for them',
      { [`${LTI}version`]: undefined, lti: { version: '1.3.0' } },
      'lti.version',
    ],
    ['an empty list of audiences', { aud: [] }, 'aud'],
    ['a deployment id that is a number', { [`${LTI}deployment_id`]: 1 }, 'lti.deployment_id'],
    ['a deployment id with a line break', { [`${LTI}deployment_id`]: 'a\nb' }, 'lti.deployment_id'],
    ['a sub that is a number', { sub: 7 }, 'sub'],
    ['an empty sub', { sub: '' }, 'sub'],
    ['a target', { [`${LTI}target_link_uri`]: undefined }, 'lti.target_link_uri'],
    ['several', { aud: undefined, nonce: '' }, 'aud, nonce'],
  ])('%s', (_what, changes, detail) => expect(read(changes)).toEqual({ refused: 'claim-missing', detail }));

  it('are fewer for deep linking: no resource link, and the target may be missing', () => {
    const deep = { [`${LTI}message_type`]: 'LtiDeepLinkingRequest', [`${LTI}resource_link`]: undefined };
    expect(read({ ...deep, [`${LTI}target_link_uri`]: undefined })).toMatchObject({ sub: 's' });
  });
});

describe('optional claims', () => {
  it('forgive every shape', () => {
    const odd = { name: {}, given_name: null, [`${LTI}context`]: 7, [`${LTI}custom`]: 'x', [`${LTI}for_user`]: [] };
    expect(opened(odd).lti).toMatchObject({ context: undefined, custom: undefined, for_user: undefined });
  });

  it('take numbers for ids and texts', () => {
    const { lti } = opened({ [`${LTI}context`]: { id: 7, title: 8 }, [`${LTI}resource_link`]: { id: 9 } });
    expect([lti.context, lti.resource_link?.id]).toEqual([{ id: '7', title: '8' }, '9']);
  });
});

describe('a name', () => {
  it.each([
    [{ name: ' Sam ' }, 'Sam'],
    [{ name: '', given_name: 'Sam', family_name: 'Roth' }, 'Sam Roth'],
    [{ family_name: 'Roth' }, 'Roth'],
    [{ email: 'sam@school.example' }, null],
    [{ name: 'S'.repeat(300) }, 'S'.repeat(200)],
  ])('%j', (names, name) => expect(nameOf(opened(names))).toBe(name));
});

describe('a custom parameter', () => {
  it.each([
    [{ content_id: 'unit:4' }, 'unit:4'],
    [{ contentid: 'x' }, ''],
    [{ content_id: null }, ''],
    [{ content_id: '$ResourceLink.id.history' }, ''],
    [{ content_id: 4 }, ''],
  ])('%j', (custom, value) => expect(customOf(opened({ [`${LTI}custom`]: custom }), 'content_id')).toBe(value));

  it('is found in the lower case in which Moodle repeats it', () =>
    expect(customOf(opened({ [`${LTI}custom`]: { 'a.b': 'x' } }), 'A.b')).toBe('x'));
});
