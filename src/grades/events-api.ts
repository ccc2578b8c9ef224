import * as z from 'zod';
import { institutionOf, isStaff } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf } from '../courses/schedule.ts';
import { personIsMissing } from '../courses/store.ts';
import { pointsOf } from '../grading/policy.ts';
import { lazily } from '../lazily.ts';
import { pageOf, pageQuery, readCursor } from '../paging.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { activitySchema, pointsSchema } from './grade-body.ts';
import { eventTypes, listGradeEvents } from './ledger-store.ts';
import { readReceipt } from './receipts.ts';
import { replayEvent } from './replay.ts';
import type { ActivityKind } from './store.ts';
import { deductionSchema, verdictSchema } from './verdict-body.ts';

const receiptSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      type: z.enum(eventTypes),
      person: z.string(),
      activity: activitySchema,
      /** Regrade: the automatic points before it. */
      was: pointsSchema,
      points: pointsSchema,
      max: z.number(),
      grade: z.object({ points: pointsSchema, max: z.number() }),
      ruleSet: z.string().nullable(),
      /** Since when the institution has these rules. */
      rulesFrom: z.iso.datetime().nullable(),
      engine: z.int().nullable(),
      answer: z.record(z.string(), z.unknown()).nullable(),
      verdict: verdictSchema().nullable(),
      deductions: z.array(deductionSchema),
      counted: z.record(z.string(), z.number()).nullable(),
      criteria: z.array(z.record(z.string(), z.unknown())).nullable(),
      by: z.string(),
      reason: z.string().nullable(),
      createdAt: z.iso.datetime(),
    })
    .meta({ id: 'Receipt' }),
);

/** `points`: what the event gave, by itself. `grade`: what the grade was right after it. */
const gradeEventSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      type: z.enum(eventTypes),
      points: pointsSchema,
      grade: pointsSchema,
      by: z.string(),
      reason: z.string().nullable(),
      at: z.iso.datetime(),
    })
    .meta({ id: 'GradeEvent' }),
);

export const gradeEventsApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/people/{person}/grades/{kind}/{activity}/events',
    title:
      'Everything that happened to a grade, oldest first, also what went on underneath an override; learners: their own',
    action: 'grade-events:read',
    query: pageQuery,
    returns: () => ({ 200: z.object({ items: z.array(gradeEventSchema()) }) }),
    handle: async ({ deps, actor, params, query, url }) => {
      const { course: courseId, person: personId, kind, activity } = params;
      if (actor.kind === 'person' && !isStaff(actor) && actor.personId !== personId)
        throw new Problem('person-not-found');
      const institutionId = institutionOf(actor);
      const at = { institutionId, courseId, personId, kind: kind as ActivityKind, activity };
      const secret = deps.config.sessionSecret;
      const list = `grade events ${courseId} ${personId} ${kind} ${activity}`;
      const after = await readCursor(secret, list, query.cursor);
      const db = deps.dbFor(institutionId);
      const [, rows] = await db.batch([
        standing(db, actor, 'grade-events:read', courseId, [personIsMissing(courseId, personId)]),
        listGradeEvents(db, at, after, query.limit),
      ]);
      const position = ({ createdAt, id }: { createdAt: number; id: string }) => ({ at: createdAt, id });
      const { items, link } = await pageOf(secret, list, url, rows, query.limit, position);
      const body = items.map(({ id, type, points, gradePoints, actor: by, reason, createdAt }) => ({
        id,
        type,
        points: pointsOf(points),
        grade: pointsOf(gradePoints),
        by,
        reason,
        at: timeOf(createdAt),
      }));
      return { status: 200, body: { items: body }, headers: { link } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/grade-events/{event}',
    title: 'The receipt of a grade: everything it was made from',
    action: 'grade-events:read',
    returns: () => ({ 200: receiptSchema() }),
    handle: async ({ deps, actor, params }) => ({
      status: 200,
      body: await readReceipt(deps, actor, params.course, params.event),
    }),
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/grade-events/{event}/replay',
    title: 'Grade the same facts again: the same bytes, or an alarm',
    action: 'grade-events:read',
    returns: () => ({
      200: z
        .object({
          same: z.boolean(),
          ruleSet: z.string().nullable(),
          engine: z.object({ stored: z.int().nullable(), now: z.int() }),
        })
        .meta({ id: 'Replay' }),
    }),
    handle: async ({ deps, actor, params }) => ({
      status: 200,
      body: await replayEvent(deps, actor, params.course, params.event),
    }),
  }),
];
