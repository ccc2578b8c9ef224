import { upholdInRules } from '../../appeals/uphold.ts';
import { gradeAnswer } from '../../grading/grade-answer.ts';
import type { RuleSet } from '../../grading/rule-set.ts';

type Answer = { scenario: string; role: string; claims: string[] };

/** What an answer earns by the rules as they are, and would by those changed so that a claim licenses it. Points as JSON has them. */
export const ifUpheld = (ruleSet: RuleSet, { scenario, role, claims }: Answer, claim: string, credit: number) => {
  const key = { scenario, role, claims, counterClaims: [] };
  const changed = upholdInRules(ruleSet, { scenario, role, claims: [claim], credit }, { role, claims });
  const points = (rules: RuleSet) => (gradeAnswer(rules, key).points ?? 0) / 100;
  return { now: points(ruleSet), upheld: points(changed), max: gradeAnswer(ruleSet, key).max / 100 };
};

/** What was done, told after the decision. */
export const doneWords = (done: string | undefined, regradeId: string | null): string | null => {
  switch (done) {
    case 'deny':
      return 'The appeal is denied. The student reads your reason with their grade.';
    case 'override':
      return 'The appeal is upheld for this student: their grade is set, and they read your reason with it.';
    case 'alone':
      return 'The appeal is upheld. The rules and this grade were left as they are.';
    case 'rules':
      return regradeId === null
        ? 'The appeal is upheld and the draft of the rules is changed, but the draft has faults: mend them among the rules, then see there what the change would do.'
        : 'The appeal is upheld and the draft of the rules is changed. Nobody’s grade has moved yet: see first whom the change would touch.';
    default:
      return null;
  }
};
