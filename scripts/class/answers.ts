import type { RuleSet } from '../../src/grading/rule-set.ts';
import { type StudentKey, students } from './people.ts';
import { threads } from './posts.ts';

export type Given = { scenario: string; role: string; claims: string[]; reason?: string };

/** What the class answered, unit by unit; the last unit's before anybody had written. */
const worked: Record<string, string[]> = {
  '1': ['S42', 'S44'],
  '2': ['S01', 'S02', 'S03', 'S10'],
  '3': ['S12', 'S14'],
  '4': ['S28', 'S29', 'S31'],
};
/** What some go back to once they have read each other. */
const hinges = ['S28', 'S29'];

/** What no rule foresaw, and several said all the same: two rules are mended for their sake. */
export const unforeseen: readonly (Given & { by: StudentKey })[] = [
  { by: 'maria', scenario: 'S30', role: 'both', claims: ['001.09'] },
  {
    by: 'jonas',
    scenario: 'S30',
    role: 'both',
    claims: ['001.09'],
    reason: 'Whoever takes over afterwards shares it.',
  },
  { by: 'amara', scenario: 'S30', role: 'cm', claims: ['001.15'] },
  { by: 'kostas', scenario: 'S30', role: 'smm', claims: [] },
  { by: 'tomas', scenario: 'S29', role: 'smm', claims: ['003.09'] },
];

const reasons = [
  'The passage names the duty outright, and nothing else in the unit does.',
  'Whoever stays for the conversation has to hear this first.',
  'I went by who can act on it the same day.',
  'The verb settles it for me: choosing comes before talking.',
];

/** An answer of so much credit, from the rules' own samples: 1 with evidence, something less, or nothing. */
const sampleOf = (rules: RuleSet, scenario: string, wanted: 'full' | 'partial' | 'none', turn: number): Given => {
  const samples = rules.bench.filter((one) => one.scenario === scenario);
  const fits = { full: (c: number) => c === 1, partial: (c: number) => c > 0 && c < 1, none: (c: number) => c === 0 }[
    wanted
  ];
  const fitting = samples.filter(({ credit }) => fits(credit));
  const { role, claims } = (fitting.length > 0 ? fitting : samples)[turn % (fitting.length || samples.length)]!;
  return { scenario, role, claims: [...claims] };
};

/** Out of ten answers: how many get full credit, and how many at least some. */
const shares = { well: [7, 9], fairly: [4, 8], poorly: [2, 5], nothing: [0, 0] } as const;

/** The answers of a student, in order; a poor one is often given again. */
export const answersOf = (rules: RuleSet, key: StudentKey): Given[] => {
  const index = students.findIndex((one) => one.key === key);
  const { does } = students[index]!;
  if (does === 'nothing') return [];
  return Object.values(worked)
    .flat()
    .flatMap((scenario, at) => {
      const draw = (index * 7 + at * 3 + Math.floor(index / 3)) % 10;
      const [full, some] = shares[does];
      const wanted = draw < full ? 'full' : draw < some ? 'partial' : 'none';
      // Nobody has done everything.
      if ((index * 5 + at * 11) % 13 === 0) return [];
      const reason = (index + at) % 3 === 0 ? { reason: reasons[(index + at) % reasons.length]! } : {};
      const first = { ...sampleOf(rules, scenario, wanted, index + at), ...reason };
      const again = wanted === 'none' && (index + at) % 2 === 0 && !hinges.includes(scenario);
      return again
        ? [first, sampleOf(rules, scenario, 'partial', index), sampleOf(rules, scenario, 'full', at)]
        : [first];
    });
};

/** Of those who wrote in the last unit most change their mind after it, or find the evidence for what they said. */
export const secondThoughts = (rules: RuleSet, key: StudentKey): Given[] => {
  const index = students.findIndex((one) => one.key === key);
  const wrote = threads.some(({ by, prompt }) => by === key && ['X.1', 'Q003.2'].includes(prompt));
  return wrote ? hinges.map((scenario) => sampleOf(rules, scenario, 'full', index + 1)) : [];
};
