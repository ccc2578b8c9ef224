import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inert, readTable, uninert, writeCsv } from './csv.ts';

const keyOf = (title: string) => (['a', 'b'] as const).find((key) => key === title.toLowerCase());
const read = (text: string) => readTable(text, keyOf);

describe('a table', () => {
  it.each<[title: string, text: string, lines: [number, string | undefined, string | undefined][]]>([
    [
      'plain',
      'a,b\n1,2\n3,4\n',
      [
        [2, '1', '2'],
        [3, '3', '4'],
      ],
    ],
    ['with CRLF, a byte-order mark and other capitals', '\ufeffA,B\r\n1,2\r\n', [[2, '1', '2']]],
    ['without a line end at the end', 'a,b\n1,2', [[2, '1', '2']]],
    ['with white space around', ' a , b\n 1 , 2 \n', [[2, '1', '2']]],
    ['with empty rows, as spreadsheets leave them', 'a,b\n\n,\n1,2\n,\n', [[4, '1', '2']]],
    ['with columns in another order', 'b,a\n2,1\n', [[2, '1', '2']]],
    ['with a row that ends early', 'a,b\n1\n', [[2, '1', undefined]]],
    [
      'with line breaks in a cell',
      'a,b\n"1\n\r\n",2\n3,4\n',
      [
        [2, '1', '2'],
        [5, '3', '4'],
      ],
    ],
    ['with quotes and commas in a cell', 'a,b\n"x, ""y""",2\n', [[2, 'x, "y"', '2']]],
  ])('%s is read, with the lines that an editor shows', (_title, text, lines) => {
    const { rows, faults } = read(text);
    expect(faults).toEqual([]);
    expect(rows.map(({ line, cells }) => [line, cells.a, cells.b])).toEqual(lines);
  });

  it.each<[title: string, text: string, faults: [number, string | undefined][]]>([
    ['is empty', '', [[1, undefined]]],
    ['holds only white space', ' \n , \n', [[1, undefined]]],
    [
      'has columns that nobody knows',
      'a,mail,phone\n1,2,3\n',
      [
        [1, 'mail'],
        [1, 'phone'],
      ],
    ],
    ['is separated by something else', 'a;b\n1;2\n', [[1, 'a;b']]],
    ['has a column twice', 'a,A,b\n1,2,3\n', [[1, 'A']]],
    ['has a row that is too long', 'a,b\n1,2\n1,2,3\n', [[3, undefined]]],
    ['leaves a quotation mark open', 'a,b\n1,2\n"3,4\n5,6\n', [[3, undefined]]],
  ])('that %s is refused with the line', (_title, text, faults) => {
    expect(read(text).faults.map(({ line, column }) => [line, column])).toEqual(faults);
  });

  it('comes back as it was written', () => {
    const cell = fc.string({ unit: 'grapheme' }).map((text) => text.trim());
    const row = fc.tuple(cell, cell).filter(([a, b]) => a + b !== '');
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const { rows: again, faults } = read(writeCsv([['a', 'b'], ...rows]));
        expect(faults).toEqual([]);
        expect(again.map(({ cells }) => [cells.a, cells.b])).toEqual(rows);
      }),
    );
  });
});

describe('a text that a spreadsheet could take for a formula', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', "'=1+1", "''-x"])('%j is made inert', (text) => {
    expect(inert(text)).toBe(`'${text}`);
  });

  it.each(["'t Hooft", 'Ana', '', "'", "O'Brien", '1=1'])('%j is none, and stays', (text) => {
    expect([inert(text), uninert(text)]).toEqual([text, text]);
  });

  it('comes back', () => {
    const text = fc.array(fc.constantFrom("'", '=', '+', '-', '@', '\t', 'a')).map((parts) => parts.join(''));
    fc.assert(fc.property(text, (one) => void expect(uninert(inert(one))).toBe(one)));
  });
});
