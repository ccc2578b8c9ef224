import { describe, expect, it } from 'vitest';
import { checksOf, markOf } from './checks.ts';

describe('what a text must have to count', () => {
  it.each([
    [
      'nothing yet',
      { words: 60, claims: 1 },
      { words: 0, claims: 0 },
      ['○ At least 60 words: 0 so far, 60 to go', '○ At least 1 claim ticked: 0 so far, 1 to go'],
    ],
    [
      'enough of both',
      { words: 60, claims: 2 },
      { words: 61, claims: 3 },
      ['✓ At least 60 words: 61', '✓ At least 2 claims ticked: 3'],
    ],
    ['words alone are asked for', { words: 1, claims: 0 }, { words: 1, claims: 0 }, ['✓ At least 1 word: 1']],
  ])('%s', (_title, floor, has, lines) => {
    expect(checksOf(floor, has).map((check) => `${markOf(check)} ${check.says}`)).toEqual(lines);
  });
});
