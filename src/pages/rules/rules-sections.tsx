import { timeOf } from '../../courses/schedule.ts';
import type { Policy as PolicyRule } from '../../grading/rule-set.ts';
import { Go } from '../screen.tsx';
import { Table } from '../table.tsx';
import { at, type Visit } from '../visit.ts';
import { counted } from '../words.ts';
import type { RulesRead } from './read-rules.ts';
import { policyWords } from './rule-words.ts';
import { AsDrafted } from './units-section.tsx';
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

export const Policy = ({ visit, policy, draft }: { visit: Visit; policy: PolicyRule; draft: boolean }) => (
  <section aria-labelledby="policy">
    <h2 id="policy">Attempts and lateness</h2>
    <AsDrafted draft={draft} />
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

/** What was published, newest first. */
export const History = ({ visit, read: { publications, times } }: Props) => (
  <section aria-labelledby="history">
    <h2 id="history">Published before</h2>
    <p>
      <Go visit={visit} to={at(visit, 'rules', 'dry-runs')}>
        Dry runs and regrades
      </Go>
    </p>
    {publications.length === 0 ? (
      <p>Nothing was published yet: the course uses the module's own rules.</p>
    ) : (
      <Table caption={counted(publications.length, 'publication')} head={['When', 'Who', 'Rules', 'State']}>
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
