import { expect, it } from 'vitest';
import type { LmsState } from '../grades/lms-store.ts';
import { lmsSummary, lmsWords, type Standing } from './lms-words.ts';

const at = '2026-09-07T12:00:00Z';

it.each<[string, Standing, string | RegExp | null]>([
  ['nothing, where no grade goes to an LMS', null, null],
  [
    'when it was sent, and that the gradebook has it',
    { state: 'sent', at },
    new RegExp(`^Sent to your course ${at}\\. .*has it`),
  ],
  ['that it is under way', { state: 'waiting', at }, /^On its way to your course\..*need not do anything/],
  [
    'that the LMS did not answer, and that it is tried again',
    { state: 'retrying', at },
    /did not answer.* by itself; you need/,
  ],
  ['that the mark there was let be', { state: 'kept', at }, /shows the mark that your instructor set there.*Ask them/],
  ['that it is in conflict', { state: 'conflict', at }, /changed this mark.*Ask them/],
  ['that it was refused', { state: 'refused', at }, /did not take.*You need not do anything/],
])('a student reads %s', (_title, standing, says) => {
  const words = lmsWords(standing, (time) => time);
  if (says instanceof RegExp) expect(words).toMatch(says);
  else expect(words).toBe(says);
});

const nothingToDo = 'There is nothing that you need to do.';

it.each<[LmsState[], string | null]>([
  [[], null],
  [['sent'], `1 grade is in your course’s gradebook. ${nothingToDo}`],
  [['sent', 'sent'], `All 2 grades are in your course’s gradebook. ${nothingToDo}`],
  [
    ['sent', 'waiting', 'sent', 'refused'],
    `2 grades are in your course’s gradebook; 1 is on the way there; 1 was not taken there; your instructor sees why and can send it again. ${nothingToDo}`,
  ],
  [['retrying'], `1 grade will be sent again, because your course did not answer. ${nothingToDo}`],
  [
    ['conflict', 'kept', 'sent'],
    '1 grade is in your course’s gradebook; 2 show a mark there that your instructor set by hand. If a mark there looks wrong, ask your instructor.',
  ],
])('of grades that are %j a student reads how many are there', (states, says) => {
  expect(lmsSummary(states)).toBe(says);
});
