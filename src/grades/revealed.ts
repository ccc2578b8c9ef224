import { scenarioIn } from '../catalogue/course-content.ts';
import { revealsAt, type WindowRow, windowFor } from '../courses/schedule.ts';
import type { Deps } from '../deps.ts';
import { isRevealed } from '../grading/reveal.ts';
import type { RuleSet } from '../grading/rule-set.ts';

/** Whether a scenario's key is open to somebody now, by the course's present policy and their own dates. */
export const isRevealedNow = (
  { catalogue, now }: Deps,
  scenario: string,
  windows: readonly WindowRow[],
  ruleSet: RuleSet,
  progress: { used: number; fullCredit: number },
): boolean => {
  const unit = scenarioIn(catalogue, ruleSet, scenario)?.unit ?? '';
  const opensAt = revealsAt(windowFor(windows, { kind: 'unit', activity: unit, unit }));
  return isRevealed({
    used: progress.used,
    max: ruleSet.policy.attempts.max,
    fullCredit: progress.fullCredit === 1,
    duePassed: opensAt !== null && now() > opensAt,
  });
};
