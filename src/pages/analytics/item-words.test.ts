import { describe, expect, it } from 'vitest';
import { shareBody } from '../../analytics/figures.ts';
import { difficultyWords, itemFindings, itemsWords, scatterWords, type TitledItem } from './item-words.ts';

type Given = {
  n?: number;
  r?: number;
  high?: number;
  right?: number;
  licensed?: number;
  mean?: number;
  counts?: boolean;
};

/** An item as the API gives it, by what matters of it. */
const item = (
  scenario: string,
  { n = 30, r, high = 0.9, right = 20, licensed = 18, mean = 0.6, counts = true }: Given = {},
): TitledItem => ({
  scenario,
  title: `About ${scenario}`,
  counts,
  n,
  suppressed: false,
  mixedRules: false,
  credit: { mean: n === 0 ? null : mean, low: null, high: null },
  fullCredit: shareBody(0, n, true),
  rightRole: shareBody(Math.min(right, n), n, true),
  licensed: shareBody(Math.min(licensed, n), n, true),
  discrimination: { n, r: r ?? null, low: r === undefined ? null : -0.9, high: r === undefined ? null : high },
  attempts: { mean: 1 },
});
const kept: TitledItem = {
  ...item('S9'),
  n: null,
  suppressed: true,
  credit: { mean: null, low: null, high: null },
  ...{ fullCredit: shareBody(1, 3, false), rightRole: shareBody(1, 3, false), licensed: shareBody(1, 3, false) },
  discrimination: { n: null, r: null, low: null, high: null },
};

describe('what a teacher reads of a scenario', () => {
  it.each<[string, TitledItem, string | null]>([
    [
      'those who know more do worse',
      item('S1', { r: -0.5, high: -0.1 }),
      'Students who do well elsewhere do worse on “About S1” than the others: look at its rule first.',
    ],
    [
      'it tells nobody apart',
      item('S1', { r: 0.05, high: 0.29 }),
      'Students who do well elsewhere miss “About S1” as often as the others: look at its rule.',
    ],
    [
      'it tells nobody apart, by few answers',
      item('S1', { r: 0.05, high: 0.5 }),
      'Students who do well elsewhere miss “About S1” as often as the others: look at its rule. With so few answers it may be chance.',
    ],
    [
      'few choose a right role',
      item('S1', { right: 4 }),
      'Only 4 of 30 students chose a role that can earn everything on “About S1”: see whether the case says enough, and whether its rule is too narrow.',
    ],
    [
      'few cite what licenses',
      item('S1', { right: 28, licensed: 3 }),
      'Most chose the right role on “About S1”, but only 10% cited a claim that its rule takes: is there one that the rule leaves out?',
    ],
    ['nothing is odd', item('S1', { r: 0.4 }), null],
    ['it is void, so no role is right', item('S1', { right: 0, counts: false }), null],
    ['four answered', item('S1', { n: 4, right: 0 }), null],
    ['nobody answered', item('S1', { n: 0 }), null],
    ['it is kept back', kept, null],
  ])('where %s', (_what, one, says) => expect(itemFindings([one])[0]?.says ?? null).toBe(says));

  it('has the most pressing first', () => {
    const findings = itemFindings([
      item('S1', { r: 0 }),
      item('S2', { right: 1 }),
      item('S3', { r: -0.6, high: -0.2 }),
    ]);
    expect(findings.map(({ scenario }) => scenario)).toEqual(['S3', 'S2', 'S1']);
  });
});

it.each<[TitledItem[], string]>([
  [[item('S1', { n: 0 })], 'Nobody has answered a scenario yet.'],
  [[item('S1', { r: 0, high: 0.2 }), item('S2', { r: 0.1 }), item('S3', { right: 1 })], 'Only 1 of 30 students chose'],
  [[item('S1', { r: 0, high: 0.2 }), item('S3', { r: 0 })], 'One more is worth a look.'],
  [[item('S1', { r: 0.4 })], 'No scenario stands out: those who do well elsewhere do better on each of them.'],
  [[item('S1')], 'No scenario stands out so far. How well they tell students apart can be said from ten students on.'],
])('the overview says of %# what stands out', (items, says) => expect(itemsWords(items)).toContain(says));

it.each<[TitledItem[], string]>([
  [[item('S1')], 'From ten students on who answered a scenario and others too'],
  [[item('S1', { r: 0.4 })], 'On the one scenario here, students who do well elsewhere do better.'],
  [
    [item('S1', { r: 0 }), item('S2', { r: 0.5 })],
    'One scenario does not tell those who do well elsewhere from the others: “About S1” (S1).',
  ],
  [
    [0.01, 0.02, 0.03, 0.04, -1].map((r, at) => item(`S${at}`, { r })),
    '5 scenarios do not tell those who do well elsewhere from the others: “About S4” (S4), “About S0” (S0), “About S1” (S1) and 2 more.',
  ],
])('the picture of %# begins with what it shows', (items, says) => expect(scatterWords(items)).toContain(says));

it.each<[TitledItem[], string]>([
  [[item('S1', { n: 0 })], 'Nobody has answered one of these yet.'],
  [[item('S1', { n: 3 })], 'Fewer than five students have answered each of these: too few to compare them.'],
  [[kept], 'Fewer than five students answered each of these, so what they earned is kept back.'],
  [[item('S1')], 'So far only “About S1” (60% of the credit) was answered by five students and more.'],
  [
    [item('S1'), item('S2', { mean: 0.2 }), item('S3', { mean: 0.9 }), item('S4', { mean: 0.01, n: 2 })],
    'Hardest on the first attempt was “About S2” (20% of the credit), easiest “About S3” (90% of the credit).',
  ],
])('a unit of %# begins with its hardest and easiest', (items, says) => expect(difficultyWords(items)).toBe(says));
