import { Table } from '../table.tsx';
import { DotPlot, dotPlotHeight } from './charts/dot-plot.tsx';
import { Picture } from './charts/picture.tsx';
import { countWords, shareWords } from './figure-words.ts';
import { pairsWords, type TitledPair } from './pair-words.ts';

/** How many hold a distinction on both sides of each matched pair. */
export const Pairs = ({ pairs }: { pairs: readonly TitledPair[] }) => (
  <Picture
    id="pairs"
    title="Students who chose a right role on both sides of a matched pair"
    desc={`${pairsWords(pairs)} The numbers stand in the table below.`}
    height={dotPlotHeight(pairs.length)}
    says={<span dir="auto">{pairsWords(pairs)}</span>}
    drawing={
      <DotPlot
        id="pairs"
        rows={pairs.map(({ titles, n, suppressed, both: { share, low, high } }) => ({
          label: titles.join(' / '),
          figure: suppressed || n === null ? '' : n === 0 ? 'nobody' : `of ${n}`,
          dots: share === null ? [] : [{ value: share, low, high, shape: 'dot', c: 1 }],
          kept: suppressed,
        }))}
      />
    }
  >
    <Table
      caption="Matched pairs"
      head={['Pair', 'Students', 'Right on both', 'On the first alone', 'On the second alone', 'On neither']}
    >
      {pairs.map(({ titles, n, both, firstOnly, secondOnly, neither }) => (
        <tr>
          <th scope="row" dir="auto">
            {titles.join(' / ')}
          </th>
          <td class="num">{countWords(n)}</td>
          <td class="num">{shareWords(both)}</td>
          <td class="num">{countWords(firstOnly)}</td>
          <td class="num">{countWords(secondOnly)}</td>
          <td class="num">{countWords(neither)}</td>
        </tr>
      ))}
    </Table>
  </Picture>
);
