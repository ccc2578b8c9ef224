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

export type EventRow = {
  id: string;
  personId: string;
  kind: ActivityKind;
  activity: string;
  type: 'verdict' | 'participation' | 'override' | 'lift' | 'regrade' | 'rubric';
  ruleSet: string | null;
  counted: string | null;
  points: number | null;
  max: number;
  gradePoints: number | null;
  actor: string;
  reason: string | null;
  createdAt: number;
  answerId: string | null;
  attempt: number | null;
  role: string | null;
  claims: string | null;
  counterClaims: string | null;
  answerReason: string | null;
  lateMs: number | null;
  submittedAt: number | null;
  answerKey: string | null;
  engine: number | null;
  credit: number | null;
  verdictPoints: number | null;
  verdictMax: number | null;
  trace: string | null;
  /** How far the person is with the scenario, and whether they ever had full credit: what may be shown of the key. */
  used: number;
  fullCredit: number;
};

/** The ledger's columns, of the answers (each the event of its own verdict) and of all other events. */
const ofAnswer = sql`select id, institution_id, course_id, person_id, 'scenario' as kind, scenario as activity, 'verdict' as type,
  null as rule_set, null as counted, points, null as max, grade_points, 'person:' || person_id as actor, null as reason,
  submitted_at as created_at from answer`;
const ofEvent = sql`select id, institution_id, course_id, person_id, kind, activity, type, rule_set, counted, points, max,
  grade_points, actor, reason, created_at from grade_event`;

/** A grade event with all it was made from. `onlyOf`: events of this person alone. */
export const findGradeEvent = (db: Database, at: CourseAt, id: string, onlyOf: string | null) =>
  db.all<EventRow>(sql`select e.id, e.person_id as personId, e.kind, e.activity, e.type,
      coalesce(e.rule_set, v.rule_set) as ruleSet, e.counted, e.points, coalesce(e.max, v.max) as max,
      e.grade_points as gradePoints, e.actor, e.reason, e.created_at as createdAt,
      a.id as answerId, a.attempt, a.role, a.claims, a.counter_claims as counterClaims, a.reason as answerReason,
      a.late_ms as lateMs, a.submitted_at as submittedAt,
      v.answer_key as answerKey, v.engine, v.credit, v.points as verdictPoints, v.max as verdictMax, v.trace,
      (select count(*) from answer o where o.course_id = e.course_id and o.person_id = e.person_id and o.scenario = e.activity) as used,
      (select coalesce(max(full_credit), 0) from answer o where o.course_id = e.course_id and o.person_id = e.person_id
        and o.scenario = e.activity) as fullCredit
    from (${ofAnswer} where id = ${id} union all ${ofEvent} where id = ${id}) e
    left join answer a on a.id = e.id left join verdict v on v.id = a.verdict_id
    where e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and (${onlyOf} is null or e.person_id = ${onlyOf})`);
