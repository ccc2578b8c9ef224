import { kindOf } from '../../grading/criteria/kinds.ts';
import type { Accept, Policy, PromptRule, ScenarioRule } from '../../grading/rule-set.ts';
import { counted } from '../words.ts';

/** What a role is called. */
export type RoleName = (role: string) => string;

/** A share as percent, as people say it. */
export const percentWords = (share: number): string => `${Number((share * 100).toFixed(2))}\u00a0%`;

export const creditWords = (credit: number): string =>
  credit === 1 ? 'full credit' : credit === 0 ? 'no credit' : percentWords(credit);

/** The evidence that an entry asks for. */
const needsWords = (needs: Accept['needs']): string => {
  if (!needs) return 'without evidence';
  const ids = 'any' in needs ? needs.any : needs.all;
  if (ids.length === 1) return `with ${ids[0]}`;
  return `with ${'any' in needs ? 'any' : 'all'} of ${ids.join(', ')}`;
};

/** An entry of a rule: who earns what, given which evidence. */
export const entryWords = ({ role, credit, needs, shows = [] }: Accept, roleName: RoleName): string =>
  `${roleName(role)}, ${needsWords(needs)}: ${creditWords(credit)}${shows.length > 0 ? ` (also shown: ${shows.join(', ')})` : ''}`;

/** How a scenario counts, whatever its entries say. */
export const treatWords = (treat: ScenarioRule['treat']): string =>
  treat === 'void'
    ? 'It counts for nobody'
    : treat === 'full-credit'
      ? 'Everybody who answers gets all points'
      : 'It is graded by its entries';

export const rubricWords = (rubric: ScenarioRule['rubric']): string[] =>
  (rubric ?? []).map(({ title, points }) => `${title}: up to ${counted(points, 'point')}, marked by hand`);

/** A prompt's criteria, one a line. */
export const criteriaWords = ({ criteria, rubric }: PromptRule): string[] => [
  ...criteria.map((criterion) => {
    const { target, needs } = kindOf(criterion);
    return `${criterion.title}: ${counted(criterion.points, 'point')}. ${needs(criterion, target(criterion))}`;
  }),
  ...rubricWords(rubric),
];

const keeps = { best: 'the best one counts', last: 'the last one counts', first: 'the first one counts' } as const;

/** What the policy says, one rule a line. */
export const policyWords = ({
  attempts: { max, keep, penalty },
  late: { penaltyPerDay, floor },
  passMark,
}: Policy): string[] => [
  max === 1 ? 'One attempt at each scenario' : `Up to ${max} attempts at each scenario; ${keeps[keep]}`,
  ...(max === 1
    ? []
    : [
        penalty === 0
          ? 'A further attempt costs nothing'
          : `Each further attempt keeps ${percentWords(penalty)} less of its points`,
      ]),
  penaltyPerDay === 0
    ? 'Late work loses nothing'
    : `Late work loses ${percentWords(penaltyPerDay)} of its points for each day begun, and keeps at least ${percentWords(floor)}`,
  `The pass mark is ${percentWords(passMark)}`,
];
