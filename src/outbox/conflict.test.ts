import { describe, expect, it } from 'vitest';
import { judge, type Shown, sameMark } from './conflict.ts';

const of = (points: number | null, max: number): Shown => ({ points, max });

describe('two scores are the same mark', () => {
  it.each<[string, Shown, Shown, boolean]>([
    ['on one scale', of(3.5, 4), of(3.5, 4), true],
    ['rescaled to a hundred', of(3.5, 4), of(87.5, 100), true],
    ['rescaled and rounded to hundredths', of(1, 3), of(33.33, 100), true],
    ['rounded on a small scale', of(8.33, 10), of(0.83, 1), true],
    ['a point in a hundred apart', of(50, 100), of(51, 100), false],
    ['a tenth of a point apart on a scale of four', of(3.5, 4), of(3.6, 4), false],
    ['zero is a mark', of(0, 4), of(0, 100), true],
    ['zero is not nothing', of(0, 4), of(null, 4), false],
    ['nothing is nothing', of(null, 4), of(null, 1), true],
    ['cut to the maximum', of(4.5, 4), of(100, 100), true],
    ['two that are over it', of(4.5, 4), of(150, 100), false],
  ])('%s', (_, a, b, expected) => {
    expect(sameMark(a, b)).toBe(expected);
    expect(sameMark(b, a)).toBe(expected);
  });
});

describe('a result that was read back', () => {
  it.each<[string, [Shown, Shown, Shown[]], string]>([
    ['is the score already', [of(75, 100), of(3, 4), [of(2, 4)]], 'same'],
    ['is what we last sent, on a scale of one', [of(0.99, 1), of(99.5, 100), [of(99, 100)]], 'go'],
    ['is the score already, on a scale of one', [of(0.995, 1), of(99.5, 100), [of(99, 100)]], 'same'],
    ['is what we last sent', [of(50, 100), of(3, 4), [of(2, 4)]], 'go'],
    ['is one that we tried, not knowing', [of(62.5, 100), of(3, 4), [of(2, 4), of(2.5, 4)]], 'go'],
    ['is nothing yet', [of(null, 1), of(3, 4), []], 'go'],
    ['was taken away', [of(null, 1), of(3, 4), [of(2, 4)]], 'go'],
    ['was changed by hand', [of(90, 100), of(3, 4), [of(2, 4)]], 'conflict'],
    ['was given by hand before us', [of(90, 100), of(3, 4), []], 'conflict'],
    ['is the zero of missing work, from before us', [of(0, 100), of(3, 4), []], 'go'],
    ['is a zero given by hand after us', [of(0, 100), of(3, 4), [of(2, 4)]], 'conflict'],
    ['was changed by hand where we would take ours away', [of(90, 100), of(null, 4), [of(2, 4)]], 'conflict'],
    ['is away as it should be', [of(null, 1), of(null, 4), [of(2, 4)]], 'same'],
  ])('%s', (_, given, expected) => expect(judge(...given)).toBe(expected));
});
