import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Position } from '../paging.ts';

export type ActivityKind = 'scenario' | 'prompt' | 'unit';

/** One grade of one person. */
export type GradeAt = CourseAt & { personId: string; kind: ActivityKind; activity: string };

export type GradeRow = {
  kind: ActivityKind;
  activity: string;
  auto: number | null;
  override: number | null;
  rubric: number | null;
  max: number;
  /** The event that made the grade what it is: the override's while there is one. */
  eventId: string;
};

/** `effectiveGrade` of gradebook.ts in SQL: the override, else the automatic points and those by hand. */
export const effectivePoints = (override: SQL, auto: SQL, rubric: SQL): SQL =>
  sql`coalesce(${override}, ${auto} + coalesce(${rubric}, 0), ${rubric})`;

const gradeColumns = sql`kind, activity, auto_points as auto, override_points as override, rubric_points as rubric, max,
  coalesce(override_event_id, event_id) as eventId`;

/** A person's effective grades in a course. */
export const listGrades = (db: Database, at: CourseAt, personId: string) =>
  db.all<GradeRow>(sql`select ${gradeColumns} from grade
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
      (select json_group_array(json_array(g.kind, g.activity, g.auto_points, g.override_points, g.rubric_points,
        g.max, coalesce(g.override_event_id, g.event_id)))
        from grade g where g.course_id = e.course_id and g.person_id = e.person_id) as grades
    from enrolment e join person p on p.id = e.person_id
    where e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and e.person_id > ${after?.id ?? ''}
      and e.role = 'learner' and e.withdrawn_at is null
    order by e.person_id limit ${limit + 1}`);

/** True in SQL for the row of this grade. */
export const theGrade = (at: GradeAt): SQL =>
  sql`course_id = ${at.courseId} and institution_id = ${at.institutionId} and person_id = ${at.personId} and kind = ${at.kind} and activity = ${at.activity}`;

export const findGrade = (db: Database, at: GradeAt) =>
  db.all<GradeRow>(sql`select ${gradeColumns} from grade where ${theGrade(at)}`);

/** Every type of event in the ledger. */
export const eventTypes = ['verdict', 'participation', 'override', 'lift', 'rubric', 'regrade'] as const;

export type EventRow = {
  id: string;
  personId: string;
  kind: ActivityKind;
  activity: string;
  type: (typeof eventTypes)[number];
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

export type LedgerRow = Pick<EventRow, 'id' | 'type' | 'points' | 'gradePoints' | 'actor' | 'reason' | 'createdAt'>;

/** Everything the ledger says of one grade after `after`, oldest first, one more than `limit`. */
export const listGradeEvents = (db: Database, at: GradeAt, after: Position | null, limit: number) =>
  db.all<LedgerRow>(sql`select id, type, points, grade_points as gradePoints, actor, reason, created_at as createdAt
    from (${ofAnswer} where course_id = ${at.courseId} and person_id = ${at.personId} and scenario = ${at.activity} and ${at.kind} = 'scenario'
      union all ${ofEvent} where course_id = ${at.courseId} and person_id = ${at.personId} and kind = ${at.kind} and activity = ${at.activity})
    where institution_id = ${at.institutionId} and (created_at, id) > (${after?.at ?? -1}, ${after?.id ?? ''})
    order by created_at, id limit ${limit + 1}`);
