import { sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { countsUnder, regradeEventId } from '../grades/ledger-store.ts';

/** Somebody in a course. */
export type PersonAt = CourseAt & { personId: string };

const theirs = ({ institutionId, courseId, personId }: PersonAt) =>
  sql`course_id = ${courseId} and institution_id = ${institutionId} and person_id = ${personId}`;

export type AnswerDataRow = {
  id: string;
  scenario: string;
  attempt: number;
  role: string;
  claims: string;
  counterClaims: string;
  reason: string | null;
  lateMs: number;
  submittedAt: number;
  credit: number;
  points: number | null;
};

/** A person's answers after (`scenario`, `attempt`), each with the credit of its first verdict (in 1/100) and its points. */
export const listAnswerData = (
  db: Database,
  at: PersonAt,
  { scenario, attempt }: { scenario: string; attempt: number },
  limit: number,
) =>
  db.all<AnswerDataRow>(sql`select a.id, scenario, attempt, role, claims, counter_claims as counterClaims, reason,
      late_ms as lateMs, submitted_at as submittedAt, v.credit, a.points
    from (select * from answer where ${theirs(at)}) a join verdict v on v.id = a.verdict_id
    where (scenario, attempt) > (${scenario}, ${attempt}) order by scenario, attempt limit ${limit}`);

export type DraftDataRow = {
  prompt: string;
  parentId: string | null;
  body: string;
  claims: string;
  role: string | null;
  updatedAt: number;
};

export const listDraftData = (db: Database, at: PersonAt) =>
  db.all<DraftDataRow>(sql`select prompt, parent_id as parentId, body, claims, role, updated_at as updatedAt
    from draft where ${theirs(at)} order by prompt`);

export type GradeDataRow = {
  kind: string;
  activity: string;
  automatic: number | null;
  rubric: number | null;
  override: number | null;
  max: number;
  updatedAt: number;
};

export const listGradeData = (db: Database, at: PersonAt) =>
  db.all<GradeDataRow>(sql`select kind, activity, auto_points as automatic, rubric_points as rubric,
      override_points as override, max, updated_at as updatedAt
    from grade where ${theirs(at)} order by kind, activity`);

export type EventDataRow = {
  id: string;
  type: string;
  kind: string;
  activity: string;
  counted: string | null;
  points: number | null;
  max: number;
  actor: string;
  reason: string | null;
  createdAt: number;
};

/** What the ledger holds of a person beside their answers: its own events, and the changes of applied regrades. */
export const listEventData = (db: Database, at: PersonAt) =>
  db.all<EventDataRow>(sql`select id, type, kind, activity, counted, points, max, actor, reason, created_at as createdAt
      from grade_event where ${theirs(at)}
    union all select ${regradeEventId}, 'regrade', c.kind, c.activity,
      c.counted, c.points, c.max, coalesce(r.applied_by, r.created_by), r.reason, r.applied_at
      from regrade r join regrade_change c on c.regrade_id = r.id and c.person_id = ${at.personId}
      where r.course_id = ${at.courseId} and r.institution_id = ${at.institutionId} and r.state = 'applied'
        and ${countsUnder}
    order by createdAt, id`);

export type AppealDataRow = {
  id: string;
  answer: string;
  scenario: string;
  claim: string;
  body: string;
  state: string;
  reason: string | null;
  createdAt: number;
  decidedAt: number | null;
};

export const listAppealData = (db: Database, at: PersonAt) =>
  db.all<AppealDataRow>(sql`select id, answer_id as answer, scenario, claim, body, state, reason,
      created_at as createdAt, decided_at as decidedAt
    from appeal where ${theirs(at)} order by id`);

export type FlagDataRow = { post: string; reason: string; createdAt: number; clearedAt: number | null };

/** The flags that a person raised in the course. */
export const listFlagData = (db: Database, at: PersonAt) =>
  db.all<FlagDataRow>(sql`select post_id as post, reason, created_at as createdAt, cleared_at as clearedAt from post_flag
    where post_id in (select id from post where course_id = ${at.courseId}) and ${theirs(at)} order by created_at, post_id`);

export type DeliveryDataRow = {
  target: string;
  kind: string;
  activity: string;
  state: string;
  outcome: string | null;
  points: number | null;
  max: number | null;
  sentAt: number | null;
  updatedAt: number;
};

/** What was sent, or is to be, of a person's grades to the LMS and to webhooks. */
export const listDeliveryData = (db: Database, at: PersonAt) =>
  db.all<DeliveryDataRow>(sql`select target, kind, activity, state, outcome, sent_points as points, sent_max as max,
      sent_at as sentAt, updated_at as updatedAt
    from delivery where ${theirs(at)} order by target, target_id, kind, activity`);
