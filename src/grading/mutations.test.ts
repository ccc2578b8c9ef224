import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { gradeAnswer } from './grade-answer.ts';
import { findUnnoticed, type Mutation, mutated, mutationsOf, unnoticed } from './mutations.ts';
import type { Accept, RuleSet, Sample } from './rule-set.ts';

const ids = ['x.1', 'x.2', 'x.3', 'y.1'];
const subsets = Array.from({ length: 2 ** ids.length }, (_, bits) => ids.filter((_id, at) => bits & (1 << at)));
const answers = subsets.filter(({ length }) => length <= 3);
const named = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 3 });
const entry: fc.Arbitrary<Accept> = fc.record(
  {
    role: fc.constantFrom('a', 'b'),
    credit: fc.constantFrom(0, 0.25, 0.5, 1),
    needs: fc.oneof(fc.record({ any: named }), fc.record({ all: named })),
  },
  { requiredKeys: ['role', 'credit'] },
);
const entries = fc.array(entry, { minLength: 1, maxLength: 6 });
const bench = fc.array(fc.constantFrom(...answers), { maxLength: 4 });

const ruleSetWith = (accepts: Accept[], samples: Sample[] = []): RuleSet => ({
  ...catalogue.rules.ruleSet,
  scenarios: { S: { topic: 't', points: 4, accepts, says: {} } },
  bench: samples,
});
const credit = (accepts: Accept[], role: string, claims: readonly string[]) =>
  gradeAnswer(ruleSetWith(accepts), { scenario: 'S', role, claims, counterClaims: [] }).credit;
const mutantOf = (accepts: Accept[], index: number, mutation: Mutation): Accept[] =>
  mutation.kind === 'dropped' ? accepts.toSpliced(index, 1) : accepts.with(index, mutated(accepts[index]!, mutation));

describe('the mutation pass', () => {
  it('names exactly the changes of an entry that some answer would feel and no sample does, as the grader grades', () =>
    fc.assert(
      fc.property(entries, bench, (accepts, samples) => {
        for (const [index, { role }] of accepts.entries()) {
          const feels = (mutation: Mutation) => (claims: readonly string[]) =>
            credit(mutantOf(accepts, index, mutation), role, claims) !== credit(accepts, role, claims);
          const expected = mutationsOf(accepts[index]!).filter(
            (mutation) => answers.some(feels(mutation)) && !samples.some(feels(mutation)),
          );
          const losses = unnoticed(accepts, index, samples);
          expect(losses.map(({ mutation }) => mutation)).toEqual(expected);
          for (const { mutation, sample } of losses) expect(feels(mutation)(sample)).toBe(true);
        }
      }),
    ));

  it('has nothing left to say once the samples it asks for are there', () =>
    fc.assert(
      fc.property(entries, bench, (accepts, samples) => {
        for (const index of accepts.keys()) {
          const wanted = unnoticed(accepts, index, samples).map(({ sample }) => sample);
          expect(unnoticed(accepts, index, [...samples, ...wanted])).toEqual([]);
        }
      }),
    ));

  const full: Accept = { role: 'smm', credit: 1, needs: { any: ['000.22'] } };
  const bare: Accept = { role: 'smm', credit: 0.25 };
  const several: Accept = { role: 'smm', credit: 1, needs: { any: ['000.22', '001.13', '001.14'] } };
  const sample = (claims: string[], earns: number): Sample => {
    return { scenario: 'S', title: claims.join(), role: 'smm', claims, credit: earns };
  };

  it.each<[string, Accept[], Sample[], string[]]>([
    ['nothing where every loss is noticed', [full, bare], [sample(['000.22'], 1), sample([], 0.25)], []],
    [
      'an entry that no sample uses',
      [full, bare],
      [sample([], 0.25)],
      ['0: no sample notices when this entry is dropped; add one with role smm and 000.22'],
    ],
    [
      'evidence that no sample goes without',
      [full],
      [sample(['000.22'], 1)],
      ['0: no sample notices when its evidence is not asked for; add one with role smm and no claim'],
    ],
    [
      'each of several claims that no sample cites alone',
      [several, bare],
      [sample(['000.22', '001.13'], 1), sample(['001.14'], 1), sample([], 0.25)],
      [
        '0: no sample notices when 000.22 or 001.13 is left out of its needs; add one with role smm for each of 000.22 and 001.13',
      ],
    ],
    [
      'evidence of which all is needed',
      [{ role: 'smm', credit: 1, needs: { all: ['000.22', '001.13'] } }, bare],
      [sample([], 0.25)],
      ['0: no sample notices when this entry is dropped; add one with role smm and 000.22 and 001.13'],
    ],
    [
      'a role that is said to earn nothing',
      [{ role: 'smm', credit: 0 }],
      [],
      ['0: no sample notices when its credit becomes 1; add one with role smm and no claim'],
    ],
    [
      'the samples of a role together',
      [several],
      [],
      [
        '0: no sample notices when this entry is dropped, or when its evidence is not asked for, or when 000.22, 001.13 or 001.14 is left out of its needs; add one with role smm and no claim, and one with role smm for each of 000.22, 001.13 and 001.14',
      ],
    ],
  ])('names %s', (_title, accepts, samples, said) => {
    const findings = [...findUnnoticed(ruleSetWith(accepts, samples))];
    expect(findings.map(({ path, detail }) => `${path.at(-1)}: ${detail}`)).toEqual(said);
    for (const { severity, code, path } of findings)
      expect([severity, code, ...path.slice(0, 3)]).toEqual(['warning', 'unnoticed', 'scenarios', 'S', 'accepts']);
  });

  it.each(['void', 'full-credit'] as const)('says nothing of a scenario that is %s for now', (treat) => {
    const ruleSet = ruleSetWith([full]);
    ruleSet.scenarios.S!.treat = treat;
    expect([...findUnnoticed(ruleSet)]).toEqual([]);
  });
});
