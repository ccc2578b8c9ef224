import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { Position } from '../paging.ts';
import type { CourseAt, PersonRow } from './store.ts';

/** Somebody on a course's roster as the staff see them; `issuer` and `platform` say by whom they are known here. */
export type RosterRow = PersonRow & {
  issuer: string;
  platform: string | null;
  testUser: number;
  extensions: number;
  /** When they last answered or posted. */
  workedAt: number | null;
};

const columns = sql`p.id, p.subject as externalId, p.name, e.role, e.withdrawn_at as withdrawnAt, e.revision,
  e.created_at as createdAt, p.issuer, e.test_user as testUser,
  (select f.name from platform f where f.issuer = p.issuer and f.institution_id = p.institution_id
    order by f.created_at limit 1) as platform,
  (select count(*) from activity_window w where w.course_id = e.course_id and w.person_id = e.person_id) as extensions,
  nullif(max(
    coalesce((select max(a.submitted_at) from answer a where a.course_id = e.course_id and a.person_id = e.person_id), 0),
    coalesce((select max(o.created_at) from post o where o.course_id = e.course_id and o.author_id = e.person_id), 0)
  ), 0) as workedAt`;

/** People of a course after `after` in the order of their ids (which sort by time), one more than `limit`; `find`: part of a name or id. */
export const listRoster = (db: Database, at: CourseAt, find: string, after: Position | null, limit: number) =>
  db.all<RosterRow>(sql`select ${columns} from enrolment e join person p on p.id = e.person_id
    where e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and e.person_id > ${after?.id ?? ''}
      and (${find} = '' or instr(lower(coalesce(p.name, '')), lower(${find})) > 0 or instr(lower(p.subject), lower(${find})) > 0)
    order by e.person_id limit ${limit + 1}`);

/** One of them. */
export const findOnRoster = (db: Database, at: CourseAt, personId: string) =>
  db.all<RosterRow>(sql`select ${columns} from enrolment e join person p on p.id = e.person_id
    where e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and e.person_id = ${personId}`);

type KeptRow = { answers: number; posts: number; drafts: number; appeals: number; grades: number };

/** How much is kept of somebody's work in a course. */
export const countKept = (db: Database, at: CourseAt, personId: string) => {
  const theirs = sql`course_id = ${at.courseId} and institution_id = ${at.institutionId} and person_id = ${personId}`;
  return db.all<KeptRow>(sql`select (select count(*) from answer where ${theirs}) as answers,
    (select count(*) from post where course_id = ${at.courseId} and institution_id = ${at.institutionId}
      and author_id = ${personId}) as posts,
    (select count(*) from draft where ${theirs}) as drafts,
    (select count(*) from appeal where ${theirs}) as appeals,
    (select count(*) from grade where ${theirs}) as grades`);
};

type CourseSummary = {
  id: string;
  name: string;
  timeZone: string;
  createdAt: number;
  learners: number;
  staff: number;
};

/** An institution's courses after `after`, oldest first, with how many people are in each; one more than `limit`. */
export const listCourseSummaries = (db: Database, institutionId: string, after: Position | null, limit: number) => {
  const count = (which: SQL) =>
    sql`(select count(*) from enrolment e where e.course_id = c.id and e.withdrawn_at is null and ${which})`;
  return db.all<CourseSummary>(sql`select c.id, c.name, c.time_zone as timeZone, c.created_at as createdAt,
      ${count(sql`e.role = 'learner'`)} as learners, ${count(sql`e.role <> 'learner'`)} as staff
    from course c where c.institution_id = ${institutionId}
      ${after ? sql`and (c.created_at, c.id) > (${after.at}, ${after.id})` : sql``}
    order by c.created_at, c.id limit ${limit + 1}`);
};
