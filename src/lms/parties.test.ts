import { describe, expect, it } from 'vitest';
import { audienceFits, isClaimed, sameParty } from './parties.ts';

describe('whose an address is', () => {
  it.each([
    ['https://lms.edu/token', 'https://lms.edu/keys', true],
    ['https://lms.edu/token', 'https://LMS.edu:443/keys', true],
    ['https://lms.edu/token', 'https://lms.edu./keys', true],
    ['https://lms.edu/token', 'https://lms.edu:8443/keys', false],
    ['https://a.lms.edu/', 'https://b.lms.edu/', false],
    ['https://sso.canvaslms.com/', 'https://school.instructure.com/', true],
    ['https://auth.brightspace.com/', 'https://api.brightspace.com/', true],
    ['https://auth.brightspace.com/', 'https://brightspace.com.evil.example/', false],
    ['https://notblackboard.com/', 'https://developer.blackboard.com/', false],
  ])('%s and %s: %s', (one, other, expected) => expect(sameParty(one, other)).toBe(expected));
});

describe('an assertion goes to nobody who could use it elsewhere', () => {
  it.each([
    ['the token URL’s own host', 'https://lms.edu', 'https://lms.edu/token', false, true],
    ['its bare host', 'lms.edu', 'https://lms.edu/token', false, true],
    ['D2L', 'https://api.brightspace.com/auth/token', 'https://auth.brightspace.com/core/connect/token', false, true],
    ['another LMS', 'https://lms.edu/token', 'https://evil.example/token', false, false],
    ['another LMS’s bare host', 'lms.edu', 'https://evil.example/token', false, false],
    ['a pretend LMS here', 'https://api.brightspace.com/auth/token', 'http://localhost:1/token', true, true],
    ['in production there is none', 'https://api.brightspace.com/auth/token', 'http://localhost:1/token', false, false],
  ])('%s', (_, audience, tokenUrl, loopback, fits) => expect(audienceFits(audience, tokenUrl, loopback)).toBe(fits));
});

describe('a client is somebody else’s', () => {
  const ours = { tokenUrl: 'https://lms.edu/token', jwksUrl: 'https://lms.edu/keys' };
  it.each([
    ['where they launch by other keys', ours, { ...ours, jwksUrl: 'https://evil.example/keys' }, true],
    ['not where they launch by the same', ours, ours, false],
    [
      'not at another LMS: self-hosted Canvases count their clients alike',
      ours,
      { tokenUrl: 'https://x.edu/', jwksUrl: 'https://x.edu/' },
      false,
    ],
    [
      'where they launch by a file at the same LMS, which whoever may upload there makes',
      { tokenUrl: 'https://sso.canvaslms.com/t', jwksUrl: 'https://sso.canvaslms.com/k' },
      { tokenUrl: 'https://sso.canvaslms.com/t', jwksUrl: 'https://canvas.instructure.com/courses/1/files/2/download' },
      true,
    ],
    [
      'at another host of one cloud',
      { tokenUrl: 'https://sso.canvaslms.com/t', jwksUrl: 'https://sso.canvaslms.com/k' },
      { tokenUrl: 'https://school.instructure.com/t', jwksUrl: 'https://evil.example/k' },
      true,
    ],
  ])('%s', (_, other, own, claimed) => expect(isClaimed(own, [other])).toBe(claimed));
});
