import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';

// Each statement goes once through the course's learners and their answers, by the index on (course, person, scenario,
// attempt). They begin with `select`, or the batch would ask for the write lock.

/** The learners who are not withdrawn, `e`. */
export const learners = (at: CourseAt): SQL =>
  sql`e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and e.role = 'learner'
    and e.withdrawn_at is null`;

/** `first`: each learner's first attempts, with the credit (in 1/100) it got then. Not those that counted for nobody. */
const firstAttempts = (at: CourseAt): SQL =>
  sql`first as materialized (select a.id, a.person_id, a.scenario, a.role, a.claims, v.credit, v.rule_set from enrolment e
    join answer a on a.course_id = e.course_id and a.person_id = e.person_id and a.attempt = 1
    join verdict v on v.id = a.verdict_id where ${learners(at)} and v.points is not null)`;

/** A list of content as one parameter. */
const rowsOf = (list: readonly unknown[]): SQL => sql`json_each(${JSON.stringify(list)})`;

export type ItemRow = {
  scenario: string;
  role: string;
  full: number;
  licensed: number;
  n: number;
  credit: number;
  credit2: number;
  attempts: number;
  /** The least and the greatest name of the rule sets that graded them. */
  leastRules: string;
  greatestRules: string;
  /** Sums for the correlation of credit (x) with the mean credit of the person's other items (y). */
  others: number;
  x: number;
  xx: number;
  y: number;
  yy: number;
  xy: number;
};

/**
 * First attempts by scenario, role, whether with full credit and whether a licensing claim was cited; `licences`: the
 * pairs of scenario and claim, as `scenario claim`.
 */
export const listItems = (db: Database, at: CourseAt, licences: readonly string[]) =>
  db.all<ItemRow>(sql`select * from (with ${firstAttempts(at)},
    total as materialized (select person_id, sum(credit) as credit, count(*) as items from first group by person_id),
    fact as (select f.scenario, f.role, f.rule_set, f.credit, f.credit = 100 as full,
      exists (select 1 from json_each(f.claims) c
        where f.scenario || ' ' || c.value in (select value from ${rowsOf(licences)})) as licensed,
      (select max(attempt) from answer a where a.course_id = ${at.courseId} and a.person_id = f.person_id
        and a.scenario = f.scenario) as attempts,
      iif(t.items > 1, f.credit, null) as x, (t.credit - f.credit) * 1.0 / (t.items - 1) as y
      from first f join total t on t.person_id = f.person_id)
    select scenario, role, full, licensed, count(*) as n, sum(credit) as credit, sum(credit * credit) as credit2,
      sum(attempts) as attempts, min(rule_set) as leastRules, max(rule_set) as greatestRules, count(x) as others,
      total(x) as x, total(x * x) as xx, total(y) as y, total(y * y) as yy, total(x * y) as xy
    from fact group by scenario, role, full, licensed)`);

export type PairRow = {
  pair: number;
  both: number;
  firstOnly: number;
  secondOnly: number;
  neither: number;
  /** Those who answered one of the two alone. */
  onlyFirst: number;
  onlySecond: number;
};

/** For each pair of scenarios who is right on which; `right`: the pairs of scenario and role, as `scenario role`. */
export const listPairs = (
  db: Database,
  at: CourseAt,
  pairs: readonly (readonly [string, string])[],
  right: readonly string[],
) =>
  db.all<PairRow>(sql`select * from (with ${firstAttempts(at)},
    side as materialized (select key as pair, value ->> 0 as scenario, 1 as first from ${rowsOf(pairs)}
      union all select key, value ->> 1, 0 from ${rowsOf(pairs)}),
    met as (select s.pair, max(iif(s.first, f.scenario || ' ' || f.role in (select value from ${rowsOf(right)}), null)) as a,
        max(iif(s.first, null, f.scenario || ' ' || f.role in (select value from ${rowsOf(right)}))) as b
      from first f join side s on s.scenario = f.scenario group by f.person_id, s.pair)
    select pair, total(a and b) as both, total(a and not b) as firstOnly, total(b and not a) as secondOnly,
      total(not a and not b) as neither, total(a is not null and b is null) as onlyFirst,
      total(b is not null and a is null) as onlySecond from met group by pair order by pair)`);

export type SaidRow = { scenario: string; role: string; n: number };

/** How many said which role first, by scenario. */
export const listSaid = (db: Database, at: CourseAt) =>
  db.all<SaidRow>(sql`select * from (with ${firstAttempts(at)}
    select scenario, role, count(*) as n from first group by scenario, role)`);

export type CitedClaim = readonly [id: string, source: string, role: string | null, denies: 0 | 1];
export type CitedRow = {
  source: string;
  /** `null`: the row counts answers that cite the source, else citations of its claims. */
  denies: number | null;
  claimRole: string | null;
  /** `null`: whatever was said. */
  said: string | null;
  n: number;
  people: number;
};

/** First attempts by the sources they cite: how many and whose, by role said; and the citations by what the claims say. */
export const listCited = (db: Database, at: CourseAt, claims: readonly CitedClaim[]) =>
  db.all<CitedRow>(sql`select * from (with ${firstAttempts(at)},
    claim as materialized (select value ->> 0 as id, value ->> 1 as source, value ->> 2 as role, value ->> 3 as denies
      from ${rowsOf(claims)}),
    cited as materialized (select f.id, f.person_id, f.role as said, c.source, c.role, c.denies
      from first f cross join json_each(f.claims) one cross join claim c on c.id = one.value)
    select source, null as denies, null as claimRole, null as said, count(distinct id) as n,
      count(distinct person_id) as people from cited group by source
    union all select source, null, null, said, count(distinct id), count(distinct person_id) from cited group by source, said
    union all select source, denies, role, said, count(*), count(distinct person_id) from cited
      group by source, denies, role, said)`);

export type ShiftRow = {
  scenario: string;
  /** Whether they answered before their discussion and again after it, not again, first after it, or have not discussed. */
  state: 'again' | 'not-again' | 'late' | 'undiscussed';
  before: string;
  after: string | null;
  n: number;
};

/**
 * First answers to scenarios and the latest answers after the person's first committed post to one of the prompts;
 * `hinges`: pairs of a scenario and the list of its unit's prompts.
 */
export const listShifts = (db: Database, at: CourseAt, hinges: readonly (readonly [string, readonly string[]])[]) =>
  db.all<ShiftRow>(sql`select * from (with
    hinge as materialized (select value ->> 0 as scenario, value -> 1 as prompts from ${rowsOf(hinges)}),
    met as materialized (select a.person_id, a.scenario, a.role, a.submitted_at,
      (select min(p.committed_at) from post p where p.course_id = e.course_id and p.author_id = e.person_id
        and p.prompt in (select value from json_each(h.prompts)) and p.parent_id is null) as discussed
      from hinge h join enrolment e on ${learners(at)}
      join answer a on a.course_id = e.course_id and a.person_id = e.person_id and a.scenario = h.scenario and a.attempt = 1
      join verdict v on v.id = a.verdict_id where v.points is not null),
    shift as (select scenario, role as before, discussed, submitted_at > discussed as late,
      (select l.role from answer l where l.course_id = ${at.courseId} and l.person_id = met.person_id
        and l.scenario = met.scenario and l.submitted_at > met.discussed order by l.attempt desc limit 1) as after from met)
    select scenario, state, before, iif(state = 'again', after, null) as after, count(*) as n
    from (select *, case when discussed is null then 'undiscussed' when late then 'late' when after is null then 'not-again'
      else 'again' end as state from shift) group by 1, 2, 3, 4)`);
