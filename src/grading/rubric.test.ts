import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { type Rubric, readMarks, rubricMax, rubricSchema, sumOfMarks } from './rubric.ts';
import { hashRuleSet, ruleSetSchema } from './rule-set.ts';

const rubric: Rubric = [
  { id: 'argument', title: 'Argues from the readings', points: 2 },
  { id: 'style', title: 'Reads well', points: 0.5 },
];

describe('a rubric', () => {
  it.each<[string, unknown]>([
    ['no criterion', []],
    ['two criteria of one id', [rubric[0], rubric[0]]],
    ['points of nothing', [{ ...rubric[0], points: 0 }]],
    ['points below nothing', [{ ...rubric[0], points: -1 }]],
    ['points between two hundredths', [{ ...rubric[0], points: 0.005 }]],
    ['an id with a space', [{ ...rubric[0], id: 'the argument' }]],
    ['no title', [{ ...rubric[0], title: '' }]],
    ['a key that means nothing', [{ ...rubric[0], weight: 2 }]],
  ])('is refused with %s', (_title, value) => {
    expect(rubricSchema().safeParse(rubric).success).toBe(true);
    expect(rubricSchema().safeParse(value).success).toBe(false);
  });

  it('adds its points to the maximum; a rule without one adds none', () => {
    expect(rubricMax({ rubric })).toBe(250);
    expect([rubricMax({}), rubricMax(undefined)]).toEqual([0, 0]);
  });

  it('leaves the name of a rule set without one as it was, and changes that of one with', async () => {
    const { hash, ruleSet } = catalogue.rules;
    expect(await hashRuleSet(ruleSetSchema().parse(ruleSet))).toBe(hash);
    const scenarios = { ...ruleSet.scenarios, S29: { ...ruleSet.scenarios.S29!, rubric } };
    const marked = ruleSetSchema().parse({ ...ruleSet, scenarios });
    expect(marked.scenarios.S29!.rubric).toEqual(rubric);
    expect(await hashRuleSet(marked)).not.toBe(hash);
  });
});

describe('marks', () => {
  it.each<[Record<string, number>, Record<string, number>, number]>([
    [{ argument: 1.5, style: 0.5 }, { argument: 150, style: 50 }, 200],
    [{ argument: 0 }, { argument: 0 }, 0],
    [{ style: 0.29, argument: 1.1 }, { argument: 110, style: 29 }, 139],
    [{}, {}, 0],
  ])('%j are %j in hundredths, together %d', (points, marks, sum) => {
    expect(readMarks(rubric, points)).toEqual({ marks });
    expect(sumOfMarks(marks)).toBe(sum);
  });

  it.each<[Record<string, number>, string[]]>([
    [{ argument: 2.01 }, ['argument']],
    [{ argument: -0.01 }, ['argument']],
    [{ argument: Number.NaN }, ['argument']],
    [{ spelling: 1, style: 1, argument: 1 }, ['spelling', 'style']],
    [{ constructor: 1 } as never, ['constructor']],
  ])('%j are refused for %j, all at once', (points, criteria) => {
    const read = readMarks(rubric, points);
    expect('faults' in read && read.faults.map(({ criterion }) => criterion)).toEqual(criteria);
  });
});
