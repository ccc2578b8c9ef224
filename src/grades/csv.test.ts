import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradebookCsv, readGradebookCsv } from './csv.ts';
import type { Activity } from './gradebook.ts';
import type { GradeRow } from './store.ts';

const activities: Activity[] = [
  { kind: 'scenario', id: 'S01', max: 400, autoMax: 400 },
  { kind: 'scenario', id: 'name', max: 100, autoMax: 100 },
  { kind: 'prompt', id: 'Q003.1', max: 750, autoMax: 500 },
];
const read = (csv: string) => readGradebookCsv(csv, activities);

describe('an edited gradebook', () => {
  it.each<[title: string, csv: string, cells: [string, number | null][]]>([
    [
      'whole',
      'person,externalId,name,asOf,S01 (4),name (1),Q003.1 (7.5),points\np1,u1,Ana,,3.5,0,,3.5\n',
      [
        ['S01', 350],
        ['name', 0],
        ['Q003.1', null],
      ],
    ],
    ['only the columns that matter', 'person,S01\np1,3.25\n', [['S01', 325]]],
    ['in other capitals, and another order', 'Q003.1 (5),PERSON\n+2.50,p1\n', [['Q003.1', 250]]],
    ['with a row that ends early, which empties nothing', 'person,S01,Q003.1\np1,1\n', [['S01', 100]]],
    [
      'with numbers as people write them',
      'person,S01,Q003.1\np1,.5,1000\n',
      [
        ['S01', 50],
        ['Q003.1', 100_000],
      ],
    ],
    [
      'with zeros behind the decimals',
      'person,S01,Q003.1\np1,1.2500,3.\n',
      [
        ['S01', 125],
        ['Q003.1', 300],
      ],
    ],
  ])('%s is read', (_title, csv, cells) => {
    const result = read(csv);
    expect(result.faults).toEqual([]);
    expect(result.rows.map(({ line, person }) => [line, person])).toEqual([[2, 'p1']]);
    expect(result.rows[0]!.cells.map(({ activity, points }) => [activity.id, points])).toEqual(cells);
  });

  it.each<[title: string, csv: string, faults: [number, string | undefined][]]>([
    [
      'text where points belong',
      'person,S01,Q003.1\np1,good,1e2\n',
      [
        [2, 'S01'],
        [2, 'Q003.1'],
      ],
    ],
    ['a decimal comma', 'person,S01\np1,"3,5"\n', [[2, 'S01']]],
    [
      'points below nothing, and too many',
      'person,S01\np1,-1\np2,1000.01\n',
      [
        [2, 'S01'],
        [3, 'S01'],
      ],
    ],
    [
      'three decimals',
      'person,S01,Q003.1\np1,1.205,0.0001\n',
      [
        [2, 'S01'],
        [2, 'Q003.1'],
      ],
    ],
    ['a column of nothing that is graded', 'person,S02 (4)\np1,1\n', [[1, 'S02 (4)']]],
    ['nothing that names a person', 'name,S01\nAna,1\n', [[1, 'person']]],
    ['a time that is none', 'person,asOf,S01\np1,yesterday,1\n', [[2, 'asOf']]],
    ['nobody', 'person,S01\n', [[1, undefined]]],
    [
      'all sorts of faults',
      'person,S01,S99\np1,x,1\np2,1,1,1\n',
      [
        [1, 'S99'],
        [3, undefined],
        [2, 'S01'],
      ],
    ],
    ['more people than fit', `person,S01\n${'p,1\n'.repeat(1001)}`, [[1002, undefined]]],
  ])('with %s is refused, everything at once', (_title, csv, faults) => {
    const result = read(csv);
    expect(result.faults.map(({ line, column }) => [line, column])).toEqual(faults);
  });

  it('comes back as it was written', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map((one) => one.trim())
      .filter((one) => one !== '');
    const risky = fc.tuple(fc.constantFrom('=', "'=", '+', '-', '@', "'", ''), text).map((parts) => parts.join(''));
    const points = fc.option(fc.nat(100_000));
    const person = fc.record({
      id: fc.uuid(),
      externalId: risky,
      name: fc.option(risky),
      earned: fc.array(points, { minLength: 3, maxLength: 3 }),
    });
    const at = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map(Number);
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 20 }), at, (people, asOf) => {
        const rows = people.map(({ id, externalId, name, earned }) => {
          const grades = activities.map(
            ({ kind, id: activity }, index): GradeRow => ({
              kind,
              activity,
              auto: earned[index]!,
              override: null,
              rubric: null,
              max: 0,
              eventId: '',
            }),
          );
          return { id, externalId, name, grades };
        });
        const result = read(gradebookCsv(activities, rows, asOf, true));
        expect(result.faults).toEqual([]);
        expect(
          result.rows.map(({ person, externalId, asOf, cells }) => [
            person,
            externalId,
            asOf,
            cells.map((cell) => cell.points),
          ]),
        ).toEqual(people.map(({ id, externalId, earned }) => [id, externalId, asOf, earned]));
      }),
    );
  });
});
