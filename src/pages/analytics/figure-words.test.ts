import { expect, it } from 'vitest';
import { shareBody } from '../../analytics/figures.ts';
import { listed } from '../words.ts';
import { correlationWords, countWords, rangeWords, shareWords } from './figure-words.ts';

it.each([
  ['a share with its interval', shareBody(15, 148, true), '10% (15; 6% to 16%)'],
  ['nobody of somebody', shareBody(0, 20, true), '0% (0; 0% to 16%)'],
  ['nobody to speak of', shareBody(0, 0, true), '–'],
  ['what is kept back, which is no zero', shareBody(3, 20, false), 'kept back'],
])('a table says %s', (_what, share, says) => expect(shareWords(share)).toBe(says));

it.each([
  [null, 'kept back'],
  [0, '0'],
  [7, '7'],
])('a count of %j is said as %s', (count, says) => expect(countWords(count)).toBe(says));

it.each([
  [0.256, 0.366, '26% to 37%'],
  [null, null, '–'],
])('from %j to %j', (low, high, says) => expect(rangeWords(low, high)).toBe(says));

it.each([
  [-0.4512, '−0.45'],
  [0.3, '0.30'],
])('a correlation of %d is %s', (value, says) => expect(correlationWords(value)).toBe(says));

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('%j in a row is “%s”', (words, says) => expect(listed(words, 'or')).toBe(says));
