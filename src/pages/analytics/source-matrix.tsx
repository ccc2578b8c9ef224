import { Table } from '../table.tsx';
import { Matrix, matrixHeight } from './charts/matrix.tsx';
import { Picture } from './charts/picture.tsx';
import { type Confusion, relationCounts, relationNames, relations, sourcesWords } from './confusion-words.ts';
import { countWords, KEPT_BACK } from './figure-words.ts';
import type { Roles } from './parts.tsx';

type NamedSource = Confusion['sources'][number] & { name: string };

/** How the passages that were cited stand to the role that was chosen with them, reading by reading. */
export const SourceMatrix = ({ sources, roles }: { sources: readonly NamedSource[]; roles: Roles }) => {
  const says = sourcesWords(sources);
  const labels = relations.map((relation) => relationNames[relation]);
  const cells = (source: NamedSource) => {
    if (source.suppressed) return null;
    const counts = relationCounts(source);
    const n = relations.reduce((sum, relation) => sum + counts[relation], 0);
    return relations.map((relation) => ({
      count: counts[relation],
      share: n === 0 ? 0 : counts[relation] / n,
      framed: relation === 'agrees',
    }));
  };
  const drawn = sources.map((source) => ({ label: source.name, cells: cells(source) }));
  return (
    <Picture
      id="sources"
      title="What cited passages say of the role that was chosen, reading by reading"
      desc={`${says} A row a reading, a column what its cited passages say; the numbers stand in the table below.`}
      height={matrixHeight(drawn, labels)}
      says={<span dir="auto">{says}</span>}
      drawing={<Matrix id="sources" columns={labels} rows={drawn} />}
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
