import { Table } from '../table.tsx';
import type { Visit } from '../visit.ts';
import { counted } from '../words.ts';
import { Matrix, matrixHeight } from './charts/matrix.tsx';
import { Picture } from './charts/picture.tsx';
import { type Confusion, keyWords, matrixWords, scenariosWords } from './confusion-words.ts';
import { countWords } from './figure-words.ts';
import { Numbers, namedBy, type Roles, ScenarioLink } from './parts.tsx';

type Said = readonly { role: string; count: number | null }[];

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
  const told = rows.filter(({ n }) => n > 0);
  if (told.length === 0) return <p>{matrixWords(rows, kept, named)}</p>;
  const says = matrixWords(rows, kept, named) + keptWords(kept);
  const drawn = told.map(({ key, said }) => ({ label: `Right: ${keyWords(key, named)}`, cells: cellsOf(said, key) }));
  return (
    <Picture
      id="matrix"
      title="Role chosen, by the roles that can earn everything"
      desc={`${says} A row a key, a column a role that was chosen; the numbers stand in the table below.`}
      height={matrixHeight(drawn, labels)}
      says={says}
      drawing={<Matrix id="matrix" columns={labels} rows={drawn} />}
      legend={`${legend} What nobody has answered is left out.`}
    >
      <Table
        caption="First answers"
        head={['Right', 'Scenarios', ...labels.map((label) => `Chose ${label}`), 'Answers']}
      >
        {told.map(({ key, scenarios, said, n }) => (
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
  const drawn = scenarios.map(({ title, key, said, suppressed }) => ({
    label: title,
    cells: suppressed ? null : cellsOf(said, key),
  }));
  return (
    <Picture
      id="scenarios"
      title="Role chosen, scenario by scenario"
      desc={`${says} A row a scenario, a column a role that was chosen; the numbers stand in the table below.`}
      height={matrixHeight(drawn, labels)}
      says={<span dir="auto">{says}</span>}
      drawing={<Matrix id="scenarios" columns={labels} rows={drawn} />}
      legend={legend}
    >
      <Numbers rows={scenarios.length}>
        <Table
          caption="First answers, scenario by scenario"
          head={['Scenario', ...labels.map((label) => `Chose ${label}`), 'Answers']}
        >
          {scenarios.map(({ scenario, title, key, said, n }) => (
            <tr>
              <th scope="row">
                <ScenarioLink visit={visit} scenario={scenario} title={title} />
                <br />
                <span class="quiet">Right: {keyWords(key, named)}</span>
              </th>
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
