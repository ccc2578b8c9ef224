import { describe, expect, it } from 'vitest';
import { readConfiguration } from './platform-configuration.ts';

const PLATFORM = 'https://purl.imsglobal.org/spec/lti-platform-configuration';
const moodle = {
  issuer: 'https://lms.edu',
  authorization_endpoint: 'https://lms.edu/mod/lti/auth.php',
  token_endpoint: 'https://lms.edu/mod/lti/token.php',
  jwks_uri: 'https://lms.edu/mod/lti/certs.php',
  registration_endpoint: 'https://lms.edu/mod/lti/openid-registration.php',
  [PLATFORM]: {
    product_family_code: 'moodle',
    version: '4.3',
    messages_supported: [{ type: 'LtiDeepLinkingRequest' }],
  },
};
const from = 'https://lms.edu/mod/lti/openid-configuration.php';
const cloud = {
  ...moodle,
  issuer: 'https://canvas.instructure.com',
  authorization_endpoint: 'https://sso.canvaslms.com/api/lti/authorize_redirect',
  token_endpoint: 'https://sso.canvaslms.com/login/oauth2/token',
  registration_endpoint: 'https://sso.canvaslms.com/api/lti/registrations',
  authorization_server: 'canvas.instructure.com',
};
const cloudFrom = 'https://sso.canvaslms.com/api/lti/security/openid-configuration';

describe('a platform’s configuration', () => {
  it('is read into what we must know of it', () => {
    expect(readConfiguration(moodle, from, false)).toEqual({
      connection: {
        issuer: 'https://lms.edu',
        authUrl: 'https://lms.edu/mod/lti/auth.php',
        tokenUrl: 'https://lms.edu/mod/lti/token.php',
        jwksUrl: 'https://lms.edu/mod/lti/certs.php',
        tokenAudience: null,
      },
      registrationUrl: 'https://lms.edu/mod/lti/openid-registration.php',
      product: 'moodle',
      saysItIs: 'moodle, 4.3',
      messages: ['LtiDeepLinkingRequest'],
    });
  });

  it.each([
    [
      'D2L names another audience',
      {
        token_endpoint: 'https://auth.brightspace.com/core/connect/token',
        authorization_server: 'https://api.brightspace.com/auth/token',
      },
      from,
      'https://api.brightspace.com/auth/token',
    ],
    ['the token URL itself is no other audience', { authorization_server: moodle.token_endpoint }, from, null],
    ['Canvas’s bare host is none', cloud, cloudFrom, null],
  ])('%s', (_, change, address, tokenAudience) =>
    expect(readConfiguration({ ...moodle, ...change }, address, false)).toMatchObject({
      connection: { tokenAudience },
    }),
  );

  it.each([
    ['Instructure’s cloud', cloud, cloudFrom],
    ['its beta', { ...cloud, issuer: 'https://canvas.beta.instructure.com' }, 'https://school.beta.instructure.com/x'],
    [
      'Blackboard’s portal',
      {
        ...moodle,
        issuer: 'https://blackboard.com',
        registration_endpoint: 'https://developer.blackboard.com/api/v1/gateway/registerLti?x=1',
      },
      'https://developer.blackboard.com/x',
    ],
    ['nothing said of the product', { ...moodle, [PLATFORM]: null }, from],
    [
      'members of the wrong kind that nobody needs',
      { ...moodle, authorization_server: 7, [PLATFORM]: { messages_supported: 'all' } },
      from,
    ],
  ])('is accepted: %s', (_, body, address) =>
    expect(readConfiguration(body, address, false)).not.toHaveProperty('refused'),
  );

  it.each([
    ['nothing', undefined, /not one/],
    ['an error', { error: 'x' }, /not one: issuer, authorization_endpoint/],
    ['no registration endpoint', { ...moodle, registration_endpoint: undefined }, /registration_endpoint/],
    ['an issuer at another host', { ...moodle, issuer: 'https://other.edu' }, /another host/],
    ['an issuer at another port', { ...moodle, issuer: 'https://lms.edu:8443' }, /another host/],
    ['one that says it is Canvas', { ...moodle, issuer: 'https://canvas.instructure.com' }, /another host/],
    [
      'a registration endpoint that would get the token',
      { ...moodle, registration_endpoint: 'https://thief.edu/' },
      /registration endpoint is at another host/,
    ],
    [
      'a token endpoint in a private network',
      { ...moodle, token_endpoint: 'https://10.0.0.1/' },
      /token_endpoint must not be called/,
    ],
    [
      'assertions for another LMS',
      { ...moodle, authorization_server: 'https://victim.edu/token' },
      /authorization_server is at another host/,
    ],
    ['keys on this machine', { ...moodle, jwks_uri: 'http://localhost/keys' }, /jwks_uri must not be called/],
    ['a script for a login', { ...moodle, authorization_endpoint: 'javascript:alert(1)' }, /authorization_endpoint/],
  ])('is refused: %s', (_, body, reason) =>
    expect(readConfiguration(body, from, false)).toEqual({ refused: expect.stringMatching(reason) }),
  );
});
