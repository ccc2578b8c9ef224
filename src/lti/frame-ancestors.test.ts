import { expect, it } from 'vitest';
import { frameAncestorsOf } from './frame-ancestors.ts';

const lti = (claims: object) => ({ lti: claims }) as Parameters<typeof frameAncestorsOf>[1];

it.each([
  [
    'the platform itself',
    { issuer: 'https://lms.example', authUrl: 'https://lms.example/auth', product: 'moodle' },
    {},
    ['https://lms.example'],
  ],
  [
    "a school's own host, which its signed message names",
    { issuer: 'https://blackboard.com', authUrl: 'https://developer.blackboard.com/auth', product: 'blackboard' },
    { launch_presentation: { return_url: 'https://learn.school.example/back?x=1' } },
    ['https://blackboard.com', 'https://developer.blackboard.com', 'https://learn.school.example'],
  ],
  [
    "Canvas's schools",
    { issuer: 'https://canvas.instructure.com', authUrl: 'https://sso.canvaslms.com/auth', product: 'canvas' },
    { tool_platform: { url: 'https://canvas.school.example' } },
    [
      'https://canvas.instructure.com',
      'https://sso.canvaslms.com',
      'https://canvas.school.example',
      'https://*.instructure.com',
    ],
  ],
  [
    'an issuer that is no address',
    { issuer: 'the lms', authUrl: 'https://lms.example/', product: 'other' },
    {},
    ['https://lms.example'],
  ],
])('%s may frame the pages', (_what, platform, claims, origins) =>
  expect(frameAncestorsOf(platform, lti(claims))).toEqual(origins),
);
