import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Position } from '../paging.ts';
import { type ActivityKind, effectivePoints, type GradeAt } from './store.ts';

// The ledger is three tables: answers (each the event of its own verdict), the changes of regrades, and all other events.

/** Every type of event in the ledger. */
export const eventTypes = ['verdict', 'participation', 'override', 'lift', 'rubric', 'regrade'] as const;

export type EventRow = {
  id: string;
  institutionId: string;
  courseId: string;
  personId: string;
  kind: ActivityKind;
  activity: string;
  type: (typeof eventTypes)[number];
  ruleSet: string | null;
  /** When these rules came to the institution (ms). */
  rulesFrom: number | null;
  counted: string | null;
  points: number | null;
  max: number;
  gradePoints: number | null;
  actor: string;
  /** What they are called, where it is a person with a name. */
  actorName: string | null;
  reason: string | null;
  createdAt: number;
  /** Regrade: the automatic points before it, and how many attempts it compared. */
  wasPoints: number | null;
  attempts: number | null;
  /** The answer of a verdict; of a regrade, the one that counts since. */
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

/** A change `c` by which nobody loses points that they have. */
export const lowersNobody = sql`(c.points is null or c.was_points is null or c.points > c.was_points
  or (c.points = c.was_points and c.max <= c.was_max))`;

/** Whether a change `c` of a regrade `r` was applied under its policy. A void counts under both: it is neither gain nor loss. */
export const countsUnder = sql`(r.policy = 'replace' or ${lowersNobody})`;

/** The ledger's name for a change of a regrade. */
export const regradeEventId = sql`c.regrade_id || '.' || c.person_id || '.' || c.kind || '.' || c.activity`;

const ofAnswer = sql`select id, institution_id, course_id, person_id, 'scenario' as kind, scenario as activity, 'verdict' as type,
  null as rule_set, null as counted, points, null as max, grade_points, 'person:' || person_id as actor, null as reason,
  submitted_at as created_at, null as was_points, null as attempts, id as answer_id, verdict_id from answer`;

const ofEvent = sql`select id, institution_id, course_id, person_id, kind, activity, type, rule_set, counted, points, max,
  grade_points, actor, reason, created_at, null as was_points, null as attempts, null as answer_id, null as verdict_id
  from grade_event`;

/** The ledger's rows of applied regrades; `where` speaks of the change `c` and its regrade `r`. */
export const ofRegrade = (
  where: SQL,
) => sql`select ${regradeEventId} as id, c.institution_id, r.course_id, c.person_id, c.kind,
  c.activity, 'regrade' as type, r.rule_set, c.counted, c.points, c.max,
  ${effectivePoints(sql`c.override_points`, sql`c.points`, sql`c.rubric_points`)} as grade_points, r.applied_by as actor,
  r.reason, r.applied_at as created_at, c.was_points, c.attempts, c.answer_id, c.verdict_id
  from regrade_change c join regrade r on r.id = c.regrade_id
  where (r.state = 'applied' or (r.state in ('applying', 'failed') and r.policy is not null and c.person_id <= r.cursor)) and ${countsUnder} and ${where}`;

const events = (from: SQL, where: SQL) => sql`select e.id, e.institution_id as institutionId, e.course_id as courseId,
    e.person_id as personId, e.kind, e.activity, e.type, coalesce(e.rule_set, v.rule_set) as ruleSet,
    (select created_at from rule_set where institution_id = e.institution_id and hash = coalesce(e.rule_set, v.rule_set)) as rulesFrom,
    e.counted, e.points, coalesce(e.max, v.max) as max, e.grade_points as gradePoints, e.actor,
    (select name from person where institution_id = e.institution_id and id = substr(e.actor, 8)) as actorName, e.reason, e.created_at as createdAt,
    e.was_points as wasPoints, e.attempts, a.id as answerId, a.attempt, a.role, a.claims, a.counter_claims as counterClaims,
    a.reason as answerReason, a.late_ms as lateMs, a.submitted_at as submittedAt,
    v.answer_key as answerKey, v.engine, v.credit, v.points as verdictPoints, v.max as verdictMax, v.trace,
    (select count(*) from answer o where o.course_id = e.course_id and o.person_id = e.person_id and o.scenario = e.activity) as used,
    (select coalesce(max(full_credit), 0) from answer o where o.course_id = e.course_id and o.person_id = e.person_id
      and o.scenario = e.activity) as fullCredit
  from (${from}) e left join answer a on a.id = e.answer_id left join verdict v on v.id = e.verdict_id where ${where}`;

/** A grade event with all it was made from. `onlyOf`: events of this person alone. */
export const findGradeEvent = (db: Database, at: CourseAt, id: string, onlyOf: string | null) => {
  const [regradeId = '', personId = '', kind = '', ...activity] = id.split('.');
  const change = sql`c.regrade_id = ${regradeId} and c.person_id = ${personId} and c.kind = ${kind} and c.activity = ${activity.join('.')}`;
  return db.all<EventRow>(
    events(
      sql`${ofAnswer} where id = ${id} union all ${ofEvent} where id = ${id} union all ${ofRegrade(change)}`,
      sql`e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and (${onlyOf} is null or e.person_id = ${onlyOf})`,
    ),
  );
};

/** The newest answers, changes and events, and as many from about `id` on, of all tenants. */
export const listSampleEvents = (db: Database, id: string, limit: number) => {
  const sample = (rows: SQL, key: SQL) => sql`select * from (${rows} order by ${key} desc limit ${limit})
    union select * from (${rows} ${sql`where ${key} > ${id}`} order by ${key} limit ${limit})`;
  return db.all<EventRow>(
    events(
      sql`${sample(ofAnswer, sql`id`)} union all ${sample(ofEvent, sql`id`)}
      union all select * from (${ofRegrade(sql`true`)} order by c.regrade_id desc, c.person_id desc limit ${limit})
      union select * from (${ofRegrade(sql`c.regrade_id > ${id}`)} order by c.regrade_id, c.person_id limit ${limit})`,
      sql`true`,
    ),
  );
};

export type AttemptRow = { answerKey: string; attempt: number; lateMs: number };

/** A person's first attempts at a scenario, so many, as the grader needs them. */
export const listAttempts = (db: Database, at: CourseAt, personId: string, scenario: string, attempts: number) =>
  db.all<AttemptRow>(sql`select v.answer_key as answerKey, a.attempt, a.late_ms as lateMs from answer a
    join verdict v on v.id = a.verdict_id where a.course_id = ${at.courseId} and a.institution_id = ${at.institutionId}
      and a.person_id = ${personId} and a.scenario = ${scenario} and a.attempt <= ${attempts} order by a.attempt`);

export type LedgerRow = Pick<EventRow, 'id' | 'type' | 'points' | 'gradePoints' | 'actor' | 'reason' | 'createdAt'>;

/** All that the ledger's tables say of one grade. */
const ofGrade = ({ courseId, personId, kind, activity }: GradeAt): SQL => {
  const change = sql`r.course_id = ${courseId} and c.person_id = ${personId} and c.kind = ${kind} and c.activity = ${activity}`;
  return sql`${ofAnswer} where course_id = ${courseId} and person_id = ${personId} and scenario = ${activity} and ${kind} = 'scenario'
    union all ${ofEvent} where course_id = ${courseId} and person_id = ${personId} and kind = ${kind} and activity = ${activity}
    union all ${ofRegrade(change)}`;
};

/** Everything the ledger says of one grade after `after`, oldest first, one more than `limit`. */
export const listGradeEvents = (db: Database, at: GradeAt, after: Position | null, limit: number) =>
  db.all<LedgerRow>(sql`select id, type, points, grade_points as gradePoints, actor, reason, created_at as createdAt
    from (${ofGrade(at)})
    where institution_id = ${at.institutionId} and (created_at, id) > (${after?.at ?? -1}, ${after?.id ?? ''})
    order by created_at, id limit ${limit + 1}`);

/** The last of what the ledger says of one grade, newest first, with all that each was made from, one more than `limit`. */
export const listLastEvents = (db: Database, at: GradeAt, limit: number) =>
  db.all<EventRow>(sql`${events(ofGrade(at), sql`e.institution_id = ${at.institutionId}`)}
    order by e.created_at desc, e.id desc limit ${limit + 1}`);
