import { expect, it } from 'vitest';
import { marksWords, quotedWords, rosterWords } from './sync-words.ts';

const of = (points: number | null, max: number) => ({ points, max });

it.each<[Parameters<typeof marksWords>[0], string]>([
  [
    { lms: of(90, 100), sent: of(0, 4), ours: of(4, 4) },
    'The LMS shows 90 of 100 (90 %); we had sent 0 of 4 (0 %). Ours is 4 of 4 (100 %) now.',
  ],
  [
    { lms: of(33.333_33, 100), sent: null, ours: null },
    'The LMS shows 33.33 of 100 (33 %); we had sent nothing. We have no mark now.',
  ],
  [
    { lms: null, sent: null, ours: of(4, 4) },
    'The LMS does not let this tool read its mark; we had sent nothing. Ours is 4 of 4 (100 %) now.',
  ],
])('an instructor who decides reads every mark: %o', (marks, says) => expect(marksWords(marks)).toBe(says));

it.each<[Parameters<typeof quotedWords>, string | null]>([
  [['refused', 'This course has concluded.'], 'This course has concluded.'],
  [['refused', 'see https://lms.example/mod/1?x=2 for more'], 'see lms.example for more'],
  [['platform-down', 'https://lms.example/s cannot be reached: TypeError: fetch failed'], null],
  [['registration-broken', '{"error":"invalid_client"}'], null],
  [['refused', null], null],
  [
    ['refused', '{"status":400,"reason":"Incorrect score: user not found","request":{"method":"PO'],
    'Incorrect score: user not found',
  ],
])('a teacher reads what the LMS wrote of a score, and no errors of connections: %o', (given, says) =>
  expect(quotedWords(...given)).toBe(says),
);

it.each([
  [
    'the roster cannot be read whole: https://lms.example/nrps cannot be reached: TypeError',
    'The roster cannot be read whole.',
  ],
  ['the roster is empty: nobody is withdrawn on the word of that', 'The roster is empty.'],
])('of a roster, why it is not here: %s', (detail, says) => expect(rosterWords(detail)).toBe(says));
