import { expect, it } from 'vitest';
import { aboutWords, type CellRead, cellWords } from './cell-words.ts';

const cell = (some: Partial<CellRead>): CellRead => ({
  points: 3,
  max: 4,
  byHand: false,
  late: false,
  needsRubric: false,
  lms: null,
  ...some,
});

it.each<[Partial<CellRead>, string, string[], string]>([
  [{}, '3', [], '3 of 4 points'],
  [{ points: null }, '–', [], 'no grade yet'],
  [{ points: 0 }, '0', [], '0 of 4 points'],
  [{ points: 5, byHand: true, lms: 'sent' }, '5', ['byHand', 'sent'], '5 of 4 points, set by hand, in the LMS'],
  [{ late: true, lms: 'retrying' }, '3', ['late', 'waiting'], '3 of 4 points, late, on its way to the LMS'],
  [{ lms: 'conflict' }, '3', ['held'], '3 of 4 points, not in the LMS: look there'],
  [{ lms: 'refused' }, '3', ['held'], '3 of 4 points, not in the LMS: look there'],
  [{ lms: 'kept' }, '3', ['kept'], '3 of 4 points, the LMS keeps another mark'],
  [{ needsRubric: true }, '3', ['needsRubric'], '3 of 4 points, rubric not marked yet'],
])('a cell shows and says: %o', (some, shown, signs, says) =>
  expect(cellWords(cell(some))).toEqual({ shown, signs, says }),
);

it('says of a grade what stands beside its points, and of the LMS elsewhere', () => {
  expect(aboutWords(cell({ byHand: true, late: true, lms: 'sent' }))).toBe('set by hand, late');
  expect(aboutWords(cell({}))).toBe('');
});
