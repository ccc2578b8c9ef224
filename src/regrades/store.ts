import { sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { countsUnder } from '../grades/ledger-store.ts';
import { ENGINE_VERSION } from '../grading/grade-answer.ts';

export const policies = ['raise-only', 'replace'] as const;
export type HarmPolicy = (typeof policies)[number];

export type RegradeRow = {
  id: string;
  institutionId: string;
  courseId: string;
  ruleSet: string;
  state: 'grading' | 'comparing' | 'hashing' | 'ready' | 'applying' | 'applied' | 'failed';
  cursor: string;
  graded: number;
  hash: string;
  counts: string | null;
  policy: HarmPolicy | null;
  reason: string | null;
  done: number;
  total: number;
  createdBy: string;
  createdAt: number;
  updatedAt: number;
  appliedAt: number | null;
};

export const regradeColumns = sql`id, institution_id as institutionId, course_id as courseId, rule_set as ruleSet, state, cursor, graded,
  hash, counts, policy, reason, done, total, created_by as createdBy, created_at as createdAt, updated_at as updatedAt,
  applied_at as appliedAt`;

/** Starts a dry run. */
export const insertRegrade = (
  db: Database,
  at: CourseAt,
  run: { id: string; ruleSet: string; by: string; now: number },
) =>
  db.run(sql`insert into regrade (id, institution_id, course_id, rule_set, state, created_by, created_at, updated_at)
    values (${run.id}, ${at.institutionId}, ${at.courseId}, ${run.ruleSet}, 'grading', ${run.by}, ${run.now}, ${run.now})`);

/** A dry run of a course, with the regrade it became. */
export const findRegrade = (db: Database, at: CourseAt, id: string) =>
  db.all<RegradeRow>(sql`select ${regradeColumns} from regrade
    where id = ${id} and course_id = ${at.courseId} and institution_id = ${at.institutionId}`);

/** A course's dry runs, newest first, one more than `limit`. */
export const listRegrades = (db: Database, at: CourseAt, before: string | null, limit: number) =>
  db.all<RegradeRow>(sql`select ${regradeColumns} from regrade
    where course_id = ${at.courseId} and institution_id = ${at.institutionId} ${before ? sql`and id < ${before}` : sql``}
    order by id desc limit ${limit + 1}`);

/** Runs that nobody has gone on with since `before`, of all tenants. */
export const listUnfinished = (db: Database, before: number, limit: number) =>
  db.all<RegradeRow>(sql`select ${regradeColumns} from regrade
    where state in ('grading', 'comparing', 'hashing', 'applying') and updated_at < ${before} order by updated_at limit ${limit}`);

/** Refuses a step that somebody else has taken. */
export const runHasMoved = ({ id, state, cursor }: Pick<RegradeRow, 'id' | 'state' | 'cursor'>): Guard => [
  sql`not exists (select 1 from regrade where id = ${id} and state = ${state} and cursor = ${cursor})`,
  'request-seen',
];

/** Answer keys of an institution that a rule set has not judged yet. */
export const listUngraded = (db: Database, institutionId: string, hash: string, limit: number) =>
  db.all<{
    answerKey: string;
  }>(sql`select distinct answer_key as answerKey from verdict o where institution_id = ${institutionId}
    and not exists (select 1 from verdict n where n.institution_id = o.institution_id and n.rule_set = ${hash}
      and n.engine = ${ENGINE_VERSION} and n.answer_key = o.answer_key) limit ${limit}`);

/** Keeps verdicts of a rule set, in one statement. */
export const insertVerdicts = (
  db: Database,
  institutionId: string,
  hash: string,
  verdicts: readonly { key: string; credit: number; points: number | null; max: number; trace: string }[],
) => {
  const of = (name: string) => sql`json_extract(value, ${`$.${name}`})`;
  return db.run(sql`insert into verdict (institution_id, rule_set, answer_key, engine, credit, points, max, trace)
    select ${institutionId}, ${hash}, ${of('key')}, ${ENGINE_VERSION}, ${of('credit')}, ${of('points')}, ${of('max')}, ${of('trace')}
    from json_each(${JSON.stringify(verdicts)}) where true on conflict do nothing`);
};

/** Starts a comparison again, from the answers that its rules have not judged. */
export const restartComparing = (db: Database, id: string, now: number) => [
  db.run(sql`delete from regrade_change where regrade_id = ${id}`),
  db.run(
    sql`update regrade set state = 'grading', cursor = '', upto = null, graded = 0, updated_at = ${now} where id = ${id}`,
  ),
];

/** Ends a run that cannot go on; what was applied stays in the ledger. */
export const updateFailed = (db: Database, id: string, now: number) =>
  db.run(sql`update regrade set state = 'failed', updated_at = ${now} where id = ${id}`);

/** Leaves a run for a later tick. */
export const touchRegrade = (db: Database, id: string, now: number) =>
  db.run(sql`update regrade set updated_at = ${now} where id = ${id}`);

/** Refuses to apply two dry runs of a course at once. */
export const anotherIsApplying = (courseId: string, id: string): Guard => [
  sql`exists (select 1 from regrade where course_id = ${courseId} and state = 'applying' and id <> ${id})`,
  'regrade-running',
];

/** Grades a slice more, or begins to compare. `total`: the grades to look at, until there are changes to count. */
export const updateGrading = (db: Database, id: string, state: 'grading' | 'comparing', now: number) =>
  db.run(
    sql`update regrade set state = ${state}, cursor = '', upto = null, updated_at = ${now}, total = ${
      state === 'grading'
        ? sql`0`
        : sql`(select count(*) from grade g where g.course_id = regrade.course_id and g.kind in ('scenario', 'prompt'))`
    } where id = ${id}`,
  );

const sliceOf = {
  grade: sql`select person_id from grade g where g.course_id = regrade.course_id and g.person_id > regrade.cursor order by g.person_id`,
  change: sql`select person_id from regrade_change c where c.regrade_id = regrade.id and c.person_id > regrade.cursor order by c.person_id`,
};

/** Marks the next slice: whole people, of about `rows` grades, or of as many changes. */
export const updateSlice = (db: Database, id: string, of: keyof typeof sliceOf, rows: number) =>
  db.run(sql`update regrade set upto = (select max(person_id) from (${sliceOf[of]} limit ${rows})) where id = ${id}`);

/** The slice at hand was compared; the last one leads on to the hash. */
export const finishComparing = (db: Database, id: string, now: number) =>
  db.run(sql`update regrade set updated_at = ${now}, graded = graded + (select count(*) from grade g where g.course_id = regrade.course_id
        and g.person_id > regrade.cursor and g.person_id <= regrade.upto and g.kind in ('scenario', 'prompt')),
      state = iif(upto is null, 'hashing', state), cursor = iif(upto is null, '', upto) where id = ${id}`);

/** The next slice's changes as one text, in a stable order: person, activity, from, to, override. `upto`: its last person. */
export const findChangeLines = (db: Database, id: string, rows: number) =>
  db.all<{ lines: string | null; upto: string | null }>(sql`with slice as materialized
      (select cursor, (select max(person_id) from (${sliceOf.change} limit ${rows})) as upto from regrade where id = ${id})
    select upto, (select group_concat(line, char(10)) from
      (select c.person_id || ' ' || c.kind || ' ' || c.activity || ' ' || coalesce(c.was_points, '-') || ' ' || coalesce(c.points, '-')
        || ' ' || coalesce(c.override_points, '-') as line from regrade_change c
        where c.regrade_id = ${id} and c.person_id > slice.cursor and c.person_id <= slice.upto
        order by c.person_id, c.kind, c.activity)) as lines
    from slice`);

/** Keeps the hash so far, and goes on to the next slice. */
export const updateHash = (db: Database, id: string, hash: string, upto: string, now: number) =>
  db.run(sql`update regrade set hash = ${hash}, cursor = ${upto}, updated_at = ${now} where id = ${id}`);

/** The dry run is ready. */
export const finishDryRun = (
  db: Database,
  id: string,
  hash: string,
  found: { total: number; counts: string },
  now: number,
) =>
  db.run(sql`update regrade set state = 'ready', cursor = '', upto = null, hash = ${hash}, updated_at = ${now},
      total = ${found.total}, counts = ${found.counts} where id = ${id}`);

/** Begins to apply a dry run. */
export const updateApplying = (
  db: Database,
  id: string,
  apply: { policy: HarmPolicy; reason: string | null; by: string; now: number },
) =>
  db.run(sql`update regrade set state = iif(total = 0, 'applied', 'applying'), policy = ${apply.policy}, reason = ${apply.reason},
      applied_by = ${apply.by}, cursor = '', done = 0, updated_at = ${apply.now}, applied_at = ${apply.now} where id = ${id}`);

/** The changes of the slice at hand that the policy applies. */
const applied = (id: string) => sql`regrade_change c join regrade r on r.id = c.regrade_id
  where c.regrade_id = ${id} and c.person_id > r.cursor and c.person_id <= r.upto and ${countsUnder}`;

/**
 * Moves the grades of the slice at hand that stand on the event that they were compared on; what a person decided stands
 * over them as before. The rows are all there: an upsert, because UPDATE … FROM would put them through a temporary table.
 */
export const updateGrades = (db: Database, { id, courseId }: Pick<RegradeRow, 'id' | 'courseId'>, now: number) =>
  db.run(sql`insert into grade (course_id, person_id, kind, activity, institution_id, auto_points, max, event_id, updated_at)
    select ${courseId}, c.person_id, c.kind, c.activity, c.institution_id, c.points, c.max, c.was_event_id, ${now} from ${applied(id)}
    on conflict do update set auto_points = excluded.auto_points, max = excluded.max, updated_at = excluded.updated_at,
      event_id = ${`${id}.`}
    where event_id = excluded.event_id`);

/** Puts the grades of the slice at hand into the outbox, where anybody is told of the course's grades: what the triggers of the ledger do for all others. */
export const enqueueGrades = (db: Database, { id, courseId }: Pick<RegradeRow, 'id' | 'courseId'>, now: number) =>
  db.run(sql`insert into outgoing (course_id, person_id, kind, activity, institution_id, updated_at, target_id)
    select ${courseId}, c.person_id, c.kind, c.activity, c.institution_id, ${now}, '' from ${applied(id)}
      and (exists (select 1 from placement l where l.course_id = ${courseId})
        or exists (select 1 from webhook w where w.institution_id = r.institution_id and w.state = 'active'))`);

/** Refuses, right after `updateGrades`, where a grade of the slice stands on another event. */
export const gradesHaveMoved = (id: string): Guard => [
  sql`changes() < (select count(*) from ${applied(id)})`,
  'dry-run-stale',
];

/** The slice at hand was applied; the last one ends the regrade. */
export const finishApplying = (db: Database, id: string, now: number) =>
  db.run(sql`update regrade set updated_at = ${now},
      done = done + (select count(*) from regrade_change c where c.regrade_id = regrade.id and c.person_id > regrade.cursor
        and c.person_id <= regrade.upto),
      state = iif(exists (select 1 from regrade_change c where c.regrade_id = regrade.id and c.person_id > regrade.upto), state, 'applied'),
      cursor = coalesce(upto, cursor) where id = ${id}`);

/** Drops a dry run of before a time (ms) that was never applied nor asked for by an appeal, with its changes. */
export const removeOldDryRuns = async (db: Database, before: number) => {
  const old = sql`select id from regrade where state = 'ready' and created_at < ${before}
    and id not in (select regrade_id from appeal where regrade_id is not null) order by id limit 1`;
  const [, removed] = await db.batch([
    db.run(sql`delete from regrade_change where regrade_id in (${old})`),
    db.run(sql`delete from regrade where id in (${old})`),
  ]);
  return removed;
};
