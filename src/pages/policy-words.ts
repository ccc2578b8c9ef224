import type { Policy } from '../grading/rule-set.ts';
import { percentWords } from './words.ts';

/** Which of several attempts counts. */
export const keeps = {
  best: 'the best one counts',
  last: 'the last one counts',
  first: 'the first one counts',
} as const;

/** What being late costs. */
export const lateWords = ({ late: { penaltyPerDay, floor } }: Pick<Policy, 'late'>): string =>
  penaltyPerDay === 0
    ? 'Late work loses nothing'
    : `Late work loses ${percentWords(penaltyPerDay)} of its points for each day begun, and keeps at least ${percentWords(floor)}`;

/** What the policy makes of the attempts at a scenario, one rule a line. */
export const attemptsWords = ({
  attempts: { max, keep, penalty },
  late,
}: Pick<Policy, 'attempts' | 'late'>): string[] => [
  max === 1 ? 'One attempt at each scenario' : `Up to ${max} attempts at each scenario; ${keeps[keep]}`,
  ...(max === 1
    ? []
    : [
        penalty === 0
          ? 'A further attempt costs nothing'
          : `Each further attempt keeps ${percentWords(penalty)} less of its points`,
      ]),
  lateWords({ late }),
];

/** All that the policy says, one rule a line. */
export const policyWords = (policy: Policy): string[] => [
  ...attemptsWords(policy),
  `The pass mark is ${percentWords(policy.passMark)}`,
];
