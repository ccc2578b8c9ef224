import type { Deps } from '../../deps.ts';
import { type Policy, policySchema } from '../../grading/rule-set.ts';
import type { Reply } from '../../route.ts';
import { policyWords } from '../policy-words.ts';
import { Change } from '../screen.tsx';
import { type Asked, at, type Visit } from '../visit.ts';
import { Began, Foot, SaveByEnter } from './draft-form.tsx';
import { type EditedPart, editPart } from './edit-part.tsx';
import { NumberField, type Option, SelectField } from './fields.tsx';
import { notesFrom, pathOf } from './findings.ts';
import { policyFieldAt, policyIn, settlePolicy, type TypedPolicy, typedPolicy } from './policy-form.ts';
import { policyChanges } from './rule-changes.ts';

const keeps: readonly Option[] = [
  ['best', 'the best attempt'],
  ['last', 'the last attempt'],
  ['first', 'the first attempt'],
];

const parsed = (value: unknown) => policySchema().safeParse(value).data;

const PolicyView = ({ policy }: { policy: Policy | undefined }) => (
  <ul>
    {(policy ? policyWords(policy) : []).map((line) => (
      <li>{line}.</li>
    ))}
  </ul>
);

const policyPart = (visit: Visit): EditedPart<TypedPolicy, Policy> => {
  const address = at(visit, 'rules', 'policy');
  return {
    address,
    own: ({ policy }) => policy ?? null,
    typed: typedPolicy,
    typedIn: policyIn,
    take: (typed) => typed,
    told: () => null,
    settle: settlePolicy,
    faults: (errors) =>
      notesFrom(
        errors.map(({ pointer, detail }) => ({ severity: 'error', says: detail, at: policyFieldAt(pathOf(pointer)) })),
      ),
    check: () => new Map(),
    parts: (_doc, value) => [{ part: { kind: 'policy' }, value }],
    changes: (was, now) => {
      const [before, after] = [parsed(was), parsed(now)];
      return before && after ? policyChanges(before, after) : [];
    },
    page: ({ read, typed, notes, began, unsaved, edits }, came) => ({
      title: 'Attempts and lateness',
      content: (
        <>
          <h1>Attempts and lateness</h1>
          {came}
          <p>What holds for every scenario, on top of its own rule.</p>
          {edits ? (
            <Change visit={visit} to={address}>
              <SaveByEnter />
              <Began {...began} />
              <fieldset>
                <legend>Attempts</legend>
                <div class="fields">
                  <NumberField
                    notes={notes}
                    name="max"
                    label="Attempts at each scenario"
                    hint="From 1 to 20."
                    value={typed.max}
                  />
                  <SelectField notes={notes} name="keep" label="What counts" value={typed.keep} options={keeps} />
                  <NumberField
                    notes={notes}
                    name="penalty"
                    label="A further attempt loses (%)"
                    hint="Of its points, for each attempt before it: with 10, the third keeps 80%. 0: nothing is lost."
                    value={typed.penalty}
                  />
                </div>
              </fieldset>
              <fieldset>
                <legend>After the due date</legend>
                <div class="fields">
                  <NumberField
                    notes={notes}
                    name="perDay"
                    label="Each day begun loses (%)"
                    hint="Of the points: with 10, work of a day and an hour late keeps 80%. 0: lateness costs nothing."
                    value={typed.perDay}
                  />
                  <NumberField
                    notes={notes}
                    name="floor"
                    label="Late work keeps at least (%)"
                    hint="However late it is. 0: it may lose everything."
                    value={typed.floor}
                  />
                </div>
              </fieldset>
              <fieldset>
                <legend>Passing</legend>
                <div class="fields">
                  <NumberField
                    notes={notes}
                    name="pass"
                    label="Pass mark (%)"
                    hint="Of the points of an activity. It changes no grade; a dry run tells who would cross it."
                    value={typed.pass}
                  />
                </div>
              </fieldset>
              <Foot unsaved={unsaved} tries={false} />
            </Change>
          ) : (
            <PolicyView policy={parsed(read.draft.doc.policy)} />
          )}
          <h2>In force now</h2>
          <PolicyView policy={read.rules.ruleSet.policy} />
        </>
      ),
    }),
  };
};

/** The policy as a form: attempts, lateness, the pass mark, each number with what it does. */
export const policyPage = (deps: Deps, visit: Visit, asked: Asked): Promise<Reply> =>
  editPart(deps, visit, asked, policyPart(visit));
