import type { Accept, RuleSet, ScenarioRule } from './rule-set.ts';

/** Goes up whenever the same rule set and answer would give another verdict; receipts name it. */
export const ENGINE_VERSION = 1;

/** At most so many claims in an answer, so that nobody wins by citing everything. */
export const MAX_CLAIMS = 3;

export type AnswerKey = {
  scenario: string;
  role: string;
  claims: readonly string[];
  counterClaims: readonly string[];
};

/** One line of the explanation. `claims` are those cited claims that licensed the entry, or that speak against it. */
export type TraceLine = { role: string; applied: boolean; credit: number; claims: string[]; says: string };

/** `credit` is a share from 0 to 1 in steps of 0.01; `points` and `max` are in 1/100 point. `null` points: counts for nobody. */
export type Verdict = { credit: number; points: number | null; max: number; trace: TraceLine[] };

const sorted = (ids: readonly string[]) => [...new Set(ids)].sort();

/** The text that names an answer for the grader: equal keys get equal verdicts. */
export const answerKey = (answer: AnswerKey): string =>
  [answer.scenario, answer.role, sorted(answer.claims).join(','), sorted(answer.counterClaims).join(',')].join('|');

/** The inverse of `answerKey`. */
export const parseAnswerKey = (key: string): AnswerKey => {
  const [scenario = '', role = '', claims = '', counterClaims = ''] = key.split('|');
  const list = (text: string) => (text === '' ? [] : text.split(','));
  return { scenario, role, claims: list(claims), counterClaims: list(counterClaims) };
};

const licensing = (entry: Accept): string[] =>
  sorted([...(entry.needs ? ('any' in entry.needs ? entry.needs.any : entry.needs.all) : []), ...(entry.shows ?? [])]);

const needsMet = ({ needs }: Accept, cited: readonly string[]) =>
  !needs || ('any' in needs ? needs.any.some((id) => cited.includes(id)) : needs.all.every((id) => cited.includes(id)));

const share = (credit: number) => (credit === 1 ? 'full credit' : `${Math.round(credit * 100)} % of the points`);
const list = (ids: readonly string[]) => ids.join(', ').replace(/, ([^,]*)$/, ' and $1');

const entryLine = (entry: Accept, answer: AnswerKey, label: string): TraceLine => {
  const cited = sorted(answer.claims);
  const evidence = licensing(entry).filter((id) => cited.includes(id));
  const applied = entry.role === answer.role && needsMet(entry, cited);
  const worth = `${label}: ${share(entry.credit)}`;
  const says = applied
    ? evidence.length > 0
      ? `${worth}, licensed by ${list(evidence)}.`
      : `${worth} for the role alone.`
    : entry.role === answer.role && entry.needs
      ? `${worth}, if ${'any' in entry.needs ? 'one' : 'all'} of ${list(licensing(entry))} were cited.`
      : `${worth}${entry.needs ? ` with ${'any' in entry.needs ? 'one' : 'all'} of ${list(licensing(entry))}` : ''}; another role was chosen.`;
  return { role: entry.role, applied, credit: entry.credit, claims: applied ? evidence : licensing(entry), says };
};

/** An order that does not depend on how the rule was written down. */
const byMeaning = (a: Accept, b: Accept) => {
  const name = (entry: Accept) =>
    `${entry.role} ${entry.needs && 'all' in entry.needs ? 'all' : 'any'} ${licensing(entry)}`;
  return b.credit - a.credit || (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0);
};

const treatedLine = (rule: ScenarioRule, role: string): TraceLine =>
  rule.treat === 'void'
    ? { role, applied: true, credit: 0, claims: [], says: 'This scenario counts for nobody.' }
    : { role, applied: true, credit: 1, claims: [], says: 'Everybody gets all points of this scenario.' };

/**
 * What the stored rule makes of an answer. Pure, total and deterministic: no clock, no database, no catalogue.
 * A scenario that the rule set does not know counts for nobody.
 */
export const gradeAnswer = (ruleSet: RuleSet, answer: AnswerKey): Verdict => {
  const rule = Object.hasOwn(ruleSet.scenarios, answer.scenario) ? ruleSet.scenarios[answer.scenario] : undefined;
  if (!rule) {
    const says = `The rules say nothing about ${answer.scenario}; it counts for nobody.`;
    return {
      credit: 0,
      points: null,
      max: 0,
      trace: [{ role: answer.role, applied: true, credit: 0, claims: [], says }],
    };
  }
  const max = Math.round(rule.points * 100);
  if (rule.treat === 'void') return { credit: 0, points: null, max, trace: [treatedLine(rule, answer.role)] };
  if (rule.treat === 'full-credit') return { credit: 1, points: max, max, trace: [treatedLine(rule, answer.role)] };

  const labelOf = (role: string) => ruleSet.roles.find(({ id }) => id === role)?.label ?? role;
  const lines = [...rule.accepts].sort(byMeaning).map((entry) => entryLine(entry, answer, labelOf(entry.role)));
  const credit = Math.max(0, ...lines.filter((line) => line.applied).map((line) => line.credit));

  const { role } = answer;
  const nothing = { role, applied: true, credit: 0, claims: [], says: `${labelOf(role)}: no points.` };
  const deciding = lines.find((line) => line.applied && line.credit === credit) ?? nothing;
  const feedback = Object.hasOwn(rule.says, role)
    ? [{ role, applied: true, credit, claims: [], says: rule.says[role]! }]
    : [];
  const denials = sorted(answer.claims)
    .filter((id) => Object.hasOwn(ruleSet.denials, id) && ruleSet.denials[id]!.includes(role))
    .map((id) => {
      const says = `${id} speaks against this choice: it denies the duty to ${labelOf(role)}.`;
      return { role, applied: false, credit: 0, claims: [id], says };
    });
  const trace = [deciding, ...feedback, ...denials, ...lines.filter((line) => line !== deciding)];
  return { credit, points: Math.floor((Math.round(credit * 100) * max + 50) / 100), max, trace };
};

/**
 * The part of a trace that a student may see before the reveal: what their own choice earned and why, but no other
 * role's entry and no claim that they did not cite.
 */
export const beforeReveal = (verdict: Verdict, answer: AnswerKey): Verdict => {
  const own = verdict.trace.filter(
    (line) => line.role === answer.role && (line.applied || line.claims.every((id) => answer.claims.includes(id))),
  );
  const deciding = own.filter((line) => !line.applied || line.credit === verdict.credit);
  const more = verdict.trace.some((line) => line.role === answer.role && !line.applied && line.credit > verdict.credit);
  const hint: TraceLine[] = more
    ? [
        {
          role: answer.role,
          applied: false,
          credit: 0,
          claims: [],
          says: 'A claim in the readings would license more for this choice; none of those you cited does.',
        },
      ]
    : [];
  return { ...verdict, trace: [...deciding, ...hint] };
};
