import * as z from 'zod';
import { knownOf, scenarioIn } from '../../catalogue/course-content.ts';
import type { Catalogue, Scenario } from '../../catalogue/shapes.ts';
import {
  type RuleSet,
  ruleSetSchema,
  type Sample,
  type ScenarioRule,
  sampleSchema,
  scenarioRuleSchema,
} from '../../grading/rule-set.ts';
import { Problem } from '../../problem.ts';
import { roleName } from '../claims.tsx';
import { type Fields, fieldOf } from '../visit.ts';
import {
  benchFrom,
  benchIn,
  emptySample,
  isTyped,
  newSampleIn,
  samplesOf,
  type TypedSample,
  typedSample,
} from './bench-form.ts';
import { checkScenarioAlone, fieldAt, findingWords, type Note, type Notes, notesFrom, pathOf } from './findings.ts';
import type { RulesRead } from './read-rules.ts';
import { ruleFrom, ruleIn, topicOf, typedRule } from './rule-form.ts';
import type { TypedScenario } from './rule-steps.ts';
import type { Doc } from './save-own.ts';
import { bagOf, type Fault, own, settle, typedReader } from './typed-values.ts';

/** A scenario's part of a draft: its rule and its samples. */
export const ownOf = (id: string) => (doc: Doc) => ({
  rule: own(bagOf(doc.scenarios), id) ?? null,
  bench: samplesOf(doc, id),
});

export type Own = ReturnType<ReturnType<typeof ownOf>>;

/** What the form shows of a stored part. */
export const typedScenario = (own: unknown, scenarioTopic: string): TypedScenario => {
  const { rule, bench } = own as Own;
  return {
    topic: topicOf(rule, scenarioTopic),
    rule: typedRule(rule),
    bench: bench.map(typedSample),
    sample: emptySample,
  };
};

export const scenarioInForm = (fields: Fields): TypedScenario => ({
  topic: fieldOf(fields, 'topic'),
  rule: ruleIn(fields),
  bench: benchIn(fields),
  sample: newSampleIn(fields),
});

/** The scenarios and prompts of the course's own that a draft brings; none where they are not well-formed. */
export const customIn = (doc: Doc): Pick<RuleSet, 'custom'> => ({
  custom: ruleSetSchema().shape.custom.safeParse(doc.custom).data,
});

/** The scenario that a page is about: the module's, or one that the draft or the rules in force bring. */
export const findScenario = (catalogue: Catalogue, { draft, rules }: RulesRead, id: string): Scenario => {
  const scenario = scenarioIn(catalogue, customIn(draft.doc), id) ?? scenarioIn(catalogue, rules.ruleSet, id);
  if (!scenario) throw new Problem('scenario-not-found');
  return scenario;
};

const allSamples = ({ bench, sample }: TypedScenario): TypedSample[] => (isTyped(sample) ? [...bench, sample] : bench);

const ownSchema = () => z.strictObject({ rule: scenarioRuleSchema(), bench: z.array(sampleSchema()) });
const atRule = ({ pointer, detail }: Fault): Fault => ({ pointer: `/rule${pointer}`, detail });

/** The rule and the samples that were typed. Throws `invalid-input` with every fault by its place. */
export const settleScenario = (typed: TypedScenario, id: string): { rule: ScenarioRule; bench: Sample[] } => {
  const [forRule, forBench] = [typedReader(), typedReader()];
  const rule = ruleFrom(typed.rule, typed.topic, forRule);
  const bench = benchFrom(allSamples(typed), id, forBench);
  return settle(ownSchema(), { rule, bench }, [...forRule.faults.map(atRule), ...forBench.faults]);
};

/** The entries that were typed, where they are well-formed. */
export const acceptsIn = (typed: TypedScenario): ScenarioRule['accepts'] | null => {
  const read = typedReader();
  const rule = ruleFrom(typed.rule, typed.topic, read);
  const accepts = scenarioRuleSchema().shape.accepts.safeParse(rule.accepts);
  return accepts.success && !read.faults.some(({ pointer }) => pointer.startsWith('/accepts')) ? accepts.data : null;
};

/** The faults of a refused form as notes at its fields; those of a sample not added yet stand where it is typed. */
export const notesOfFaults = (errors: readonly Fault[], typed: TypedScenario): Notes => {
  const placed = errors.map(({ pointer, detail }) => {
    const path = pathOf(pointer);
    const at = fieldAt(path[0] === 'rule' ? path.slice(1) : path);
    const note: Note = { severity: 'error', says: detail };
    return { ...note, at: at === `s${typed.bench.length}` ? 'new' : at };
  });
  return notesFrom(placed);
};

/** What the check says of what is typed; its faults, where it is no rule, unless it is still being built. */
export const notesOf = (
  catalogue: Catalogue,
  rules: RuleSet,
  id: string,
  typed: TypedScenario,
  building: boolean,
): Notes => {
  const named = (role: string) => roleName(catalogue, role);
  try {
    const { rule, bench } = settleScenario({ ...typed, sample: emptySample }, id);
    const alone: RuleSet = { ...rules, scenarios: { ...rules.scenarios, [id]: rule }, bench };
    return notesFrom(
      checkScenarioAlone(alone, id, knownOf(catalogue)).map((finding) => ({
        severity: finding.severity,
        says: findingWords(finding, named),
        at: fieldAt(finding.path, finding.code),
      })),
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return building ? new Map() : notesOfFaults((error.members.errors ?? []) as Fault[], typed);
  }
};
