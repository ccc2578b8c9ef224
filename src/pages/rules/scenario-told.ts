import { sampleSchema, scenarioRuleSchema } from '../../grading/rule-set.ts';
import type { Told } from './fields.tsx';
import { benchChanges, ruleChanges } from './rule-changes.ts';
import { readStep, type TypedScenario } from './rule-steps.ts';
import type { RoleName } from './rule-words.ts';
import { bagOf, listOf } from './typed-values.ts';

/** What a button of the scenario's form did, and where. */
export const toldOf = (step: string, before: TypedScenario, after: TypedScenario): Told => {
  const { name, what, index } = readStep(step);
  const entries = after.rule.entries;
  const changed = entries.findIndex((entry, at) => entry !== before.rule.entries[at]);
  switch (name) {
    case 'add-entry':
      return { at: `e${entries.length - 1}`, says: 'Here is a new entry.' };
    case 'remove-entry':
      return { at: index < entries.length ? `e${index}` : 'entries', says: `Entry ${index + 1} is removed.` };
    case 'add-claim':
      return { at: `e${index}`, says: 'The claim is among the ticked ones.' };
    case 'use':
      return { at: `e${changed}`, says: `${what} is evidence in entry ${changed + 1} now.` };
    case 'add-sample':
    case 'remove-sample':
    case 'notice':
      return { at: 'bench', says: 'The sample answers are changed.' };
    case 'add-mark':
    case 'remove-mark':
      return { at: 'rubric', says: 'The rubric is changed.' };
    case 'try':
      return {
        at: '',
        says: 'Checked: what is to mend or doubtful stands at its place, and what samples would get beside them.',
      };
    default:
      return null;
  }
};

/** A scenario's part of the draft, as far as it is well-formed. */
export const readable = (own: unknown) => {
  const { rule, bench } = bagOf(own);
  return {
    rule: scenarioRuleSchema().safeParse(rule).data,
    bench: listOf(bench).flatMap((one) => sampleSchema().safeParse(one).data ?? []),
  };
};

/** What changed between two states of it. */
export const scenarioChanges = (was: unknown, now: unknown, roleName: RoleName): string[] => {
  const [before, after] = [readable(was), readable(now)];
  return [...ruleChanges(before.rule, after.rule, roleName), ...benchChanges(before.bench, after.bench)];
};
