import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import type { Marks } from '../grading/rubric.ts';
import { type ActivityKind, effectivePoints, type GradeAt, theGrade } from './store.ts';

/** What somebody decides of a grade: an override or its lift, or the points of a rubric (`null` takes them away). Points in 1/100. */
export type DecisionByHand = {
  id: string;
  personId: string;
  kind: ActivityKind;
  activity: string;
  type: 'override' | 'lift' | 'rubric';
  points: number | null;
  /** What is graded automatically of the activity. */
  autoMax: number;
  marks?: Marks | null;
};

/** What else belongs to a decision's transaction: what refuses it, and what is written with it. */
export type Along = { refusals: readonly Guard[]; writes: (db: Database) => BatchItem<'sqlite'>[] };

const isMissing = (at: GradeAt, column: SQL): SQL =>
  sql`not exists (select 1 from grade where ${theGrade(at)} and ${column} is not null)`;

export const overrideIsMissing = (at: GradeAt): Guard => [isMissing(at, sql`override_points`), 'grade-not-found'];
export const rubricIsMissing = (at: GradeAt): Guard => [isMissing(at, sql`rubric_points`), 'rubric-not-found'];

const gradeOf = (at: CourseAt): SQL =>
  sql`g.course_id = ${at.courseId} and g.institution_id = ${at.institutionId} and g.person_id = x.value->>'personId'
    and g.kind = x.value->>'kind' and g.activity = x.value->>'activity'`;

/** Refuses where one of these grades has a newer event than the `latest` that was read. */
export const gradesMoved = (
  at: CourseAt,
  decisions: readonly (Pick<DecisionByHand, 'personId' | 'kind' | 'activity'> & { latest: string | null })[],
): Guard => [
  sql`exists (select 1 from json_each(${JSON.stringify(decisions)}) x left join grade g on ${gradeOf(at)}
    where g.event_id is not x.value->>'latest')`,
  'stale',
];

/** Those in the course who are named by our id or the institution's. `grades`: JSON arrays of kind, activity, auto, override, rubric, newest event, its time. */
export const listPresentGrades = (
  db: Database,
  at: CourseAt,
  named: readonly { person: string | null; externalId: string | null }[],
) => {
  const list = (ids: (string | null)[]) => sql`(select value from json_each(${JSON.stringify(ids)}))`;
  return db.all<{ id: string; externalId: string; grades: string }>(sql`select p.id, p.subject as externalId,
      (select json_group_array(json_array(g.kind, g.activity, g.auto_points, g.override_points, g.rubric_points, g.event_id, g.updated_at))
        from grade g where g.course_id = e.course_id and g.person_id = e.person_id) as grades
    from enrolment e join person p on p.id = e.person_id
    where e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId}
      and (e.person_id in ${list(named.map(({ person }) => person))}
        or p.subject in ${list(named.map(({ person, externalId }) => (person === null ? externalId : null)))})`);
};

/** The ledger's rows of decisions, all of one act. The automatic points go on underneath. */
export const insertByHand = (
  db: Database,
  at: CourseAt,
  decisions: readonly DecisionByHand[],
  act: { actor: string; reason?: string; now: number },
) => {
  const points = sql`x.value->>'points'`;
  const byHand = sql`iif(x.value->>'type' = 'rubric', ${points}, g.rubric_points)`;
  const override = sql`iif(x.value->>'type' = 'rubric', g.override_points, ${points})`;
  return db.run(sql`insert into grade_event (id, institution_id, course_id, person_id, kind, activity, type, rule_set, counted,
      points, max, grade_points, actor, reason, created_at)
    select x.value->>'id', ${at.institutionId}, ${at.courseId}, x.value->>'personId', x.value->>'kind',
      x.value->>'activity', x.value->>'type', (select rule_set from course where id = ${at.courseId}),
      x.value->>'marks', ${points}, x.value->>'autoMax', ${effectivePoints(override, sql`g.auto_points`, byHand)},
      ${act.actor}, ${act.reason ?? null}, ${act.now}
    from json_each(${JSON.stringify(decisions)}) x left join grade g on ${gradeOf(at)}`);
};

/** The newest event of a grade, under an override too, as `gradesMoved` compares it. */
export const findLatestEvent = (db: Database, at: GradeAt) =>
  db.all<{ latest: string }>(sql`select event_id as latest from grade where ${theGrade(at)}`);
