import { expect, it } from 'vitest';
import type { RuleSet, ScenarioRule } from '../grading/rule-set.ts';
import { keyRoles, licensingClaims } from './key.ts';

const rules = (rule: Partial<ScenarioRule>) =>
  ({ roles: [{ id: 'smm' }, { id: 'cm' }], scenarios: { S1: { accepts: [], ...rule } } }) as unknown as RuleSet;
const accepts = [
  { role: 'cm', credit: 1, needs: { any: ['001.13', '000.02'] } },
  { role: 'cm', credit: 0.75, shows: ['001.13'] },
  { role: 'smm', credit: 1, needs: { all: ['000.22'] } },
];

it.each<[string, Partial<ScenarioRule>, string[]]>([
  ['one role', { accepts: accepts.slice(0, 2) }, ['cm']],
  ['several roles in the order of the module', { accepts }, ['smm', 'cm']],
  ['no role where none earns everything', { accepts: accepts.slice(1, 2) }, []],
  ['no role where it counts for nobody', { accepts, treat: 'void' }, []],
  ['all roles where everybody gets the points', { accepts: accepts.slice(0, 1), treat: 'full-credit' }, ['smm', 'cm']],
])('the key is %s', (_, rule, key) => expect(keyRoles(rules(rule), 'S1')).toEqual(key));

it('what licenses is every claim that an entry names, once', () => {
  expect(licensingClaims(rules({ accepts }), 'S1').sort()).toEqual(['000.02', '000.22', '001.13']);
  expect([keyRoles(rules({}), 'S2'), licensingClaims(rules({}), 'S2')]).toEqual([[], []]);
});
