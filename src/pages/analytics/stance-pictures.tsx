import { Table } from '../table.tsx';
import { DotPlot, dotPlotHeight } from './charts/dot-plot.tsx';
import { Matrix, matrixHeight } from './charts/matrix.tsx';
import { Picture, Sample } from './charts/picture.tsx';
import { shareWords, wholePercent } from './figure-words.ts';
import { namedBy, type Roles } from './parts.tsx';
import { type Shift, sharesWords, shiftWords } from './stance-words.ts';

type Props = { item: Shift; title: string; roles: Roles };

/** From which role to which: a row for before, a column for after. */
export const Moves = ({ item, title, moves, roles }: Props & { moves: NonNullable<Shift['moves']> }) => {
  const id = `moves-${item.scenario}`;
  const labels = roles.map(({ label }) => label);
  const countOf = (from: string, to: string) => moves.find((move) => move.from === from && move.to === to)?.count ?? 0;
  const says = shiftWords(item, namedBy(roles));
  const rows = roles.map((from) => {
    const counts = roles.map((to) => countOf(from.id, to.id));
    return { from, counts, n: counts.reduce((sum, count) => sum + count, 0) };
  });
  const drawn = rows.map(({ from, counts, n }, row) => ({
    label: `Before: ${from.label}`,
    cells: counts.map((count, column) => ({ count, share: n === 0 ? 0 : count / n, framed: row === column })),
  }));
  return (
    <Picture
      id={id}
      title={`From which role to which on “${title}”`}
      desc={`${says} A row a role before, a column a role after; the numbers stand in the table below.`}
      height={matrixHeight(drawn, labels)}
      says={says}
      drawing={<Matrix id={id} columns={labels} rows={drawn} />}
      legend="Columns: the role after the discussion. Framed with ✓: those who stayed with theirs."
    >
      <Table caption={`Moves on “${title}”`} head={['Before', ...labels.map((label) => `After: ${label}`), 'Students']}>
        {rows.map(({ from, counts, n }) => (
          <tr>
            <th scope="row">{from.label}</th>
            {counts.map((count) => (
              <td class="num">{count}</td>
            ))}
            <td class="num">{n}</td>
          </tr>
        ))}
      </Table>
    </Picture>
  );
};

/** How many said each role before and after, with intervals. */
export const Shares = ({ item, title, roles }: Props) => {
  const id = `shares-${item.scenario}`;
  const named = namedBy(roles);
  const says = sharesWords(item, named);
  return (
    <Picture
      id={id}
      title={`Shares of the roles before and after on “${title}”`}
      desc={`${says} The numbers stand in the table below.`}
      height={dotPlotHeight(item.roles.length)}
      says={says}
      drawing={
        <DotPlot
          id={id}
          rows={item.roles.map(({ role, before, after }) => ({
            label: named(role),
            figure: before.share === null ? '' : `${wholePercent(before.share)} → ${wholePercent(after.share!)}`,
            dots: [
              ...(before.share === null ? [] : [{ ...before, value: before.share, shape: 'ring' as const, c: 1 }]),
              ...(after.share === null ? [] : [{ ...after, value: after.share, shape: 'diamond' as const, c: 2 }]),
            ],
            kept: before.suppressed,
          }))}
        />
      }
      legend={
        <>
          <Sample shape="ring" c={1} /> before <Sample shape="diamond" c={2} /> after
        </>
      }
    >
      <Table caption={`Roles before and after on “${title}”`} head={['Role', 'Before', 'After']}>
        {item.roles.map(({ role, before, after }) => (
          <tr>
            <th scope="row">{named(role)}</th>
            <td class="num">{shareWords(before)}</td>
            <td class="num">{shareWords(after)}</td>
          </tr>
        ))}
      </Table>
    </Picture>
  );
};
