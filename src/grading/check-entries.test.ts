import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { checkEntries } from './check-entries.ts';
import { creditOf } from './grade-answer.ts';
import type { Accept, RuleSet } from './rule-set.ts';

const findings = (accepts: Accept[], denials: RuleSet['denials'] = {}) => [
  ...checkEntries({
    ...catalogue.rules.ruleSet,
    scenarios: { S: { topic: 't', points: 4, accepts, says: {} } },
    denials,
  }),
];
const any = (...ids: string[]) => ({ needs: { any: ids } });
const all = (...ids: string[]) => ({ needs: { all: ids } });
const cm = (credit: number, needs: object = {}): Accept => ({ role: 'cm', credit, ...needs });

describe('an entry that never decides', () => {
  it.each<[string, Accept[], (number | undefined)[]]>([
    ['asks for evidence that a better one does not need', [cm(1), cm(0.5, any('a'))], [1]],
    ['gives as much as one that asks for less', [cm(1, any('a')), cm(1, any('a', 'b'))], [0]],
    ['stands there twice', [cm(0.5), cm(0.5), cm(0.5)], [1, 2]],
    ['says the same in other words', [cm(1, all('a')), cm(1, any('a'))], [1]],
    ['asks for more of the same', [cm(1, all('a', 'b')), cm(1, all('a'))], [0]],
    ['asks for all where one is enough', [cm(1, any('a', 'c')), cm(1, all('a', 'b'))], [1]],
  ])('%s', (_title, accepts, lost) => {
    expect(findings(accepts).map(({ path }) => path[3])).toEqual(lost);
    for (const finding of findings(accepts))
      expect(finding).toMatchObject({ severity: 'warning', code: 'unreachable' });
  });

  it.each<[string, Accept[]]>([
    ['less asks for less', [cm(1, any('a')), cm(0.5)]],
    ['each has evidence of its own', [cm(1, any('a', 'b')), cm(1, any('b', 'c'))]],
    ['the roles differ', [cm(1), { ...cm(1), role: 'smm' }]],
    ['one wants both and gives more', [cm(1, all('a', 'b')), cm(0.5, any('a'))]],
  ])('is none where %s', (_title, accepts) => {
    expect(findings(accepts)).toEqual([]);
  });

  it('is named with the entry that takes its place', () => {
    expect(findings([cm(0.5, any('a')), cm(1)])).toEqual([
      {
        severity: 'warning',
        code: 'unreachable',
        path: ['scenarios', 'S', 'accepts', 0],
        detail:
          'entry 0 (cm 0.5 with any of a) never decides: wherever it applies, entry 1 (cm 1) gives as much or more',
      },
    ]);
  });

  it('can go, and nobody earns another credit', () => {
    const ids = ['a', 'b', 'c'];
    const subsets = Array.from({ length: 2 ** ids.length }, (_, bits) => ids.filter((_id, at) => bits & (1 << at)));
    const named = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 });
    const entry = fc
      .tuple(
        fc.constantFrom(0, 0.5, 1),
        fc.oneof(
          fc.constant({}),
          named.map((one) => any(...one)),
          named.map((one) => all(...one)),
        ),
      )
      .map(([credit, needs]) => cm(credit, needs));
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), (accepts) => {
        const lost = new Set(findings(accepts).map(({ path }) => path[3]));
        const left = accepts.filter((_, index) => !lost.has(index));
        for (const claims of subsets) expect(creditOf(left, 'cm', claims)).toBe(creditOf(accepts, 'cm', claims));
      }),
    );
  });
});

describe('evidence that denies', () => {
  it('is named where an entry asks for it', () => {
    const denials = { '001.05': ['smm'] };
    expect(findings([{ role: 'smm', credit: 1, ...any('001.05', '000.05') }, cm(1, any('001.05'))], denials)).toEqual([
      {
        severity: 'warning',
        code: 'denied-evidence',
        path: ['scenarios', 'S', 'accepts', 0],
        detail: '001.05 denies this duty to smm, so it licenses no such choice',
      },
    ]);
  });
});
