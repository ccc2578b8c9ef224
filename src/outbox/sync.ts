import { type Actor, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf } from '../courses/schedule.ts';
import type { Deps } from '../deps.ts';
import { type PageQuery, pageOf, readCursor } from '../paging.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { placeBody, unsentBody } from './sync-body.ts';
import { listPlaces, listRosterStates, listUnsent } from './sync-store.ts';

/** How a course stands with its LMS: its columns, its roster, and the scores that are not there yet. A learner sees their own. */
export const readSync = async (deps: Deps, actor: Actor, courseId: string, { cursor, limit }: PageQuery, url: URL) => {
  const institutionId = institutionOf(actor);
  const at = { institutionId, courseId };
  const own = actor.kind === 'person' && actor.role === 'learner' ? actor.personId : null;
  const list = `lms-sync ${courseId}`;
  const position = await readCursor(deps.config.sessionSecret, list, cursor);
  const [personId = '', targetId = ''] = position?.id.split('~') ?? [];
  const db = deps.dbFor(institutionId);
  const [, places, rosters, rows, [current]] = await db.batch([
    standing(db, actor, 'lms-sync:read', courseId),
    listPlaces(db, at, own),
    listRosterStates(db, at),
    listUnsent(db, at, own, position ? { personId, targetId } : null, limit),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
  ]);
  const { ruleSet } = adoptRules(deps, courseId, current);
  const { items, link } = await pageOf(deps.config.sessionSecret, list, url, rows, limit, (row) => ({
    at: 0,
    id: `${row.personId}~${row.targetId}`,
  }));
  return {
    link,
    body: {
      lineItems: places.map(placeBody(deps, ruleSet)),
      roster:
        own === null
          ? rosters.map(({ platform, hasRoster, syncedAt, detail }) => ({
              platform,
              available: hasRoster === 1,
              syncedAt: timeOf(syncedAt),
              detail,
            }))
          : [],
      items: items.map(unsentBody(deps, ruleSet, places, own !== null)),
    },
  };
};
