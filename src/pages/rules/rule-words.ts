import { kindOf } from '../../grading/criteria/kinds.ts';
import type { Accept, PromptRule, ScenarioRule } from '../../grading/rule-set.ts';
import { counted, percentWords } from '../words.ts';

/** What a role is called. */
export type RoleName = (role: string) => string;

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
