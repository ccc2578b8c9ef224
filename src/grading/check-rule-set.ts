import { gradeAnswer } from './grade-answer.ts';
import type { RuleSet, ScenarioRule } from './rule-set.ts';

/** What a rule set may speak of. */
export type Known = {
  roles: ReadonlySet<string>;
  topics: Readonly<Record<string, { verdict: string }>>;
  claims: Readonly<Record<string, unknown>>;
  scenarios: Readonly<Record<string, { topic: string }>>;
  prompts: Readonly<Record<string, unknown>>;
};

export type Finding = { severity: 'error' | 'warning'; code: string; path: (string | number)[]; detail: string };

const evidenceOf = (entry: ScenarioRule['accepts'][number]) => [
  ...(entry.needs ? ('any' in entry.needs ? entry.needs.any : entry.needs.all) : []),
  ...(entry.shows ?? []),
];

function* checkScenario(id: string, rule: ScenarioRule, known: Known): Generator<Finding> {
  const at = ['scenarios', id];
  const error = (code: string, path: (string | number)[], detail: string): Finding => ({
    severity: 'error',
    code,
    path: [...at, ...path],
    detail,
  });
  if (!Object.hasOwn(known.scenarios, id)) yield error('unknown-scenario', [], `there is no scenario ${id}`);
  if (!Object.hasOwn(known.topics, rule.topic))
    yield error('unknown-topic', ['topic'], `there is no topic ${rule.topic}`);
  else if (known.scenarios[id] && known.scenarios[id].topic !== rule.topic)
    yield error('other-topic', ['topic'], `${id} is about ${known.scenarios[id].topic}, the rule about ${rule.topic}`);
  for (const [index, entry] of rule.accepts.entries()) {
    if (!known.roles.has(entry.role)) yield error('unknown-role', ['accepts', index], `there is no role ${entry.role}`);
    for (const claim of evidenceOf(entry))
      if (!Object.hasOwn(known.claims, claim))
        yield error('unknown-claim', ['accepts', index], `there is no claim ${claim}`);
  }
  const full = new Set(rule.accepts.filter((entry) => entry.credit === 1).map((entry) => entry.role));
  for (const role of full)
    if (!rule.accepts.some((entry) => entry.role === role && evidenceOf(entry).length > 0))
      yield error('no-evidence', ['accepts'], `${role} can earn full credit but no claim is named that licenses it`);
  if (full.size === 1 && known.topics[rule.topic]?.verdict === 'contested' && !rule.signOff)
    yield error(
      'one-role',
      ['accepts'],
      `${rule.topic} is contested, yet one role alone earns full credit: sign off with a reason`,
    );
  for (const role of known.roles)
    if (!Object.hasOwn(rule.says, role))
      yield {
        severity: 'warning',
        code: 'no-feedback',
        path: [...at, 'says'],
        detail: `nothing is said to who chooses ${role}`,
      };
}

/** Everything wrong or doubtful in a rule set: what it names must exist, evidence be named, and every sample come out. */
export function* checkRuleSet(ruleSet: RuleSet, known: Known): Generator<Finding> {
  for (const [id, rule] of Object.entries(ruleSet.scenarios)) yield* checkScenario(id, rule, known);
  for (const id of Object.keys(known.scenarios))
    if (!Object.hasOwn(ruleSet.scenarios, id))
      yield { severity: 'error', code: 'no-rule', path: ['scenarios'], detail: `scenario ${id} has no rule` };
  for (const id of Object.keys(ruleSet.prompts))
    if (!Object.hasOwn(known.prompts, id))
      yield { severity: 'error', code: 'unknown-prompt', path: ['prompts', id], detail: `there is no prompt ${id}` };
  for (const id of Object.keys(known.prompts))
    if (!Object.hasOwn(ruleSet.prompts, id))
      yield { severity: 'error', code: 'no-rule', path: ['prompts'], detail: `prompt ${id} has no criteria` };
  for (const [index, sample] of ruleSet.bench.entries()) {
    const { credit } = gradeAnswer(ruleSet, { ...sample, counterClaims: [] });
    if (credit !== sample.credit)
      yield {
        severity: 'error',
        code: 'sample-differs',
        path: ['scenarios', sample.scenario, 'bench', index],
        detail: `the sample “${sample.title}” of ${sample.scenario} should earn ${sample.credit} and earns ${credit}`,
      };
  }
}
