import { checkEntries } from '../../grading/check-entries.ts';
import { checkRuleSet, type Finding, type Known } from '../../grading/check-rule-set.ts';
import { findUnnoticed } from '../../grading/mutations.ts';
import type { RuleSet } from '../../grading/rule-set.ts';
import { percentWords } from '../words.ts';
import type { RoleName } from './rule-words.ts';

/** Something to tell at a field: an error stops a publication (or the saving), a warning does not. */
export type Note = { severity: Finding['severity']; says: string };
/** Notes by the id of the field where they belong; '' for the whole form. */
export type Notes = ReadonlyMap<string, readonly Note[]>;

const inEntry: Readonly<Record<string, string>> = { role: 'role', credit: 'credit', needs: 'claims', shows: 'shows' };

/** The field of a scenario's form that a path within its rule speaks of; a sample is `['bench', index]`. */
export const fieldAt = (path: readonly (string | number)[], code = ''): string => {
  const [part, index, what] = path.map(String);
  if (code === 'one-role') return 'signOff';
  if (part === 'accepts') {
    if (index === undefined) return 'entries';
    if (code === 'unknown-claim' || code === 'denied-evidence') return `e${index}-claims`;
    if (code === 'unknown-role') return `e${index}-role`;
    return what === undefined ? `e${index}` : `e${index}-${inEntry[what] ?? 'role'}`;
  }
  if (part === 'bench') return index === undefined ? 'bench' : `s${index}`;
  if (part === 'rubric') return index === undefined ? 'rubric' : `r${index}-${what === 'points' ? 'points' : 'title'}`;
  if (part === 'says') return index === undefined ? 'says' : `says-${index}`;
  return part === 'points' || part === 'treat' || part === 'signOff' ? part : '';
};

export const pathOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What the check says, as somebody reads it who edits a form. */
export const findingWords = ({ code, detail }: Pick<Finding, 'code' | 'detail'>, roleName: RoleName): string => {
  const named = (pattern: RegExp) =>
    detail.replace(
      pattern,
      (_all, before: string, role: string, after: string) => `${before}“${roleName(role)}”${after}`,
    );
  switch (code) {
    case 'unreachable':
      return 'This entry never decides: wherever it applies, another entry for the same role gives as much or more. Remove it, or change its credit or its evidence.';
    case 'one-role':
      return 'The readings contest this topic, yet one role alone earns full credit: say here why.';
    case 'no-evidence':
      return `${named(/^()(\S+)( can earn)/)}: tick the claims in one of its entries.`;
    case 'no-feedback':
      return 'Nothing is said to who chooses this role.'.replace(
        'this role',
        `“${roleName(/chooses (\S+)$/.exec(detail)?.[1] ?? '')}”`,
      );
    case 'denied-evidence':
      return named(/(this duty to )(\S+?)(,)/);
    case 'unnoticed':
      return `${named(/(role )(\S+)( and| for)/g).replace(/^no sample notices/, 'No sample answer notices')}.`;
    case 'sample-differs':
      return detail.replace(
        /^the sample “(.*)” of \S+ should earn (\S+) and earns (\S+)$/s,
        (_all, title: string, wanted: string, given: string) =>
          `“${title}” should earn ${percentWords(Number(wanted))} and earns ${percentWords(Number(given))}: mend the rule, or what is expected.`,
      );
    default:
      return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
  }
};

/** The findings of one scenario, by what is typed of it; the rest of `rules` only says what there is. */
export const checkScenarioAlone = (rules: RuleSet, scenario: string, known: Known): Finding[] => {
  const rule = rules.scenarios[scenario]!;
  const alone: RuleSet = { ...rules, scenarios: { [scenario]: rule }, prompts: {} };
  return [...checkRuleSet(alone, known), ...checkEntries(alone), ...findUnnoticed(alone)]
    .filter(({ path: [part, id] }) => (part === 'scenarios' && id === scenario) || part === 'bench')
    .map((finding) => (finding.path[0] === 'scenarios' ? { ...finding, path: finding.path.slice(2) } : finding));
};

/** Notes by their fields. */
export const notesFrom = (notes: readonly (Note & { at: string })[]): Notes => Map.groupBy(notes, ({ at }) => at);
