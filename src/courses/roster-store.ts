import { type SQL, sql } from 'drizzle-orm';
import type { Role } from '../auth/actor.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import type { CourseAt } from './store.ts';

export type PresentRow = {
  id: string;
  externalId: string;
  name: string | null;
  role: Role | null;
  withdrawnAt: number | null;
  ours: number;
};

/** A course, and whose names for people a roster speaks: the institution's own (`api`), or those of an LTI platform. */
export type RosterAt = CourseAt & { issuer: string };

/** Whoever is known there of `externalIds`, enrolled or not, and the course's instructors, or `everybody` in it. */
export const listPresent = (db: Database, at: RosterAt, externalIds: readonly string[], everybody: boolean) => {
  const columns = sql`p.id, p.subject as externalId, p.name, e.role, e.withdrawn_at as withdrawnAt, p.issuer = ${at.issuer} as ours`;
  return db.all<PresentRow>(sql`select ${columns} from person p
      left join enrolment e on e.course_id = ${at.courseId} and e.person_id = p.id
      where p.institution_id = ${at.institutionId} and p.issuer = ${at.issuer}
        and p.subject in (select value from json_each(${JSON.stringify(externalIds)}))
    union select ${columns} from enrolment e join person p on p.id = e.person_id
      where e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and e.withdrawn_at is null
        and (${everybody} or e.role = 'instructor')
    order by id`);
};

const version = (at: CourseAt): SQL =>
  sql`(select count(*) || '.' || coalesce(sum(revision), 0) from enrolment
    where course_id = ${at.courseId} and institution_id = ${at.institutionId})`;

/** Another one after every change of who is in the course. */
export const findRosterVersion = (db: Database, at: CourseAt) =>
  db.all<{ version: string }>(sql`select ${version(at)} as version`);

/** Somebody who is to be enrolled, changed or restored. `id` is for who is new to the institution, `was` their name there. */
export type Coming = {
  id: string;
  externalId: string;
  name: string | null;
  role: Role;
  isNew: boolean;
  was: string | null;
  /** The platform's pretend student. */
  testUser?: boolean;
};

const each = (people: readonly Coming[]): SQL => sql`json_each(${JSON.stringify(people)}) x`;
const theirs = (at: RosterAt): SQL =>
  sql`p.institution_id = ${at.institutionId} and p.issuer = ${at.issuer} and p.subject = x.value->>'externalId'`;

/** Refuses where the roster, or a name on it, is not what was read. */
export const rosterMoved = (at: RosterAt, read: string, people: readonly Coming[]): Guard[] => [
  [sql`${version(at)} <> ${read}`, 'stale'],
  [
    sql`exists (select 1 from ${each(people)} left join person p on ${theirs(at)}
      where p.name is not x.value->>'was' or (p.id is null) <> x.value->>'isNew')`,
    'stale',
  ],
];

/** Makes people known, or gives them these names. */
export const upsertPeople = (db: Database, at: RosterAt, people: readonly Coming[], now: number) =>
  db.run(sql`insert into person (id, institution_id, issuer, subject, name, created_at)
    select x.value->>'id', ${at.institutionId}, ${at.issuer}, x.value->>'externalId', x.value->>'name', ${now}
      from ${each(people)} where true
    on conflict (institution_id, issuer, subject) do update set name = excluded.name where excluded.name is not name`);

/** Enrols people, or gives them these roles and takes back a withdrawal. Who is a test user stays one. */
export const upsertEnrolments = (db: Database, at: RosterAt, people: readonly Coming[], now: number) =>
  db.run(sql`insert into enrolment (course_id, person_id, institution_id, role, test_user, created_at)
    select ${at.courseId}, p.id, ${at.institutionId}, x.value->>'role', coalesce(x.value->>'testUser', 0), ${now}
      from ${each(people)} cross join person p where ${theirs(at)}
    on conflict (course_id, person_id) do update
      set role = excluded.role, withdrawn_at = null, revision = revision + 1`);

/** What a change of name does to people's ETags in their other courses. */
export const touchOtherEnrolments = (db: Database, at: CourseAt, personIds: readonly string[]) =>
  db.run(sql`update enrolment set revision = revision + 1 where course_id <> ${at.courseId}
    and person_id in (select value from json_each(${JSON.stringify(personIds)}))`);

/** Withdraws people from the course; their work stays. */
export const updateWithdrawn = (db: Database, at: CourseAt, personIds: readonly string[], now: number) =>
  db.run(sql`update enrolment set withdrawn_at = ${now}, revision = revision + 1
    where course_id = ${at.courseId} and institution_id = ${at.institutionId}
      and person_id in (select value from json_each(${JSON.stringify(personIds)}))`);
