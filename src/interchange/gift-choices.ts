import { hundredths } from '../grading/policy.ts';
import type { Accept, RuleSet, ScenarioRule } from '../grading/rule-set.ts';
import { carried, roleName, weightOf } from './questions.ts';
import type { Fault, GiftQuestion } from './read-gift.ts';

/** What a file wants of a role: the most that it earns, in hundredths, and what is said to it. */
export type Wanted = { role: string; weight: number; feedback: string };

/** Which role a choice means: by its label or id, in any case unless the case tells two apart. */
const roleNames = (roles: RuleSet['roles']): ReadonlyMap<string, string> => {
  const named = [
    ...roles.map(({ id }) => [id, id] as const),
    ...roles.map((role) => [roleName(roles, role), role.id] as const),
  ];
  return new Map([...named.map(([name, id]) => [name.toLowerCase(), id] as const), ...named]);
};

/** What a question wants of each role, with what is wrong with its choices and what has no place in a rule. */
export const wantedOf = (
  roles: RuleSet['roles'],
  { choices }: GiftQuestion,
): { wanted: Wanted[]; faults: Fault[]; lost: { code: string; detail: string }[] } => {
  const names = roleNames(roles);
  const chosen = new Map<string, Wanted>();
  const faults: Fault[] = [];
  const lost: { code: string; detail: string }[] = [];
  for (const { line, text, weight, feedback } of choices) {
    const role = names.get(text) ?? names.get(text.toLowerCase());
    const rounded = hundredths(Math.max(0, weight) / 100);
    if (role === undefined) {
      const labels = roles.map((one) => `“${roleName(roles, one)}”`).join(', ');
      faults.push({ line, detail: `no role is called that: choose among ${labels}` });
    } else if (chosen.has(role)) faults.push({ line, detail: `“${text}” is a choice already` });
    else chosen.set(role, { role, weight: rounded, feedback });
    if (weight < 0) lost.push({ code: 'negative-weight', detail: `“${text}” cannot take points away; it earns none.` });
    else if (rounded !== weight)
      lost.push({ code: 'weight-rounded', detail: `Credit has two decimals: ${weight} % became ${rounded} %.` });
  }
  const wanted = roles.map(({ id, label }) => {
    if (!chosen.has(id))
      lost.push({ code: 'role-not-offered', detail: `Every role is always offered; “${label}” earns nothing.` });
    return chosen.get(id) ?? { role: id, weight: 0, feedback: '' };
  });
  return { wanted, faults, lost };
};

/** The most that the role earns becomes `weight`; its evidence stays, and what it earns otherwise as far as it is less. */
const withWeight = (accepts: Accept[], { role, weight }: Wanted): Accept[] => {
  const best = weightOf(accepts, role);
  const credit = weight / 100;
  if (best === weight) return accepts;
  if (weight === 0) return accepts.filter((entry) => entry.role !== role);
  if (!accepts.some((entry) => entry.role === role)) return [...accepts, { role, credit }];
  return accepts.map((entry) =>
    entry.role === role && (hundredths(entry.credit) === best || entry.credit > credit) ? { ...entry, credit } : entry,
  );
};

const withFeedback = (says: ScenarioRule['says'], { role, feedback }: Wanted): ScenarioRule['says'] => {
  if (carried(Object.hasOwn(says, role) ? says[role]! : '') === feedback) return says;
  const { [role]: _, ...others } = says;
  return feedback === '' ? others : { ...others, [role]: feedback };
};

/** The rule with what is wanted of each role; the very same where nothing differs. */
export const withWanted = (rule: ScenarioRule, wanted: readonly Wanted[]): ScenarioRule => {
  const accepts = wanted.reduce(withWeight, rule.accepts);
  const says = wanted.reduce(withFeedback, rule.says);
  return accepts === rule.accepts && says === rule.says ? rule : { ...rule, accepts, says };
};
