import { Table } from '../table.tsx';
import type { Visit } from '../visit.ts';
import { DotPlot, dotPlotHeight } from './charts/dot-plot.tsx';
import { Picture, Sample } from './charts/picture.tsx';
import { SCATTER_HEIGHT, Scatter } from './charts/scatter.tsx';
import {
  correlationWords,
  countWords,
  KEPT_BACK,
  NOBODY,
  rangeWords,
  shareWords,
  wholePercent,
} from './figure-words.ts';
import { difficultyWords, itemFindings, scatterWords, type TitledItem } from './item-words.ts';
import { Numbers, ScenarioLink } from './parts.tsx';

const creditWords = ({ suppressed, credit: { mean, low, high } }: TitledItem): string => {
  if (suppressed) return KEPT_BACK;
  return mean === null ? NOBODY : `${wholePercent(mean)}${low === null ? '' : ` (${rangeWords(low, high)})`}`;
};

const discriminationWords = ({ discrimination: { n, r, low, high } }: TitledItem): string => {
  if (r === null) return n === null ? KEPT_BACK : NOBODY;
  return `${correlationWords(r)} (${correlationWords(low!)} to ${correlationWords(high!)})`;
};

type Props = { visit: Visit; items: readonly TitledItem[] };

/** Difficulty and discrimination of every scenario that has both. */
export const Apart = ({ visit, items }: Props) => {
  const told = items.filter(({ discrimination: { r }, credit: { mean } }) => r !== null && mean !== null);
  if (told.length === 0) return <p>{scatterWords(items)}</p>;
  const found = new Set(itemFindings(told).map(({ scenario }) => scenario));
  const points = told.map(({ scenario, credit, discrimination }) => ({
    x: credit.mean!,
    y: discrimination.r!,
    label: scenario,
    marked: found.has(scenario),
  }));
  return (
    <Picture
      id="apart"
      title="Share of the credit and discrimination, a mark a scenario"
      desc={`${told.length} scenarios. ${scatterWords(items)} The numbers stand in the table below.`}
      height={SCATTER_HEIGHT}
      says={scatterWords(items)}
      drawing={<Scatter points={points} x="Share of the credit: hard to easy" y="Discrimination" />}
      legend={
        <>
          <Sample shape="diamond" c={2} /> worth a look <Sample shape="dot" c={1} /> the others. To the left the hard
          ones, at the bottom those that tell nobody apart.
        </>
      }
    >
      <Numbers rows={told.length}>
        <Table
          caption="Share of the credit and discrimination"
          head={['Scenario', 'Students', 'Share of the credit', 'Discrimination']}
        >
          {told.map((item) => (
            <tr>
              <th scope="row">
                {item.scenario} <ScenarioLink visit={visit} scenario={item.scenario} title={item.title} />
                {found.has(item.scenario) && <span class="badge warn">worth a look</span>}
              </th>
              <td class="num">{countWords(item.discrimination.n)}</td>
              <td class="num">{creditWords(item)}</td>
              <td class="num">{discriminationWords(item)}</td>
            </tr>
          ))}
        </Table>
      </Numbers>
    </Picture>
  );
};

/** How much of the credit students earned on the scenarios of a unit, with intervals. */
export const Difficulty = ({ visit, id, unit, items }: Props & { id: string; unit: string }) => (
  <Picture
    id={id}
    title={`Share of the credit on first attempts in “${unit}”`}
    desc={`${difficultyWords(items)} The numbers stand in the table below.`}
    height={dotPlotHeight(items.length)}
    says={<span dir="auto">{difficultyWords(items)}</span>}
    drawing={
      <DotPlot
        id={id}
        rows={items.map(({ title, n, suppressed, credit: { mean, low, high } }) => ({
          label: title,
          figure: suppressed ? '' : n === 0 ? 'no answers' : `of ${n}`,
          dots: mean === null ? [] : [{ value: mean, low, high, shape: 'dot', c: 1 }],
          kept: suppressed,
        }))}
      />
    }
  >
    <details>
      <summary>The numbers as a table</summary>
      <Table
        caption={`First attempts in “${unit}”`}
        head={[
          'Scenario',
          'Students',
          'Share of the credit',
          'Full credit',
          'Right role',
          'With a claim that its rule takes',
          'Discrimination',
          'Attempts each',
        ]}
      >
        {items.map((item) => (
          <tr>
            <th scope="row">
              <ScenarioLink visit={visit} scenario={item.scenario} title={item.title} />
              {item.mixedRules && <span class="badge">graded by rules that changed</span>}
            </th>
            <td class="num">{countWords(item.n)}</td>
            <td class="num">{creditWords(item)}</td>
            <td class="num">{shareWords(item.fullCredit)}</td>
            <td class="num">{shareWords(item.rightRole)}</td>
            <td class="num">{shareWords(item.licensed)}</td>
            <td class="num">{discriminationWords(item)}</td>
            <td class="num">{item.suppressed ? KEPT_BACK : (item.attempts.mean?.toFixed(1) ?? NOBODY)}</td>
          </tr>
        ))}
      </Table>
    </details>
  </Picture>
);
