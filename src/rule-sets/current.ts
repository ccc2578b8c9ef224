import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { type AnswerKey, answerKey, ENGINE_VERSION } from '../grading/grade-answer.ts';
import type { NamedRuleSet, RuleSet } from '../grading/rule-set.ts';
import { Problem, type ProblemName } from '../problem.ts';
import { type CurrentRow, findCurrentRules, findRuleSet } from './store.ts';

const MAX_RELOADS = 5;
/** Parsed rule sets in an isolate's memory; a megabyte each, at worst. */
const KEPT = 32;
/** A hundred bytes each. */
const KEPT_VERDICTS = 20_000;

const known = ({ rules, catalogue }: Deps, hash: string): NamedRuleSet | undefined =>
  hash === catalogue.rules.hash ? catalogue.rules : rules.byHash.get(hash);

const keep = ({ rules }: Deps, hash: string, doc: string): NamedRuleSet => {
  const named = { hash, ruleSet: JSON.parse(doc) as RuleSet };
  const [oldest] = rules.byHash.keys();
  if (rules.byHash.size >= KEPT && oldest !== undefined) rules.byHash.delete(oldest);
  rules.byHash.set(hash, named);
  return named;
};

/** The names of the rule sets that this isolate has at hand. */
export const knownRules = ({ rules, catalogue }: Deps): string[] => [catalogue.rules.hash, ...rules.byHash.keys()];

/** The rules this isolate believes the course to use: those last seen, else the module's own. */
export const believedRules = (deps: Deps, courseId: string): NamedRuleSet =>
  known(deps, deps.rules.byCourse.get(courseId) ?? '') ?? deps.catalogue.rules;

/** A rule set whose document was read only where it is not at hand (`knownRules`). */
export const takeRules = (deps: Deps, { hash, doc }: CurrentRow): NamedRuleSet =>
  known(deps, hash) ?? keep(deps, hash, doc ?? '');

/** Takes what `findCurrentRules` gave as the course's rules from now on. */
export const adoptRules = (deps: Deps, courseId: string, row: CurrentRow | undefined): NamedRuleSet => {
  if (!row) throw new Problem('course-not-found');
  deps.rules.byCourse.set(courseId, row.hash);
  return takeRules(deps, row);
};

const verdictName = (institutionId: string, hash: string, answer: AnswerKey) =>
  `${institutionId} ${hash} ${ENGINE_VERSION} ${answerKey(answer)}`;

/** The id of an answer's verdict where this isolate knows it to be stored: verdicts stay for ever. */
export const knownVerdict = ({ rules }: Deps, institutionId: string, hash: string, answer: AnswerKey) =>
  rules.verdictIds.get(verdictName(institutionId, hash, answer));

export const keepVerdict = ({ rules }: Deps, institutionId: string, hash: string, answer: AnswerKey, id: number) => {
  if (rules.verdictIds.size >= KEPT_VERDICTS) rules.verdictIds.clear();
  rules.verdictIds.set(verdictName(institutionId, hash, answer), id);
};

/** A published rule set by its name: from this isolate's memory, for it never changes, else from the database. */
export const rulesByHash = async (deps: Deps, db: Database, institutionId: string, hash: string): Promise<RuleSet> => {
  const named = known(deps, hash);
  if (named) return named.ruleSet;
  const [row] = await findRuleSet(db, institutionId, hash);
  if (!row) throw new Problem('internal', { cause: `rule set ${hash} is missing` });
  return keep(deps, hash, row.doc).ruleSet;
};

/** What is not in the rules believed current may be in newer ones, with the course's own scenarios and prompts. */
const mayBeNew: ReadonlySet<ProblemName> = new Set(['scenario-not-found', 'prompt-not-found', 'grade-not-found']);

/**
 * Does what depends on the course's rules with those believed current; where the transaction finds that they moved, or
 * something is missing from them, loads the new ones and does it again. One round trip but for the first after a
 * publication, and one more to be sure of what is missing.
 */
export const withCurrentRules = async <T>(
  deps: Deps,
  db: Database,
  at: { institutionId: string; courseId: string },
  work: (rules: NamedRuleSet) => Promise<T>,
): Promise<T> => {
  let rules = believedRules(deps, at.courseId);
  for (let reloads = 0; ; reloads++) {
    try {
      return await work(rules);
    } catch (error) {
      if (!(error instanceof Problem) || reloads === MAX_RELOADS) throw error;
      const missing = reloads === 0 && mayBeNew.has(error.problem);
      if (!missing && error.problem !== 'rules-moved') throw error;
      const [row] = await findCurrentRules(db, at.institutionId, at.courseId, rules.hash);
      const current = adoptRules(deps, at.courseId, row);
      if (missing && current.hash === rules.hash) throw error;
      rules = current;
    }
  }
};
