import { type SQL, sql } from 'drizzle-orm';
import { pointsAfterDeductions } from '../answers/submission-store.ts';
import type { Database } from '../db/client.ts';
import { countedJson, pointsFrom } from '../discussion/participation-store.ts';
import { ENGINE_VERSION } from '../grading/grade-answer.ts';
import { countsOf, gradeParticipation } from '../grading/participation.ts';
import type { NamedRuleSet, Policy } from '../grading/rule-set.ts';

/** A regrade at work: whose grades, by which rules, and what of them may differ from the rules before. */
export type Run = {
  id: string;
  institutionId: string;
  courseId: string;
  rules: NamedRuleSet;
  scenarios: readonly string[];
  prompts: readonly { id: string; unit: string }[];
};

/** `keptPoints` of grading/policy.ts as an aggregate: SQLite takes bare columns from the row of the one min or max. */
const kept = (keep: Policy['attempts']['keep']): SQL =>
  keep === 'best'
    ? sql`max(pts)`
    : keep === 'last'
      ? sql`max(iif(pts is null, null, attempt))`
      : sql`min(iif(pts is null, null, attempt))`;

/** Grades of scenarios and what the new rules make of the same answers. `who`: which grades `g`. */
const scenarioGrades = ({ institutionId, courseId, rules, scenarios }: Run, who: SQL): SQL => {
  const { policy } = rules.ruleSet;
  return sql`with map as materialized (select o.id as old, n.id as verdict_id, n.points, n.max from verdict n
      join verdict o on o.institution_id = n.institution_id and o.answer_key = n.answer_key
      where n.institution_id = ${institutionId} and n.rule_set = ${rules.hash} and n.engine = ${ENGINE_VERSION})
    select person_id, 'scenario' as kind, activity, auto_points as was_points, pts as points, was_max, max, answer_id,
      verdict_id, count(*) as attempts, null as counted, override_points, rubric_points, event_id,
      ${kept(policy.attempts.keep)}
    from (select g.person_id, g.activity, g.auto_points, g.max as was_max, g.override_points, g.rubric_points, g.event_id,
        a.id as answer_id, a.attempt, m.verdict_id, iif(m.points is null, 0, m.max) as max,
        ${pointsAfterDeductions(policy, sql`m.points`, sql`a.attempt`, sql`a.late_ms`)} as pts
      from grade g join answer a on a.course_id = g.course_id and a.person_id = g.person_id and a.scenario = g.activity
      join map m on m.old = a.verdict_id
      where g.course_id = ${courseId} and g.kind = 'scenario' and ${who}
        and g.activity in (select value from json_each(${JSON.stringify(scenarios)})))
    group by person_id, activity`;
};

/** Grades of a prompt, counted anew by the new criteria. */
const promptGrades = ({ courseId, rules }: Run, { id, unit }: { id: string; unit: string }, who: SQL): SQL => {
  const rule = rules.ruleSet.prompts[id] ?? { criteria: [] };
  const counts = countsOf(rule);
  const person = { courseId: sql`g.course_id`, personId: sql`g.person_id` };
  return sql`select person_id, 'prompt' as kind, activity, auto_points as was_points, ${pointsFrom(counts, sql`counted`)} as points,
      was_max, ${gradeParticipation(rule, {}).max} as max, null as answer_id, null as verdict_id, null as attempts, counted, override_points,
      rubric_points, event_id
    from (select g.person_id, g.activity, g.auto_points, g.max as was_max, g.override_points, g.rubric_points, g.event_id,
        ${countedJson({ person, prompt: id, unit, counts })} as counted
      from grade g where g.course_id = ${courseId} and g.kind = 'prompt' and g.activity = ${id}
        and g.auto_points is not null and ${who})`;
};

/** Every part of a comparison: the scenarios together, and each prompt. */
const parts = (run: Run, who: SQL): SQL[] => [
  ...(run.scenarios.length > 0 ? [scenarioGrades(run, who)] : []),
  ...run.prompts.map((prompt) => promptGrades(run, prompt, who)),
];

const columns = sql`regrade_id, person_id, kind, activity, institution_id, was_points, points, was_max, max, answer_id, verdict_id,
  attempts, counted, override_points, rubric_points, was_event_id`;
const values = ({
  id,
  institutionId,
}: Run) => sql`${id}, person_id, kind, activity, ${institutionId}, was_points, points, was_max,
  max, answer_id, verdict_id, attempts, counted, override_points, rubric_points, event_id`;

const inSlice = ({ id }: Run): SQL =>
  sql`g.person_id > (select cursor from regrade where id = ${id}) and g.person_id <= (select upto from regrade where id = ${id})`;

/** Writes down what of the slice at hand would change. */
export const insertChanges = (db: Database, run: Run) =>
  parts(run, inSlice(run)).map((part) =>
    db.run(sql`insert into regrade_change (${columns}) select ${values(run)} from (${part})
      where points is not was_points or max <> was_max on conflict do nothing`),
  );

/** Grades of the run that stand on another event than when they were compared. */
const moved = ({ id }: Run): SQL =>
  sql`exists (select 1 from regrade_change c where c.regrade_id = ${id} and c.person_id = g.person_id and c.kind = g.kind
    and c.activity = g.activity and c.was_event_id <> g.event_id)`;

/** Brings the changes of the slice at hand that have moved since up to date. */
export const updateMovedChanges = (db: Database, run: Run) =>
  parts(run, sql`${inSlice(run)} and ${moved(run)}`).map((part) =>
    db.run(sql`insert into regrade_change (${columns}) select ${values(run)} from (${part}) where true
      on conflict do update set was_points = excluded.was_points, points = excluded.points, was_max = excluded.was_max,
        max = excluded.max, answer_id = excluded.answer_id, verdict_id = excluded.verdict_id, attempts = excluded.attempts, counted = excluded.counted,
        override_points = excluded.override_points, rubric_points = excluded.rubric_points,
        was_event_id = excluded.was_event_id`),
  );

export type MovedRow = {
  personId: string;
  kind: 'scenario' | 'prompt';
  activity: string;
  was: number | null;
  to: number | null;
  override: number | null;
  nowWas: number | null;
  nowTo: number | null;
  nowOverride: number | null;
};

/** The changes that would now come out differently: by points, maximum or override. At most a hundred of each part. */
export const listMovedChanges = (db: Database, run: Run) =>
  parts(run, moved(run)).map((part) =>
    db.all<MovedRow>(sql`select c.person_id as personId, c.kind, c.activity, c.was_points as was, c.points as "to",
        c.override_points as override, n.was_points as nowWas, n.points as nowTo, n.override_points as nowOverride
      from (${part}) n join regrade_change c on c.regrade_id = ${run.id} and c.person_id = n.person_id and c.kind = n.kind
        and c.activity = n.activity
      where c.was_points is not n.was_points or c.points is not n.points or c.max <> n.max
        or c.override_points is not n.override_points
      order by c.person_id, c.kind, c.activity limit 100`),
  );
