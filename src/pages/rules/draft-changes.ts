import type { RuleSet, Sample } from '../../grading/rule-set.ts';
import { benchChanges, policyChanges, promptChanges, ruleChanges, same } from './rule-changes.ts';
import type { RoleName } from './rule-words.ts';

/** What differs between two rule sets, place by place. */
export type Change = { kind: 'policy' | 'scenarios' | 'prompts' | 'texts' | 'other'; id: string; lines: string[] };

const idsOf = (...records: (Readonly<Record<string, unknown>> | undefined)[]) => [
  ...new Set(records.flatMap((record) => Object.keys(record ?? {}))),
];
const ofScenario = (bench: readonly Sample[], id: string) => bench.filter(({ scenario }) => scenario === id);

const textChanges = (before: RuleSet, after: RuleSet): Change[] =>
  (['scenarios', 'prompts'] as const).flatMap((kind) => {
    const [was, is] = [before.custom?.[kind] ?? {}, after.custom?.[kind] ?? {}];
    return idsOf(was, is)
      .filter((id) => !same(was[id], is[id]))
      .map((id): Change => {
        const what = kind === 'scenarios' ? 'scenario' : 'discussion';
        const how = is[id] ? (was[id] ? 'was rewritten' : 'is new') : 'is gone';
        return { kind: 'texts', id, lines: [`Your own ${what} “${(is[id] ?? was[id])!.title}” ${how}`] };
      });
  });

/** How a draft differs from the rules in force, in words. */
export const changesBetween = (before: RuleSet, after: RuleSet, roleName: RoleName): Change[] => {
  const rest = ({ module, roles, denials }: RuleSet) => ({ module, roles, denials });
  return [
    { kind: 'policy' as const, id: '', lines: policyChanges(before.policy, after.policy) },
    ...idsOf(before.scenarios, after.scenarios).map((id) => ({
      kind: 'scenarios' as const,
      id,
      lines: [
        ...ruleChanges(before.scenarios[id], after.scenarios[id], roleName),
        ...benchChanges(ofScenario(before.bench, id), ofScenario(after.bench, id)),
      ],
    })),
    ...idsOf(before.prompts, after.prompts).map((id) => ({
      kind: 'prompts' as const,
      id,
      lines: promptChanges(before.prompts[id], after.prompts[id]),
    })),
    ...textChanges(before, after),
    {
      kind: 'other' as const,
      id: '',
      lines: same(rest(before), rest(after)) ? [] : ['The roles, or which claims deny a duty, are others'],
    },
  ].filter(({ lines }) => lines.length > 0);
};
