import { expect, it } from 'vitest';
import { type Relation, relationOf } from './relation.ts';

const means = { both: ['smm', 'cm'] };

it.each<[said: string, role: string | null, denies: boolean, Relation]>([
  ['smm', 'smm', false, 'agrees'],
  ['smm', 'cm', false, 'differs'],
  ['both', 'cm', false, 'partly'],
  ['cm', 'both', false, 'partly'],
  ['both', 'both', false, 'agrees'],
  ['neither', 'both', false, 'differs'],
  ['smm', 'smm', true, 'denies'],
  ['both', 'smm', true, 'denies'],
  ['cm', 'smm', true, 'silent'],
  ['cm', 'both', true, 'silent'],
  ['cm', null, false, 'silent'],
])('who says %s and cites a claim about %s (denying: %s): it %s', (said, role, denies, relation) =>
  expect(relationOf(said, { role, denies }, means)).toBe(relation),
);
