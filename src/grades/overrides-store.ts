import { type SQL, sql } from 'drizzle-orm';
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

const isMissing = (at: GradeAt, column: SQL): SQL =>
  sql`not exists (select 1 from grade where ${theGrade(at)} and ${column} is not null)`;

export const overrideIsMissing = (at: GradeAt): Guard => [isMissing(at, sql`override_points`), 'grade-not-found'];
export const rubricIsMissing = (at: GradeAt): Guard => [isMissing(at, sql`rubric_points`), 'rubric-not-found'];

const gradeOf = (at: CourseAt): SQL =>
  sql`g.course_id = ${at.courseId} and g.institution_id = ${at.institutionId} and g.person_id = x.value->>'personId'
    and g.kind = x.value->>'kind' and g.activity = x.value->>'activity'`;

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
