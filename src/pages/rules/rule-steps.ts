import type { Accept } from '../../grading/rule-set.ts';
import { emptySample, isTyped, noticing, type TypedSample } from './bench-form.ts';
import { stepRubric } from './rubric-form.ts';
import type { TypedEntry, TypedRule } from './rule-form.ts';

/** All that stands in the form of a scenario. */
export type TypedScenario = { topic: string; rule: TypedRule; bench: TypedSample[]; sample: TypedSample };

/** A button of the form that changes what is typed and saves nothing: `remove-entry 2`, `use 000.22`. */
export const readStep = (step: string): { name: string; what: string; index: number } => {
  const [name = '', what = ''] = step.split(' ');
  return { name, what, index: /^\d{1,4}$/.test(what) ? Number(what) : -1 };
};

/** What a step needs to know beside what is typed. */
export type About = {
  /** The role that a claim speaks for. */
  roleOf: (claim: string) => string | null;
  firstRole: string;
  roleName: (role: string) => string;
  /** The typed entries, where they are well-formed. */
  accepts: readonly Accept[] | null;
};

const withClaim = (entry: TypedEntry, claim: string): TypedEntry => ({
  ...entry,
  claims: [...new Set([...entry.claims, claim])],
});

/** A claim as evidence for the role it speaks for: in that role's first entry that asks for any, else in a new one. */
const useClaim = (entries: readonly TypedEntry[], claim: string, role: string): TypedEntry[] => {
  const there = entries.findIndex((entry) => entry.role === role && entry.asks === 'any');
  if (there >= 0) return entries.map((entry, at) => (at === there ? withClaim(entry, claim) : entry));
  return [...entries, { role, credit: '100', asks: 'any', claims: [claim], shows: [] }];
};

const stepEntries = (entries: readonly TypedEntry[], step: ReturnType<typeof readStep>, about: About) => {
  if (step.name === 'add-entry')
    return [...entries, { role: about.firstRole, credit: '', asks: 'any' as const, claims: [], shows: [] }];
  if (step.name === 'remove-entry') return entries.filter((_, at) => at !== step.index);
  if (step.name === 'use') return useClaim(entries, step.what, about.roleOf(step.what) ?? about.firstRole);
  return undefined;
};

const stepBench = (
  { bench, sample }: TypedScenario,
  { name, index }: ReturnType<typeof readStep>,
  { accepts, roleName }: About,
): Partial<TypedScenario> | undefined => {
  if (name === 'add-sample') return isTyped(sample) ? { bench: [...bench, sample], sample: emptySample } : {};
  if (name === 'remove-sample') return { bench: bench.filter((_, at) => at !== index) };
  if (name === 'notice' && accepts?.[index]) return { bench: [...bench, ...noticing(accepts, index, bench, roleName)] };
  return undefined;
};

/** What is typed after a step; a step that is none of these changes nothing. */
export const takeStep = (typed: TypedScenario, step: string, about: About): TypedScenario => {
  const read = readStep(step);
  const entries = stepEntries(typed.rule.entries, read, about);
  if (entries) return { ...typed, rule: { ...typed.rule, entries } };
  const rubric = stepRubric(typed.rule.rubric, read.name, read.index);
  if (rubric) return { ...typed, rule: { ...typed.rule, rubric } };
  return { ...typed, ...stepBench(typed, read, about) };
};
