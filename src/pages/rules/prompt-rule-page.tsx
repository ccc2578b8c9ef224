import { promptIn as promptOf } from '../../catalogue/course-content.ts';
import type { Deps } from '../../deps.ts';
import { type PromptRule, promptRuleSchema } from '../../grading/rule-set.ts';
import { Problem } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { Go } from '../screen.tsx';
import { type Asked, at, type Visit } from '../visit.ts';
import { CriteriaForm } from './criteria-fields.tsx';
import { promptFieldAt, promptIn, settlePrompt, stepPrompt, type TypedPrompt, typedPrompt } from './criteria-form.ts';
import { type EditedPart, editPart } from './edit-part.tsx';
import { notesFrom, pathOf } from './findings.ts';
import type { RulesRead } from './read-rules.ts';
import { promptChanges } from './rule-changes.ts';
import { readStep } from './rule-steps.ts';
import { criteriaWords } from './rule-words.ts';
import { customIn } from './scenario-state.ts';
import { bagOf, own } from './typed-values.ts';

const parsed = (value: unknown) => promptRuleSchema().safeParse(value).data;

const findPrompt = ({ catalogue }: Deps, { draft, rules }: RulesRead, id: string) => {
  const prompt = promptOf(catalogue, customIn(draft.doc), id) ?? promptOf(catalogue, rules.ruleSet, id);
  if (!prompt) throw new Problem('prompt-not-found');
  return prompt;
};

const toldOf = (step: string, before: TypedPrompt, after: TypedPrompt) => {
  const { name, index } = readStep(step);
  if (name === 'add-criterion' && after.criteria.length > before.criteria.length)
    return { at: 'criteria', says: 'A criterion is added above.' };
  if (name === 'remove-criterion') return { at: 'criteria', says: `Criterion ${index + 1} is removed.` };
  return name.endsWith('-mark') ? { at: 'rubric', says: 'The rubric is changed.' } : null;
};

const Criteria = ({ rule }: { rule: PromptRule | undefined }) => (
  <ul dir="auto">
    {(rule ? criteriaWords(rule) : []).map((line) => (
      <li>{line}</li>
    ))}
  </ul>
);

const promptPart = (deps: Deps, visit: Visit, id: string): EditedPart<TypedPrompt, PromptRule> => {
  const address = at(visit, 'rules', 'prompts', id);
  return {
    address,
    own: (doc) => own(bagOf(doc.prompts), id) ?? null,
    typed: typedPrompt,
    typedIn: promptIn,
    take: stepPrompt,
    told: toldOf,
    settle: settlePrompt,
    faults: (errors) =>
      notesFrom(
        errors.map(({ pointer, detail }) => ({ severity: 'error', says: detail, at: promptFieldAt(pathOf(pointer)) })),
      ),
    check: () => new Map(),
    parts: (_doc, value) => [{ part: { kind: 'prompts', id }, value }],
    changes: (was, now) => promptChanges(parsed(was), parsed(now)),
    page: ({ read, typed, notes, began, unsaved, told, edits }, came) => {
      const prompt = findPrompt(deps, read, id);
      const unit = deps.catalogue.units.find((one) => one.id === prompt.unit);
      const inForce = own(read.rules.ruleSet.prompts, id) as PromptRule | undefined;
      const content = (
        <>
          <h1 dir="auto">{prompt.title}</h1>
          <p class="quiet">
            {unit && `Unit ${unit.id}: ${unit.title}. `}
            <Go visit={visit} to={at(visit, 'prompts', id)}>
              The discussion
            </Go>
          </p>
          {came}
          <p>
            What taking part in this discussion earns. Each criterion counts something, and gives its points in
            proportion.
          </p>
          {edits ? (
            <CriteriaForm
              visit={visit}
              address={address}
              typed={typed}
              notes={notes}
              began={began}
              unsaved={unsaved}
              told={told}
            />
          ) : (
            <Criteria rule={parsed(own(bagOf(read.draft.doc.prompts), id))} />
          )}
          {inForce && (
            <>
              <h2>In force now</h2>
              <Criteria rule={inForce} />
            </>
          )}
        </>
      );
      return { title: `Criteria: ${prompt.title}`, content };
    },
  };
};

/** What taking part in a discussion earns, as a form. */
export const promptRulePage = (deps: Deps, visit: Visit, asked: Asked): Promise<Reply> =>
  editPart(deps, visit, asked, promptPart(deps, visit, asked.params.prompt!));
