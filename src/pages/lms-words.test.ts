import { expect, it } from 'vitest';
import { lmsWords } from './lms-words.ts';

const early = '2026-09-07T12:00:00Z';
const late = '2026-09-08T12:00:00Z';

it.each([
  ['nothing, where no grade goes to an LMS', [], null],
  [
    'when the last one was sent',
    [
      ['sent', early],
      ['sent', late],
    ],
    `Sent to your course ${late}.`,
  ],
  [
    'that some are under way, before that others arrived',
    [
      ['sent', late],
      ['waiting', early],
    ],
    'On its way to your course.',
  ],
  [
    'that one is in conflict, before what is under way',
    [
      ['waiting', late],
      ['conflict', early],
    ],
    /changed this mark/,
  ],
  [
    'that one was refused, before what is under way',
    [
      ['waiting', late],
      ['refused', early],
      ['sent', late],
    ],
    /did not take/,
  ],
] as const)('a student reads %s', (_title, standings, says) => {
  const words = lmsWords(
    standings.map(([state, at]) => ({ state, at })),
    (time) => time,
  );
  if (says instanceof RegExp) expect(words).toMatch(says);
  else expect(words).toBe(says);
});
