import type { DeploymentRow } from '../../lms/deployment-store.ts';
import type { PlatformRow } from '../../lms/platform-store.ts';
import { Table } from '../table.tsx';
import { type Fields, fieldOf } from '../visit.ts';
import { Act, adminTimes } from './admin-screen.tsx';
import type { AdminVisit } from './admin-visit.ts';
import { StateOf } from './platform-state.tsx';
import { fieldWords } from './platform-words.ts';

/** So many deployments are shown. */
export const SHOWN = 200;

/** What a platform's connection is made of. */
export const connection = ['issuer', 'clientId', 'authUrl', 'tokenUrl', 'jwksUrl', 'tokenAudience'] as const;

/** A platform's deployments, each with what can be decided, and a way to name one beforehand. */
export const Deployments = ({
  visit,
  to,
  rows,
  typed,
}: {
  visit: AdminVisit;
  to: string;
  rows: readonly DeploymentRow[];
  typed: Fields;
}) => (
  <section aria-labelledby="deployments">
    <h2 id="deployments">Deployments</h2>
    <p class="quiet">
      One for each place where the LMS offers the tool. A launch brings one that is not known yet; it waits for you.
    </p>
    {rows.length > 0 && (
      <Table caption="Oldest first" head={['Id there', 'State', 'Since', 'Decide']}>
        {rows.slice(0, SHOWN).map(({ id, deploymentId, state, createdAt }) => (
          <tr>
            <th scope="row" dir="auto">
              {deploymentId}
            </th>
            <td>
              <StateOf state={state} />
            </td>
            <td>{adminTimes(createdAt)}</td>
            <td>
              <button
                type="submit"
                class={state === 'active' ? 'button danger' : 'button'}
                form="deployment"
                name={state === 'active' ? 'stop' : 'allow'}
                value={id}
              >
                {state === 'active' ? 'Switch off' : 'Approve'}
                <span class="unseen"> {deploymentId}</span>
              </button>
            </td>
          </tr>
        ))}
      </Table>
    )}
    <Act visit={visit} to={to} id="deployment">
      {null}
    </Act>
    <Act visit={visit} to={to}>
      <p class="actions">
        <label>
          A deployment id that the LMS shows
          <input
            name="deploymentId"
            required
            maxlength={255}
            spellcheck={false}
            value={fieldOf(typed, 'deploymentId')}
          />
        </label>
        <button type="submit" class="button" name="add" value="1">
          Add and approve
        </button>
      </p>
    </Act>
  </section>
);

/** What is known of a platform, to be changed; `typed`: what came back. */
export const Settings = ({
  visit,
  to,
  row,
  typed,
}: {
  visit: AdminVisit;
  to: string;
  row: PlatformRow;
  typed: Fields | null;
}) => {
  const flag = (name: string, stored: number) => (typed ? fieldOf(typed, name) !== '' : stored === 1);
  const line = (name: 'name' | (typeof connection)[number], says: string) => (
    <label>
      {says}
      <input type="hidden" name={`${name}Was`} value={row[name] ?? ''} />
      <input
        name={name}
        maxlength={2000}
        dir="auto"
        spellcheck={false}
        value={typed ? fieldOf(typed, name) : (row[name] ?? '')}
      />
    </label>
  );
  return (
    <details open={typed !== null}>
      <summary>Change its name, its connection, and whom it lets in</summary>
      <Act visit={visit} to={to}>
        <input type="hidden" name="revision" value={row.revision} />
        {line('name', 'What you call it')}
        {connection.map((name) => line(name, fieldWords[name]))}
        <label>
          <input type="checkbox" name="approves" value="1" checked={flag('approves', row.approvesDeployments)} />
          Approve by itself every deployment from which somebody opens the course
        </label>
        <label>
          <input type="checkbox" name="anonymous" value="1" checked={flag('anonymous', row.allowsAnonymous)} />
          Let visitors look whom the LMS does not name; they can change nothing
        </label>
        <p class="quiet">Another connection waits for approval again.</p>
        <p class="actions">
          <button type="submit" class="button" name="save" value="1">
            Save
          </button>
        </p>
      </Act>
    </details>
  );
};

/** What can be decided about a platform as it stands. */
export const Decide = ({ visit, to, row }: { visit: AdminVisit; to: string; row: PlatformRow }) => (
  <Act visit={visit} to={to}>
    <p class="actions">
      {row.state !== 'active' && row.clientId !== null && (
        <button type="submit" class="button main" name="approve" value="1">
          Approve it
        </button>
      )}
      {(row.state === 'active' || row.state === 'pending') && (
        <button type="submit" class="button danger" name="disable" value="1">
          Switch it off
        </button>
      )}
      {row.state === 'invited' && (
        <button type="submit" class="button danger" name="withdraw" value="1">
          Take the invitation back
        </button>
      )}
      <a href={`/admin/launches?platform=${row.id}`}>Its launches</a>
    </p>
  </Act>
);
