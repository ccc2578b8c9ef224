import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import type { RuleSet } from '../grading/rule-set.ts';
import { canonicalJson } from '../grading/rule-set.ts';
import { applyGift } from './apply-gift.ts';
import { listQuestions } from './questions.ts';
import { readGift } from './read-gift.ts';
import { writeGift } from './write-gift.ts';

const rules: RuleSet = catalogue.rules.ruleSet;
const exported = (ruleSet: RuleSet) => writeGift(listQuestions(ruleSet, catalogue));
const apply = (gift: string, ruleSet = rules) => applyGift(ruleSet, readGift(gift).questions, catalogue);
const roles = rules.roles.map(({ id }) => id);

const evidence = fc.constantFrom(undefined, { any: ['000.22', '001.13'] }, { all: ['000.22'] });
const anyRule = fc
  .record({
    points: fc.integer({ min: 1, max: 1000 }).map((value) => value / 100),
    accepts: fc.array(
      fc
        .record({
          role: fc.constantFrom(...roles, 'nobody'),
          credit: fc.nat(100).map((value) => value / 100),
          needs: evidence,
          shows: fc.constantFrom(undefined, ['003.09']),
        })
        .map((entry) => JSON.parse(JSON.stringify(entry))),
      { minLength: 1, maxLength: 8 },
    ),
    says: fc.dictionary(fc.constantFrom(...roles, 'nobody'), fc.string({ unit: 'binary' })),
    treat: fc.constantFrom(undefined, 'void' as const, 'full-credit' as const),
    signOff: fc.constantFrom(undefined, 'because'),
  })
  .map((rule) => JSON.parse(JSON.stringify({ topic: 'complaints', ...rule })));
const anyText = fc.string({ unit: 'binary', minLength: 1 });
const anyRules: fc.Arbitrary<RuleSet> = fc
  .record({
    labels: fc.array(anyText, { minLength: roles.length, maxLength: roles.length }),
    modules: fc.dictionary(fc.constantFrom('S01', 'S29', 'S42'), anyRule, { minKeys: 1 }),
    own: fc.dictionary(
      fc.stringMatching(/^own-[a-z.-]{0,9}$/),
      fc.record({ title: anyText, text: anyText, rule: anyRule }),
    ),
  })
  .map(({ labels, modules, own }) => ({
    ...rules,
    roles: rules.roles.map((role, index) => ({ ...role, label: labels[index]! })),
    scenarios: { ...modules, ...Object.fromEntries(Object.entries(own).map(([id, { rule }]) => [id, rule])) },
    custom: {
      scenarios: Object.fromEntries(
        Object.entries(own).map(([id, { title, text }]) => [id, { unit: '4', topic: 'complaints', title, text }]),
      ),
      prompts: {},
    },
  }));

describe('an export that is imported again', () => {
  it("changes nothing in the module's rules", () => {
    const { ruleSet, changes, losses, faults } = apply(exported(rules));
    expect(canonicalJson(ruleSet)).toBe(canonicalJson(rules));
    expect(changes.map(({ kind }) => kind)).toEqual(Object.keys(rules.scenarios).map(() => 'same'));
    expect([...losses, ...faults]).toEqual([]);
  });

  it('changes nothing in any rules, with own scenarios, odd labels and feedback of any characters', () =>
    fc.assert(
      fc.property(anyRules, (ruleSet) => {
        const { changes, losses, faults, ...after } = apply(exported(ruleSet), ruleSet);
        expect(faults).toEqual([]);
        expect(losses).toEqual([]);
        expect(changes.every(({ kind }) => kind === 'same')).toBe(true);
        expect(canonicalJson(after.ruleSet)).toBe(canonicalJson(ruleSet));
      }),
    ));
});

describe('a question with a known id', () => {
  const s29 = (...choices: string[]) => `// [id:S29]\n::The broken chair::${catalogue.scenarios.S29!.text}{${choices}}`;
  const edited = (change: (line: string) => string) => {
    const file = exported({ ...rules, scenarios: { S29: rules.scenarios.S29! } });
    return apply(file.split('\n').map(change).join('\n'));
  };
  const rule = rules.scenarios.S29!;

  it('keeps the evidence when a credit changes, and what is earned without it as far as it is less', () => {
    const { ruleSet, changes } = edited((line) => line.replace('~%100%Community', '~%60%Community'));
    expect(ruleSet.scenarios.S29!.accepts).toEqual([
      { ...rule.accepts[0], credit: 0.6 },
      { ...rule.accepts[1], credit: 0.6 },
      ...rule.accepts.slice(2),
    ]);
    expect(changes).toMatchObject([{ id: 'S29', kind: 'changed', line: 2, scenario: { id: 'S29', unit: '4' } }]);
    expect(rules.scenarios.S29).toBe(rule);
  });

  it.each([
    ['a role that earned nothing', 'Neither', '~%25%', [...rule.accepts, { role: 'neither', credit: 0.25 }]],
    ['a role that earns no more', 'Social', '~', rule.accepts.filter(({ role }) => role !== 'smm')],
  ])('takes %s', (_title, label, sign, accepts) => {
    const { ruleSet } = edited((line) => (line.includes(label) ? line.replace(/[~=](%\d+%)?/, sign) : line));
    expect(ruleSet.scenarios.S29!.accepts).toEqual(accepts);
  });

  it('changes and removes feedback', () => {
    const { ruleSet } = edited((line) => line.replace(/(\tCommunity manager|%Community manager)#.*/, '$1#New.'));
    expect(ruleSet.scenarios.S29).toEqual({ ...rule, says: { ...rule.says, cm: 'New.' } });
    const { both: _, ...others } = rule.says;
    expect(edited((line) => line.replace(/(Both, shared)#.*/, '$1')).ruleSet.scenarios.S29!.says).toEqual(others);
  });

  it("does not change the module's text, and says so", () => {
    const { ruleSet, changes, losses } = edited((line) => line.replace('The broken chair', 'The broken table'));
    expect(canonicalJson(ruleSet.scenarios.S29)).toBe(canonicalJson(rule));
    expect(changes).toMatchObject([{ kind: 'same', scenario: { title: 'The broken chair' } }]);
    expect(losses).toMatchObject([{ code: 'module-text', pointer: '/scenarios/S29', line: 2 }]);
  });

  it.each([
    ['a role left out', ['=cm', '~smm', '~both'], 'role-not-offered'],
    ['a negative weight', ['=cm', '~%-50%smm', '~both', '~neither'], 'negative-weight'],
    ['a third', ['=cm', '~%33.33333%smm', '~both', '~neither'], 'weight-rounded'],
    ['feedback to all', ['=cm', '~smm', '~both', '~neither####all'], 'general-feedback'],
    ['markup', ['=cm', '~smm#[html]<b>no</b>', '~both', '~neither'], 'markup'],
  ])('says what is lost of %s', (_title, choices, code) => {
    const { losses, faults } = apply(s29(choices.join(' ')));
    expect(faults).toEqual([]);
    expect(losses.map((loss) => loss.code)).toEqual([code]);
  });

  it.each([
    ['a choice that is no role', ['=cm', '~smm', '~the owner'], /among “Social media manager”, “Community/],
    ['a role chosen twice', ['=cm', '~smm', '~Community Manager'], /already/],
    ['nothing to earn', ['~cm', '~smm', '~both', '~neither'], /earns anything/],
  ])('is refused with %s', (_title, choices, detail) => {
    expect(apply(s29(choices.join(' '))).faults).toEqual([{ line: 2, detail: expect.stringMatching(detail) }]);
  });

  it('is refused when it is in the file twice', () => {
    const twice = `${s29('=cm ~smm ~both ~neither')}\n\n${s29('=cm ~smm ~both ~neither')}`;
    expect(apply(twice).faults).toEqual([{ line: 5, detail: 'S29 is in the file twice' }]);
  });
});

describe('a question without an id, or with one of another course', () => {
  const choices = '{=cm#Yes. ~smm ~both ~neither}';

  it('is a new scenario of your own, worth what the others are, with evidence still to be named', () => {
    const { ruleSet, changes, losses } = apply(
      `// [tag:unit 4] [tag:topic complaints]\n::T::Who?${choices}\n\n// [id:X.1] [tag:unit 5] [tag:topic campaigns]\nWhose?${choices}`,
    );
    expect(ruleSet.custom).toEqual({
      scenarios: {
        'own-1': { unit: '4', topic: 'complaints', title: 'T', text: 'Who?' },
        'X.1': { unit: '5', topic: 'campaigns', title: 'Whose?', text: 'Whose?' },
      },
      prompts: {},
    });
    expect(ruleSet.scenarios['own-1']).toEqual({
      topic: 'complaints',
      points: 4,
      accepts: [{ role: 'cm', credit: 1 }],
      says: { cm: 'Yes.' },
    });
    expect(changes.map(({ id, kind }) => [id, kind])).toEqual([
      [null, 'new'],
      ['X.1', 'new'],
    ]);
    expect(losses.map(({ code }) => code)).toEqual(['points', 'points']);
    const again = apply(exported(ruleSet), ruleSet);
    expect(again.changes.every(({ kind }) => kind === 'same')).toBe(true);
  });

  it('changes text, unit and topic of your own scenario', () => {
    const first = apply(`// [tag:unit 4] [tag:topic complaints]\n::T::Who?${choices}`).ruleSet;
    const { ruleSet, changes } = apply(`// [id:own-1] [tag:topic campaigns]\n::T2::Who now?${choices}`, first);
    expect(ruleSet.custom!.scenarios['own-1']).toEqual({
      unit: '4',
      topic: 'campaigns',
      title: 'T2',
      text: 'Who now?',
    });
    expect(ruleSet.scenarios['own-1']!.topic).toBe('campaigns');
    expect(changes).toMatchObject([{ kind: 'changed' }]);
  });

  it.each([
    ['no unit and topic', '', [/which unit/, /which topic/]],
    ['an unknown unit', '[tag:unit 99] [tag:topic complaints]', [/there is no unit 99;/]],
    ['an unknown topic', '[tag:unit 4] [tag:topic constructor]', [/there is no topic constructor;/]],
    ['an id that could not be one', '[id:a b] [tag:unit 4] [tag:topic complaints]', [/an id is/]],
  ])('is refused with %s', (_title, tags, details) => {
    expect(apply(`// ${tags}\nWho?${choices}`).faults).toEqual(
      details.map((detail) => ({ line: 2, detail: expect.stringMatching(detail) })),
    );
  });
});
