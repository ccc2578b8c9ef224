import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { knownOf } from '../../catalogue/course-content.ts';
import { checkDocument } from '../../grading/check-document.ts';
import type { RuleSet, ScenarioRule } from '../../grading/rule-set.ts';
import { roleName } from '../claims.tsx';
import type { Visit } from '../visit.ts';
import { findingsByPlace } from './places.ts';
import { takeStep } from './rule-steps.ts';
import { ScenarioForm } from './scenario-form.tsx';
import { acceptsIn, notesOf, ownOf, typedScenario } from './scenario-state.ts';

const module = catalogue.rules.ruleSet;
const changed = (change: (rule: ScenarioRule, ruleSet: RuleSet) => void): RuleSet => {
  const ruleSet = structuredClone(module);
  change(ruleSet.scenarios.S29!, ruleSet);
  return ruleSet;
};
const typedOf = (doc: RuleSet) => typedScenario(ownOf('S29')(doc), 'complaints');
const notesFor = (doc: RuleSet) => notesOf(catalogue, module, 'S29', typedOf(doc), false);

type Case = [what: string, RuleSet, at: string, says: string];
const cases: Case[] = [
  [
    'an entry that never decides',
    changed(({ accepts }) => accepts.push({ role: 'cm', credit: 0.5 })),
    'e5',
    'never decides',
  ],
  [
    'a claim that there is not',
    changed(({ accepts }) => accepts.push({ role: 'cm', credit: 1, needs: { any: ['9.9'] } })),
    'e5-claims',
    'There is no claim 9.9.',
  ],
  [
    'a role that there is not',
    changed(({ accepts }) => accepts.push({ role: 'boss', credit: 0.1 })),
    'e5-role',
    'no role boss',
  ],
  [
    'one role on a contested topic',
    changed((rule) => {
      rule.accepts = rule.accepts.filter(({ role }) => role === 'cm');
    }),
    'signOff',
    'contest this topic',
  ],
  [
    'full credit without evidence',
    changed((rule) => {
      rule.accepts = [{ role: 'cm', credit: 1 }];
    }),
    'entries',
    '“Community manager” can earn full credit but no claim is named',
  ],
  [
    'nothing said to a role',
    changed(({ says }) => {
      delete says.both;
    }),
    'says',
    'Nothing is said to who chooses “Both, shared”.',
  ],
  [
    'words for a role that there is not',
    changed(({ says }) => {
      says.boss = 'Hm.';
    }),
    'says-boss',
    'no role boss',
  ],
  [
    'what no sample notices',
    changed(({ accepts }) => {
      accepts[2]!.needs = { any: ['000.22', '003.09'] };
    }),
    'e2',
    'No sample answer notices when 003.09 is left out of its needs; add one with role “Social media manager” and 003.09.',
  ],
  [
    'a sample that comes out otherwise',
    changed(({ accepts }) => {
      accepts[4]!.credit = 0.6;
    }),
    's10',
    '“shared” should earn 50% and earns 60%',
  ],
  [
    'points that are none',
    changed((rule) => {
      rule.points = -1;
    }),
    'points',
    'Give points',
  ],
];

describe('what the check says of a scenario', () => {
  it.each(cases)('%s stands at its field', (_what, doc, at, says) => {
    const notes = notesFor(doc);
    expect((notes.get(at) ?? []).map((note) => note.says).join('\n')).toContain(says);
    const began = { tag: '', was: '' };
    const given = { visit: { session: '' } as Visit, address: '/x', began, unsaved: false, told: null };
    const earns = { before: null, now: null };
    const html = String(ScenarioForm({ ...given, catalogue, typed: typedOf(doc), notes, earns }));
    for (const place of notes.keys()) {
      expect(html.split(`id="${place}"`), `one ${place} in the form`).toHaveLength(2);
      if (place !== '') expect(html).toMatch(new RegExp(`aria-describedby="${place}-notes|<h2 id="${place}"`));
    }
  });

  it.each(cases)('%s is found from the whole draft, at the same field', (_what, doc, at) => {
    const { ruleSet, findings } = checkDocument(doc, knownOf(catalogue));
    const found = findingsByPlace({ catalogue, rules: ruleSet ?? {}, doc }, findings);
    expect(found.map(({ page, title }) => [...page, title])).toEqual([['scenarios', 'S29', 'The broken chair']]);
    expect(found[0]!.notes.some(({ says }) => /\b(smm|cm)\b/.test(says))).toBe(false);
    if (found[0]!.notes.length === 1) expect(found[0]!.field).toBe(at);
  });

  it('puts what stops a publication first', () => {
    const doc = changed(({ says }, { scenarios }) => {
      delete says.both;
      scenarios.S30!.points = 4;
      scenarios.S30!.accepts.push({ role: 'boss', credit: 0.1 });
    });
    const found = findingsByPlace({ catalogue, rules: doc, doc }, checkDocument(doc, knownOf(catalogue)).findings);
    expect(found.map(({ title, errors }) => [title, errors > 0])).toEqual([
      ['News at breakfast', true],
      ['The broken chair', false],
    ]);
  });
});

describe('a button that changes what is typed', () => {
  const typed = typedOf(module);
  const about = {
    roleOf: (claim: string) => catalogue.claims[claim]?.role ?? null,
    firstRole: 'smm',
    roleName: (role: string) => roleName(catalogue, role),
    accepts: acceptsIn(typed),
  };
  it.each([
    ['use 003.09', [5, 5, 0, 1, 0, 0]],
    ['use 000.23', [5, 5, 0, 2, 0, 0]],
    ['use 000.12', [6, 5, 0, 1, 0, 0, 1]],
    ['remove-entry 0', [4, 0, 1, 0, 0]],
    ['remove-entry 99', [5, 5, 0, 1, 0, 0]],
    ['add-entry', [6, 5, 0, 1, 0, 0, 0]],
    ['add-claim 2', [5, 5, 0, 1, 0, 0]],
    ['nonsense', [5, 5, 0, 1, 0, 0]],
  ])('%s', (step, [entries, ...claims]) => {
    const { rule } = takeStep(typed, step, about);
    expect(rule.entries).toHaveLength(entries!);
    expect(rule.entries.map((entry) => entry.claims.length)).toEqual(claims);
  });
});
