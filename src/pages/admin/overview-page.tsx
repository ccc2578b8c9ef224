import type { Action, Scope } from '../../auth/actor.ts';
import { standing } from '../../auth/store.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { counted } from '../words.ts';
import { Act, adminScreen } from './admin-screen.tsx';
import type { AdminVisit } from './admin-visit.ts';
import { type OverviewRow, readOverview } from './overview-store.ts';

const WEEK_MS = 7 * 86_400_000;

const actions: readonly (readonly [Scope, Action])[] = [
  ['courses', 'courses:list'],
  ['platforms', 'platforms:manage'],
  ['keys', 'keys:manage'],
  ['webhooks', 'webhooks:manage'],
];

type Line = { scope: Scope; to: string; says: string; waits?: boolean };

/** What there is, and first what waits for somebody. */
const linesOf = (row: OverviewRow): Line[] => {
  const waiting: Line[] = [
    ...(row.waitingPlatforms > 0
      ? [
          {
            scope: 'platforms' as const,
            to: '/admin/platforms',
            says: `${counted(row.waitingPlatforms, 'LMS', 'LMSs')} to approve`,
          },
        ]
      : []),
    ...(row.waitingDeployments > 0
      ? [
          {
            scope: 'platforms' as const,
            to: '/admin/platforms',
            says: `${counted(row.waitingDeployments, 'deployment')} to approve`,
          },
        ]
      : []),
    ...(row.refusedLaunches > 0
      ? [
          {
            scope: 'platforms' as const,
            to: '/admin/launches?outcome=refused',
            says: `${counted(row.refusedLaunches, 'launch', 'launches')} refused in the last seven days`,
          },
        ]
      : []),
    ...(row.stoppedWebhooks > 0
      ? [
          {
            scope: 'webhooks' as const,
            to: '/admin/webhooks',
            says: `${counted(row.stoppedWebhooks, 'webhook')} no longer told`,
          },
        ]
      : []),
  ].map((line) => ({ ...line, waits: true }));
  return [
    ...waiting,
    { scope: 'courses', to: '/admin/courses', says: counted(row.courses, 'course') },
    { scope: 'platforms', to: '/admin/platforms', says: `${counted(row.platforms, 'LMS', 'LMSs')} connected` },
    { scope: 'keys', to: '/admin/keys', says: `${counted(row.keys, 'API key')} in use` },
  ];
};

/** The institution at a glance: what waits, what there is, and the way out. */
export const overviewPage = async (deps: Deps, visit: AdminVisit): Promise<Reply> => {
  const { key, scopes, now } = visit;
  const action = actions.find(([scope]) => scopes.includes(scope))?.[1];
  if (!action) throw new Problem('sign-in-needed');
  const db = deps.dbFor(key.institutionId);
  const [, [row]] = await db.batch([standing(db, key, action), readOverview(db, key.institutionId, now - WEEK_MS)]);
  const lines = linesOf(row!).filter(({ scope }) => scopes.includes(scope));
  return adminScreen(
    visit,
    { title: row!.name, here: '' },
    <>
      <ul class="list">
        {lines.map(({ to, says, waits }) => (
          <li>
            <a href={to}>{says}</a> {waits && <span class="badge warn">to do</span>}
          </li>
        ))}
      </ul>
      <Act visit={visit} to="/admin/sign-out">
        <p class="actions">
          <button type="submit" class="button">
            Sign out
          </button>
        </p>
      </Act>
    </>,
  );
};
