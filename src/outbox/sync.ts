import * as z from 'zod';
import { type Actor, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf } from '../courses/schedule.ts';
import type { Deps } from '../deps.ts';
import { activitySchema } from '../grades/grade-body.ts';
import { lazily } from '../lazily.ts';
import { type PageQuery, pageOf, readCursor } from '../paging.ts';
import { type Outcome, outcomes, sentenceFor } from './outcome.ts';
import { listPlaces, listRosterStates, listUnsent, type PlaceRow, type UnsentRow } from './sync-store.ts';

const time = z.iso.datetime();
const words = z.string().nullable();

export const syncSchema = lazily(() =>
  z
    .object({
      lineItems: z.array(
        z.object({
          id: z.string(),
          activity: activitySchema,
          title: words,
          platform: z.object({ name: z.string(), product: z.string(), pausedUntil: time.nullable() }),
          host: words.describe('Where the column is; null: there is none yet'),
          counts: z.object({ sent: z.int(), waiting: z.int(), refused: z.int(), conflict: z.int() }),
        }),
      ),
      roster: z.array(
        z.object({ platform: z.string(), available: z.boolean(), syncedAt: time.nullable(), detail: words }),
      ),
      items: z.array(
        z.object({
          lineItem: z.string(),
          person: z.object({ id: z.string(), externalId: z.string(), name: words }),
          activity: activitySchema,
          state: z.enum(['waiting', 'refused', 'conflict']),
          outcome: z.enum(outcomes),
          says: z.string(),
          detail: words.describe('What the LMS said'),
          tries: z.int(),
          nextTryAt: time.nullable(),
          updatedAt: time,
        }),
      ),
    })
    .meta({ id: 'LmsSync' }),
);

const placeBody = (now: number) => (row: PlaceRow) => {
  const { id, kind, activity, title, lineItemUrl, platform: name, product, pausedUntil, ...counts } = row;
  const isPaused = pausedUntil !== null && pausedUntil > now;
  return {
    id,
    activity: { kind, id: activity },
    title,
    platform: { name, product, pausedUntil: isPaused ? timeOf(pausedUntil) : null },
    host: lineItemUrl === null ? null : new URL(lineItemUrl).host,
    counts,
  };
};

/** Of a score that waits anew what came of an earlier one is no longer so. */
const outcomeOf = ({ state, outcome }: UnsentRow): Outcome =>
  outcome === null || (state === 'waiting' && (outcome === 'sent' || outcome === 'unchanged'))
    ? 'waiting'
    : (outcome as Outcome);

const KEPT = 'An instructor let the mark be that stands in the LMS. A new grade asks again.';

const unsentBody = (isOwn: boolean) => (row: UnsentRow) => {
  const { targetId, personId, externalId, name, kind, activity, state, detail, tries, dueAt, updatedAt } = row;
  const outcome = outcomeOf(row);
  return {
    lineItem: targetId,
    person: { id: personId, externalId, name },
    activity: { kind, id: activity },
    state,
    outcome,
    says: state === 'refused' && outcome === 'superseded' ? KEPT : sentenceFor(outcome),
    detail: isOwn ? null : detail,
    tries,
    nextTryAt: state === 'waiting' ? timeOf(dueAt) : null,
    updatedAt: timeOf(updatedAt),
  };
};

/** How a course stands with its LMS: its columns, its roster, and the scores that are not there yet. A learner sees their own. */
export const readSync = async (deps: Deps, actor: Actor, courseId: string, { cursor, limit }: PageQuery, url: URL) => {
  const institutionId = institutionOf(actor);
  const at = { institutionId, courseId };
  const own = actor.kind === 'person' && actor.role === 'learner' ? actor.personId : null;
  const list = `lms-sync ${courseId}`;
  const position = await readCursor(deps.config.sessionSecret, list, cursor);
  const [personId = '', targetId = ''] = position?.id.split('~') ?? [];
  const db = deps.dbFor(institutionId);
  const [, places, rosters, rows] = await db.batch([
    standing(db, actor, 'lms-sync:read', courseId),
    listPlaces(db, at, own),
    listRosterStates(db, at),
    listUnsent(db, at, own, position ? { personId, targetId } : null, limit),
  ]);
  const { items, link } = await pageOf(deps.config.sessionSecret, list, url, rows, limit, (row) => ({
    at: 0,
    id: `${row.personId}~${row.targetId}`,
  }));
  return {
    link,
    body: {
      lineItems: places.map(placeBody(deps.now())),
      roster:
        own === null
          ? rosters.map(({ platform, hasRoster, syncedAt, detail }) => ({
              platform,
              available: hasRoster === 1,
              syncedAt: timeOf(syncedAt),
              detail,
            }))
          : [],
      items: items.map(unsentBody(own !== null)),
    },
  };
};
