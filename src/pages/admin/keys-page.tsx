import { scopes as allScopes, type Scope } from '../../auth/actor.ts';
import { createKey, createKeySchema, revokeKey } from '../../auth/keys.ts';
import { listPage } from '../../auth/list-page.ts';
import { listApiKeys } from '../../auth/store.ts';
import type { Deps } from '../../deps.ts';
import type { Problem } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change } from '../change.ts';
import { ResultBox } from '../result-box.tsx';
import { Table } from '../table.tsx';
import { type Asked, type Fields, fieldOf, fieldsOf, onceOf } from '../visit.ts';
import { Act, adminScreen, adminTimes, More } from './admin-screen.tsx';
import { type AdminVisit, withCookies } from './admin-visit.ts';

const PAGE = 100;
const TO = '/admin/keys';

const scopeWords: Record<Scope, string> = {
  keys: 'make and revoke keys',
  courses: 'make, read and change courses',
  people: 'enrol people, read and erase what is kept of them',
  sessions: 'open sessions for people',
  grades: 'read grades',
  platforms: 'connect LMSs, read the log of launches',
  webhooks: 'manage webhooks',
};

type Made = { name: string; secret: string } | { revoked: string };

const act = async (deps: Deps, { key }: AdminVisit, fields: Fields): Promise<Made> => {
  const revoke = fieldOf(fields, 'revoke');
  if (revoke) return revokeKey(deps, key, revoke).then(({ name }) => ({ revoked: name }));
  const input = validate(createKeySchema(), { name: fieldOf(fields, 'name'), scopes: fieldsOf(fields, 'scopes') });
  const once = await onceOf(key, TO, fields);
  const { body } = await createKey(deps, key, once, input);
  return { name: body.name, secret: body.secret };
};

const Result = ({ made }: { made: Made }) =>
  'revoked' in made ? (
    <ResultBox tone="good" label="Done">
      <p dir="auto">
        <b>{made.revoked} is revoked.</b> Whatever used it is refused from now on.
      </p>
    </ResultBox>
  ) : (
    <ResultBox tone="good" label="Done">
      <p dir="auto">
        <b>{made.name} is made.</b> This is its secret. Copy it now: it is not shown again.
      </p>
      <pre>{made.secret}</pre>
    </ResultBox>
  );

const NewKey = ({ visit, typed }: { visit: AdminVisit; typed: Fields }) => (
  <Act visit={visit} to={TO}>
    <label>
      What it is for
      <input name="name" required maxlength={200} dir="auto" value={fieldOf(typed, 'name')} />
    </label>
    <fieldset>
      <legend>What it may do</legend>
      {allScopes.map((scope) => (
        <label>
          <input type="checkbox" name="scopes" value={scope} checked={fieldsOf(typed, 'scopes').includes(scope)} />
          <b>{scope}</b>: {scopeWords[scope]}
        </label>
      ))}
      <p class="quiet">No more than the key by which you signed in.</p>
    </fieldset>
    <p class="actions">
      <button type="submit" class="button main">
        Make a key
      </button>
    </p>
  </Act>
);

const show = async (
  deps: Deps,
  visit: AdminVisit,
  { query, url, fields }: Asked,
  { refused, done }: { refused?: Problem; done?: Made },
): Promise<Reply> => {
  const call = { deps, actor: visit.key, url, query: { cursor: query.cursor, limit: PAGE } };
  const { items, link } = await listPage(call, { list: 'admin keys', action: 'keys:manage' }, listApiKeys);
  return adminScreen(
    visit,
    { title: 'API keys', here: '/keys', refused },
    <>
      {done && <Result made={done} />}
      <Table caption="The institution's keys" head={['For', 'May', 'Made', 'Revoke']}>
        {items.map(({ id, name, scopes, createdAt, revokedAt }) => (
          <tr>
            <th scope="row" dir="auto">
              {name} {id === visit.key.keyId && <span class="badge">signed in with it</span>}
            </th>
            <td>{scopes.join(', ')}</td>
            <td>{adminTimes(createdAt)}</td>
            <td>
              {revokedAt === null ? (
                <details>
                  <summary>
                    Revoke<span class="unseen"> {name}</span>
                  </summary>
                  <button type="submit" class="button danger" form="revoke" name="revoke" value={id}>
                    {id === visit.key.keyId ? 'Revoke it and sign me out' : 'Revoke for good'}
                  </button>
                </details>
              ) : (
                <span class="badge bad">revoked {adminTimes(revokedAt)}</span>
              )}
            </td>
          </tr>
        ))}
      </Table>
      <Act visit={visit} to={TO} id="revoke" />
      <More link={link} />
      <h2>Another key</h2>
      <NewKey visit={visit} typed={refused ? fields : { scopes: [] }} />
    </>,
  );
};

/** The institution's keys: make one, whose secret is shown once, and revoke one. */
export const keysPage = (deps: Deps, visit: AdminVisit, asked: Asked): Promise<Reply> =>
  change(withCookies, asked.fields, {
    act: () => act(deps, visit, asked.fields),
    show: (outcome) => show(deps, visit, asked, outcome),
  });
