import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { isKept } from '../grades/lms-store.ts';
import type { ActivityKind } from '../grades/store.ts';
import { gradesBehind } from './store.ts';

export type PlaceRow = {
  id: string;
  kind: ActivityKind;
  activity: string;
  title: string | null;
  lineItemUrl: string | null;
  platform: string;
  product: string;
  pausedUntil: number | null;
  sent: number;
  waiting: number;
  refused: number;
  conflict: number;
  kept: number;
};

/** How many deliveries of each state every place of a course has. */
const counted = (at: CourseAt, personId: string | null) => sql`select target_id, sum(state = 'sent') as sent,
    sum(state = 'waiting') as waiting, sum(state = 'refused' and not ${isKept}) as refused,
    sum(state = 'conflict') as conflict, sum(${isKept}) as kept
  from delivery d where d.course_id = ${at.courseId} and d.institution_id = ${at.institutionId}
    ${personId === null ? sql`` : sql`and d.person_id = ${personId}`}
  group by target_id`;

/** The places of a course in its LMS that take scores, with how many of each state; `personId`: theirs alone. */
export const listPlaces = (db: Database, at: CourseAt, personId: string | null) =>
  db.all<PlaceRow>(sql`select l.id, l.kind, l.activity, l.title, l.line_item_url as lineItemUrl, p.name as platform,
      p.product, p.paused_until as pausedUntil, coalesce(n.sent, 0) as sent, coalesce(n.waiting, 0) as waiting,
      coalesce(n.refused, 0) as refused, coalesce(n.conflict, 0) as conflict, coalesce(n.kept, 0) as kept
    from placement l join context c on c.id = l.context_id join deployment f on f.id = c.deployment_id
    join platform p on p.id = f.platform_id left join (${counted(at, personId)}) n on n.target_id = l.id
    where l.course_id = ${at.courseId} and l.institution_id = ${at.institutionId} and l.covers <> '[]'
    order by l.kind, l.activity, l.id`);

export type RosterStateRow = { platform: string; hasRoster: 0 | 1; syncedAt: number | null; detail: string | null };

/** The LMS courses behind a course, and when their rosters were last brought here. */
export const listRosterStates = (db: Database, at: CourseAt) =>
  db.all<RosterStateRow>(sql`select p.name as platform, c.memberships_url is not null as hasRoster,
      c.synced_at as syncedAt, c.sync_detail as detail
    from context c join deployment f on f.id = c.deployment_id join platform p on p.id = f.platform_id
    where c.course_id = ${at.courseId} and c.institution_id = ${at.institutionId} order by c.id`);

export type UnsentRow = {
  targetId: string;
  personId: string;
  kind: ActivityKind;
  activity: string;
  externalId: string;
  name: string | null;
  state: 'waiting' | 'refused' | 'conflict' | 'kept';
  outcome: string | null;
  detail: string | null;
  tries: number;
  dueAt: number;
  updatedAt: number;
  covers: string;
  tried: string | null;
  sentPoints: number | null;
  sentMax: number | null;
  /** JSON, as that of a due row; none but where another mark was found. */
  grades: string;
};

/** Deliveries to the LMS that are not sent, or that an instructor let be, by person and place, after `after`, one more than `limit`. */
export const listUnsent = (
  db: Database,
  at: CourseAt,
  personId: string | null,
  after: { personId: string; targetId: string } | null,
  limit: number,
) =>
  db.all<UnsentRow>(sql`select d.target_id as targetId, d.person_id as personId, d.kind, d.activity,
      p.subject as externalId, p.name, iif(${isKept}, 'kept', d.state) as state, d.outcome, d.detail, d.tries, d.due_at as dueAt, d.updated_at as updatedAt,
      coalesce(l.covers, '[]') as covers, d.tried, d.sent_points as sentPoints, d.sent_max as sentMax,
      iif(d.state = 'conflict' or ${isKept}, ${gradesBehind}, '[]') as grades
    from delivery d join person p on p.id = d.person_id left join placement l on l.id = d.target_id
    where d.course_id = ${at.courseId} and d.institution_id = ${at.institutionId} and d.state <> 'sent'
      and d.target = 'line-item' ${personId === null ? sql`` : sql`and d.person_id = ${personId}`}
      ${after ? sql`and (d.person_id, d.target_id) > (${after.personId}, ${after.targetId})` : sql``}
    order by d.person_id, d.target_id limit ${limit + 1}`);

/** One score in one place. */
export type ScoreAt = { lineItem: string; person: string };

const named = (scores: readonly ScoreAt[]): SQL => sql`json_each(${JSON.stringify(scores)}) x`;
const isNamed = sql`x.value ->> 'lineItem' = d.target_id and x.value ->> 'person' = d.person_id`;

/** Refuses where a score that is named is none of the course's. */
export const scoreIsMissing = (at: CourseAt, scores: readonly ScoreAt[]): Guard => [
  sql`exists (select 1 from ${named(scores)} where not exists (select 1 from delivery d where ${isNamed}
    and d.course_id = ${at.courseId} and d.institution_id = ${at.institutionId}))`,
  'line-item-not-found',
];

/** Makes scores due now, as if they had never failed: those named, else all that wait or were refused (but for what an instructor let be). */
export const retryScores = (db: Database, at: CourseAt, scores: readonly ScoreAt[] | undefined, now: number) =>
  db.run(sql`update delivery as d set state = 'waiting', due_at = ${now}, tries = 0, first_tried_at = null, updated_at = ${now}
    where d.course_id = ${at.courseId} and d.institution_id = ${at.institutionId} and d.target = 'line-item'
      and d.state <> 'sent' and d.state in ('waiting', 'refused') and coalesce(d.claimed_until, 0) <= ${now}
      and ${scores ? sql`exists (select 1 from ${named(scores)} where ${isNamed})` : sql`not ${isKept}`}`);

const theConflict = (at: CourseAt, { lineItem, person }: ScoreAt): SQL =>
  sql`course_id = ${at.courseId} and institution_id = ${at.institutionId} and target_id = ${lineItem} and person_id = ${person}
    and (state = 'conflict' or ${isKept})`;

/** Refuses where there are no two marks to decide between, or to decide between again. */
export const conflictIsMissing = (at: CourseAt, score: ScoreAt): Guard => [
  sql`not exists (select 1 from delivery where ${theConflict(at, score)})`,
  'conflict-not-found',
];

/** Lets a score go out over the mark that was found (a `Tried` that `yields`). */
export const overwriteConflict = (db: Database, at: CourseAt, score: ScoreAt, now: number) =>
  db.run(sql`update delivery set state = 'waiting', outcome = 'waiting', tried = replace(tried, '"stays"', '"yields"'),
    due_at = ${now}, tries = 0, first_tried_at = null, updated_at = ${now} where ${theConflict(at, score)}`);

/** Lets the mark be that was found in the LMS (a `Tried` that `stays`), until there is another grade or decision. */
export const keepConflict = (db: Database, at: CourseAt, score: ScoreAt, now: number) =>
  db.run(sql`update delivery set state = 'refused', outcome = 'superseded', tried = replace(tried, '"yields"', '"stays"'),
    updated_at = ${now} where ${theConflict(at, score)}`);
