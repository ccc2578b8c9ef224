import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import { lowersNobody } from '../grades/ledger-store.ts';
import { hundredths } from '../grading/policy.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { rubricsUnder } from '../lms/covers.ts';
import type { RegradeRow } from './store.ts';

/** What it takes to pass, kept with the counts: `mark` in percent, and what can be marked by hand beside, in 1/100 point. */
type PassLine = { mark: number; byHand: Record<string, number> };

/** What a policy would do beside raising and lowering: grades that cross the pass line, and marks that move in the LMS. */
export type Reach = { rise: number; fall: number; lms: number };

/** What a dry run found, as it is kept. Dry runs of before there was one have no reach. */
export type Counts = {
  raised: number;
  lowered: number;
  voided: number;
  overridden: number;
  raiseOnly?: Reach;
  replace?: Reach;
  line?: PassLine;
};

/** A pass line in SQL: the mark, and JSON of what can be marked by hand. */
type LineSql = { mark: SQL; byHand: SQL };

/** Whether these points (1/100, with what was marked by hand) pass, as `changeBody` says it. */
const passing = ({ mark, byHand }: LineSql, points: SQL, max: SQL): SQL =>
  sql`coalesce(${points} * 100 >= ${mark} * (${max} + iif(c.rubric_points is null, 0,
    coalesce((select value from json_each(${byHand}) where key = c.kind || ':' || c.activity), 0))), 0)`;

const effective = (auto: SQL): SQL =>
  sql`coalesce(c.override_points, ${auto} + coalesce(c.rubric_points, 0), c.rubric_points)`;
const passed = (line: LineSql): SQL => passing(line, effective(sql`c.was_points`), sql`c.was_max`);
const passes = (line: LineSql): SQL => passing(line, effective(sql`c.points`), sql`c.max`);

const lineOfRun: LineSql = {
  mark: sql`json_extract(r.counts, '$.line.mark')`,
  byHand: sql`json_extract(r.counts, '$.line.byHand')`,
};
/** A change `c` of a regrade `r` that takes somebody over the pass line, up or down. */
export const crossesPass = sql`${passed(lineOfRun)} <> ${passes(lineOfRun)}`;

const reach = (counts: SQL): SQL => sql`json_object(
  'rise', coalesce(sum(${counts} and passes > passed), 0), 'fall', coalesce(sum(${counts} and passes < passed), 0),
  'lms', coalesce(sum(${counts} and in_lms and (before is not after or (was_max <> max and override_points is null))), 0))`;

/** How many of the grades that would move (none under an override) fulfil a condition. */
const moving = (condition: SQL): SQL => sql`coalesce(sum(override_points is null and ${condition}), 0)`;

/** What a dry run found, by policy. Read apart from what is then written, for it goes through all changes. */
export const countChanges = (db: Database, { id, courseId }: Pick<RegradeRow, 'id' | 'courseId'>, rules: RuleSet) => {
  const line: PassLine = { mark: hundredths(rules.policy.passMark), byHand: rubricsUnder(rules) };
  const inSql: LineSql = { mark: sql`${line.mark}`, byHand: sql`${JSON.stringify(line.byHand)}` };
  return db.all<{ total: number; counts: string }>(sql`with covered as materialized
      (select distinct l.issuer, v.value as activity from placement l, json_each(l.covers) v where l.course_id = ${courseId}),
    changes as materialized (select c.was_points, c.points, c.was_max, c.max, c.override_points, ${lowersNobody} as spares,
        ${effective(sql`c.was_points`)} as before, ${effective(sql`c.points`)} as after, ${passed(inSql)} as passed,
        ${passes(inSql)} as passes, v.issuer is not null as in_lms
      from regrade_change c join person p on p.id = c.person_id
      left join covered v on v.issuer = p.issuer and v.activity = c.kind || ':' || c.activity where c.regrade_id = ${id})
    select count(*) as total, json_object(
      'raised', ${moving(sql`(points > was_points or (was_points is null and points is not null))`)},
      'lowered', ${moving(sql`points < was_points`)},
      'voided', ${moving(sql`points is null and was_points is not null`)},
      'overridden', coalesce(sum(override_points is not null), 0),
      'raiseOnly', ${reach(sql`spares`)}, 'replace', ${reach(sql`true`)}, 'line', json(${JSON.stringify(line)})) as counts from changes`);
};
