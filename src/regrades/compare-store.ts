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

/** Which grades `g` a comparison takes: the tables they come from, and a condition. */
type Chosen = { from: SQL; where: SQL };

/**
 * Grades of scenarios and what the new rules make of the same answers. The joins are crossed to hold their order (grade,
 * its answers, the verdict on each, the new one by its key), and the kind is no index term, so that grades come grouped.
 */
const scenarioGrades = ({ institutionId, courseId, rules, scenarios }: Run, { from, where }: Chosen): SQL => {
  const { policy } = rules.ruleSet;
  return sql`select person_id, kind, activity, auto_points as was_points, pts as points, was_max, max, answer_id,
      verdict_id, count(*) as attempts, null as counted, override_points, rubric_points, event_id,
      ${kept(policy.attempts.keep)}
    from (select g.person_id, g.kind, g.activity, g.auto_points, g.max as was_max, g.override_points, g.rubric_points, g.event_id,
        a.id as answer_id, a.attempt, n.id as verdict_id,
        iif(n.points is null, iif(g.override_points is null, 0, g.max), n.max) as max,
        ${pointsAfterDeductions(policy, sql`n.points`, sql`a.attempt`, sql`a.late_ms`)} as pts
      from ${from} cross join answer a on a.course_id = g.course_id and a.person_id = g.person_id and a.scenario = g.activity
      cross join verdict o on o.id = a.verdict_id
      cross join verdict n on n.institution_id = ${institutionId} and n.rule_set = ${rules.hash}
        and n.engine = ${ENGINE_VERSION} and n.answer_key = o.answer_key
      where g.course_id = ${courseId} and +g.kind = 'scenario' and ${where}
        and +g.activity in (select value from json_each(${JSON.stringify(scenarios)})))
    group by person_id, kind, activity`;
};

/** Grades of a prompt, counted anew by the new criteria. */
const promptGrades = (
  { courseId, rules }: Run,
  { id, unit }: { id: string; unit: string },
  { from, where }: Chosen,
): SQL => {
  const rule = rules.ruleSet.prompts[id] ?? { criteria: [] };
  const counts = countsOf(rule);
  const person = { courseId: sql`g.course_id`, personId: sql`g.person_id` };
  return sql`select person_id, 'prompt' as kind, activity, auto_points as was_points, ${pointsFrom(counts, sql`counted`)} as points,
      was_max, ${gradeParticipation(rule, {}).max} as max, null as answer_id, null as verdict_id, null as attempts, counted, override_points,
      rubric_points, event_id
    from (select g.person_id, g.activity, g.auto_points, g.max as was_max, g.override_points, g.rubric_points, g.event_id,
        ${countedJson({ person, prompt: id, unit, counts })} as counted
      from ${from} where g.course_id = ${courseId} and g.kind = 'prompt' and g.activity = ${id}
        and g.auto_points is not null and ${where})`;
};

const scenarioParts = (run: Run, chosen: Chosen): SQL[] =>
  run.scenarios.length > 0 ? [scenarioGrades(run, chosen)] : [];
const promptParts = (run: Run, chosen: Chosen): SQL[] => run.prompts.map((prompt) => promptGrades(run, prompt, chosen));

/** Every part of a comparison: the scenarios together, and each prompt. */
const parts = (run: Run, chosen: Chosen): SQL[] => [...scenarioParts(run, chosen), ...promptParts(run, chosen)];

const columns = sql`regrade_id, person_id, kind, activity, institution_id, was_points, points, was_max, max, answer_id, verdict_id,
  attempts, counted, override_points, rubric_points, was_event_id`;
const values = ({
  id,
  institutionId,
}: Run) => sql`${id}, person_id, kind, activity, ${institutionId}, was_points, points, was_max,
  max, answer_id, verdict_id, attempts, counted, override_points, rubric_points, event_id`;

const inSlice = ({ id }: Run, person: SQL): SQL =>
  sql`${person} > (select cursor from regrade where id = ${id}) and ${person} <= (select upto from regrade where id = ${id})`;

/** Writes down what of the slice at hand would change. */
export const insertChanges = (db: Database, run: Run) =>
  parts(run, { from: sql`grade g`, where: inSlice(run, sql`g.person_id`) }).map((part) =>
    db.run(sql`insert into regrade_change (${columns}) select ${values(run)} from (${part})
      where points is not was_points or max <> was_max on conflict do nothing`),
  );

/** Grades of the run that stand on another event than when they were compared. */
const moved = ({ id, courseId }: Run): Chosen => ({
  from: sql`regrade_change w cross join grade g on g.course_id = ${courseId} and g.person_id = w.person_id and g.kind = w.kind
    and g.activity = w.activity`,
  where: sql`w.regrade_id = ${id} and w.was_event_id <> g.event_id and g.event_id <> ${`${id}.`}`,
});

/** Brings the changes of the slice at hand that have moved since up to date. */
export const updateMovedChanges = (db: Database, run: Run) => {
  const { from, where } = moved(run);
  return parts(run, { from, where: sql`${where} and ${inSlice(run, sql`w.person_id`)}` }).map((part) =>
    db.run(sql`insert into regrade_change (${columns}) select ${values(run)} from (${part}) where true
      on conflict do update set was_points = excluded.was_points, points = excluded.points, was_max = excluded.was_max,
        max = excluded.max, answer_id = excluded.answer_id, verdict_id = excluded.verdict_id, attempts = excluded.attempts, counted = excluded.counted,
        override_points = excluded.override_points, rubric_points = excluded.rubric_points,
        was_event_id = excluded.was_event_id`),
  );
};

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

/**
 * The changes that would now come out differently: by points, maximum or override. At most a hundred of each part.
 * Participation is counted anew for all: dates and peers move it without an event.
 */
export const listMovedChanges = (db: Database, run: Run) =>
  [...scenarioParts(run, moved(run)), ...promptParts(run, { ...moved(run), where: sql`w.regrade_id = ${run.id}` })].map(
    (part) =>
      db.all<MovedRow>(sql`select c.person_id as personId, c.kind, c.activity, c.was_points as was, c.points as "to",
        c.override_points as override, n.was_points as nowWas, n.points as nowTo, n.override_points as nowOverride
      from (${part}) n cross join regrade_change c on c.regrade_id = ${run.id} and c.person_id = n.person_id and c.kind = n.kind
        and c.activity = n.activity
      where c.was_points is not n.was_points or c.points is not n.points or c.max <> n.max
        or c.override_points is not n.override_points
      order by c.person_id, c.kind, c.activity limit 100`),
  );
