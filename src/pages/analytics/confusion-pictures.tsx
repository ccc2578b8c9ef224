import { Table } from '../table.tsx';
import type { Visit } from '../visit.ts';
import { counted } from '../words.ts';
import { Matrix, matrixHeight } from './charts/matrix.tsx';
import { Picture } from './charts/picture.tsx';
import {
  type Confusion,
  keyWords,
  matrixWords,
  relationCounts,
  relationNames,
  relations,
  scenariosWords,
  sourcesWords,
} from './confusion-words.ts';
import { countWords, KEPT_BACK } from './figure-words.ts';
import { Numbers, ScenarioLink } from './parts.tsx';

type Roles = readonly { id: string; label: string }[];
type Said = readonly { role: string; count: number | null }[];

const namedBy = (roles: Roles) => (id: string) => roles.find((role) => role.id === id)?.label ?? id;

/** A row of the matrix: how many said each role, those of the key framed. */
const cellsOf = (said: Said, key: readonly string[]) => {
  const n = said.reduce((sum, { count }) => sum + (count ?? 0), 0);
  return said.map(({ role, count }) => ({
    count: count ?? 0,
    share: n === 0 ? 0 : (count ?? 0) / n,
    framed: key.includes(role),
  }));
};

const legend = 'The fuller a field, the more of its row. Framed with ✓: a role that can earn everything.';

const keptWords = (kept: number): string =>
  kept === 0
    ? ''
    : ` ${counted(kept, 'scenario is', 'scenarios are')} left out, where a group of fewer than five would show.`;

/** Which role was chosen, by which was right. */
export const KeyMatrix = ({ rows, roles, kept }: { rows: Confusion['course']; roles: Roles; kept: number }) => {
  const named = namedBy(roles);
  const labels = roles.map(({ label }) => label);
  const says = matrixWords(rows, kept, named) + keptWords(kept);
  if (rows.length === 0) return <p>{says}</p>;
  return (
    <Picture
      id="matrix"
      title="Role chosen, by the roles that can earn everything"
      desc={`${says} A row a key, a column a role that was chosen; the numbers stand in the table below.`}
      height={matrixHeight(rows.length, labels)}
      says={says}
      drawing={
        <Matrix
          id="matrix"
          columns={labels}
          rows={rows.map(({ key, said }) => ({
            label: `Right: ${keyWords(key, named)}`,
            cells: cellsOf(said, key),
          }))}
        />
      }
      legend={legend}
    >
      <Table
        caption="First answers"
        head={['Right', 'Scenarios', ...labels.map((label) => `Chose ${label}`), 'Answers']}
      >
        {rows.map(({ key, scenarios, said, n }) => (
          <tr>
            <th scope="row">{keyWords(key, named)}</th>
            <td class="num">{scenarios.length}</td>
            {said.map(({ count }) => (
              <td class="num">{count}</td>
            ))}
            <td class="num">{n}</td>
          </tr>
        ))}
      </Table>
    </Picture>
  );
};

type Titled = Confusion['scenarios'][number] & { title: string };

/** Which role was chosen, scenario by scenario. */
export const ScenarioMatrix = ({
  visit,
  scenarios,
  roles,
}: {
  visit: Visit;
  scenarios: readonly Titled[];
  roles: Roles;
}) => {
  const named = namedBy(roles);
  const labels = roles.map(({ label }) => label);
  const says = scenariosWords(scenarios, named);
  return (
    <Picture
      id="scenarios"
      title="Role chosen, scenario by scenario"
      desc={`${says} A row a scenario, a column a role that was chosen; the numbers stand in the table below.`}
      height={matrixHeight(scenarios.length, labels)}
      says={<span dir="auto">{says}</span>}
      drawing={
        <Matrix
          id="scenarios"
          columns={labels}
          rows={scenarios.map(({ title, key, said, suppressed }) => ({
            label: title,
            cells: suppressed ? null : cellsOf(said, key),
          }))}
        />
      }
      legend={legend}
    >
      <Numbers rows={scenarios.length}>
        <Table
          caption="First answers"
          head={['Scenario', 'Right', ...labels.map((label) => `Chose ${label}`), 'Answers']}
        >
          {scenarios.map(({ scenario, title, key, said, n }) => (
            <tr>
              <th scope="row">
                <ScenarioLink visit={visit} scenario={scenario} title={title} />
              </th>
              <td>{keyWords(key, named)}</td>
              {said.map(({ count }) => (
                <td class="num">{countWords(count)}</td>
              ))}
              <td class="num">{countWords(n)}</td>
            </tr>
          ))}
        </Table>
      </Numbers>
    </Picture>
  );
};

type NamedSource = Confusion['sources'][number] & { name: string };

/** How the passages that were cited stand to the role that was chosen with them, reading by reading. */
export const SourceMatrix = ({ sources, roles }: { sources: readonly NamedSource[]; roles: Roles }) => {
  const says = sourcesWords(sources);
  const labels = relations.map((relation) => relationNames[relation]);
  const cells = (source: NamedSource) => {
    const counts = relationCounts(source);
    const n = relations.reduce((sum, relation) => sum + counts[relation], 0);
    return relations.map((relation) => ({
      count: counts[relation],
      share: n === 0 ? 0 : counts[relation] / n,
      framed: relation === 'agrees',
    }));
  };
  return (
    <Picture
      id="sources"
      title="What cited passages say of the role that was chosen, reading by reading"
      desc={`${says} A row a reading, a column what its cited passages say; the numbers stand in the table below.`}
      height={matrixHeight(sources.length, labels)}
      says={<span dir="auto">{says}</span>}
      drawing={
        <Matrix
          id="sources"
          columns={labels}
          rows={sources.map((source) => ({ label: source.name, cells: source.suppressed ? null : cells(source) }))}
        />
      }
      legend="Counts of citations; the fuller a field, the more of its row. Framed with ✓: the passage says what the student says."
    >
      <Table
        caption="Readings cited with first answers"
        head={['Reading', 'Answers', 'Students', ...labels, ...roles.map(({ label }) => `Chose ${label}`)]}
      >
        {sources.map((source) => {
          const counts = relationCounts(source);
          return (
            <tr>
              <th scope="row" dir="auto">
                {source.name}
              </th>
              <td class="num">{countWords(source.answers)}</td>
              <td class="num">{countWords(source.people)}</td>
              {relations.map((relation) => (
                <td class="num">{source.suppressed ? KEPT_BACK : counts[relation]}</td>
              ))}
              {source.said.map(({ count }) => (
                <td class="num">{countWords(count)}</td>
              ))}
            </tr>
          );
        })}
      </Table>
    </Picture>
  );
};
