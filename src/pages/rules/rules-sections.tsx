import { promptsOf, scenariosOf } from '../../catalogue/course-content.ts';
import type { Catalogue } from '../../catalogue/shapes.ts';
import { timeOf } from '../../courses/schedule.ts';
import { gradeParticipation } from '../../grading/participation.ts';
import { pointsOf } from '../../grading/policy.ts';
import type { Policy as PolicyRule } from '../../grading/rule-set.ts';
import { Go } from '../screen.tsx';
import { Table } from '../table.tsx';
import { at, type Visit } from '../visit.ts';
import { counted } from '../words.ts';
import type { DraftState } from './draft-state.ts';
import { VerdictBadge } from './matrix.tsx';
import type { RulesRead } from './read-rules.ts';
import { policyWords } from './rule-words.ts';
import { own } from './typed-values.ts';
import { shortHash, whoWords } from './who.ts';

type Props = { visit: Visit; read: RulesRead };

/** The rules by which answers are graded now. */
export const InForce = ({ visit, read: { rules, publications, times } }: Props) => {
  const since = publications.find(({ current }) => current === 1);
  return (
    <section aria-labelledby="in-force">
      <h2 id="in-force">In force</h2>
      <p dir="auto">
        <Go visit={visit} to={at(visit, 'rules', 'sets', rules.hash)}>
          Rules {shortHash(rules.hash)}
        </Go>
        {since && `, since ${times(timeOf(since.createdAt))}, published by ${whoWords(since.by, since.byName)}`}. Every
        answer is graded by them, and each grade names the rules that made it.
      </p>
    </section>
  );
};

export const Policy = ({ visit, policy }: { visit: Visit; policy: PolicyRule }) => (
  <section aria-labelledby="policy">
    <h2 id="policy">Attempts and lateness</h2>
    <ul>
      {policyWords(policy).map((line) => (
        <li>{line}.</li>
      ))}
    </ul>
    <p>
      <Go visit={visit} to={at(visit, 'rules', 'policy')}>
        Open attempts and lateness
      </Go>
    </p>
  </section>
);

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
export const Units = ({ visit, catalogue, state }: { visit: Visit; catalogue: Catalogue; state: DraftState }) => {
  const { ruleSet } = state;
  const [scenarios, prompts] = [scenariosOf(catalogue, ruleSet), promptsOf(catalogue, ruleSet)];
  const hasOwn =
    scenarios.length + prompts.length > Object.keys({ ...catalogue.scenarios, ...catalogue.prompts }).length;
  return (
    <section aria-labelledby="scenarios">
      <h2 id="scenarios">Scenarios and discussions</h2>
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

/** What was published, newest first. */
export const History = ({ visit, read: { publications, times } }: Props) => (
  <section aria-labelledby="history">
    <h2 id="history">Published before</h2>
    {publications.length === 0 ? (
      <p>Nothing was published yet: the course uses the module's own rules.</p>
    ) : (
      <Table caption={counted(publications.length, 'publication')} head={['When', 'Who', 'Rules', '']}>
        {publications.map(({ ruleSet, by, byName, createdAt, current }) => (
          <tr>
            <th scope="row">{times(timeOf(createdAt))}</th>
            <td dir="auto">{whoWords(by, byName)}</td>
            <td>
              <Go visit={visit} to={at(visit, 'rules', 'sets', ruleSet)}>
                {shortHash(ruleSet)}
              </Go>
            </td>
            <td>{current === 1 && <span class="badge good">in force</span>}</td>
          </tr>
        ))}
      </Table>
    )}
  </section>
);
