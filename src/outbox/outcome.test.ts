import { describe, expect, it } from 'vitest';
import { type Fault, fault } from '../lms/fault.ts';
import { mayHaveArrived, outcomes, sentenceFor, verdictOn, wordsOf } from './outcome.ts';

const status = (code: number, detail = '', more: Partial<Fault> = {}): Fault => ({
  ...fault('status', detail),
  status: code,
  ...more,
});
const token = (code: number, detail = '', more: Partial<Fault> = {}): Fault => ({
  ...status(code, detail, more),
  reason: 'token',
});
const told = (one: Fault) => {
  const verdict = verdictOn(one);
  return 'outcome' in verdict ? `${verdict.is} ${verdict.outcome}` : verdict.is;
};

describe('what an answer to a score means', () => {
  it.each<[string, Fault, string]>([
    ['a newer score stands there', status(409), 'stale'],
    ['Canvas says so with 400', status(400, 'Provided timestamp of 1 before last updated timestamp of 2'), 'stale'],
    ['others in other words', status(400, 'Refusing score with an earlier timestamp'), 'stale'],
    ['a timestamp that is none is our fault', status(400, 'timestamp is not a valid timestamp'), 'refused refused'],
    ['a student who left, Canvas', status(422, 'User not found in course or is not a student'), 'refused not-enrolled'],
    ['D2L', status(403, 'User in requested score is not gradable'), 'refused not-enrolled'],
    ['D2L, with 404', status(404, 'The user is not enrolled in the org unit'), 'refused not-enrolled'],
    ['Moodle', status(400, '{"reason":"Incorrect score received{…}"}'), 'refused not-enrolled'],
    [
      'a student who never opened it, Blackboard',
      status(400, 'User could not be found'),
      'refused needs-student-launch',
    ],
    ['an assignment not yet published', status(422, 'This assignment is still unpublished'), 'retry waiting'],
    ['a course that is over', status(422, 'This course has concluded.'), 'refused refused'],
    [
      'attempts used up in Canvas',
      status(422, 'The maximum number of allowed attempts has been reached for this submission'),
      'refused refused',
    ],
    ['the column is gone', status(404), 'line-item-gone'],
    ['gone for good', status(410, 'deleted'), 'line-item-gone'],
    ['refused for ever', status(418), 'refused refused'],
    ['not ours to write', status(403, 'Insufficient permissions'), 'retry registration-broken'],
    [
      'nor are they, in other words',
      status(403, 'User is not authorized to perform that action'),
      'retry registration-broken',
    ],
    ['a token refused twice', status(401, 'invalid_token'), 'retry registration-broken'],
    ['the tool is not registered any more', token(401, 'invalid_client'), 'retry registration-broken'],
    ['Moodle says that with 400', token(400, 'invalid_client'), 'retry registration-broken'],
    ['the right to send scores was taken away', fault('scope', ''), 'retry registration-broken'],
    ['an address that we do not call', fault('url-refused', ''), 'refused registration-broken'],
    ['too many requests', status(429, '', { throttled: true }), 'retry throttled'],
    ['Canvas’s empty bucket', status(403, '', { throttled: true }), 'retry throttled'],
    ['too many requests for tokens', token(429, '', { throttled: true }), 'retry throttled'],
    ['an error there', status(500), 'retry platform-down'],
    ['an error of the token endpoint', token(502), 'retry platform-down'],
    ['no answer', fault('no-answer', ''), 'retry platform-down'],
    ['no answer in time', fault('timeout', ''), 'retry platform-down'],
    ['a page where JSON should be', fault('unreadable', ''), 'retry platform-down'],
    ['we have no key yet', fault('key', ''), 'retry waiting'],
  ])('%s', (_, one, expected) => expect(told(one)).toBe(expected));

  it('a platform that asks for time gets it, all of it', () => {
    expect(verdictOn(status(429, '', { throttled: true, retryAfterMs: 7000 }))).toMatchObject({ pausesMs: 7000 });
    expect(verdictOn(status(503, '', { retryAfterMs: 7000 }))).toMatchObject({ pausesMs: 7000, afterMs: 7000 });
    expect(verdictOn(status(500))).toMatchObject({ pausesMs: null });
  });

  it('one that gives no token is left alone; what one call lacks the others may have', () => {
    expect(verdictOn(token(401))).toMatchObject({ pausesMs: 30_000 });
    for (const one of [status(403), status(401), fault('not-offered', '')])
      expect(verdictOn(one)).toMatchObject({ outcome: 'registration-broken', pausesMs: null });
  });

  it.each<[Fault, boolean]>([
    [fault('timeout', ''), true],
    [fault('no-answer', ''), true],
    [status(502), true],
    [status(429, '', { throttled: true }), false],
    [status(409), false],
    [token(500), false],
    [fault('url-refused', ''), false],
  ])('whether it may have arrived all the same: %o', (one, expected) => expect(mayHaveArrived(one)).toBe(expected));
});

describe('for people', () => {
  it.each(outcomes)('%s is a sentence', (outcome) => expect(sentenceFor(outcome)).toMatch(/^[A-Z].+\.$/));

  it('a platform’s words hold nobody’s name, and are short', () => {
    expect(wordsOf('<p>User 17 (sam@school.example)\n is not here; 170 are</p>', '17')).toBe(
      'User … … is not here; 170 are',
    );
    expect(wordsOf('x'.repeat(1000), 'a.b')).toHaveLength(300);
  });
});
