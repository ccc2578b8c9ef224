import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Position } from '../paging.ts';

export type ActivityKind = 'scenario' | 'prompt' | 'unit';

type At = CourseAt & { personId: string; kind: ActivityKind; activity: string };

export type GradeRow = {
  kind: ActivityKind;
  activity: string;
  auto: number | null;
  override: number | null;
  /** Points by hand, on top of the automatic ones. */
  rubric: number | null;
  max: number;
  /** The event that made the grade what it is: the override's while there is one. */
  eventId: string;
};

/** A person's effective grades in a course. */
export const listGrades = (db: Database, at: CourseAt, personId: string) =>
  db.all<GradeRow>(sql`select kind, activity, auto_points as auto, override_points as override, rubric_points as rubric, max,
    coalesce(override_event_id, event_id) as eventId from grade
    where course_id = ${at.courseId} and institution_id = ${at.institutionId} and person_id = ${personId}`);

export type GradebookRow = {
  id: string;
  externalId: string;
  name: string | null;
  role: 'learner' | 'assistant' | 'instructor';
  createdAt: number;
  /** JSON: arrays of kind, activity, auto, override, rubric, max, event. */
  grades: string;
};

/** A page of learners, in the order of their ids (which sort by time), with all their grades, one more than `limit`, in one statement. */
export const listGradebook = (db: Database, at: CourseAt, after: Position | null, limit: number) =>
  db.all<GradebookRow>(sql`select p.id, p.subject as externalId, p.name, e.role, e.created_at as createdAt,
      (select json_group_array(json_array(g.kind, g.activity, g.auto_points, g.override_points, g.rubric_points, g.max,
        coalesce(g.override_event_id, g.event_id)))
        from grade g where g.course_id = e.course_id and g.person_id = e.person_id) as grades
    from enrolment e join person p on p.id = e.person_id
    where e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and e.person_id > ${after?.id ?? ''}
      and e.role = 'learner' and e.withdrawn_at is null
    order by e.person_id limit ${limit + 1}`);

const theGrade = (at: At) =>
  sql`course_id = ${at.courseId} and institution_id = ${at.institutionId} and person_id = ${at.personId} and kind = ${at.kind} and activity = ${at.activity}`;

export const overrideIsMissing = (at: At): SQL =>
  sql`not exists (select 1 from grade where ${theGrade(at)} and override_points is not null)`;

/** Sets (points in 1/100) or lifts the override of a grade: the ledger's row. The automatic points go on underneath. */
export const insertOverrideEvent = (
  db: Database,
  at: At,
  event: {
    id: string;
    type: 'override' | 'lift';
    points: number | null;
    max: number;
    actor: string;
    reason?: string;
    now: number;
  },
) =>
  db.run(sql`insert into grade_event (id, institution_id, course_id, person_id, kind, activity, type, rule_set, points, max,
      grade_points, actor, reason, created_at)
    values (${event.id}, ${at.institutionId}, ${at.courseId}, ${at.personId}, ${at.kind}, ${at.activity}, ${event.type},
      (select rule_set from course where id = ${at.courseId}), ${event.points}, ${event.max},
      coalesce(${event.points}, (select auto_points + coalesce(rubric_points, 0) from grade where ${theGrade(at)})),
      ${event.actor}, ${event.reason ?? null}, ${event.now})`);

export const findGrade = (db: Database, at: At) =>
  db.all<GradeRow>(
    sql`select kind, activity, auto_points as auto, override_points as override, rubric_points as rubric, max,
    coalesce(override_event_id, event_id) as eventId from grade where ${theGrade(at)}`,
  );
