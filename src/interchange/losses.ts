import { hundredths } from '../grading/policy.ts';
import type { RuleSet, ScenarioRule } from '../grading/rule-set.ts';
import { pointerTo } from '../problem.ts';
import { carried, type Module, questionOf, weightOf } from './questions.ts';

export type Format = 'gift' | 'qti';
/** What a format could not carry: a code, a JSON pointer into what was exported, and what that means. */
export type Loss = { code: string; pointer: string; detail: string };

const details = {
  module: 'Which module the rules are for.',
  'role-id': 'A role is a choice and named by its label.',
  policy: 'Attempts, lateness and the pass mark: set them again where you import.',
  prompts: 'The criteria of discussion prompts.',
  'own-prompts': 'The texts of your own prompts.',
  denials: 'Which claims speak against a role.',
  bench: 'The sample answers.',
  topic: 'The topic of a scenario.',
  unit: 'The unit of a scenario of your own.',
  points: 'The points of a scenario: a weight is a share of whatever the question is worth where you import.',
  needs: 'Which claims a credit asks for: the choice alone earns it where you import.',
  shows: 'Which claims stand behind a credit.',
  'lesser-credit': 'What a role earns at other evidence, or none: its weight is the most that it can earn.',
  treat: 'That a scenario counts for nobody, or in full for everybody.',
  'sign-off': 'The reason why one role alone may earn full credit on a contested topic.',
  'no-text': 'A rule whose scenario has no text: it is left out.',
  'unknown-role': 'What is said or given to a role that there is not.',
  'white-space': 'White space around a text, and how its lines end.',
  'moodle-grade': 'Moodle has no such grade: when importing, choose the nearest grade.',
  'moodle-no-full': 'No choice earns everything, and Moodle wants one that does: it will refuse the question.',
} as const;

// The grades that Moodle's question bank offers (question/engine/bank.php), in per cent.
const MOODLE_GRADES = new Set([100, 90, 80, 75, 70, 60, 50, 40, 30, 25, 20, 10, 5, 0]);

type Path = readonly (string | number)[];
const loss = (code: keyof typeof details, ...path: Path): Loss => ({
  code,
  pointer: pointerTo(path),
  detail: details[code],
});

function* ofScenario(format: Format, ruleSet: RuleSet, id: string, rule: ScenarioRule): Generator<Loss> {
  const at = ['scenarios', id];
  const roles = new Set(ruleSet.roles.map((role) => role.id));
  if (format === 'gift') yield loss('points', ...at, 'points');
  if (format === 'qti') yield loss('topic', ...at, 'topic');
  const seen = new Set<string>();
  for (const [index, { role, credit, needs, shows }] of rule.accepts.entries()) {
    const entry = [...at, 'accepts', index];
    const best = !seen.has(role) && hundredths(credit) === weightOf(rule.accepts, role);
    if (!roles.has(role)) yield loss('unknown-role', ...entry);
    else if (!best) yield loss('lesser-credit', ...entry);
    else {
      seen.add(role);
      if (needs) yield loss('needs', ...entry, 'needs');
      if (shows) yield loss('shows', ...entry, 'shows');
      if (format === 'gift' && !MOODLE_GRADES.has(hundredths(credit))) yield loss('moodle-grade', ...entry, 'credit');
    }
  }
  if (format === 'gift' && !ruleSet.roles.some((role) => weightOf(rule.accepts, role.id) === 100))
    yield loss('moodle-no-full', ...at, 'accepts');
  for (const [role, says] of Object.entries(rule.says)) {
    if (!roles.has(role)) yield loss('unknown-role', ...at, 'says', role);
    else if (carried(says) !== says || says === '') yield loss('white-space', ...at, 'says', role);
  }
  if (rule.treat) yield loss('treat', ...at, 'treat');
  if (rule.signOff) yield loss('sign-off', ...at, 'signOff');
}

function* ofRules(format: Format, ruleSet: RuleSet, module: Module): Generator<Loss> {
  yield loss('module', 'module');
  for (const [index, { label }] of ruleSet.roles.entries()) {
    if (format === 'gift') yield loss('role-id', 'roles', index, 'id');
    if (carried(label) !== label) yield loss('white-space', 'roles', index, 'label');
  }
  yield loss('policy', 'policy');
  if (Object.keys(ruleSet.prompts).length > 0) yield loss('prompts', 'prompts');
  if (Object.keys(ruleSet.denials).length > 0) yield loss('denials', 'denials');
  if (ruleSet.bench.length > 0) yield loss('bench', 'bench');
  for (const [id, rule] of Object.entries(ruleSet.scenarios))
    if (questionOf(ruleSet, module, id)) yield* ofScenario(format, ruleSet, id, rule);
    else yield loss('no-text', 'scenarios', id);
  if (!ruleSet.custom) return;
  for (const [id, own] of Object.entries(ruleSet.custom.scenarios)) {
    const at = ['custom', 'scenarios', id];
    for (const name of ['title', 'text'] as const)
      if (carried(own[name]) !== own[name]) yield loss('white-space', ...at, name);
    if (format === 'qti') yield* [loss('unit', ...at, 'unit'), loss('topic', ...at, 'topic')];
  }
  if (Object.keys(ruleSet.custom.prompts).length > 0) yield loss('own-prompts', 'custom', 'prompts');
}

/** What the export of a rule set and its scenarios does not carry. The pointers are into the rule set. */
export const rulesLosses = (format: Format, ruleSet: RuleSet, module: Module): Loss[] => [
  ...ofRules(format, ruleSet, module),
];

/** What the gradebook as CSV does not carry. The pointers are into the gradebook as JSON; `*` is each of a list. */
export const gradebookLosses: readonly Loss[] = (
  [
    ['role', '/items/*/person/role', 'A role in the course: the gradebook lists learners.'],
    ['kind', '/items/*/grades/*/activity/kind', 'Whether a column is a scenario or a prompt: it is named by the id.'],
    ['source', '/items/*/grades/*/source', 'Whether a grade is automatic or set by hand.'],
    ['grade-event', '/items/*/grades/*/gradeEvent', 'The receipt of a grade.'],
    ['lms', '/items/*/grades/*/lms', 'Whether a grade has reached the LMS.'],
    ['max', '/items/*/max', 'What all columns sum up to: each says its own maximum in its head.'],
    ['formula', '/items/*/person/externalId', 'A text that a spreadsheet would compute gets an apostrophe before it.'],
    ['formula', '/items/*/person/name', 'A text that a spreadsheet would compute gets an apostrophe before it.'],
  ] as const
).map(([code, pointer, detail]) => ({ code, pointer, detail }));

/** Losses as lines for people: each kind once, with the places under it. */
export const lossLines = (losses: readonly Loss[]): string[] =>
  [...new Set(losses.map(({ code }) => code))].flatMap((code) => {
    const alike = losses.filter((one) => one.code === code);
    return [`${code}: ${alike[0]!.detail}`, ...alike.map(({ pointer }) => `  ${pointer.replace(/\s+/g, ' ')}`)];
  });
