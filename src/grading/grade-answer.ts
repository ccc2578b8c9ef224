import type { Accept, RuleSet } from './rule-set.ts';

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

/**
 * One line of the explanation: an entry of the rule, the author's feedback to the chosen role, a claim that speaks
 * against it, or a hint. `claims` license an entry (only those cited, once it applied) or speak against the choice.
 */
export type TraceLine = {
  about: 'entry' | 'feedback' | 'denial' | 'hint';
  role: string;
  applied: boolean;
  credit: number;
  claims: string[];
  says: string;
};

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

/** The claims that an entry names as its evidence. */
export const licensing = (entry: Accept): string[] =>
  sorted([...(entry.needs ? ('any' in entry.needs ? entry.needs.any : entry.needs.all) : []), ...(entry.shows ?? [])]);

/** Whether the cited claims are the evidence that an entry asks for. Never less so for one claim more. */
export const needsMet = ({ needs }: Accept, cited: readonly string[]): boolean =>
  !needs || ('any' in needs ? needs.any.some((id) => cited.includes(id)) : needs.all.every((id) => cited.includes(id)));

/** The credit that a rule's entries give to a role with these claims: the highest that applies, else 0. */
export const creditOf = (accepts: readonly Accept[], role: string, claims: readonly string[]): number =>
  accepts.reduce(
    (most, entry) => (entry.credit > most && entry.role === role && needsMet(entry, claims) ? entry.credit : most),
    0,
  );

const share = (credit: number) => (credit === 1 ? 'full credit' : `${Math.round(credit * 100)} % of the points`);
const list = (ids: readonly string[]) => ids.join(', ').replace(/, ([^,]*)$/, ' and $1');

const anyOf = (ids: readonly string[]) => (ids.length === 1 ? ids[0]! : `one of ${list(sorted(ids))}`);
const allOf = (ids: readonly string[]) => (ids.length === 1 ? ids[0]! : `all of ${list(sorted(ids))}`);

const entryLine = (entry: Accept, answer: AnswerKey, label: string): TraceLine => {
  const cited = sorted(answer.claims);
  const evidence = licensing(entry).filter((id) => cited.includes(id));
  const applied = entry.role === answer.role && needsMet(entry, cited);
  const worth = `${label}: ${share(entry.credit)}`;
  const asked = entry.needs ? `${'any' in entry.needs ? anyOf(entry.needs.any) : allOf(entry.needs.all)}` : '';
  const says = applied
    ? evidence.length > 0
      ? `${worth}, licensed by ${list(evidence)}.`
      : `${worth} for the role alone.`
    : entry.role === answer.role
      ? `${worth}, had you cited ${asked}.`
      : `${worth}${asked && ` with ${asked}`}; another role was chosen.`;
  const claims = applied ? evidence : licensing(entry);
  return { about: 'entry', role: entry.role, applied, credit: entry.credit, claims, says };
};

/** An order that does not depend on how the rule was written down. */
const byMeaning = (a: Accept, b: Accept) => {
  const name = (entry: Accept) =>
    `${entry.role} ${entry.needs && 'all' in entry.needs ? 'all' : 'any'} ${licensing(entry)}`;
  return b.credit - a.credit || (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0);
};

const line = (about: TraceLine['about'], role: string, applied: boolean, credit: number, says: string): TraceLine => ({
  about,
  role,
  applied,
  credit,
  claims: [],
  says,
});

/**
 * What the stored rule makes of an answer. Pure, total and deterministic: no clock, no database, no catalogue.
 * A scenario that the rule set does not know counts for nobody.
 */
export const gradeAnswer = (ruleSet: RuleSet, answer: AnswerKey): Verdict => {
  const rule = Object.hasOwn(ruleSet.scenarios, answer.scenario) ? ruleSet.scenarios[answer.scenario] : undefined;
  const { role } = answer;
  if (!rule) {
    const says = `The rules say nothing about ${answer.scenario}; it counts for nobody.`;
    return { credit: 0, points: null, max: 0, trace: [line('entry', role, true, 0, says)] };
  }
  const max = Math.round(rule.points * 100);
  if (rule.treat === 'void') {
    const trace = [line('entry', role, true, 0, 'This scenario counts for nobody.')];
    return { credit: 0, points: null, max, trace };
  }
  if (rule.treat === 'full-credit') {
    const trace = [line('entry', role, true, 1, 'Everybody gets all points of this scenario.')];
    return { credit: 1, points: max, max, trace };
  }

  const labelOf = (role: string) => ruleSet.roles.find(({ id }) => id === role)?.label ?? role;
  const lines = [...rule.accepts].sort(byMeaning).map((entry) => entryLine(entry, answer, labelOf(entry.role)));
  const credit = creditOf(rule.accepts, role, answer.claims);

  const nothing = line('entry', role, true, 0, `${labelOf(role)}: no points.`);
  const deciding = lines.find((one) => one.applied && one.credit === credit) ?? nothing;
  const feedback = Object.hasOwn(rule.says, role) ? [line('feedback', role, true, credit, rule.says[role]!)] : [];
  const denials = sorted(answer.claims)
    .filter((id) => Object.hasOwn(ruleSet.denials, id) && ruleSet.denials[id]!.includes(role))
    .map((id) => {
      const says = `${id} speaks against this choice: it denies this duty to “${labelOf(role)}”.`;
      return { ...line('denial', role, false, 0, says), claims: [id] };
    });
  const trace = [deciding, ...feedback, ...denials, ...lines.filter((one) => one !== deciding)];
  return { credit, points: Math.floor((Math.round(credit * 100) * max + 50) / 100), max, trace };
};

/**
 * The part of a trace that a student may see before the reveal: what their own choice earned and why. No other role's
 * entry, no claim that they did not cite, and not the author's feedback, which says what the voices say.
 */
export const beforeReveal = (verdict: Verdict, answer: AnswerKey): Verdict => {
  const own = verdict.trace.filter(
    ({ about, role, applied, credit }) =>
      role === answer.role && (about === 'denial' || (about === 'entry' && applied && credit === verdict.credit)),
  );
  const more = verdict.trace.some(
    ({ about, role, applied, credit }) =>
      about === 'entry' && role === answer.role && !applied && credit > verdict.credit,
  );
  const says = more
    ? `A claim in the readings would license more for this choice${answer.claims.length > 0 ? '; none of those you cited does' : ': cite it'}.`
    : 'Look again at what each voice says about this duty, and who says it outright.';
  const hint = verdict.credit < 1 && verdict.points !== null ? [line('hint', answer.role, false, 0, says)] : [];
  return { ...verdict, trace: [...own, ...hint] };
};
