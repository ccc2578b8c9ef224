import { knownOf } from '../catalogue/course-content.ts';
import type { Catalogue } from '../catalogue/shapes.ts';
import { checkRuleSet, type Finding } from '../grading/check-rule-set.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { Problem } from '../problem.ts';
import { findingsBody } from '../rule-sets/check.ts';
import { applyGift, type GiftChange, type GiftLoss } from './apply-gift.ts';

import { readGift } from './read-gift.ts';

/** As many faults as somebody can mend before sending the file again. */
const MOST_FAULTS = 500;

/**
 * What a GIFT file makes of a rule set: question by question with the check's findings, and what of the file has no place
 * in it. Throws `import-faulty` with every fault by line; then nothing of it can be used.
 */
export const importGift = (
  ruleSet: RuleSet,
  module: Catalogue,
  gift: string,
): {
  ruleSet: RuleSet;
  items: (GiftChange & { findings: ReturnType<typeof findingsBody> })[];
  losses: GiftLoss[];
} => {
  const read = readGift(gift);
  const applied = applyGift(ruleSet, read.questions, module);
  const faults = [...read.faults, ...applied.faults].sort((a, b) => a.line - b.line);
  if (faults.length === 0 && read.questions.length === 0)
    faults.push({ line: 1, detail: 'there is no question in it' });
  if (faults.length > 0) throw new Problem('import-faulty', { errors: faults.slice(0, MOST_FAULTS) });

  const { bench } = applied.ruleSet;
  const findings = [...checkRuleSet(applied.ruleSet, knownOf(module))];
  const scenarioOf = ({ path: [part, name] }: Finding) => (part === 'bench' ? bench[Number(name)]?.scenario : name);
  const items = applied.changes.map((change) => {
    const own = findings.filter((finding) => change.kind !== 'same' && scenarioOf(finding) === change.scenario.id);
    return { ...change, findings: findingsBody(own) };
  });
  return { ruleSet: applied.ruleSet, items, losses: applied.losses };
};
