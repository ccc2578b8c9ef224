import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { Actor, Role } from '../auth/actor.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { comesAfter } from '../db/keyset.ts';
import { type Once, resultOf, unseen } from '../db/once.ts';
import { activityWindow, course } from '../db/schema.ts';
import type { Position } from '../paging.ts';
import type { WindowRow } from './schedule.ts';

/** A course of an institution: every reading of what belongs to a course asks for both. */
export type CourseAt = { institutionId: string; courseId: string };

export type CourseRow = typeof course.$inferSelect;

/** Keeps a published rule set; nothing where it is kept already. */
export const insertRuleSet = (db: Database, row: { institutionId: string; hash: string; doc: string; at: number }) =>
  db.run(sql`insert into rule_set (institution_id, hash, doc, created_at)
    values (${row.institutionId}, ${row.hash}, ${row.doc}, ${row.at}) on conflict do nothing`);

export const insertCourse = (db: Database, row: typeof course.$inferInsert) => db.insert(course).values(row);

export const findCourse = (db: Database, institutionId: string, id: string) =>
  db
    .select()
    .from(course)
    .where(and(eq(course.institutionId, institutionId), eq(course.id, id)));

/** An institution's courses after `after`, oldest first, one more than `limit`. */
export const listCourses = (db: Database, institutionId: string, after: Position | null, limit: number) =>
  db
    .select()
    .from(course)
    .where(and(eq(course.institutionId, institutionId), comesAfter(course, after)))
    .orderBy(asc(course.createdAt), asc(course.id))
    .limit(limit + 1);

/** Refuses a change of a revision that is no longer the newest. `null`: any revision. */
export const courseIsStale = (id: string, revision: number | null): Guard[] =>
  revision === null ? [] : [[sql`exists (select 1 from course where id = ${id} and revision <> ${revision})`, 'stale']];

export const updateCourse = (
  db: Database,
  institutionId: string,
  id: string,
  change: { name?: string; timeZone?: string; holdFirstPosts?: number },
) =>
  db
    .update(course)
    .set({ ...change, revision: sql`${course.revision} + 1` })
    .where(and(eq(course.institutionId, institutionId), eq(course.id, id)))
    .returning();

export type PersonRow = {
  id: string;
  externalId: string;
  name: string | null;
  role: Role;
  withdrawnAt: number | null;
  revision: number;
  createdAt: number;
};

const personColumns = sql`p.id, p.subject as externalId, p.name, e.role, e.withdrawn_at as withdrawnAt, e.revision,
  e.created_at as createdAt`;

/** People of a course after `after` in the order of their ids (which sort by time), one more than `limit`. */
export const listPeople = (db: Database, at: CourseAt, after: Position | null, limit: number) =>
  db.all<PersonRow>(sql`select ${personColumns} from enrolment e join person p on p.id = e.person_id
    where e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and e.person_id > ${after?.id ?? ''}
    order by e.person_id limit ${limit + 1}`);

/** In SQL, the id of the person whom the institution calls so. */
export const idOfPerson = (institutionId: string, externalId: string): SQL =>
  sql`(select id from person where institution_id = ${institutionId} and issuer = 'api' and subject = ${externalId})`;

/** A person in a course. */
export const findPerson = (db: Database, at: CourseAt, personId: string) =>
  db.all<PersonRow>(sql`select ${personColumns} from enrolment e join person p on p.id = e.person_id
    where e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and e.person_id = ${personId}`);

/** What people of a course are called. */
export const listNames = (db: Database, at: CourseAt, ids: readonly string[]) =>
  db.all<{
    id: string;
    name: string | null;
  }>(sql`select p.id, p.name from enrolment e join person p on p.id = e.person_id
    where e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId}
      and e.person_id in (select value from json_each(${JSON.stringify(ids)}))`);

export type Newcomer = {
  id: string;
  institutionId: string;
  courseId: string;
  externalId: string;
  name: string | undefined;
  role: Role;
  at: number;
};

/** The person by what the institution calls them: made, or brought up to date (a name left out stays). */
export const upsertPerson = (db: Database, one: Newcomer, once: Once | null) =>
  db.run(sql`insert into person (id, institution_id, issuer, subject, name, created_at)
    select ${one.id}, ${one.institutionId}, 'api', ${one.externalId}, ${one.name ?? null}, ${one.at} where ${unseen(once)}
    on conflict (institution_id, issuer, subject) do update set name = coalesce(excluded.name, name)`);

/** Enrols the person, or gives them this role and takes back a withdrawal. */
export const upsertEnrolment = (db: Database, one: Newcomer, once: Once | null) =>
  db.run(sql`insert into enrolment (course_id, person_id, institution_id, role, created_at)
    select ${one.courseId}, id, institution_id, ${one.role}, ${one.at} from person
      where institution_id = ${one.institutionId} and issuer = 'api' and subject = ${one.externalId} and ${unseen(once)}
    on conflict (course_id, person_id) do update
      set role = excluded.role, withdrawn_at = null, revision = revision + 1`);

/** Remembers under the key whom the request made or changed and which status it got: the response, given again. */
export const rememberPerson = (db: Database, one: Newcomer, once: Once | null) =>
  db.run(
    once === null
      ? sql`select 0`
      : sql`insert into idempotency (actor, key, institution_id, fingerprint, result_id, facts, created_at)
    select ${once.actor}, ${once.key}, ${one.institutionId}, ${once.fingerprint}, p.id,
      json_object('by', ${one.id}, 'name', p.name, 'role', e.role, 'status', iif(e.created_at = ${one.at} and e.revision = 1, 201, 200)),
      ${one.at}
    from person p join enrolment e on e.person_id = p.id and e.course_id = ${one.courseId}
    where p.institution_id = ${one.institutionId} and p.issuer = 'api' and p.subject = ${one.externalId}
    on conflict do nothing`,
  );

/** The person as the request left them, now or when it was first sent (`facts`). */
export const findEnrolled = (db: Database, one: Newcomer, once: Once | null) =>
  db.all<PersonRow & { facts: string | null }>(sql`select ${personColumns}, i.facts
    from person p join enrolment e on e.person_id = p.id and e.course_id = ${one.courseId}
    left join idempotency i on i.actor = ${once?.actor ?? ''} and i.key = ${once?.key ?? ''}
    where p.id = ${resultOf(once, '')} or (${once === null}
      and p.institution_id = ${one.institutionId} and p.issuer = 'api' and p.subject = ${one.externalId})`);

export const personIsStale = (courseId: string, personId: string, revision: number | null): Guard[] => [
  personIsMissing(courseId, personId),
  ...(revision === null
    ? []
    : [
        [
          sql`exists (select 1 from enrolment where course_id = ${courseId} and person_id = ${personId} and revision <> ${revision})`,
          'stale',
        ] as const,
      ]),
];

/** A person's name, which is the same in every course. */
export const updatePersonName = (db: Database, institutionId: string, personId: string, name: string) =>
  db.run(sql`update person set name = ${name} where id = ${personId} and institution_id = ${institutionId}`);

/** What a change of name does to the person's ETag in their other courses. */
export const touchEnrolments = (db: Database, personId: string) =>
  db.run(sql`update enrolment set revision = revision + 1 where person_id = ${personId}`);

/** Changes role or withdrawal; `withdrawnAt` left out stays as it is. Goes up one revision. */
export const updateEnrolment = (
  db: Database,
  courseId: string,
  personId: string,
  change: { role?: Role; withdrawnAt?: number | null },
) =>
  db.run(sql`update enrolment set revision = revision + 1
      ${change.role === undefined ? sql`` : sql`, role = ${change.role}`}
      ${change.withdrawnAt === undefined ? sql`` : sql`, withdrawn_at = ${change.withdrawnAt}`}
    where course_id = ${courseId} and person_id = ${personId}`);

/** The class's windows, and one person's extensions. */
export const listWindows = (db: Database, at: CourseAt, personId: string) =>
  db.all<WindowRow>(sql`select kind, activity, person_id as personId, opens_at as opensAt, due_at as dueAt, closes_at as closesAt
    from activity_window where course_id = ${at.courseId}
    and institution_id = ${at.institutionId} and person_id in ('', ${personId}) order by kind, activity, person_id`);

/** Sets the class's window of an activity (`personId` ''), or a person's extension. */
export const upsertWindow = (db: Database, institutionId: string, courseId: string, row: WindowRow) =>
  db
    .insert(activityWindow)
    .values({ institutionId, courseId, ...row })
    .onConflictDoUpdate({
      target: [activityWindow.courseId, activityWindow.personId, activityWindow.kind, activityWindow.activity],
      set: {
        opensAt: row.opensAt,
        dueAt: row.dueAt,
        closesAt: row.closesAt,
      },
    });

/** Takes the class's window of an activity away, or a person's extension. */
export const removeWindow = (
  db: Database,
  courseId: string,
  { kind, activity, personId }: Pick<WindowRow, 'kind' | 'activity' | 'personId'>,
) =>
  db.run(sql`delete from activity_window where course_id = ${courseId} and person_id = ${personId} and kind = ${kind}
    and activity = ${activity}`);

const ruleDoc = (courseId: string) =>
  sql`course c join rule_set r on r.institution_id = c.institution_id and r.hash = c.rule_set and c.id = ${courseId}`;

/** Refuses a prompt that the course's rules do not bring: one of its own. */
export const promptIsMissing = (courseId: string, prompt: string): Guard => [
  sql`not exists (select 1 from ${ruleDoc(courseId)}, json_each(r.doc, '$.custom.prompts') p where p.key = ${prompt})`,
  'content-not-found',
];

/** Refuses a criterion that the course's rules do not have for the prompt. */
export const criterionIsMissing = (courseId: string, prompt: string, criterion: string): Guard => [
  sql`not exists (select 1 from ${ruleDoc(courseId)}, json_each(r.doc, '$.prompts') p, json_each(p.value, '$.criteria') k
    where p.key = ${prompt} and k.value ->> 'id' = ${criterion})`,
  'content-not-found',
];

/** Refuses to leave a course without an instructor; the institution's key may. */
export const leavesNoInstructor = (actor: Actor, courseId: string, personId: string): Guard[] =>
  actor.kind === 'key'
    ? []
    : [
        [
          sql`exists (select 1 from enrolment where course_id = ${courseId} and person_id = ${personId} and role = 'instructor'
              and withdrawn_at is null)
            and not exists (select 1 from enrolment where course_id = ${courseId} and person_id <> ${personId}
              and role = 'instructor' and withdrawn_at is null)`,
          'last-instructor',
        ],
      ];

/** Refuses where the person is not in the course. */
export const personIsMissing = (courseId: string, personId: string): Guard => [
  sql`not exists (select 1 from enrolment where course_id = ${courseId} and person_id = ${personId})`,
  'person-not-found',
];

/** An activity of somebody's, and the unit whose extension moves its dates. */
export type Timed = {
  courseId: string | SQL;
  personId: string | SQL;
  kind: WindowRow['kind'];
  activity: string;
  unit: string;
};

/** When an activity is due for a person, speaking of `windowJoins`; `windowFor` says the rule. */
export const dueOfWindow = sql`max(w.due_at, coalesce(x.due_at, 0))`;

/** The same as a scalar subquery. */
export const effectiveDue = (at: Timed): SQL =>
  sql`(select max(c.due_at, coalesce(x.due_at, 0)) from activity_window c left join activity_window x
    on x.course_id = c.course_id and x.person_id = ${at.personId} and x.kind = 'unit' and x.activity = ${at.unit}
    where c.course_id = ${at.courseId} and c.person_id = '' and c.kind = ${at.kind} and c.activity = ${at.activity})`;

/** The class's window of an activity (`w`) and the person's extension (`x`), for a guard to speak of. */
export const windowRows = (at: Timed): SQL => sql`from (select 1) ${windowJoins(at)}`;

/** The same rows beside others. */
export const windowJoins = (
  at: Timed,
): SQL => sql`left join activity_window w on w.course_id = ${at.courseId} and w.person_id = '' and w.kind = ${at.kind}
    and w.activity = ${at.activity}
  left join activity_window x on x.course_id = w.course_id and x.person_id = ${at.personId} and x.kind = 'unit'
    and x.activity = ${at.unit}`;

/** Refuses work on an activity that is not open, for requests not carried out before. Speaks of `windowRows`. */
export const windowIsShut = (once: Once | null, now: number): Guard[] => {
  const closesAt = sql`max(w.closes_at, coalesce(x.closes_at, 0), coalesce(x.due_at, 0))`;
  const fresh = once ? sql`${unseen(once)} and ` : sql``;
  return [
    [sql`${fresh}w.opens_at > ${now}`, 'not-yet-open', { name: 'opensAt', value: sql`w.opens_at` }],
    [sql`${fresh}${closesAt} <= ${now}`, 'closed', { name: 'closedAt', value: closesAt }],
  ];
};
