import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roles } from '../auth/actor.ts';
import { writeCsv } from '../csv.ts';
import { type Listed, readRoster, rosterSchema } from './roster-file.ts';

const line = (at: number, externalId: string, name: string | null = null, role: Listed['role'] = null): Listed => ({
  line: at,
  externalId,
  name,
  role,
});

describe('a roster', () => {
  it.each<[title: string, csv: string, listed: Listed[]]>([
    ['with all columns', 'externalId,name,role\nu1,Ana,learner\n', [line(2, 'u1', 'Ana', 'learner')]],
    ['with only the ids', 'externalId\nu1\nu2\n', [line(2, 'u1'), line(3, 'u2')]],
    ['with cells left empty', 'externalId,name,role\nu1,,\n', [line(2, 'u1')]],
    [
      'from a spreadsheet',
      '\ufeffEXTERNALID,Role,Name\r\nu1,Assistant,"Ng, Bo"\r\n,,\r\n',
      [line(2, 'u1', 'Ng, Bo', 'assistant')],
    ],
  ])('%s is read', (_title, csv, listed) => {
    expect(readRoster({ csv })).toEqual({ listed });
  });

  it('says the same as JSON, its people counted from 1', () => {
    expect(
      readRoster({
        people: [
          { externalId: ' u1 ', name: 'Ana' },
          { externalId: 'u2', role: 'instructor' },
        ],
      }),
    ).toEqual({
      listed: [line(1, 'u1', 'Ana'), line(2, 'u2', null, 'instructor')],
    });
  });

  it.each<[title: string, csv: string, faults: [number, RegExp][]]>([
    [
      'an externalId twice',
      'externalId\nu1\nu2\nu1\nu1\n',
      [
        [4, /line 2/],
        [5, /line 2/],
      ],
    ],
    [
      'no externalId',
      'externalId,name\n,Ana\n,Ben\n',
      [
        [2, /missing/],
        [3, /missing/],
      ],
    ],
    ['an unknown role', 'externalId,role\nu1,teacher\n', [[2, /teacher.*learner, assistant, instructor/]]],
    [
      'fields that are too long',
      `externalId,name\n${'x'.repeat(201)},${'y'.repeat(201)}\n`,
      [
        [2, /externalId/],
        [2, /name/],
      ],
    ],
    ['a line break in a name', 'externalId,name\nu1,"A\nB"\n', [[2, /line break/]]],
    ['columns nobody knows', 'externalId,email\nu1,x@y\n', [[1, /no such column/]]],
    ['no column for the ids', 'name\nAna\n', [[1, /missing/]]],
    ['nobody', 'externalId\n', [[1, /nobody/]]],
    [
      'all sorts of faults',
      'externalId,role,mail\nu1,boss,x\nu1,,x\n',
      [
        [1, /column/],
        [2, /boss/],
        [3, /line 2/],
      ],
    ],
    [
      'too many people',
      `externalId\n${Array.from({ length: 5001 }, (_, index) => `u${index}`).join('\n')}`,
      [[5002, /5000/]],
    ],
  ])('with %s is refused, everything at once', (_title, csv, faults) => {
    const read = readRoster({ csv });
    if (!('faults' in read)) throw new Error('was not refused');
    expect(read.faults.map((one) => one.line)).toEqual(faults.map(([at]) => at));
    for (const [index, [, detail]] of faults.entries()) expect(read.faults[index]!.detail).toMatch(detail);
  });

  it('is either people or CSV', () => {
    for (const body of [{}, { csv: 'externalId\n', people: [] }, { people: [{ name: 'x' }] }])
      expect(rosterSchema().safeParse(body).success).toBe(false);
  });

  it('comes back as it was written', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map((one) => one.replace(/\p{Cc}/gu, '').trim())
      .filter((one) => one !== '');
    const person = fc.record({
      externalId: text,
      name: fc.option(text),
      role: fc.option(fc.constantFrom(...roles)),
    });
    fc.assert(
      fc.property(fc.uniqueArray(person, { selector: ({ externalId }) => externalId, minLength: 1 }), (people) => {
        const rows = people.map(({ externalId, name, role }) => [externalId, name ?? '', role ?? '']);
        const listed = people.map((one, index) => ({ line: index + 2, ...one }));
        expect(readRoster({ csv: writeCsv([['externalId', 'name', 'role'], ...rows]) })).toEqual({ listed });
      }),
    );
  });
});
