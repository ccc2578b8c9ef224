import { checkRuleSet, type Finding } from '../grading/check-rule-set.ts';
import { Problem, pointerTo } from '../problem.ts';
import { applyGift, type GiftChange, type GiftLoss } from './apply-gift.ts';
import type { CourseRules, Module } from './questions.ts';
import { readGift } from './read-gift.ts';

/** As many faults as somebody can mend before sending the file again. */
const MOST_FAULTS = 500;

const findingBody = ({ severity, code, path, detail }: Finding) => ({
  severity,
  code,
  pointer: pointerTo(path),
  detail,
});

/**
 * What a GIFT file makes of a rule set: question by question with the check's findings, and what of the file has no place
 * in it. Throws `import-faulty` with every fault by line; then nothing of it can be used.
 */
export const importGift = (
  ruleSet: CourseRules,
  module: Module,
  gift: string,
): {
  ruleSet: CourseRules;
  items: (GiftChange & { findings: ReturnType<typeof findingBody>[] })[];
  losses: GiftLoss[];
} => {
  const read = readGift(gift);
  const applied = applyGift(ruleSet, read.questions, module);
  const faults = [...read.faults, ...applied.faults].sort((a, b) => a.line - b.line);
  if (faults.length === 0 && read.questions.length === 0)
    faults.push({ line: 1, detail: 'there is no question in it' });
  if (faults.length > 0) throw new Problem('import-faulty', { errors: faults.slice(0, MOST_FAULTS) });

  const { custom, bench } = applied.ruleSet;
  const findings = [
    ...checkRuleSet(applied.ruleSet, {
      roles: new Set(ruleSet.roles.map(({ id }) => id)),
      topics: module.topics,
      claims: module.claims,
      scenarios: { ...module.scenarios, ...custom?.scenarios },
      prompts: { ...module.prompts, ...custom?.prompts },
    }),
  ];
  const scenarioOf = ({ path: [part, name] }: Finding) => (part === 'bench' ? bench[Number(name)]?.scenario : name);
  const items = applied.changes.map((change) => {
    const own = findings.filter((finding) => change.kind !== 'same' && scenarioOf(finding) === change.scenario.id);
    return { ...change, findings: own.map(findingBody) };
  });
  return { ruleSet: applied.ruleSet, items, losses: applied.losses };
};
