import { describe, expect, it } from 'vitest';
import {
  countsWords,
  keptWords,
  movedWords,
  movesFrom,
  originWords,
  plannedWords,
  readMove,
  writeMove,
} from './people-words.ts';

describe("a person's button", () => {
  it('says what it was made to say', () => {
    const move = { id: 'p1', revision: 3, from: 'learner', to: 'withdrawn' } as const;
    expect(readMove(writeMove(move))).toEqual(move);
  });

  it.each([
    undefined,
    '',
    'p1',
    'p1~3~learner',
    'p1~3~learner~king',
    'p1~x~learner~assistant',
    '~3~learner~assistant',
    'p1~3~learner~learner',
  ])('is none: %s', (value) => {
    expect(readMove(value)).toBeNull();
  });

  it.each([
    ['learner', 'learner', ['Make assistant', 'Make instructor', 'Withdraw']],
    ['instructor', 'instructor', ['Make student', 'Make assistant', 'Withdraw']],
    ['withdrawn', 'assistant', ['Bring back']],
  ] as const)('of somebody who is %s offers', (from, role, says) => {
    expect(movesFrom(from, role).map((one) => one.says)).toEqual(says);
  });

  it.each([
    ['learner', 'assistant', 'Ana is an assistant now.'],
    ['withdrawn', 'learner', 'Ana is back as a student.'],
    ['assistant', 'withdrawn', 'Ana is withdrawn: they no longer come in, and all their work is kept.'],
  ] as const)('from %s to %s tells', (from, to, says) => {
    expect(movedWords('Ana', { from, to })).toBe(says);
  });
});

describe('who somebody is known from', () => {
  it.each([
    ['api', null, 'u1', 0, 'your institution'],
    ['https://lms', 'Our Moodle', '7', 0, 'Our Moodle'],
    ['https://lms', null, '7', 0, 'an LMS'],
    ['https://lms', 'Our Canvas', '7', 1, 'Our Canvas, its test student'],
    ['https://lms', 'Our Canvas', 'anonymous:x', 1, 'Our Canvas, without a name'],
    ['erased', null, 'erased-x', 0, 'erased'],
  ])('%s, %s, %s', (issuer, platform, externalId, testUser, says) => {
    expect(originWords({ issuer, platform, externalId, testUser })).toBe(says);
  });
});

describe('what is kept', () => {
  const none = { answers: 0, posts: 0, drafts: 0, appeals: 0, grades: 0 };
  it.each([
    [none, 'no work yet'],
    [{ ...none, answers: 1, grades: 2 }, '1 answer, 2 grades'],
    [{ answers: 2, posts: 1, drafts: 1, appeals: 3, grades: 0 }, '2 answers, 1 post, 1 unsent draft, 3 appeals'],
  ])('%j', (kept, says) => {
    expect(keptWords(kept)).toBe(says);
  });
});

describe('what a roster does', () => {
  const ana = { name: 'Ana', role: 'learner', withdrawn: false } as const;
  it.each([
    ['enrol', null, ana, 'comes in as student'],
    ['withdraw', ana, { ...ana, withdrawn: true }, 'is withdrawn; their work is kept'],
    ['restore', { ...ana, withdrawn: true }, ana, 'comes back'],
    ['restore', { ...ana, withdrawn: true }, { ...ana, role: 'assistant' }, 'comes back, student becomes assistant'],
    ['change', ana, { ...ana, name: 'Anna' }, 'named Anna'],
    ['change', ana, { ...ana, role: 'instructor' }, 'student becomes instructor'],
  ] as const)('%s', (action, from, to, says) => {
    expect(plannedWords({ action, from, to })).toBe(says);
  });

  it.each([
    [
      { enrol: 2, change: 1, restore: 1, withdraw: 1, same: 0, kept: 0 },
      false,
      '2 come in, 1 changes, 1 comes back, 1 is withdrawn',
    ],
    [
      { enrol: 2, change: 1, restore: 0, withdraw: 3, same: 4, kept: 0 },
      true,
      '2 came in, 1 changed, 3 withdrawn, 4 as before',
    ],
    [
      { enrol: 0, change: 0, restore: 0, withdraw: 0, same: 0, kept: 1 },
      true,
      '1 kept though not on it: you, or the last instructor',
    ],
  ])('%j in numbers', (counts, done, says) => {
    expect(countsWords(counts, done).join(', ')).toBe(says);
  });
});
