import { expect, it } from 'vitest';
import type { Policy } from '../grading/rule-set.ts';
import { policyWords } from './policy-words.ts';

it.each<[Policy, string[]]>([
  [
    { attempts: { max: 3, keep: 'best', penalty: 0.1 }, late: { penaltyPerDay: 0.125, floor: 0.5 }, passMark: 0.6 },
    [
      'Up to 3 attempts at each scenario; the best one counts',
      'Each further attempt keeps 10% less of its points',
      'Late work loses 12.5% of its points for each day begun, and keeps at least 50%',
      'The pass mark is 60%',
    ],
  ],
  [
    { attempts: { max: 2, keep: 'last', penalty: 0 }, late: { penaltyPerDay: 0, floor: 0 }, passMark: 0.5 },
    [
      'Up to 2 attempts at each scenario; the last one counts',
      'A further attempt costs nothing',
      'Late work loses nothing',
      'The pass mark is 50%',
    ],
  ],
  [
    { attempts: { max: 1, keep: 'first', penalty: 0.1 }, late: { penaltyPerDay: 0, floor: 0 }, passMark: 0.5 },
    ['One attempt at each scenario', 'Late work loses nothing', 'The pass mark is 50%'],
  ],
])('a policy is told line by line (%#)', (policy, says) => expect(policyWords(policy)).toEqual(says));
