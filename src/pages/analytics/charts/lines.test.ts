import { expect, it } from 'vitest';
import { cut, linesOf } from './lines.ts';

it.each([
  ['A short one', 320, 'A short one'],
  ['abcdefghij', 70, 'abcdefghij'],
  ['abcdefghijk', 70, 'abcdefghi…'],
  ['𝒜'.repeat(11), 70, `${'𝒜'.repeat(9)}…`],
])('%s in %i units is %s', (text, width, says) => expect(cut(text, width)).toBe(says));

it.each([
  ['Social media manager', 76, 3, ['Social', 'media', 'manager']],
  ['Social media manager', 90, 3, ['Social media', 'manager']],
  ['Neither, or not yet', 80, 3, ['Neither, or', 'not yet']],
  ['one two three four', 35, 2, ['one', 'two…']],
  ['', 76, 2, []],
])('“%s” in lines of %i units', (text, width, most, lines) => expect(linesOf(text, width, most)).toEqual(lines));
