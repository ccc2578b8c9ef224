import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { type FormFields, formFields } from '../../../test/world/form.ts';
import { criterionKinds } from '../../grading/criteria/kinds.ts';
import type { Policy, PromptRule, Sample, ScenarioRule } from '../../grading/rule-set.ts';
import type { Fields, Visit } from '../visit.ts';
import { CriteriaForm } from './criteria-fields.tsx';
import { manyOf, promptIn, settlePrompt, typedPrompt } from './criteria-form.ts';
import { policyIn, settlePolicy, typedPolicy } from './policy-form.ts';
import { ScenarioForm } from './scenario-form.tsx';
import { scenarioInForm, settleScenario, typedScenario } from './scenario-state.ts';

const visit = { session: 'a session', byCookie: true } as Visit;
const began = { tag: '"r1"', was: '' };
const given = { visit, address: '/x', notes: new Map(), began, unsaved: false, told: null };

/** The fields as the edge gives them to a page. */
const posted = (fields: FormFields): Fields =>
  Object.fromEntries(
    [...new Set(fields.map(([name]) => name))].map((name) => {
      const values = fields.filter(([one]) => one === name).map(([, value]) => value);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );

/** Rule to form, as it is written in the page, to what a browser sends, to rule. */
const throughForm = (rule: ScenarioRule, bench: Sample[]) => {
  const typed = typedScenario({ rule, bench }, rule.topic);
  const html = String(ScenarioForm({ ...given, catalogue, typed, earns: { before: null, now: null } }));
  return settleScenario(scenarioInForm(posted(formFields(html))), 'S29');
};

const throughCriteria = (rule: PromptRule) => {
  const html = String(CriteriaForm({ ...given, typed: typedPrompt(rule) }));
  return settlePrompt(promptIn(posted(formFields(html))));
};

const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).map((one) => `a${one}b`.replace(/\s+/g, ' '));
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const points = fc.integer({ min: 1, max: 100_000 }).map((hundredths) => hundredths / 100);
const role = fc.constantFrom('smm', 'cm', 'both', 'neither');
const claim = fc.constantFrom(...Object.keys(catalogue.claims), 'no-such.1');
const claims = (most: number) => fc.uniqueArray(claim, { minLength: 1, maxLength: most });
const optional = <Name extends string, T>(name: Name, value: fc.Arbitrary<T>) =>
  fc.option(value).map((one) => (one === null ? {} : { [name]: one }) as { [K in Name]?: T });

const accept = fc
  .tuple(
    fc.record({ role, credit: share }),
    optional('needs', fc.oneof(fc.record({ any: claims(10) }), fc.record({ all: claims(3) }))),
    optional('shows', claims(5)),
  )
  .map(([one, needs, shows]) => ({ ...one, ...needs, ...shows }));
const rubric = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/), title: text, points }), {
  minLength: 1,
  maxLength: 4,
  selector: ({ id }) => id,
});
const rule = fc
  .tuple(
    fc.record({
      topic: fc.constantFrom(...Object.keys(catalogue.topics)),
      points,
      accepts: fc.array(accept, { minLength: 1, maxLength: 6 }),
      says: fc.dictionary(fc.constantFrom('smm', 'cm', 'both', 'neither', 'nobody'), text),
    }),
    optional('treat', fc.constantFrom('void' as const, 'full-credit' as const)),
    optional('signOff', text),
    optional('rubric', rubric),
  )
  .map(([one, ...rest]) => Object.assign({}, one, ...rest) as ScenarioRule);
const sample = fc.record({
  scenario: fc.constant('S29'),
  title: text,
  role,
  claims: fc.uniqueArray(claim, { maxLength: 3 }),
  credit: share,
});

const criterion = fc
  .record({
    kind: fc.constantFrom(...criterionKinds.map(({ id }) => id)),
    id: fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/),
    title: text,
    points,
    words: fc.integer({ min: 1, max: 10_000 }),
    many: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ many, ...one }) => ({ ...one, [manyOf(one.kind).name]: many }));

describe('a rule, its form and back', () => {
  it('is the same rule, whatever it says', () => {
    fc.assert(
      fc.property(rule, fc.array(sample, { maxLength: 4 }), (one, bench) => {
        expect(throughForm(one, bench)).toEqual({ rule: { ...one, says: { ...one.says } }, bench });
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for every scenario and prompt of the module', () => {
    const { scenarios, prompts, bench } = catalogue.rules.ruleSet;
    for (const [id, one] of Object.entries(scenarios)) {
      const own = bench.filter((each) => each.scenario === id).map((each) => ({ ...each, scenario: 'S29' }));
      expect(throughForm(one, own), id).toEqual({ rule: one, bench: own });
    }
    for (const [id, one] of Object.entries(prompts)) expect(throughCriteria(one), id).toEqual(one);
  });

  it('keeps the criteria of a prompt', () => {
    fc.assert(
      fc.property(
        fc.array(criterion, { minLength: 1, maxLength: 5 }),
        optional('rubric', rubric),
        (criteria, marked) => {
          const one = { criteria, ...marked } as PromptRule;
          expect(throughCriteria(one)).toEqual(one);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the policy', () => {
    const policy = fc.record({
      attempts: fc.record({
        max: fc.integer({ min: 1, max: 20 }),
        keep: fc.constantFrom('best' as const, 'last' as const, 'first' as const),
        penalty: share,
      }),
      late: fc.record({ penaltyPerDay: share, floor: share }),
      passMark: share,
    });
    fc.assert(
      fc.property(policy, (one: Policy) => {
        expect(settlePolicy(policyIn({ ...typedPolicy(one) }))).toEqual(one);
      }),
    );
  });
});

describe('what is typed and is no rule', () => {
  const good = { topic: 'complaints', points: '4', treat: '', 'e0-role': 'cm', 'e0-credit': '100', 'e0-asks': 'none' };
  it.each([
    ['no points', { points: '' }, '/rule/points'],
    ['points of three decimals', { points: '1.005' }, '/rule/points'],
    ['no points at all', { points: '0' }, '/rule/points'],
    ['half a percent', { 'e0-credit': '12.5' }, '/rule/accepts/0/credit'],
    ['more than everything', { 'e0-credit': '101' }, '/rule/accepts/0/credit'],
    ['a word for a number', { 'e0-credit': 'all' }, '/rule/accepts/0/credit'],
    ['evidence asked for and none named', { 'e0-asks': 'any' }, '/rule/accepts/0/needs'],
    ['claims ticked and none asked for', { 'e0-claims': '001.13' }, '/rule/accepts/0/needs'],
    [
      'four claims at once',
      { 'e0-asks': 'all', 'e0-claims': ['001.13', '001.14', '000.22', '003.09'] },
      '/rule/accepts/0/needs',
    ],
    ['a way to count that there is not', { treat: 'twice' }, '/rule/treat'],
    ['a rubric without a title', { 'r0-title': ' ', 'r0-points': '1' }, '/rule/rubric/0/title'],
    ['a sample that cites four', { 'new-title': 'x', 'new-claims': '1 2 3 4', 'new-credit': '0' }, '/bench/0/claims'],
    ['a sample that expects nothing', { 'new-title': 'x', 'new-credit': '' }, '/bench/0/credit'],
  ])('%s', (_what, changes, pointer) => {
    const settled = () => settleScenario(scenarioInForm({ ...good, ...changes } as Fields), 'S29');
    let errors: { pointer: string }[] = [];
    try {
      settled();
    } catch (error) {
      errors = (error as { members: { errors: { pointer: string }[] } }).members.errors;
    }
    expect(errors.map((one) => one.pointer)).toEqual([pointer]);
  });

  it('is taken where it only looks odd: a comma, spaces, no entry row with a gap', () => {
    const { rule: taken } = settleScenario(scenarioInForm({ ...good, points: ' 4,50 ', 'e2-role': 'smm' }), 'S29');
    expect(taken).toEqual({ topic: 'complaints', points: 4.5, accepts: [{ role: 'cm', credit: 1 }], says: {} });
  });
});
