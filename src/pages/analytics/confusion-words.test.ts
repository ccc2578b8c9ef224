import { expect, it } from 'vitest';
import { matrixBody } from '../../analytics/confusion.ts';
import { shareBody } from '../../analytics/figures.ts';
import { keyWords, matrixWords, relationCounts, scenariosWords, sourcesWords } from './confusion-words.ts';

const names: Record<string, string> = { smm: 'Social', cm: 'Community', both: 'Both' };
const named = (id: string) => names[id]!;
const roles = ['smm', 'cm', 'both'];

const scenario = (title: string, key: string[], counts: number[], suppressed = false) => {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const said = roles.map((role, at) => ({ role, ...shareBody(counts[at]!, n, !suppressed) }));
  return { scenario: title, title, key, n: suppressed ? null : n, suppressed, said };
};
type Scenarios = ReturnType<typeof scenario>[];

it.each([
  [[], 'Counts for nobody'],
  [['cm'], 'Community'],
  [['smm', 'cm'], 'Social or Community'],
])('the key %j is %s', (key, says) => expect(keyWords(key, named)).toBe(says));

it.each<[string, Scenarios, string]>([
  ['nobody', [scenario('A', ['cm'], [0, 0, 0])], 'Nobody has answered a scenario yet.'],
  [
    'a small group',
    [scenario('A', ['cm'], [1, 2, 0], true)],
    'So few answered each scenario, or gave the same answer to it, that who said what is kept back.',
  ],
  [
    'all right',
    [scenario('A', ['cm'], [0, 9, 0])],
    'On their first attempts all chose a role that can earn everything.',
  ],
  [
    'two keys',
    [scenario('A', ['cm'], [3, 9, 0]), scenario('B', ['cm'], [4, 1, 2]), scenario('C', ['smm'], [9, 1, 0])],
    'The most frequent mix-up: 7 of 19 first answers say “Social” where the key is “Community”.',
  ],
  ['a void scenario', [scenario('A', [], [3, 9, 0])], 'On their first attempts all chose a role'],
])('the matrix of %s', (_what, scenarios, says) => {
  const kept = scenarios.filter(({ suppressed }) => suppressed).length;
  expect(matrixWords(matrixBody(scenarios, roles), kept, named)).toContain(says);
});

it.each<[string, Scenarios, string]>([
  ['nobody', [scenario('A', ['cm'], [0, 0, 0])], 'Nobody has answered one of these yet.'],
  ['two people', [scenario('A', ['cm'], [2, 0, 0])], 'Fewer than five students have answered each of these'],
  ['a small group', [scenario('A', ['cm'], [2, 0, 0], true)], 'so it is kept back'],
  ['all right', [scenario('A', ['cm'], [0, 9, 0])], 'All chose roles that can earn everything here.'],
  [
    'many',
    [scenario('A', ['cm'], [3, 7, 0]), scenario('B', ['cm'], [4, 2, 4]), scenario('C', ['cm'], [2, 0, 0])],
    'Read otherwise most often is “B”: 40% say “Social”, which cannot earn everything there.',
  ],
])('the scenarios of %s', (_what, scenarios, says) => expect(scenariosWords(scenarios, named)).toContain(says));

type Source = Parameters<typeof sourcesWords>[0][number];
const source = (name: string, relation: 'agrees' | 'differs' | 'denies', count: number, agrees = 0): Source => ({
  ...{ source: name, name, answers: count + agrees, people: count, suppressed: false, said: [] },
  citations: [
    { claimRole: 'cm', denies: false, said: 'cm', relation: 'agrees', count: agrees },
    { claimRole: 'cm', denies: false, said: 'smm', relation, count },
  ],
});

it.each<[string, Source[], string]>([
  ['nobody', [source('A', 'agrees', 0)], 'Nobody has cited a reading yet.'],
  ['few', [source('A', 'differs', 4)], 'No reading is cited five times and more for a role that it gives to another.'],
  [
    'many',
    [source('A', 'differs', 4, 6), source('B', 'denies', 3, 2)],
    'Cited against what it says most often is B: in 3 of 5 citations the passage speaks of another role, or denies it.',
  ],
  ['a small group', [{ ...source('A', 'agrees', 3), answers: null, suppressed: true, citations: null }], 'kept back'],
])('the readings of %s', (_what, sources, says) => expect(sourcesWords(sources)).toContain(says));

it('counts citations by what they say', () =>
  expect(relationCounts(source('A', 'denies', 3, 2))).toEqual({
    agrees: 2,
    partly: 0,
    differs: 0,
    denies: 3,
    silent: 0,
  }));
