import { may } from '../../auth/actor.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import type { MovedChange } from '../../regrades/apply.ts';
import { ResultBox } from '../result-box.tsx';
import { Table } from '../table.tsx';
import type { Visit } from '../visit.ts';
import { activityTitle } from './changes-table.tsx';
import type { DryRunRead } from './read-regrades.ts';
import { wouldWords } from './regrade-words.ts';
import { Start } from './run-parts.tsx';

/** A dry run that was overtaken: what moved since, that nothing was applied, and a new one in one click. */
export const MovedSince = ({
  deps,
  visit,
  read,
  moved,
}: {
  deps: Deps;
  visit: Visit;
  read: DryRunRead;
  moved: readonly MovedChange[];
}) => (
  <ResultBox tone="bad" label="Nothing was applied">
    <p>
      <b>Nothing was applied.</b> Grades have moved since this dry run: it would do something else by now. Make a new
      one, look at it, and apply that.
    </p>
    {moved.length > 0 && (
      <Table caption="What moved since" head={['Person', 'Activity', 'The dry run said', 'Now it would be']}>
        {moved.map(({ person, activity, dryRun, now }) => (
          <tr>
            <th scope="row" dir="auto">
              {displayName(person, read.names.get(person) ?? null)}
            </th>
            <td dir="auto">{activityTitle(deps, read, activity)}</td>
            <td>{wouldWords(dryRun)}</td>
            <td>{wouldWords(now)}</td>
          </tr>
        ))}
      </Table>
    )}
    {may(visit.person, 'regrades:apply') && (
      <Start visit={visit} ruleSet={read.run.ruleSet}>
        Make a new dry run
      </Start>
    )}
  </ResultBox>
);
