import { listPage } from '../../auth/list-page.ts';
import type { Deps } from '../../deps.ts';
import { createWebhook, createWebhookSchema, deleteWebhook, pingWebhook, retryWebhook } from '../../outbox/webhooks.ts';
import { listWebhooks, type WebhookRow } from '../../outbox/webhooks-store.ts';
import type { Problem } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change } from '../change.ts';
import { ResultBox } from '../result-box.tsx';
import { type Asked, type Fields, fieldOf, onceOf } from '../visit.ts';
import { counted } from '../words.ts';
import { Act, adminScreen, adminTimes, More } from './admin-screen.tsx';
import { type AdminVisit, withCookies } from './admin-visit.ts';

const PAGE = 50;
const TO = '/admin/webhooks';

type Told = { says: string; secret?: string; bad?: boolean };

const act = async (deps: Deps, { key }: AdminVisit, fields: Fields): Promise<Told> => {
  const once = await onceOf(key, TO, fields);
  const [again, ping, remove] = [fieldOf(fields, 'again'), fieldOf(fields, 'ping'), fieldOf(fields, 'remove')];
  if (again)
    return retryWebhook(deps, key, once, again).then(() => ({ says: 'All that waits is sent again within a minute.' }));
  if (remove) return deleteWebhook(deps, key, remove).then(() => ({ says: 'The webhook is taken away.' }));
  if (ping) {
    const { body } = await pingWebhook(deps, key, once, ping);
    return {
      says: body.delivered ? 'The test message was taken.' : `The test message was not taken. ${body.detail}`,
      bad: !body.delivered,
    };
  }
  const { url } = validate(createWebhookSchema(), { url: fieldOf(fields, 'url') });
  const { body } = await createWebhook(deps, key, once, url);
  return {
    says: 'It is told of every grade from now on. This secret signs the messages. Copy it now: it is not shown again.',
    secret: body.secret,
  };
};

const Webhook = ({ row: { id, url, state, createdAt, waiting, refused } }: { row: WebhookRow }) => (
  <li>
    <h2 dir="auto">{url}</h2>
    <p>
      {state === 'active' ? <span class="badge good">told</span> : <span class="badge bad">no longer told</span>} since{' '}
      {adminTimes(createdAt)}; {counted(waiting, 'message')} waiting, {refused} given up
    </p>
    <p class="actions">
      <button type="submit" class="button" form="webhook" name="ping" value={id}>
        Send a test message<span class="unseen"> to {url}</span>
      </button>
      <button type="submit" class="button" form="webhook" name="again" value={id}>
        {state === 'active' ? 'Send again what waits' : 'Tell it again, from what waits'}
        <span class="unseen"> to {url}</span>
      </button>
      <button type="submit" class="button danger" form="webhook" name="remove" value={id}>
        Take it away<span class="unseen"> {url}</span>
      </button>
    </p>
  </li>
);

const show = async (
  deps: Deps,
  visit: AdminVisit,
  { query, url, fields }: Asked,
  { refused, done }: { refused?: Problem; done?: Told },
): Promise<Reply> => {
  const call = { deps, actor: visit.key, url, query: { cursor: query.cursor, limit: PAGE } };
  const { items, link } = await listPage(call, { list: 'admin webhooks', action: 'webhooks:manage' }, listWebhooks);
  return adminScreen(
    visit,
    { title: 'Webhooks', here: '/webhooks', refused },
    <>
      <p>Addresses of yours that are told of every grade that changes.</p>
      {done?.bad && (
        <ResultBox tone="bad" label="Not taken">
          <p>{done.says}</p>
        </ResultBox>
      )}
      {done && !done.bad && (
        <ResultBox tone="good" label="Done">
          <p>{done.says}</p>
          {done.secret && <pre>{done.secret}</pre>}
        </ResultBox>
      )}
      {items.length === 0 && <p>None.</p>}
      <ul class="list">
        {items.map((row) => (
          <Webhook row={row} />
        ))}
      </ul>
      <Act visit={visit} to={TO} id="webhook" />
      <More link={link} />
      <h2>Another one</h2>
      <Act visit={visit} to={TO}>
        <label>
          Address
          <input
            type="url"
            name="url"
            required
            maxlength={2000}
            value={refused ? fieldOf(fields, 'url') : ''}
            placeholder="https://"
          />
        </label>
        <p class="actions">
          <button type="submit" class="button main">
            Add it
          </button>
        </p>
      </Act>
    </>,
  );
};

/** Where the institution is told of grades. */
export const webhooksPage = (deps: Deps, visit: AdminVisit, asked: Asked): Promise<Reply> =>
  change(withCookies, asked.fields, {
    act: () => act(deps, visit, asked.fields),
    show: (outcome) => show(deps, visit, asked, outcome),
  });
