import * as z from 'zod';
import { institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { lazily } from '../lazily.ts';
import { limitUpTo, pageOf, readCursor } from '../paging.ts';
import { route } from '../route.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { activitySchema, gradeBody, pointsSchema } from './grade-body.ts';
import { activitiesOf } from './gradebook.ts';
import { type ChangedGradePosition, type ChangedGradeRow, listChangedGrades } from './store.ts';

/**
 * How long a change may take from the time it bears to the moment others can read it: far longer than any transaction.
 * A poller goes on from so long before its reading, or it would miss a change that was under way.
 */
const SETTLED_MS = 30_000;

const time = z.iso.datetime();
const feedQuery = lazily(() =>
  z.object({
    since: z.iso
      .datetime({ offset: true })
      .transform((text) => Date.parse(text))
      .optional(),
    cursor: z.string().max(400).optional(),
    limit: limitUpTo(1000).default(200),
  }),
);
const feedSchema = lazily(() =>
  z
    .object({
      items: z.array(
        z.object({
          person: z.object({ id: z.string(), externalId: z.string() }),
          activity: activitySchema,
          points: pointsSchema,
          max: z.number(),
          source: z.enum(['auto', 'override', 'rubric']).nullable(),
          gradeEvent: z.string(),
          updatedAt: time,
        }),
      ),
      until: time.describe('The next ?since=, once the last page is read'),
    })
    .meta({ id: 'ChangedGrades' }),
);

/** A page's end as a cursor's id, with the `until` of the first page: later pages must not move it. */
const idOf = (until: number, { personId, kind, activity }: Omit<ChangedGradePosition, 'at'>): string =>
  [String(until), personId, kind, activity].map(encodeURIComponent).join('/');

const positionOf = ({ at, id }: { at: number; id: string }): ChangedGradePosition & { until: number } => {
  const [until = '', personId = '', kind = '', activity = ''] = id.split('/').map(decodeURIComponent);
  return { at, until: Number(until), personId, kind, activity };
};

export const feedApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/grades',
    title: 'Grades in the order of their last change: those changed since a time, for an LMS without LTI',
    action: 'grades:feed',
    query: feedQuery,
    returns: () => ({ 200: feedSchema() }),
    /**
     * Every change is shown at least once to whoever reads all pages and then asks again with `?since=` the body's
     * `until`; one that is shown twice has the same `gradeEvent` and `updatedAt`.
     */
    handle: async ({ deps, actor, params, query, url }) => {
      const at = { institutionId: institutionOf(actor), courseId: params.course };
      const secret = deps.config.sessionSecret;
      const list = `grade feed ${at.courseId}`;
      const cursor = await readCursor(secret, list, query.cursor);
      const start = { at: query.since ?? 0, until: deps.now() - SETTLED_MS, personId: '', kind: '', activity: '' };
      const { until, ...after } = cursor ? positionOf(cursor) : start;
      const db = deps.dbFor(at.institutionId);
      const [, [current], rows] = await db.batch([
        standing(db, actor, 'grades:feed', at.courseId),
        findCurrentRules(db, at.institutionId, at.courseId, believedRules(deps, at.courseId).hash),
        listChangedGrades(db, at, after, query.limit),
      ]);
      const activities = activitiesOf(deps.catalogue, adoptRules(deps, at.courseId, current).ruleSet);
      const known = new Map(activities.map((one) => [`${one.kind} ${one.id}`, one]));
      const { items, link } = await pageOf(secret, list, url, rows, query.limit, (row) => ({
        at: row.updatedAt,
        id: idOf(until, row),
      }));
      const itemOf = (row: ChangedGradeRow) => {
        // What the rules have dropped since keeps the maximum that it was graded by.
        const dropped = { kind: row.kind, id: row.activity, max: row.max, autoMax: row.max };
        const { rubric: _, ...grade } = gradeBody(known.get(`${row.kind} ${row.activity}`) ?? dropped, row);
        const person = { id: row.personId, externalId: row.externalId };
        return { person, ...grade, updatedAt: new Date(row.updatedAt).toISOString() };
      };
      const body = { items: items.map(itemOf), until: new Date(until).toISOString() };
      return { status: 200, body, headers: { link } };
    },
  }),
];
