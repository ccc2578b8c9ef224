import {
  type Accept,
  canonicalJson,
  type Policy,
  type PromptRule,
  type Sample,
  type ScenarioRule,
} from '../../grading/rule-set.ts';
import { policyWords } from '../policy-words.ts';
import { counted } from '../words.ts';
import { creditWords, criteriaWords, entryWords, type RoleName, rubricWords, treatWords } from './rule-words.ts';

export const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);
const asksOf = ({ needs }: Accept) => (needs ? ('any' in needs ? 'any' : 'all') : 'none');
const claimsOf = ({ needs }: Accept) => (needs ? ('any' in needs ? needs.any : needs.all) : []);

/** Takes from both lists what they share; gives what is only in the first, and only in the second. */
const apart = <T>(before: readonly T[], after: readonly T[]): [T[], T[]] => {
  const left = [...after];
  const gone = before.filter((one) => {
    const there = left.findIndex((other) => same(one, other));
    if (there >= 0) left.splice(there, 1);
    return there < 0;
  });
  return [gone, left];
};

const lineChanges = (what: string, before: readonly string[], after: readonly string[]): string[] => {
  const [gone, come] = apart(before, after);
  return [...gone.map((line) => `${what} gone: ${line}`), ...come.map((line) => `${what} new: ${line}`)];
};

const entryChange = (before: Accept, after: Accept, roleName: RoleName): string => {
  const [gone, come] = apart(claimsOf(before), claimsOf(after));
  const [hidden, shown] = apart(before.shows ?? [], after.shows ?? []);
  const parts = [
    ...(before.credit === after.credit
      ? []
      : [`credit ${creditWords(before.credit)} becomes ${creditWords(after.credit)}`]),
    ...(come.length > 0 ? [`${come.join(', ')} ${come.length === 1 ? 'counts' : 'count'} as evidence now`] : []),
    ...(gone.length > 0 ? [`${gone.join(', ')} no longer`] : []),
    ...(shown.length + hidden.length > 0 ? ['what is shown beside it'] : []),
  ];
  return `${roleName(after.role)} (${creditWords(before.credit)}): ${parts.join('; ') || 'its claims in another order'}`;
};

/** Entries that differ, matched by role and by how they ask for evidence, then said one by one. */
const entryChanges = (before: readonly Accept[], after: readonly Accept[], roleName: RoleName): string[] => {
  const [gone, come] = apart(before, after);
  const lines: string[] = [];
  for (const one of gone) {
    const fits = (other: Accept) => other.role === one.role && asksOf(other) === asksOf(one);
    const there = come.findIndex(fits);
    if (there < 0) lines.push(`Entry gone: ${entryWords(one, roleName)}`);
    else lines.push(entryChange(one, come.splice(there, 1)[0]!, roleName));
  }
  const moved = lines.length === 0 && come.length === 0 && !same(before, after);
  return [
    ...lines,
    ...come.map((one) => `Entry new: ${entryWords(one, roleName)}`),
    ...(moved ? ['The entries stand in another order'] : []),
  ];
};

const saysChanges = (before: ScenarioRule['says'], after: ScenarioRule['says'], roleName: RoleName): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((role) => before[role] !== after[role])
    .map(
      (role) =>
        `What is said to ${roleName(role)} is ${after[role] === undefined ? 'gone' : before[role] === undefined ? 'new' : 'rewritten'}`,
    );

/** How a scenario's rule changed, in words. */
export const ruleChanges = (
  before: ScenarioRule | undefined,
  after: ScenarioRule | undefined,
  roleName: RoleName,
): string[] => {
  if (!before || !after) return same(before, after) ? [] : [after ? 'Its rule is new' : 'Its rule is gone'];
  return [
    ...(before.points === after.points ? [] : [`Points: ${before.points} becomes ${after.points}`]),
    ...(before.treat === after.treat ? [] : [treatWords(after.treat)]),
    ...(before.topic === after.topic ? [] : ['It is about another topic']),
    ...entryChanges(before.accepts, after.accepts, roleName),
    ...saysChanges(before.says, after.says, roleName),
    ...(before.signOff === after.signOff
      ? []
      : [after.signOff ? `Signed off: ${after.signOff}` : 'The sign-off is gone']),
    ...lineChanges('Marked by hand,', rubricWords(before.rubric), rubricWords(after.rubric)),
  ];
};

const sampleWords = ({ title, credit }: Sample) => `“${title}”, which must earn ${creditWords(credit)}`;

/** How a scenario's samples changed, in words. */
export const benchChanges = (before: readonly Sample[], after: readonly Sample[]): string[] => {
  const [gone, come] = apart(before, after);
  const say = (what: string, list: Sample[]) =>
    list.length > 3
      ? [`${counted(list.length, 'sample')} ${what}`]
      : list.map((one) => `Sample ${what}: ${sampleWords(one)}`);
  return [...say('gone', gone), ...say('new', come)];
};

export const promptChanges = (before: PromptRule | undefined, after: PromptRule | undefined): string[] => {
  if (same(before, after)) return [];
  if (!before || !after) return [after ? 'Its criteria are new' : 'Its criteria are gone'];
  const lines = lineChanges('Criterion', criteriaWords(before), criteriaWords(after));
  return lines.length > 0 ? lines : ['Its criteria are put another way'];
};

export const policyChanges = (before: Policy, after: Policy): string[] => {
  if (same(before, after)) return [];
  const [, come] = apart(policyWords(before), policyWords(after));
  return come.length > 0 ? come : ['The policy is put another way'];
};
