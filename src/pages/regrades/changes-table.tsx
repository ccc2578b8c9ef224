import { titleOf } from '../../catalogue/course-content.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import type { Change } from '../../regrades/change-body.ts';
import type { ChangeFilter } from '../../regrades/changes-store.ts';
import { ClaimNotes, claimsNamed, WithClaims } from '../claims.tsx';
import { Go } from '../screen.tsx';
import { Table } from '../table.tsx';
import { at, type Visit, withQuery } from '../visit.ts';
import { counted } from '../words.ts';
import type { DryRunRead } from './read-regrades.ts';
import { remarksOf } from './regrade-words.ts';

/** Which changes can be looked at alone. */
export const filters: readonly { name: string; title: string; filter: ChangeFilter }[] = [
  { name: '', title: 'All', filter: {} },
  { name: 'raised', title: 'Rise', filter: { direction: 'raised' } },
  { name: 'lowered', title: 'Fall', filter: { direction: 'lowered' } },
  { name: 'voided', title: 'Count for nobody', filter: { direction: 'voided' } },
  { name: 'pass', title: 'Cross the pass line', filter: { crossesPass: 'true' } },
];

type About = { deps: Deps; visit: Visit; read: DryRunRead };

/** What an activity is called under a dry run's rules. */
export const activityTitle = (deps: Deps, read: DryRunRead, { kind, id }: Change['activity']): string =>
  titleOf(deps.catalogue, read.ruleSet, kind, id) ?? 'an activity that is not in these rules';

const pointsOr = (points: number | null, none: string) => (points === null ? none : String(points));

const Row = ({ deps, visit, read, one }: About & { one: Change }) => {
  const { person, activity, from, to, max, because } = one;
  const part = activity.kind === 'scenario' ? 'scenarios' : 'prompts';
  return (
    <tr>
      <th scope="row" dir="auto">
        {displayName(person.id, person.name)}
      </th>
      <td>
        <Go visit={visit} to={at({ ...visit, personId: person.id }, part, activity.id)}>
          <span dir="auto">{activityTitle(deps, read, activity)}</span>
        </Go>
      </td>
      <td class="num">{pointsOr(from, 'none')}</td>
      <td class="num">{to === null ? 'none' : `${to} of ${max}`}</td>
      <td class="why">
        {because.map((line) => (
          <p dir="auto">
            <WithClaims catalogue={deps.catalogue} text={line} />
          </p>
        ))}
      </td>
      <td>
        {remarksOf(one).map(({ says, tone }) => (
          <>
            <span class={`badge ${tone}`}>{says}</span>{' '}
          </>
        ))}
      </td>
    </tr>
  );
};

/** Who would move and why, a page of it, and the file with all of it. */
export const Changes = ({ deps, visit, read, filter, total }: About & { filter: string; total: number }) => {
  const { run, changes, next, isFirst } = read;
  const address = at(visit, 'rules', 'dry-runs', run.id);
  const title = filters.find(({ name }) => name === filter)?.title ?? 'All';
  return (
    <section aria-labelledby="who" id="changes">
      <h2 id="who">Who would move, and why</h2>
      <nav aria-label="Which changes">
        <ul class="actions filters">
          {filters.map(({ name, title }) => (
            <li>
              <Go visit={visit} to={`${withQuery(address, { show: name })}#changes`} current={name === filter}>
                {title}
              </Go>
            </li>
          ))}
        </ul>
      </nav>
      {changes.length === 0 ? (
        <p>{filter === '' ? 'Nobody.' : 'None of these.'}</p>
      ) : (
        <Table
          caption={`${filter === '' ? counted(total, 'change') : title}, by person. Points are those that the rules give; “was” and “is” speak of the attempt that counts by these rules.`}
          head={['Person', 'Activity', 'From', 'To', 'Because', 'And']}
        >
          {changes.map((one) => (
            <Row deps={deps} visit={visit} read={read} one={one} />
          ))}
        </Table>
      )}
      <ClaimNotes
        catalogue={deps.catalogue}
        ids={changes.flatMap(({ because }) => because.flatMap((line) => claimsNamed(deps.catalogue, line)))}
      />
      <div class="actions">
        {!isFirst && (
          <Go visit={visit} to={`${withQuery(address, { show: filter })}#changes`}>
            First page
          </Go>
        )}
        {next && (
          <Go visit={visit} to={`${next}#changes`}>
            More changes
          </Go>
        )}
        <form method="post" action={address}>
          <input type="hidden" name="session" value={visit.session} />
          <button type="submit" class="button" name="file" value="changes">
            Download all as CSV
          </button>
        </form>
      </div>
    </section>
  );
};
