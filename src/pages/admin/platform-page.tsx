import { standing } from '../../auth/store.ts';
import type { Deps } from '../../deps.ts';
import { revisionTag } from '../../etag.ts';
import { approvePlatform, disablePlatform } from '../../lms/approve-platform.ts';
import { listDeployments } from '../../lms/deployment-store.ts';
import { addDeployment, decideOnDeployment } from '../../lms/deployments.ts';
import { withdrawInvitation } from '../../lms/invitations.ts';
import { identifierSchema, platformChangeSchema } from '../../lms/platform-body.ts';
import { findPlatform } from '../../lms/platform-store.ts';
import { changePlatform } from '../../lms/platforms.ts';
import { Problem } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change } from '../change.ts';
import { inOwnWords } from '../own-words.ts';
import { ResultBox } from '../result-box.tsx';
import { type Asked, type Fields, fieldOf, onceOf } from '../visit.ts';
import { adminScreen, adminTimes } from './admin-screen.tsx';
import { type AdminVisit, withCookies } from './admin-visit.ts';
import { typedFields } from './new-platform-page.tsx';
import { connection, Decide, Deployments, Settings, SHOWN } from './platform-parts.tsx';
import { StateOf } from './platform-state.tsx';
import { fieldWords, productNames, stateWords } from './platform-words.ts';
import { ToPaste } from './to-paste.tsx';

const ownWords = inOwnWords({
  stale:
    'Somebody changed this LMS meanwhile, so nothing was saved. What you typed is still here; what is stored now stands above.',
  'platform-incomplete':
    'Not everything is known of it yet: wait for its invitation to be opened, or fill in the connection below.',
});

const told: Record<string, string> = {
  approved: 'It is connected: people can open the course from it.',
  disabled: 'It is switched off: nobody opens anything from it, and no grade goes to it.',
  deployment: 'The deployment is approved.',
  stopped: 'The deployment is switched off.',
  saved: 'It is saved. Another connection has to be approved again.',
};

/** What a form of the page is for: the name of its button. */
const wishOf = (fields: Fields): string =>
  ['approve', 'disable', 'withdraw', 'allow', 'stop', 'add', 'save'].find((name) => fields[name] !== undefined) ??
  'save';

const outcomes: Record<string, string> = {
  approve: 'approved',
  disable: 'disabled',
  allow: 'deployment',
  add: 'deployment',
  stop: 'stopped',
  save: 'saved',
};

const act = async (deps: Deps, { key }: AdminVisit, id: string, fields: Fields): Promise<string> => {
  const wish = wishOf(fields);
  switch (wish) {
    case 'approve':
      await approvePlatform(deps, key, id);
      break;
    case 'disable':
      await disablePlatform(deps, key, id);
      break;
    case 'withdraw':
      await withdrawInvitation(deps, key, id);
      break;
    case 'allow':
    case 'stop':
      await decideOnDeployment(deps, key, id, fieldOf(fields, wish), wish === 'allow' ? 'active' : 'disabled');
      break;
    case 'add': {
      const once = await onceOf(key, `/admin/platforms/${id}`, fields);
      await addDeployment(deps, key, id, once, validate(identifierSchema(), fieldOf(fields, 'deploymentId').trim()));
      break;
    }
    default:
      await save(deps, key, id, fields);
  }
  return outcomes[wish] ?? '';
};

/** Sends only what is another than the form was made with: a connection that stays need not be approved again. */
const save = async (deps: Deps, key: AdminVisit['key'], id: string, fields: Fields): Promise<void> => {
  const typed = typedFields(fields, ['name', ...connection]);
  const changed = Object.entries(typed).filter(([name, value]) => value !== fieldOf(fields, `${name}Was`));
  const flags = {
    approvesDeployments: fieldOf(fields, 'approves') !== '',
    allowsAnonymous: fieldOf(fields, 'anonymous') !== '',
  };
  const input = validate(platformChangeSchema(), { ...Object.fromEntries(changed), ...flags });
  await changePlatform(deps, key, id, revisionTag(Number(fieldOf(fields, 'revision')) || 0), input);
};

const show = async (
  deps: Deps,
  visit: AdminVisit,
  id: string,
  fields: Fields,
  { refused, done }: { refused?: Problem; done?: string | undefined },
): Promise<Reply> => {
  const { institutionId } = visit.key;
  const db = deps.dbFor(institutionId);
  const [, [row], deployments] = await db.batch([
    standing(db, visit.key, 'platforms:manage'),
    findPlatform(db, institutionId, id),
    listDeployments(db, institutionId, id, null, SHOWN),
  ]);
  if (!row) throw new Problem('platform-not-found');
  const to = `/admin/platforms/${id}`;
  const says = done !== undefined && Object.hasOwn(told, done) ? told[done] : undefined;
  const [, , means] = stateWords[row.state];
  return adminScreen(
    visit,
    { title: row.name, here: '/platforms', refused },
    <>
      {says && !refused && (
        <ResultBox tone="good" label="Done">
          <p>
            <b>{says}</b>
          </p>
        </ResultBox>
      )}
      <p>
        <StateOf state={row.state} /> {means}
      </p>
      <dl class="facts">
        <dt>Product</dt>
        <dd>{productNames[row.product]}</dd>
        {connection.map((name) =>
          row[name] === null ? null : (
            <>
              <dt>{fieldWords[name]}</dt>
              <dd dir="auto">{row[name]}</dd>
            </>
          ),
        )}
        {row.inviteExpiresAt !== null && (
          <>
            <dt>Invited until</dt>
            <dd>{adminTimes(row.inviteExpiresAt)}</dd>
          </>
        )}
      </dl>
      <Decide visit={visit} to={to} row={row} />
      <Deployments visit={visit} to={to} rows={deployments} typed={refused ? fields : {}} />
      <ToPaste origin={visit.origin} product={row.product} platformId={row.id} />
      <Settings visit={visit} to={to} row={row} typed={refused && wishOf(fields) === 'save' ? fields : null} />
    </>,
  );
};

/** One LMS: approve it or switch it off, its deployments, what to paste into it. */
export const platformPage = (deps: Deps, visit: AdminVisit, { params, fields, query }: Asked): Promise<Reply> => {
  const id = params.platform!;
  const wish = wishOf(fields);
  const here = `/admin/platforms/${id}?done=${outcomes[wish] ?? ''}`;
  return change(withCookies, fields, {
    act: () => act(deps, visit, id, fields).catch(ownWords),
    show: ({ refused }) => show(deps, visit, id, fields, { ...(refused ? { refused } : {}), done: query.done }),
    // What was only invited is gone.
    to: wish === 'withdraw' ? '/admin/platforms' : here,
  });
};
