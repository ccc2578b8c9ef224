import { sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { crossesPass } from './counts-store.ts';

export type ChangeRow = {
  personId: string;
  externalId: string;
  name: string | null;
  kind: 'scenario' | 'prompt';
  activity: string;
  was: number | null;
  to: number | null;
  wasMax: number;
  max: number;
  override: number | null;
  rubric: number | null;
  /** What decided the attempt that counts: by the rules that the grade stood on, and by the new ones. */
  wasSays: string | null;
  says: string | null;
  counted: string | null;
  /** A column of the LMS shows the person's grade, by itself or in a sum. */
  isInLms: 0 | 1;
};

export const directions = ['raised', 'lowered', 'voided'] as const;
export type ChangeFilter = {
  person?: string;
  activity?: string;
  direction?: (typeof directions)[number];
  crossesPass?: 'true';
};

const direction = {
  raised: sql`(c.points > c.was_points or (c.was_points is null and c.points is not null))`,
  lowered: sql`c.points < c.was_points`,
  voided: sql`(c.points is null and c.was_points is not null)`,
};

/** The trace of the verdict that a grade stood on where an earlier regrade had moved it. */
const standingTrace = sql`(select w.trace from regrade e join regrade_change f on f.regrade_id = e.id and f.person_id = c.person_id
    and f.kind = c.kind and f.activity = c.activity
  join verdict w on w.institution_id = c.institution_id and w.rule_set = e.rule_set and w.engine = n.engine and w.answer_key = n.answer_key
  where e.course_id = r.course_id and e.state = 'applied' and e.id < r.id and e.applied_at >= a.submitted_at
    and (e.policy = 'replace' or f.points is null or f.was_points is null or f.points > f.was_points) order by e.id desc limit 1)`;

/** Where a page ends. */
export type ChangePosition = { personId: string; kind: string; activity: string };

/** A dry run's changes after `after`, by person and activity, one more than `limit`. */
export const listChanges = (
  db: Database,
  at: CourseAt,
  id: string,
  filter: ChangeFilter,
  after: ChangePosition | null,
  limit: number,
) =>
  db.all<ChangeRow>(sql`select c.person_id as personId, p.subject as externalId, p.name, c.kind, c.activity, c.was_points as was,
      c.points as "to", c.was_max as wasMax, c.max, c.override_points as override, c.rubric_points as rubric,
      json_extract(coalesce(${standingTrace}, o.trace), '$[0].says') as wasSays,
      json_extract(n.trace, '$[0].says') as says, c.counted,
      exists (select 1 from placement l, json_each(l.covers) v where l.course_id = r.course_id and l.issuer = p.issuer
        and v.value = c.kind || ':' || c.activity) as isInLms
    from regrade_change c join regrade r on r.id = c.regrade_id join person p on p.id = c.person_id
    left join answer a on a.id = c.answer_id left join verdict o on o.id = a.verdict_id
    left join verdict n on n.id = c.verdict_id
    where c.regrade_id = ${id} and r.course_id = ${at.courseId} and r.institution_id = ${at.institutionId}
      ${after ? sql`and (c.person_id, c.kind, c.activity) > (${after.personId}, ${after.kind}, ${after.activity})` : sql``}
      ${filter.person ? sql`and c.person_id = ${filter.person}` : sql``}
      ${filter.activity ? sql`and c.activity = ${filter.activity}` : sql``}
      ${filter.direction ? sql`and ${direction[filter.direction]}` : sql``}
      ${filter.crossesPass ? sql`and ${crossesPass}` : sql``}
    order by c.person_id, c.kind, c.activity limit ${limit + 1}`);
