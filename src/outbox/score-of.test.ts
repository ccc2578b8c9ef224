import { describe, expect, it } from 'vitest';
import type { Activity } from '../grades/gradebook.ts';
import { type CoveredGrade, type ScoreNow, scoreOf } from './score-of.ts';

const scenario = (id: string, max: number): Activity => ({ kind: 'scenario', id, max, autoMax: max });
const grade = (activity: string, auto: number | null, more: Partial<CoveredGrade> = {}): CoveredGrade => ({
  kind: 'scenario',
  activity,
  auto,
  override: null,
  rubric: null,
  max: 400,
  eventId: 'e',
  attempts: 1,
  submittedAt: 1000,
  ...more,
});
const activities: Activity[] = [
  scenario('a', 400),
  scenario('b', 400),
  { kind: 'prompt', id: 'p', max: 500, autoMax: 500 },
];
const unit = ['scenario:a', 'scenario:b', 'prompt:p'];

describe('a score', () => {
  it.each<[string, string[], CoveredGrade[], Partial<ScoreNow>]>([
    ['of one scenario', ['scenario:a'], [grade('a', 300)], { points: 300, max: 400, activityProgress: 'Submitted' }],
    ['is complete with all points', ['scenario:a'], [grade('a', 400)], { points: 400, activityProgress: 'Completed' }],
    [
      'is complete when the attempts are used up',
      ['scenario:a'],
      [grade('a', 100, { attempts: 3 })],
      { points: 100, activityProgress: 'Completed' },
    ],
    ['0 is a score', ['scenario:a'], [grade('a', 0)], { points: 0, max: 400, activityProgress: 'Submitted' }],
    [
      'nothing graded is none, and not 0',
      ['scenario:a'],
      [],
      { points: null, activityProgress: 'Initialized', submittedAt: null },
    ],
    [
      'handed in, and void',
      ['scenario:a'],
      [grade('a', null)],
      { points: null, activityProgress: 'Submitted', submittedAt: 1000 },
    ],
    ['an override wins', ['scenario:a'], [grade('a', 300, { override: 100 })], { points: 100 }],
    [
      'what is marked by hand counts, and so does its maximum',
      ['scenario:r'],
      [grade('r', 300, { rubric: 100 })],
      { points: 400, max: 600 },
    ],
    [
      'of a unit is the sum, of all that can be earned in it',
      unit,
      [grade('a', 300), grade('b', 0, { submittedAt: 5000 })],
      { points: 300, max: 1300, activityProgress: 'InProgress', submittedAt: 5000 },
    ],
    [
      'of a unit is complete when all of it is',
      unit,
      [grade('a', 400), grade('b', 0, { attempts: 3 }), grade('p', 500, { kind: 'prompt', max: 500 })],
      { points: 900, activityProgress: 'Completed' },
    ],
    ['by the rules that a grade stands on', ['scenario:a'], [grade('a', 300, { max: 800 })], { points: 300, max: 800 }],
    ['nothing of what it does not cover', ['scenario:a'], [grade('b', 400)], { points: null, max: 400 }],
    ['nothing of what the rules do not have', ['scenario:gone'], [grade('gone', 400)], { points: null, max: 0 }],
  ])('%s', (_, covers, grades, expected) => {
    const rubric = { ...scenario('r', 600), autoMax: 400 };
    expect(scoreOf(covers, [...activities, rubric], grades, 3)).toMatchObject(expected);
  });
});
