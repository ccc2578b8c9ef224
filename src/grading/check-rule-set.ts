import { checkCustom, withCustom } from './check-custom.ts';
import { creditOf } from './grade-answer.ts';
import type { PromptRule, RuleSet, Sample, ScenarioRule } from './rule-set.ts';

/** What a rule set may speak of. */
export type Known = {
  roles: ReadonlySet<string>;
  topics: Readonly<Record<string, { verdict: string }>>;
  claims: Readonly<Record<string, unknown>>;
  units: readonly { id: string }[];
  scenarios: Readonly<Record<string, { topic: string }>>;
  prompts: Readonly<Record<string, unknown>>;
};

export type Finding = { severity: 'error' | 'warning'; code: string; path: (string | number)[]; detail: string };

const evidenceOf = (entry: ScenarioRule['accepts'][number]) => [
  ...(entry.needs ? ('any' in entry.needs ? entry.needs.any : entry.needs.all) : []),
  ...(entry.shows ?? []),
];

type Path = (string | number)[];
const error = (code: string, path: Path, detail: string): Finding => ({ severity: 'error', code, path, detail });
const warning = (code: string, path: Path, detail: string): Finding => ({ severity: 'warning', code, path, detail });

function* checkScenario(id: string, rule: ScenarioRule, known: Known): Generator<Finding> {
  const at = (...path: Path): Path => ['scenarios', id, ...path];
  const scenario = Object.hasOwn(known.scenarios, id) ? known.scenarios[id] : undefined;
  const topic = Object.hasOwn(known.topics, rule.topic) ? known.topics[rule.topic] : undefined;
  if (!scenario) yield error('unknown-scenario', at(), `there is no scenario ${id}`);
  if (!topic) yield error('unknown-topic', at('topic'), `there is no topic ${rule.topic}`);
  else if (scenario && scenario.topic !== rule.topic)
    yield error('other-topic', at('topic'), `${id} is about ${scenario.topic}, the rule about ${rule.topic}`);

  for (const [index, entry] of rule.accepts.entries()) {
    if (!known.roles.has(entry.role))
      yield error('unknown-role', at('accepts', index), `there is no role ${entry.role}`);
    for (const claim of evidenceOf(entry))
      if (!Object.hasOwn(known.claims, claim))
        yield error('unknown-claim', at('accepts', index), `there is no claim ${claim}`);
  }

  const toFull = rule.accepts.filter((entry) => entry.credit === 1);
  const full = new Set(toFull.map((entry) => entry.role));
  for (const role of full)
    if (!toFull.some((entry) => entry.role === role && evidenceOf(entry).length > 0))
      yield error('no-evidence', at('accepts'), `${role} can earn full credit but no claim is named that licenses it`);
  if (full.size === 1 && topic?.verdict === 'contested' && !rule.signOff) {
    const why = `${rule.topic} is contested, yet one role alone earns full credit: say why in signOff`;
    yield error('one-role', at('accepts'), why);
  }

  for (const role of known.roles)
    if (!Object.hasOwn(rule.says, role))
      yield warning('no-feedback', at('says'), `nothing is said to who chooses ${role}`);
  for (const role of Object.keys(rule.says))
    if (!known.roles.has(role))
      yield warning('unread-feedback', at('says', role), `there is no role ${role} to read this`);
}

function* checkPrompt(id: string, rule: PromptRule, known: Known): Generator<Finding> {
  if (!Object.hasOwn(known.prompts, id)) yield error('unknown-prompt', ['prompts', id], `there is no prompt ${id}`);
  const seen = new Set<string>();
  for (const [index, criterion] of rule.criteria.entries()) {
    const path = ['prompts', id, 'criteria', index];
    if (seen.has(criterion.id))
      yield error('same-criterion', path, `two criteria of ${id} have the id ${criterion.id}`);
    seen.add(criterion.id);
  }
}

function* checkSample(index: number, sample: Sample, ruleSet: RuleSet, known: Known): Generator<Finding> {
  const { scenario, title, role, claims } = sample;
  const path = ['bench', index];
  const name = `the sample “${title}” of ${scenario}`;
  const exists = Object.hasOwn(known.scenarios, scenario);
  if (!exists) yield error('unknown-scenario', path, `${name}: there is no scenario ${scenario}`);
  if (!known.roles.has(role)) yield error('unknown-role', path, `${name}: there is no role ${role}`);
  for (const claim of claims)
    if (!Object.hasOwn(known.claims, claim)) yield error('unknown-claim', path, `${name}: there is no claim ${claim}`);
  // A sample tries the entries: a scenario that is void for now keeps its bench.
  const rule = Object.hasOwn(ruleSet.scenarios, scenario) ? ruleSet.scenarios[scenario] : undefined;
  const credit = creditOf(rule?.accepts ?? [], role, claims);
  if (exists && credit !== sample.credit)
    yield error('sample-differs', path, `${name} should earn ${sample.credit} and earns ${credit}`);
}

/** What it names beside its scenarios and prompts: roles, and the claims that deny a duty. */
function* checkNames({ roles, denials }: RuleSet, known: Known): Generator<Finding> {
  for (const [index, { id }] of roles.entries())
    if (!known.roles.has(id)) yield error('unknown-role', ['roles', index], `there is no role ${id}`);
  for (const [claim, denied] of Object.entries(denials)) {
    if (!Object.hasOwn(known.claims, claim))
      yield error('unknown-claim', ['denials', claim], `there is no claim ${claim}`);
    for (const [index, role] of denied.entries())
      if (!known.roles.has(role)) yield error('unknown-role', ['denials', claim, index], `there is no role ${role}`);
  }
}

/** Everything wrong or doubtful in a rule set: what it names must exist, evidence be named, and every sample come out. */
export function* checkRuleSet(ruleSet: RuleSet, module: Known): Generator<Finding> {
  yield* checkNames(ruleSet, module);
  yield* checkCustom(ruleSet, module);
  const known = withCustom(module, ruleSet);
  for (const [id, rule] of Object.entries(ruleSet.scenarios)) yield* checkScenario(id, rule, known);
  for (const id of Object.keys(known.scenarios))
    if (!Object.hasOwn(ruleSet.scenarios, id)) yield error('no-rule', ['scenarios'], `scenario ${id} has no rule`);
  for (const [id, rule] of Object.entries(ruleSet.prompts)) yield* checkPrompt(id, rule, known);
  for (const id of Object.keys(known.prompts))
    if (!Object.hasOwn(ruleSet.prompts, id)) yield error('no-rule', ['prompts'], `prompt ${id} has no criteria`);
  for (const [index, sample] of ruleSet.bench.entries()) yield* checkSample(index, sample, ruleSet, known);
}
