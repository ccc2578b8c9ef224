import { describe, expect, it } from 'vitest';
import { adviceFor } from './refusal-page.ts';
import type { RefusalCode } from './refusals.ts';

const ADMINISTRATOR = /^Opening it again does not help: tell the administrator of your LMS/;

describe('a refused launch says what helps against this refusal', () => {
  it.each<[RefusalCode, RegExp]>([
    ['platform-disabled', ADMINISTRATOR],
    ['platform-pending', ADMINISTRATOR],
    ['platform-unknown', ADMINISTRATOR],
    ['deployment-pending', ADMINISTRATOR],
    ['deployment-disabled', ADMINISTRATOR],
    ['deployment-unknown', ADMINISTRATOR],
    ['signature-wrong', ADMINISTRATOR],
    ['anonymous', ADMINISTRATOR],
    ['launch-used', /^Go back to your course and open it again/],
    ['state-expired', /^Go back to your course and open it again/],
    ['keys-unreachable', /^Wait a few minutes/],
    ['platform-error', /^Sign in to your LMS once more/],
    ['cookies-lost', /in a new window\. If that does not help, tell the administrator/],
    ['proof-wrong', /in a new window/],
    ['review-of-another', /^Open your own work/],
  ])('%s', (code, advice) => {
    expect(adviceFor(code)).toMatch(advice);
    expect(/new window/.test(adviceFor(code))).toBe(code === 'cookies-lost' || code === 'proof-wrong');
  });
});
