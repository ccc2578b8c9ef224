import type { Deps } from '../../deps.ts';
import type { RuleSet, Sample, ScenarioRule } from '../../grading/rule-set.ts';
import type { Reply } from '../../route.ts';
import { ClaimNotes, roleName } from '../claims.tsx';
import { Go } from '../screen.tsx';
import { type Asked, at, type Visit } from '../visit.ts';
import { samplesOf, withSamples } from './bench-form.ts';
import { type EditedPart, editPart } from './edit-part.tsx';
import { ToldAt } from './fields.tsx';
import { EvidenceMatrix, VerdictBadge } from './matrix.tsx';
import { type TypedScenario, takeStep } from './rule-steps.ts';
import { RuleView } from './rule-view.tsx';
import { wasText } from './save-own.ts';
import { ClaimList, ScenarioForm } from './scenario-form.tsx';
import {
  acceptsIn,
  customIn,
  findScenario,
  notesOf,
  notesOfFaults,
  ownOf,
  scenarioInForm,
  settleScenario,
  typedScenario,
} from './scenario-state.ts';
import { readable, scenarioChanges, toldOf } from './scenario-told.ts';
import { own } from './typed-values.ts';
import { claimsOn } from './voices.ts';

const claimsIn = ({ rule, bench }: TypedScenario): string[] => [
  ...rule.entries.flatMap(({ claims, shows }) => [...claims, ...shows]),
  ...bench.flatMap(({ claims }) => claims),
];

const scenarioPart = (
  deps: Deps,
  visit: Visit,
  id: string,
): EditedPart<TypedScenario, { rule: ScenarioRule; bench: Sample[] }> => {
  const { catalogue } = deps;
  const named = (role: string) => roleName(catalogue, role);
  const acceptsOf = ({ scenarios }: RuleSet) => (own(scenarios, id) as ScenarioRule | undefined)?.accepts ?? null;
  const address = at(visit, 'rules', 'scenarios', id);
  return {
    address,
    own: ownOf(id),
    typed: (kept, read) => typedScenario(kept, findScenario(catalogue, read, id).topic),
    typedIn: scenarioInForm,
    take: (typed, step) =>
      takeStep(typed, step, {
        roleOf: (claim) => (Object.hasOwn(catalogue.claims, claim) ? catalogue.claims[claim]!.role : null),
        firstRole: catalogue.module.roles[0]!.id,
        roleName: named,
        accepts: acceptsIn(typed),
      }),
    told: toldOf,
    settle: (typed) => settleScenario(typed, id),
    faults: notesOfFaults,
    check: (typed, { rules, draft }, building) =>
      notesOf(catalogue, { ...rules.ruleSet, ...customIn(draft.doc) }, id, typed, building),
    parts: (doc, { rule, bench }) => [
      { part: { kind: 'scenarios', id }, value: rule },
      ...(wasText(samplesOf(doc, id)) === wasText(bench)
        ? []
        : [{ part: { kind: 'bench' as const }, value: withSamples(doc, id, bench) }]),
    ],
    changes: (was, now) => scenarioChanges(was, now, named),
    page: ({ read, typed, notes, began, unsaved, told, edits }, came) => {
      const scenario = findScenario(catalogue, read, id);
      const { topic } = typed;
      const unit = catalogue.units.find((one) => one.id === scenario.unit);
      const verdict = Object.hasOwn(catalogue.topics, topic) ? catalogue.topics[topic]!.verdict : undefined;
      const { rule } = readable(ownOf(id)(read.draft.doc));
      const content = (
        <>
          <h1 dir="auto">{scenario.title}</h1>
          <p class="quiet">
            {unit && `Unit ${unit.id}: ${unit.title} `}
            {verdict && <VerdictBadge verdict={verdict} />}
          </p>
          <blockquote dir="auto">
            {scenario.text.split(/\n{2,}/).map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </blockquote>
          {came}
          <ToldAt told={told} at="" />
          <p>
            <a href="#matrix">Who says what</a> · <a href="#bench">Sample answers</a> ·{' '}
            <Go visit={visit} to={at(visit, 'scenarios', id)}>
              The scenario as students see it
            </Go>
          </p>
          <div class="beside">
            {edits ? (
              <ScenarioForm
                catalogue={catalogue}
                visit={visit}
                address={address}
                typed={typed}
                notes={notes}
                earns={{ before: acceptsOf(read.rules.ruleSet), now: acceptsIn(typed) }}
                began={began}
                unsaved={unsaved}
                told={told}
              />
            ) : (
              <section aria-label="The rule">
                <p class="box">
                  {read.draft.exists ? 'This is how the draft has it. ' : ''}Instructors change it; you can read it.
                </p>
                {rule && <RuleView catalogue={catalogue} rule={rule} />}
              </section>
            )}
            <EvidenceMatrix catalogue={catalogue} topic={topic} form={edits ? 'rule' : undefined} />
          </div>
          <ClaimNotes
            catalogue={catalogue}
            ids={[...claimsOn(catalogue, topic).map((claim) => claim.id), ...claimsIn(typed)]}
          />
          <ClaimList catalogue={catalogue} />
        </>
      );
      return { title: `Rule: ${scenario.title}`, wide: true, content };
    },
  };
};

/** A scenario's rule as a form beside the evidence of its topic. */
export const scenarioRulePage = (deps: Deps, visit: Visit, asked: Asked): Promise<Reply> =>
  editPart(deps, visit, asked, scenarioPart(deps, visit, asked.params.scenario!));
