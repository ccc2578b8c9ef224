import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import {
  type AnswerKey,
  answerKey,
  beforeReveal,
  creditOf,
  gradeAnswer,
  MAX_CLAIMS,
  parseAnswerKey,
} from './grade-answer.ts';
import { type Accept, canonicalJson, type RuleSet, type ScenarioRule } from './rule-set.ts';

const module = catalogue.rules.ruleSet;

/** The rule of the design's section 3. */
const complaints: ScenarioRule = {
  topic: 'complaints',
  points: 4,
  accepts: [
    { role: 'cm', credit: 1, shows: ['001.13', '002a.13'] },
    { role: 'smm', credit: 1, needs: { any: ['000.22'] } },
    { role: 'smm', credit: 0.25 },
    { role: 'both', credit: 0.5 },
  ],
  says: { smm: 'One reading gives complaints to this role; the others do not.' },
};
const under = (rule: ScenarioRule): RuleSet => ({ ...module, scenarios: { S29: rule } });
const answer = (role: string, claims: string[] = []): AnswerKey => {
  return { scenario: 'S29', role, claims, counterClaims: [] };
};

// Arbitrary rules over three roles and five claims, and answers to them; and answers under the module's own rules.
const ids = ['x.1', 'x.2', 'x.3', 'y.1', 'y.2'];
const roleIds = ['a', 'b', 'c'];
const cited = (from: string[]) => fc.uniqueArray(fc.constantFrom(...from), { maxLength: MAX_CLAIMS });
const named = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 3 });
const hundredth = (max: number) => fc.integer({ min: 0, max }).map((value) => value / 100);
const entry: fc.Arbitrary<Accept> = fc.record(
  {
    role: fc.constantFrom(...roleIds),
    credit: hundredth(100),
    needs: fc.oneof(fc.record({ any: named }), fc.record({ all: named })),
    shows: named,
  },
  { requiredKeys: ['role', 'credit'] },
);
const madeUp: fc.Arbitrary<RuleSet> = fc
  .record({
    topic: fc.constant('topic'),
    points: fc.integer({ min: 1, max: 100_000 }).map((value) => value / 100),
    accepts: fc.array(entry, { minLength: 1, maxLength: 6 }),
    says: fc.dictionary(fc.constantFrom(...roleIds), fc.string()),
  })
  .map((rule) => ({
    ...module,
    roles: roleIds.map((id) => ({ id, label: `role ${id}` })),
    scenarios: { S: rule },
    denials: { 'x.1': ['a'], 'y.1': ['b'] },
  }));
const madeUpAnswer: fc.Arbitrary<AnswerKey> = fc.record({
  scenario: fc.constant('S'),
  role: fc.constantFrom(...roleIds, 'nobody'),
  claims: cited(ids),
  counterClaims: cited(ids),
});
const claimsIn = (rule: ScenarioRule) => canonicalJson(rule.accepts).match(/[0-9]{3}[a-z]?\.[0-9]{2}/g) ?? [];
const moduleAnswer: fc.Arbitrary<AnswerKey> = fc.constantFrom(...Object.keys(module.scenarios)).chain((scenario) => {
  const claims = cited([...claimsIn(module.scenarios[scenario]!), ...Object.keys(module.denials), '003.06']);
  return fc.record({
    scenario: fc.constant(scenario),
    role: fc.constantFrom(...module.roles.map(({ id }) => id)),
    claims,
    counterClaims: claims,
  });
});
const cases: fc.Arbitrary<[RuleSet, AnswerKey]> = fc.oneof(
  fc.tuple(madeUp, madeUpAnswer),
  fc.tuple(fc.constant(module), moduleAnswer),
);
const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
const always = (holds: (ruleSet: RuleSet, answer: AnswerKey) => void) =>
  fc.assert(fc.property(cases, ([ruleSet, given]) => holds(ruleSet, given)));

describe('an answer about complaints, under the rule of the design', () => {
  it.each([
    ['the majority view', 'cm', ['001.13'], 1, 400],
    ['the majority view without a claim, for the rule only shows its evidence', 'cm', [], 1, 400],
    ['the minority view with the one claim that licenses it', 'smm', ['000.22'], 1, 400],
    ['the minority view with that claim among others', 'smm', ['001.13', '000.22', '002b.12'], 1, 400],
    ['the minority view without evidence', 'smm', [], 0.25, 100],
    ["the minority view with the other side's evidence", 'smm', ['001.13'], 0.25, 100],
    ['the view between', 'both', ['000.22'], 0.5, 200],
    ['a view that no reading supports', 'neither', ['000.22'], 0, 0],
  ])('%s: %s %j', (_title, role, claims, credit, points) => {
    expect(gradeAnswer(under(complaints), answer(role, claims))).toMatchObject({ credit, points, max: 400 });
  });

  it('names the claims that licensed the credit, and what more would have', () => {
    const line = { about: 'entry', role: 'smm', credit: 1, claims: ['000.22'] };
    const { trace } = gradeAnswer(under(complaints), answer('smm', ['000.22']));
    const licensed = { ...line, applied: true, says: 'Social media manager: full credit, licensed by 000.22.' };
    expect(trace).toEqual(expect.arrayContaining([licensed, expect.objectContaining({ says: complaints.says.smm })]));
    const missed = { applied: false, says: 'Social media manager: full credit, had you cited 000.22.' };
    expect(gradeAnswer(under(complaints), answer('smm')).trace).toContainEqual({ ...line, ...missed });
  });
});

describe('what an entry needs', () => {
  it.each([
    [{ any: ['x.1', 'x.2'] }, [], false],
    [{ any: ['x.1', 'x.2'] }, ['x.2'], true],
    [{ any: ['x.1', 'x.2'] }, ['y.1'], false],
    [{ all: ['x.1', 'x.2'] }, ['x.2'], false],
    [{ all: ['x.1', 'x.2'] }, ['x.2', 'y.1', 'x.1'], true],
    [undefined, [], true],
  ])('%j is met by citing %j: %s', (needs, claims, met) => {
    const rule = { ...complaints, accepts: [{ role: 'cm', credit: 1, needs }] };
    expect(gradeAnswer(under(rule), answer('cm', claims)).credit).toBe(met ? 1 : 0);
  });
});

describe('a verdict', () => {
  it('has a credit from 0 to 1 in hundredths, and no more points than there are', () =>
    always((ruleSet, given) => {
      const { credit, points, max } = gradeAnswer(ruleSet, given);
      expect(credit).toBe(Math.round(credit * 100) / 100);
      expect(credit >= 0 && credit <= 1 && points! >= 0 && points! <= max).toBe(true);
    }));

  it('is the same in whatever order the claims are cited, and however often', () =>
    fc.assert(
      fc.property(
        cases.chain(([ruleSet, given]) => fc.tuple(fc.constant(ruleSet), fc.constant(given), shuffled(given.claims))),
        ([ruleSet, given, claims]) => {
          const again = gradeAnswer(ruleSet, { ...given, claims: [...claims, ...claims] });
          expect(canonicalJson(again)).toBe(canonicalJson(gradeAnswer(ruleSet, given)));
        },
      ),
    ));

  it('is the same in whatever order the entries of the rule stand', () =>
    fc.assert(
      fc.property(
        fc
          .tuple(madeUp, madeUpAnswer)
          .chain(([ruleSet, given]) =>
            fc.tuple(fc.constant(ruleSet), fc.constant(given), shuffled(ruleSet.scenarios.S!.accepts)),
          ),
        ([ruleSet, given, accepts]) => {
          const scenarios = { S: { ...ruleSet.scenarios.S!, accepts } };
          expect(canonicalJson(gradeAnswer({ ...ruleSet, scenarios }, given))).toBe(
            canonicalJson(gradeAnswer(ruleSet, given)),
          );
        },
      ),
    ));

  it('is the same in whatever order two entries stand that name the same claims, one as any, one as all', () => {
    const accepts: Accept[] = [
      { role: 'cm', credit: 1, needs: { any: ['000.22', '001.13'] } },
      { role: 'cm', credit: 1, needs: { all: ['000.22', '001.13'] } },
    ];
    const trace = (entries: Accept[]) => gradeAnswer(under({ ...complaints, accepts: entries }), answer('cm')).trace;
    expect(trace(accepts.toReversed())).toEqual(trace(accepts));
  });

  it('is never worse for citing one claim more, nor other for a counter-claim', () =>
    always((ruleSet, given) => {
      const { credit } = gradeAnswer(ruleSet, given);
      expect(gradeAnswer(ruleSet, { ...given, claims: given.claims.slice(1) }).credit).toBeLessThanOrEqual(credit);
      expect(gradeAnswer(ruleSet, { ...given, counterClaims: [] }).credit).toBe(credit);
    }));

  it('explains every point: the best applied line is the credit, and the points are rounded once, half up', () =>
    always((ruleSet, given) => {
      const { credit, points, max, trace } = gradeAnswer(ruleSet, given);
      expect(Math.max(...trace.filter((line) => line.applied).map((line) => line.credit))).toBe(credit);
      expect(creditOf(ruleSet.scenarios[given.scenario]!.accepts, given.role, given.claims)).toBe(credit);
      expect(points).toBe(Math.floor((Math.round(credit * 100) * max + 50) / 100));
    }));

  it('rounds half a hundredth up: 29 % of half a point are 0.15', () => {
    const rule: ScenarioRule = { ...complaints, points: 0.5, accepts: [{ role: 'cm', credit: 0.29 }] };
    expect(gradeAnswer(under(rule), answer('cm')).points).toBe(15);
  });

  it('names each cited claim that denies the duty to the chosen role', () => {
    const { trace } = gradeAnswer(module, { ...answer('smm', ['001.05', '000.05']), scenario: 'S27' });
    const says = '001.05 speaks against this choice: it denies this duty to “Social media manager”.';
    expect(trace).toContainEqual({ about: 'denial', role: 'smm', applied: false, credit: 0, claims: ['001.05'], says });
    always((ruleSet, given) => {
      const denied = given.claims.filter((id) => ruleSet.denials[id]?.includes(given.role));
      const said = gradeAnswer(ruleSet, given).trace.filter((line) => line.says.includes('speaks against this choice'));
      expect(said.flatMap((line) => line.claims)).toEqual(denied.sort());
    });
  });
});

describe('a scenario out of the count', () => {
  it('counts for nobody when it is void, and gives everybody all points at full credit', () =>
    always((ruleSet, given) => {
      const treat = (how: 'void' | 'full-credit') =>
        gradeAnswer(
          { ...ruleSet, scenarios: { [given.scenario]: { ...ruleSet.scenarios[given.scenario]!, treat: how } } },
          given,
        );
      const { points, max } = gradeAnswer(ruleSet, given);
      expect(treat('void')).toMatchObject({ points: null, max });
      expect(treat('full-credit')).toMatchObject({ credit: 1, points: max, max });
      expect(treat('full-credit').points).toBeGreaterThanOrEqual(points!);
    }));

  it('counts for nobody when the rules do not know it', () => {
    expect(gradeAnswer(module, { ...answer('cm'), scenario: 'S99' })).toMatchObject({ points: null, max: 0 });
  });
});

describe("the module's own rules", () => {
  it.each(Object.entries(module.scenarios))('%s: every route to full credit names a claim', (_id, { accepts }) => {
    const bare = accepts.filter(({ credit, needs, shows }) => credit === 1 && !needs && !shows);
    expect(bare).toEqual([]);
  });

  it.each(Object.entries(module.scenarios))('%s: what is said before the reveal names no claim', (_id, { says }) => {
    for (const said of Object.values(says)) expect(said).not.toMatch(/[0-9]{3}[ab]?\.[0-9]{2}/);
  });
});

describe('before the reveal', () => {
  it('a student sees no claim they did not cite, no line of another role, and no credit above their own', () =>
    always((ruleSet, given) => {
      const verdict = gradeAnswer(ruleSet, given);
      const { credit, points, max, trace } = beforeReveal(verdict, given);
      expect({ credit, points, max }).toEqual({ credit: verdict.credit, points: verdict.points, max: verdict.max });
      const feedback = new Set(Object.values(ruleSet.scenarios[given.scenario]!.says));
      for (const line of trace) {
        expect(line.role).toBe(given.role);
        expect(line.credit).toBeLessThanOrEqual(credit);
        expect(given.claims).toEqual(expect.arrayContaining(line.claims));
        const mentioned = feedback.has(line.says) ? [] : (line.says.match(/\b(?:[xy]|[0-9]{3}[ab]?)\.[0-9]+/g) ?? []);
        expect(given.claims).toEqual(expect.arrayContaining(mentioned));
      }
    }));

  it('a student who could earn more with this role is told that a claim would license it, but not which', () => {
    const says = (given: AnswerKey) =>
      beforeReveal(gradeAnswer(under(complaints), given), given).trace.map((line) => line.says);
    expect(says(answer('smm'))).toContainEqual(expect.stringContaining('A claim in the readings would license more'));
    expect(says(answer('smm', ['000.22'])).join()).not.toContain('would license more');
  });
});

describe("an answer's key", () => {
  const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,12}$/);
  const key = fc.record({ scenario: id, role: id, claims: fc.array(id), counterClaims: fc.array(id) });

  it('gives the answer back, its claims sorted and each once', () =>
    fc.assert(
      fc.property(key, (given) => {
        const once = (claims: string[]) => [...new Set(claims)].sort();
        expect(parseAnswerKey(answerKey(given))).toEqual({
          ...given,
          claims: once(given.claims),
          counterClaims: once(given.counterClaims),
        });
      }),
    ));

  it.each<[string, Partial<AnswerKey>, boolean]>([
    ['the same for claims in another order, one of them twice', { claims: ['x.2', 'x.1', 'x.2'] }, true],
    ['another for one claim less', { claims: ['x.1'] }, false],
    ['another for a claim that changes sides', { claims: ['x.1'], counterClaims: ['x.2', 'y.1'] }, false],
    ['another for another role', { role: 'smm' }, false],
    ['another for another scenario', { scenario: 'S30' }, false],
  ])('is %s', (_title, change, same) => {
    const given = { ...answer('cm', ['x.1', 'x.2']), counterClaims: ['y.1'] };
    expect(answerKey({ ...given, ...change }) === answerKey(given)).toBe(same);
  });
});

describe('any strings at all', () => {
  const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '', '|', ','];

  it.each(odd)('get a verdict where the scenario, role, claim or counter-claim is %j', (text) => {
    for (const given of [
      { ...answer('cm'), scenario: text },
      answer(text),
      answer('cm', [text]),
      { ...answer('cm'), counterClaims: [text] },
    ])
      expect(gradeAnswer(module, given).credit).toBeLessThanOrEqual(1);
  });

  it('get a verdict', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...odd, ...Object.keys(module.denials)));
    const scenario = fc.oneof(text, fc.constantFrom(...Object.keys(module.scenarios)));
    const given = fc.record({ scenario, role: text, claims: fc.array(text), counterClaims: fc.array(text) });
    fc.assert(
      fc.property(given, (one) => {
        const { credit, trace } = beforeReveal(gradeAnswer(module, one), one);
        expect(credit >= 0 && credit <= 1 && Array.isArray(trace)).toBe(true);
      }),
    );
  });
});
