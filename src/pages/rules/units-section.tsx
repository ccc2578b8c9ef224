import { promptsOf, scenariosOf } from '../../catalogue/course-content.ts';
import type { Catalogue } from '../../catalogue/shapes.ts';
import { gradeParticipation } from '../../grading/participation.ts';
import { pointsOf } from '../../grading/policy.ts';
import { Go } from '../screen.tsx';
import { Table } from '../table.tsx';
import { at, type Visit } from '../visit.ts';
import type { DraftState } from './draft-state.ts';
import { VerdictBadge } from './matrix.tsx';
import { own } from './typed-values.ts';

/** What stands below is the draft's, where there is one. */
export const AsDrafted = ({ draft }: { draft: boolean }) => (draft ? <p class="quiet">As the draft has it.</p> : null);

const Marks = ({
  state,
  kind,
  id,
  custom,
}: {
  state: DraftState;
  kind: 'scenarios' | 'prompts';
  id: string;
  custom: boolean;
}) => {
  const found = state.found.filter(({ page }) => page[0] === kind && page[1] === id);
  const errors = found.reduce((sum, one) => sum + one.errors, 0);
  const doubts = found.reduce((sum, one) => sum + one.notes.length, 0) - errors;
  return (
    <>
      {state.changes?.some((one) => one.kind === kind && one.id === id) && <span class="badge">changed</span>}{' '}
      {errors > 0 && <span class="badge bad">{errors} to mend</span>}{' '}
      {doubts > 0 && <span class="badge warn">{doubts} doubtful</span>} {custom && <span class="badge">your own</span>}
    </>
  );
};

/** Whether the draft changes one of these, or the check has something to say of it. */
const isTouched = ({ changes, found }: DraftState, activities: readonly { id: string }[]) =>
  activities.some(({ id }) => changes?.some((one) => one.id === id) || found.some(({ page }) => page[1] === id));

/** Every scenario and prompt, unit by unit, as the draft has them where there is one. */
export const Units = ({
  visit,
  catalogue,
  state,
  draft,
}: {
  visit: Visit;
  catalogue: Catalogue;
  state: DraftState;
  draft: boolean;
}) => {
  const { ruleSet } = state;
  const [scenarios, prompts] = [scenariosOf(catalogue, ruleSet), promptsOf(catalogue, ruleSet)];
  const hasOwn =
    scenarios.length + prompts.length > Object.keys({ ...catalogue.scenarios, ...catalogue.prompts }).length;
  return (
    <section aria-labelledby="scenarios">
      <h2 id="scenarios">Scenarios and discussions</h2>
      <AsDrafted draft={draft} />
      {catalogue.units.map((unit) => (
        <details
          open={isTouched(
            state,
            [...scenarios, ...prompts].filter((one) => one.unit === unit.id),
          )}
        >
          <summary>
            Unit {unit.id}: {unit.title}
          </summary>
          <Table
            caption={`Unit ${unit.id}: what is graded, and by how much`}
            head={['Scenario or discussion', 'Readings', 'Points', 'Notes']}
          >
            {scenarios
              .filter((one) => one.unit === unit.id)
              .map(({ id, title, topic }) => (
                <tr>
                  <th scope="row" dir="auto">
                    <Go visit={visit} to={at(visit, 'rules', 'scenarios', id)}>
                      {title}
                    </Go>
                  </th>
                  <td>
                    {Object.hasOwn(catalogue.topics, topic) && (
                      <VerdictBadge verdict={catalogue.topics[topic]!.verdict} />
                    )}
                  </td>
                  <td class="num">
                    {ruleSet.scenarios[id]?.treat === 'void' ? 'void' : ruleSet.scenarios[id]?.points}
                  </td>
                  <td>
                    <Marks state={state} kind="scenarios" id={id} custom={own(catalogue.scenarios, id) === undefined} />
                  </td>
                </tr>
              ))}
            {prompts
              .filter((one) => one.unit === unit.id)
              .map(({ id, title }) => (
                <tr>
                  <th scope="row" dir="auto">
                    <Go visit={visit} to={at(visit, 'rules', 'prompts', id)}>
                      {title}
                    </Go>
                  </th>
                  <td class="quiet">discussion</td>
                  <td class="num">
                    {ruleSet.prompts[id] && pointsOf(gradeParticipation(ruleSet.prompts[id], {}).max)}
                  </td>
                  <td>
                    <Marks state={state} kind="prompts" id={id} custom={own(catalogue.prompts, id) === undefined} />
                  </td>
                </tr>
              ))}
          </Table>
        </details>
      ))}
      {hasOwn && (
        <p class="quiet">
          The texts of your own scenarios and discussions are written through the interface (see /docs); their rules are
          changed here.
        </p>
      )}
    </section>
  );
};
