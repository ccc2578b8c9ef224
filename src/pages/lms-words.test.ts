import { expect, it } from 'vitest';
import { lmsWords, type Standing } from './lms-words.ts';

const at = '2026-09-07T12:00:00Z';

it.each<[string, Standing, string | RegExp | null]>([
  ['nothing, where no grade goes to an LMS', null, null],
  ['when it was sent', { state: 'sent', at }, `Sent to your course ${at}.`],
  ['that it is under way', { state: 'waiting', at }, 'On its way to your course.'],
  ['that the LMS did not answer, and that it is tried again', { state: 'retrying', at }, /did not answer.* by itself/],
  ['that the mark there was let be', { state: 'kept', at }, /shows the mark that your instructor set there/],
  ['that it is in conflict', { state: 'conflict', at }, /changed this mark/],
  ['that it was refused', { state: 'refused', at }, /did not take/],
])('a student reads %s', (_title, standing, says) => {
  const words = lmsWords(standing, (time) => time);
  if (says instanceof RegExp) expect(words).toMatch(says);
  else expect(words).toBe(says);
});
