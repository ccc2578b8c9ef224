import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saidBody } from './confusion.ts';
import { itemBody } from './items.ts';
import { pairBody } from './pairs.ts';
import { promptBody } from './participation.ts';
import { shiftBody } from './stance-shift.ts';
import type { ItemRow } from './store.ts';
import { isSmall } from './suppression.ts';

const roles = ['smm', 'cm', 'both'];
const count = fc.integer({ min: 0, max: 12 });
const row = (role: string, full: number, licensed: number, n: number): ItemRow => ({
  ...{ scenario: 'S1', role, full, licensed, n, credit: 50 * n, credit2: 2500 * n, attempts: n },
  ...{ leastRules: 'a', greatestRules: 'a', others: n, x: 0, xx: 0, y: 0, yy: 0, xy: 0 },
});

it.each([
  [0, false],
  [1, true],
  [4, true],
  [5, false],
])('a group of %i is small: %s', (people, small) => expect(isSmall(people)).toBe(small));

describe('where small groups are kept back', () => {
  it('no count of said roles is of one to four, also as a difference to the course', () => {
    const said = fc.record({ scenario: fc.constantFrom('S1', 'S2', 'S3'), role: fc.constantFrom(...roles), n: count });
    const rows = fc.uniqueArray(said, { selector: ({ scenario, role }) => `${scenario} ${role}` });
    const scenarios = ['S1', 'S2', 'S3'].map((id) => ({ id, key: ['cm'] }));
    fc.assert(
      fc.property(rows, (all) => {
        const { scenarios: shown, course } = saidBody(scenarios, all, roles, true);
        const counts = shown.flatMap((one) => one.said.map((cell) => cell.count ?? 0));
        expect(counts.some(isSmall)).toBe(false);
        for (const one of shown) if (one.suppressed) expect(one.said.every((cell) => cell.share === null)).toBe(true);
        for (const { said: cells } of course)
          for (const [at, cell] of cells.entries())
            expect(cell.count).toBe(shown.reduce((sum, one) => sum + (one.said[at]!.count ?? 0), 0));
      }),
    );
  });

  it("no two of an item's shares give a third group away", () => {
    const licensedOnly = itemBody('S1', [row('cm', 1, 1, 9), row('cm', 0, 1, 2), row('smm', 0, 0, 9)], ['cm'], true);
    expect([licensedOnly.fullCredit.share, licensedOnly.licensed.share, licensedOnly.n]).toEqual([null, null, 20]);
    const open = itemBody('S1', [row('cm', 1, 1, 9), row('cm', 0, 1, 5), row('smm', 0, 0, 6)], ['cm'], true);
    expect([open.fullCredit.count, open.rightRole.count, open.suppressed]).toEqual([9, 14, false]);
    const few = itemBody('S1', [row('cm', 1, 1, 4)], ['cm'], true);
    expect([few.n, few.credit.mean, few.attempts.mean, few.suppressed]).toEqual([null, null, null, true]);
  });

  it('a pair is shown only where those who answered one side alone cannot be had from the other table', () => {
    const met = { pair: 0, both: 6, firstOnly: 5, secondOnly: 0, neither: 5, onlyFirst: 0, onlySecond: 0 };
    expect(pairBody(['S1', 'S2'], met, true)).toMatchObject({ n: 16, firstOnly: 5, suppressed: false });
    expect(pairBody(['S1', 'S2'], { ...met, onlyFirst: 2 }, true)).toMatchObject({ firstOnly: null, suppressed: true });
    expect(pairBody(['S1', 'S2'], { ...met, onlyFirst: 2 }, false)).toMatchObject({ firstOnly: 5, suppressed: false });
  });

  it('moves are shown only where those who are left out with the same first answer are no small group', () => {
    const moved = { scenario: 'S1', state: 'again', before: 'smm', after: 'cm', n: 6 } as const;
    const left = { scenario: 'S1', state: 'late', before: 'smm', after: null, n: 2 } as const;
    const whole = shiftBody('S1', [moved], roles, true);
    expect(whole.moves).toEqual([{ from: 'smm', to: 'cm', count: 6 }]);
    const hidden = shiftBody('S1', [moved, left], roles, true);
    expect(hidden).toMatchObject({ n: 6, suppressed: true, moves: null, symmetry: null, left: null });
    expect(hidden.changed).toMatchObject({ count: 6, share: 1 });
    expect(shiftBody('S1', [moved, left], roles, false)).toMatchObject({ suppressed: false, left: { late: 2 } });
  });

  it('a prompt does not tell who wrote nothing, where they are few', () => {
    const written = { prompt: 'Q', people: 18, committed: 18, posts: 18, posters: 18, postWords: 80 };
    const row = { ...written, replies: 3, repliers: 2, replyWords: 20 };
    expect(promptBody('Q', row, 20, true)).toMatchObject({ people: { count: null }, posts: 18, replies: null });
    expect(promptBody('Q', row, 25, true)).toMatchObject({ people: { count: 18 }, replies: null, suppressed: true });
  });
});
