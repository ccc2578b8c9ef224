import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { type GradebookPage, pageOfLearners } from './store.ts';

export type PlaceRow = { id: string; kind: string; activity: string; covers: string };
export type DeliveryRow = { personId: string; targetId: string; state: LmsState; at: number };
/** `retrying`: the LMS did not answer, and is tried again; `kept`: an instructor let the mark be that stands there. */
export const lmsStates = ['conflict', 'refused', 'retrying', 'waiting', 'kept', 'sent'] as const;
export type LmsState = (typeof lmsStates)[number];

/** Whether an instructor let the mark be that a delivery found in the LMS. */
export const isKept: SQL = sql`(state = 'refused' and outcome = 'superseded')`;

/** The places of a course in its LMS, and what each covers. */
const listPlaces = (db: Database, at: CourseAt) =>
  db.all<PlaceRow>(sql`select id, kind, activity, covers from placement where course_id = ${at.courseId}
    and institution_id = ${at.institutionId} and covers <> '[]'`);

const listDeliveries = (db: Database, at: CourseAt, isTheirs: SQL) =>
  db.all<DeliveryRow>(sql`select person_id as personId, target_id as targetId,
      case when ${isKept} then 'kept'
        when state = 'waiting' and tries > 0 and outcome = 'platform-down' then 'retrying' else state end as state,
      iif(state = 'sent', coalesce(sent_at, updated_at), updated_at) as at
    from delivery where exists (select 1 from placement where course_id = ${at.courseId}) and course_id = ${at.courseId}
      and institution_id = ${at.institutionId} and target = 'line-item' and person_id ${isTheirs}`);

/** Where a person's grades have got to on their way to the LMS. Nothing to read where the course is in none. */
export const listLmsStates = (db: Database, at: CourseAt, personId: string) =>
  [listPlaces(db, at), listDeliveries(db, at, sql`= ${personId}`)] as const;

/** The same for a page of the gradebook. */
export const listLmsStatesOfPage = (db: Database, at: CourseAt, page: GradebookPage) =>
  [listPlaces(db, at), listDeliveries(db, at, sql`in (select e.person_id ${pageOfLearners(at, page)})`)] as const;
