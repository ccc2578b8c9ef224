import { standing } from '../auth/store.ts';
import type { Deps } from '../deps.ts';
import { listPlatforms } from '../lms/platform-store.ts';
import { adminScreen, adminTimes, More } from '../pages/admin/admin-screen.tsx';
import { type AdminVisit, adminPage } from '../pages/admin/admin-visit.ts';
import { type Asked, withQuery } from '../pages/visit.ts';
import { pageOf, readCursor } from '../paging.ts';
import type { Reply } from '../route.ts';
import { OPENED, REFUSED } from './launch-log.ts';
import { type LaunchRow, listLaunches } from './log-store.ts';
import { type RefusalCode, refusals } from './refusals.ts';

const PAGE = 50;
const PLATFORMS = 200;

type Sought = { platform: string; outcome: string };

const isRefusalCode = (outcome: string): outcome is RefusalCode => Object.hasOwn(refusals, outcome);

const readLog = async (deps: Deps, { key }: AdminVisit, sought: Sought, { url, query }: Asked) => {
  const { institutionId } = key;
  const { sessionSecret } = deps.config;
  const list = `admin launches ${sought.platform} ${sought.outcome}`;
  const before = await readCursor(sessionSecret, list, query.cursor);
  const db = deps.dbFor(institutionId);
  const [, rows, platforms] = await db.batch([
    standing(db, key, 'platforms:manage'),
    listLaunches(db, institutionId, sought, before, PAGE),
    listPlatforms(db, institutionId, null, PLATFORMS),
  ]);
  const here = new URL(withQuery('/admin/launches', sought), url);
  const { items, link } = await pageOf(sessionSecret, list, here, rows, PAGE, ({ createdAt, id }) => ({
    at: createdAt,
    id,
  }));
  return { items, link, platforms };
};

const Filter = ({ sought, platforms }: { sought: Sought; platforms: readonly { id: string; name: string }[] }) => (
  <search>
    <form method="get" action="/admin/launches" class="actions">
      <label>
        LMS
        <select name="platform">
          <option value="">All</option>
          {platforms.map(({ id, name }) => (
            <option value={id} selected={id === sought.platform}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        What came of it
        <select name="outcome">
          {[
            ['', 'All'],
            [REFUSED, 'Refused, for any reason'],
            [OPENED, 'Opened'],
            ...Object.entries(refusals).map(([code, [, says]]) => [code, says]),
          ].map(([value, says]) => (
            <option value={value} selected={value === sought.outcome}>
              {says}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button">
        Show
      </button>
    </form>
  </search>
);

type Shown = { row: Omit<LaunchRow, 'stateHash'>; platform: string | undefined };

/** One launch: what its opener was told, what to do about it, and what the LMS's administrator may want to look up. */
const Launch = ({ row: { outcome, detail, createdAt, deploymentId, platformId }, platform }: Shown) => {
  const refused = isRefusalCode(outcome) ? refusals[outcome] : null;
  return (
    <li>
      <p>
        <span class={`badge ${refused ? 'bad' : 'good'}`}>{refused ? 'refused' : 'opened'}</span>{' '}
        <b>{refused ? refused[1] : 'It opened.'}</b>
      </p>
      {refused && <p>{refused[2]}</p>}
      {detail && (
        <p dir="auto">
          In the LMS's own words, or ours of what it sent: <q>{detail}</q>
        </p>
      )}
      <p class="quiet">
        {adminTimes(createdAt)}
        {platformId && (
          <>
            {' · '}
            <a href={`/admin/platforms/${platformId}`}>{platform ?? 'an LMS that is gone'}</a>
          </>
        )}
        {deploymentId && <span dir="auto"> · deployment {deploymentId}</span>}
        {refused && ` · ${refused[3]}`}
      </p>
    </li>
  );
};

/** The log of launches: which did not open, why, and what to do. */
const launchLogPage = async (deps: Deps, visit: AdminVisit, asked: Asked): Promise<Reply> => {
  const { query } = asked;
  const outcome = query.outcome ?? '';
  const known = outcome === OPENED || outcome === REFUSED || isRefusalCode(outcome);
  const sought = { platform: (query.platform ?? '').slice(0, 64), outcome: known ? outcome : '' };
  const { items, link, platforms } = await readLog(deps, visit, sought, asked);
  return adminScreen(
    visit,
    { title: 'Launches', here: '/launches' },
    <>
      <p>Newest first, for thirty days. Nobody's name is kept here.</p>
      <Filter sought={sought} platforms={platforms} />
      {items.length === 0 && <p>None.</p>}
      <ul class="list">
        {items.map((row) => (
          <Launch row={row} platform={platforms.find(({ id }) => id === row.platformId)?.name} />
        ))}
      </ul>
      <More link={link} />
    </>,
  );
};

// It is here, and not among the administrator's other pages, because the reasons are: pages/ knows nothing of lti/.
export const launchLogPages = adminPage('/admin/launches', 'Launches', 'platforms:manage', launchLogPage);
