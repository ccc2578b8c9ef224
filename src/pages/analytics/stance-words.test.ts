import { expect, it } from 'vitest';
import { shiftBody } from '../../analytics/stance-shift.ts';
import type { ShiftRow } from '../../analytics/store.ts';
import { leftWords, sharesWords, shiftsWords, shiftWords, symmetryWords } from './stance-words.ts';

const names: Record<string, string> = { smm: 'Social', cm: 'Community' };
const named = (id: string) => names[id]!;
const moved = (before: string, after: string, n: number): ShiftRow => ({
  scenario: 'S',
  state: 'again',
  before,
  after,
  n,
});
const left = (state: ShiftRow['state'], n: number): ShiftRow => ({
  scenario: 'S',
  state,
  before: 'cm',
  after: null,
  n,
});
const shift = (rows: ShiftRow[], hides = false) => shiftBody('S', rows, ['smm', 'cm'], hides);

it.each([
  ['nobody', shift([]), 'Nobody has answered it both before and after discussing it.'],
  ['one who stayed', shift([moved('cm', 'cm', 1)]), 'The one who answered before and after the discussion stayed'],
  [
    'one who moved',
    shift([moved('cm', 'smm', 1)]),
    'The one who answered before and after the discussion changed their mind.',
  ],
  [
    'those who stayed',
    shift([moved('cm', 'cm', 4)]),
    'Of 4 who answered before and after the discussion, none changed',
  ],
  [
    'those who moved',
    shift([moved('cm', 'smm', 2), moved('smm', 'cm', 5), moved('cm', 'cm', 9)]),
    'Of 16 who answered before and after the discussion, 7 changed their mind, most often from “Social” to “Community” (5).',
  ],
  ['few, for an assistant', shift([moved('cm', 'smm', 3)], true), 'so it is kept back'],
  [
    'a few among many, for an assistant',
    shift([moved('cm', 'cm', 20), moved('smm', 'cm', 6), left('late', 2)], true),
    'Of 26 who answered before and after the discussion, 6 changed their mind.',
  ],
])('the shift of %s', (_what, item, says) => expect(shiftWords(item, named)).toContain(says));

it.each([
  ['nobody changed', shift([moved('cm', 'cm', 9)]), null],
  ['few changed', shift([moved('cm', 'smm', 9)]), 'Fewer than ten changed, too few to tell a direction from chance.'],
  [
    'all went one way',
    shift([moved('cm', 'smm', 20)]),
    'They moved in one direction more than chance would have them (p below 0.001).',
  ],
  [
    'they went both ways',
    shift([moved('cm', 'smm', 6), moved('smm', 'cm', 5)]),
    'As many would move so by chance: no direction can be told (p = 0.763).',
  ],
])('where %s the test says so', (_what, item, says) => expect(symmetryWords(item)).toBe(says));

it.each([
  ['nobody is', shift([moved('cm', 'cm', 1)]), null],
  [
    'all kinds are',
    shift([left('late', 1), left('not-again', 2), left('undiscussed', 3)]),
    'Not counted: 2 discussed it and did not answer again; 1 answered first after they had discussed it; 3 answered and have not discussed it.',
  ],
  ['few are, for an assistant', shift([left('late', 2)], true), 'How many are left out is kept back.'],
])('where %s left out', (_what, item, says) => expect(leftWords(item)).toBe(says));

it.each([
  [shift([moved('smm', 'cm', 3), moved('cm', 'cm', 1)]), '“Community” won most: from 25% before to 100% after.'],
  [shift([moved('cm', 'smm', 3), moved('smm', 'cm', 3)]), 'Each role was chosen as often after as before.'],
])('which role won, %#', (item, says) => expect(sharesWords(item, named)).toBe(says));

it('says on the overview of which scenario most changed their mind', () => {
  const items = [
    { ...shift([moved('cm', 'smm', 1), moved('cm', 'cm', 9)]), title: 'A' },
    { ...shift([moved('cm', 'smm', 5)]), title: 'B' },
  ];
  expect(shiftsWords(items, named)).toMatch(/^“B”: Of 5 who answered/);
  expect(shiftsWords([{ ...shift([]), title: 'A' }], named)).toContain('Nobody has answered a hinge scenario both');
});
