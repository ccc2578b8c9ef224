import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { canonicalJson, hashRuleSet, type RuleSet, ruleSetSchema, scenarioRuleSchema } from './rule-set.ts';

const { hash, ruleSet } = catalogue.rules;

/** The same value with the keys of every object in another order. */
const rekeyed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rekeyed);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, member]) => [key, rekeyed(member)] as const);
  return Object.fromEntries(entries.toReversed());
};

describe('canonical JSON', () => {
  it.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ b: { d: 1, c: [{ f: 1, e: 2 }] }, a: null }, '{"a":null,"b":{"c":[{"e":2,"f":1}],"d":1}}'],
    [[3, 1, 2], '[3,1,2]'],
    [{ a: undefined, b: 'ü “x”' }, '{"b":"ü “x”"}'],
    [{ B: 1, a: 2, A: 3, _: 4 }, '{"A":3,"B":1,"_":4,"a":2}'],
    [{ '10': 1, '9': 2 }, '{"10":1,"9":2}'],
  ])('of %j is %s: keys sorted as text at every depth, lists as they are', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('does not depend on the order of keys, and loses nothing', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(rekeyed(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    ));
});

describe("a rule set's name", () => {
  it('is the SHA-256 of its canonical JSON, so that anybody can make it again', async () => {
    expect(await hashRuleSet({} as RuleSet)).toBe(
      'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    );
    expect(await hashRuleSet(ruleSet)).toBe(hash);
  });

  it('stays when the keys stand in another order, or it was stored and read again', async () => {
    expect(await hashRuleSet(rekeyed(ruleSet) as RuleSet)).toBe(hash);
    expect(await hashRuleSet(ruleSetSchema().parse(JSON.parse(canonicalJson(ruleSet))))).toBe(hash);
  });

  it('changes with any change', async () => {
    const changed = (value: unknown, pick: (count: number) => number): unknown => {
      if (typeof value === 'number') return value + 0.01;
      if (typeof value === 'string') return `${value} `;
      if (value === null || typeof value !== 'object') return 'something';
      const keys = Object.keys(value);
      if (keys.length === 0) return Array.isArray(value) ? ['more'] : { more: 1 };
      const key = keys[pick(keys.length)]!;
      if (pick(10) === 0) return Array.isArray(value) ? value.slice(1) : { ...value, [key]: undefined };
      const member = changed((value as Record<string, unknown>)[key], pick);
      return Array.isArray(value) ? value.with(Number(key), member) : { ...value, [key]: member };
    };
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (stream) => {
        const pick = (count: number) => stream.next().value! % count;
        expect(await hashRuleSet(changed(ruleSet, pick) as RuleSet)).not.toBe(hash);
      }),
    );
  });
});

describe("a scenario's rule", () => {
  const accept = (entry: object) =>
    scenarioRuleSchema().safeParse({ topic: 't', points: 1, accepts: [{ role: 'cm', credit: 1, ...entry }] }).success;

  it('may give any hundredth of credit and of points', () => {
    const refused = Array.from({ length: 100_000 }, (_, index) => index + 1).filter(
      (points) =>
        !scenarioRuleSchema().safeParse({
          topic: 't',
          points: points / 100,
          accepts: [{ role: 'cm', credit: (points % 101) / 100 }],
        }).success,
    );
    expect(refused).toEqual([]);
  });

  it.each([
    ['a credit between two hundredths', { credit: 0.005 }],
    ['a credit above one', { credit: 1.01 }],
    ['a credit below nothing', { credit: -0.01 }],
    ['any and all at once', { needs: { any: ['000.22'], all: ['000.22'] } }],
    ['a need for none of no claims', { needs: { any: [] } }],
    ['a need for more claims than an answer may cite', { needs: { all: ['a.1', 'a.2', 'a.3', 'a.4'] } }],
    ['a key that means nothing', { need: { any: ['000.22'] } }],
  ])('is refused with %s', (_title, entry) => {
    expect(accept({})).toBe(true);
    expect(accept(entry)).toBe(false);
  });
});
