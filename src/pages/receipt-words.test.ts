import { expect, it } from 'vitest';
import { arithmeticWords, eventWords, type ReceiptRead, rulesWords } from './receipt-words.ts';
import { timesIn } from './words.ts';

const receipt = (some: Partial<ReceiptRead>) =>
  ({
    type: 'verdict',
    points: 3,
    max: 4,
    was: null,
    answer: null,
    deductions: [],
    ...some,
  }) as ReceiptRead;
const second = { attempt: 2 } as ReceiptRead['answer'];

it.each<[Partial<ReceiptRead>, string]>([
  [{ answer: second }, 'Attempt 2 was graded: 3 of 4 points.'],
  [{ answer: second, points: null }, 'Attempt 2 was graded: it counts for nobody.'],
  [{ type: 'participation', points: 2, max: 5 }, 'Taking part was counted: 2 of 5 points.'],
  [{ type: 'override', points: 3.5 }, 'Ines set the grade by hand: 3.5 of 4 points.'],
  [{ type: 'lift', points: null }, 'Ines lifted the grade that was set by hand: what was earned counts again.'],
  [
    { type: 'rubric', points: 2, max: 3 },
    'Ines marked it by the rubric: 2 of 3 points, added to the automatic points.',
  ],
  [{ type: 'rubric', points: null, max: 3 }, 'Ines took the points of the rubric away.'],
  [{ type: 'regrade', was: 1, points: 4 }, 'Ines graded it anew by other rules: 1 point before, 4 points since.'],
  [{ type: 'regrade', was: 1, points: null }, 'Ines graded it anew by other rules: 1 point before, no points since.'],
])('says what happened to a grade: %o', (some, says) => expect(eventWords(receipt(some), 'Ines')).toBe(says));

const verdict = { credit: 0.75, points: 3, max: 4, trace: [] };
const late = { kind: 'late' as const, points: 0.3, says: 'Handed in 1 day late.' };
const again = { kind: 'attempt' as const, points: 0.5, says: 'Attempt 2 keeps less of its points.' };

it.each<[Partial<ReceiptRead>, string | null]>([
  [{ verdict }, '75 % of 4 points is 3.'],
  [
    { verdict, deductions: [again, late], points: 2.2 },
    '75 % of 4 points is 3, less 0.5 (a further attempt), less 0.3 (late): 2.2.',
  ],
  [{ verdict: { ...verdict, points: null }, points: null }, null],
  [{ verdict: null }, null],
])('does the sum aloud: %o', (some, says) => expect(arithmeticWords(receipt(some))).toBe(says));

it('names rules by their time and the beginning of their hash, and says where there were none', () => {
  const times = timesIn('Europe/Berlin');
  const some = { ruleSet: 'sha256:abcdef0123456789', rulesFrom: '2026-09-07T12:00:00.000Z' };
  expect(rulesWords(some, times)).toBe(
    'The rules of Mon, Sep 7, 2026, 2:00 PM GMT+2 (abcdef01), a version that never changes.',
  );
  expect(rulesWords({ ruleSet: null, rulesFrom: null }, times)).toBe('No rule had a part in it.');
});
