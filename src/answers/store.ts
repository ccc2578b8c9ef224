import { type SQL, sql } from 'drizzle-orm';
import type { Person } from '../auth/actor.ts';
import { type CourseAt, dueOfWindow, windowIsShut, windowJoins } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { allowed, type Guard } from '../db/guard.ts';
import { keyFitsRequest, type Once, resultOf, unseen } from '../db/once.ts';
import { type AnswerKey, answerKey, ENGINE_VERSION, type Verdict } from '../grading/grade-answer.ts';
import { DAY_MS, hundredths } from '../grading/policy.ts';
import type { Policy } from '../grading/rule-set.ts';

/** `afterDeductions` of grading/policy.ts in SQL, integers only. What the policy never deducts is left out of the text. */
const pointsAfterDeductions = (policy: Policy, points: number | null, attempt: SQL, lateMs: SQL): SQL => {
  const [penalty, perDay] = [hundredths(policy.attempts.penalty), hundredths(policy.late.penaltyPerDay)];
  if (points === null || (penalty === 0 && perDay === 0)) return sql`${points}`;
  const days = sql`((${lateMs} + ${DAY_MS - 1}) / ${DAY_MS})`;
  const kept = penalty === 0 ? sql`100` : sql`max(0, 100 - ${penalty} * (${attempt} - 1))`;
  const onTime =
    perDay === 0
      ? sql`100`
      : sql`iif(${lateMs} <= 0, 100, max(${hundredths(policy.late.floor)}, 100 - ${perDay} * ${days}))`;
  return sql`((${points} * ${kept} * ${onTime} + 5000) / 10000)`;
};

/** `keptPoints` of grading/policy.ts for one more attempt, in SQL. */
const keepOf = (keep: Policy['attempts']['keep'], before: SQL, now: SQL): SQL =>
  keep === 'best'
    ? sql`max(coalesce(${before}, ${now}), coalesce(${now}, ${before}))`
    : keep === 'last'
      ? sql`coalesce(${now}, ${before})`
      : sql`coalesce(${before}, ${now})`;

/** An answer about to be stored with the verdict that the believed rules give it. */
export type Submission = {
  id: string;
  person: Person;
  unit: string;
  answer: AnswerKey;
  reason: string | null;
  ruleSet: string;
  policy: Policy;
  verdict: Verdict;
  now: number;
};

/** Keeps a verdict under (rule set, answer key); nothing where it is kept already. */
export const insertVerdict = (db: Database, { person, answer, ruleSet, verdict }: Submission) =>
  db.run(sql`insert into verdict (institution_id, rule_set, answer_key, engine, credit, points, max, trace)
    values (${person.institutionId}, ${ruleSet}, ${answerKey(answer)}, ${ENGINE_VERSION},
      ${Math.round(verdict.credit * 100)}, ${verdict.points}, ${verdict.max}, ${JSON.stringify(verdict.trace)})
    on conflict do nothing`);

/** What only the database knows of an answer just stored. */
type Stored = Pick<AnswerRow, 'attempt' | 'lateMs' | 'fullCredit' | 'points' | 'gradePoints'>;

/**
 * Stores the answer with its facts: which attempt it is, how late, whether full credit was reached by now, what the
 * policy leaves of its points and what grade that makes. Aborts the transaction where one of the `refusals` holds;
 * stores nothing where the request was carried out before.
 */
export const insertAnswer = (db: Database, one: Submission, once: Once | null, refusals: readonly Guard[]) => {
  const { person, answer, policy, verdict, now } = one;
  const usedUp: Guard = [sql`attempts >= ${policy.attempts.max}`, 'attempts-used-up'];
  const fresh = allowed([...windowIsShut(null, now), usedUp]);
  const may = allowed([...refusals, ...keyFitsRequest(once)], once ? sql`iif(${unseen(once)}, ${fresh}, 0)` : fresh);
  return db.all<Stored>(sql`insert into answer (id, institution_id, course_id, person_id, scenario, attempt, role, claims,
      counter_claims, reason, late_ms, submitted_at, full_credit, verdict_id, points, grade_points)
    select ${one.id}, ${person.institutionId}, ${person.courseId}, ${person.personId}, ${answer.scenario}, attempt,
      ${answer.role}, ${JSON.stringify(answer.claims)}, ${JSON.stringify(answer.counterClaims)}, ${one.reason}, late,
      ${now}, max(${verdict.credit === 1 ? 1 : 0}, full_credit), verdict, points,
      coalesce(override_points, ${keepOf(policy.attempts.keep, sql`auto_points`, sql`points`)})
    from (select *, ${pointsAfterDeductions(policy, verdict.points, sql`attempt`, sql`late`)} as points
      from (select attempts + 1 as attempt, full_credit, coalesce(max(0, ${now} - ${dueOfWindow}), 0) as late,
          v.id as verdict, override_points, auto_points
        from (select count(*) as attempts, coalesce(max(full_credit), 0) as full_credit from answer
          where course_id = ${person.courseId} and person_id = ${person.personId} and scenario = ${answer.scenario})
        join verdict v on v.institution_id = ${person.institutionId} and v.rule_set = ${one.ruleSet}
          and v.engine = ${ENGINE_VERSION} and v.answer_key = ${answerKey(answer)}
        left join grade g on g.course_id = ${person.courseId} and g.person_id = ${person.personId}
          and g.kind = 'scenario' and g.activity = ${answer.scenario}
        ${windowJoins({ ...person, kind: 'unit', activity: one.unit, unit: one.unit })}
        where ${may}))
    returning attempt, late_ms as lateMs, full_credit as fullCredit, points, grade_points as gradePoints`);
};

/** Brings the effective grade up to date with the answer just stored, if it was. */
export const upsertAnswerGrade = (db: Database, { id, policy, verdict }: Submission) =>
  db.run(sql`insert into grade (course_id, person_id, kind, activity, institution_id, auto_points, max, event_id, updated_at)
    select course_id, person_id, 'scenario', scenario, institution_id, points, ${verdict.max}, id, submitted_at
      from answer where id = ${id}
    on conflict do update set auto_points = ${keepOf(policy.attempts.keep, sql`auto_points`, sql`excluded.auto_points`)},
      max = excluded.max, event_id = excluded.event_id, updated_at = excluded.updated_at`);

export type AnswerRow = {
  id: string;
  personId: string;
  scenario: string;
  role: string;
  claims: string;
  counterClaims: string;
  reason: string | null;
  attempt: number;
  lateMs: number;
  submittedAt: number;
  fullCredit: number;
  ruleSet: string;
  credit: number;
  verdictPoints: number | null;
  max: number;
  trace: string;
  points: number | null;
  gradePoints: number | null;
};

const answerColumns = sql`a.id, a.person_id as personId, a.scenario, a.role, a.claims, a.counter_claims as counterClaims,
  a.reason, a.attempt, a.late_ms as lateMs, a.submitted_at as submittedAt, a.full_credit as fullCredit,
  v.rule_set as ruleSet, v.credit, v.points as verdictPoints, v.max, v.trace, a.points, a.grade_points as gradePoints`;

const withFirstVerdict = sql`join verdict v on v.id = a.verdict_id`;

/** The row of an answer just stored. */
export const answerRow = ({ id, person, answer, ...one }: Submission, stored: Stored): AnswerRow => ({
  id,
  personId: person.personId,
  scenario: answer.scenario,
  role: answer.role,
  claims: JSON.stringify(answer.claims),
  counterClaims: JSON.stringify(answer.counterClaims),
  reason: one.reason,
  submittedAt: one.now,
  ruleSet: one.ruleSet,
  credit: Math.round(one.verdict.credit * 100),
  verdictPoints: one.verdict.points,
  max: one.verdict.max,
  trace: JSON.stringify(one.verdict.trace),
  ...stored,
});

/** The answer that the request made when it was first sent, with its first verdict. */
export const findSubmitted = (db: Database, once: Once) =>
  db.all<AnswerRow>(sql`select ${answerColumns} from answer a ${withFirstVerdict} where a.id = ${resultOf(once, '')}`);

/** An answer, and how far its author is by now: attempts used, and whether full credit was ever reached. */
export type AnswerWithProgress = AnswerRow & { used: number; everFull: number };

const progress = sql`(select count(*) from answer o where o.course_id = a.course_id and o.person_id = a.person_id
  and o.scenario = a.scenario) as used, (select max(full_credit) from answer o where o.course_id = a.course_id
  and o.person_id = a.person_id and o.scenario = a.scenario) as everFull`;

/** An answer in a course; `onlyOf`: of this person alone. */
export const findAnswer = (db: Database, at: CourseAt, scenario: string, id: string, onlyOf: string | null) =>
  db.all<AnswerWithProgress>(sql`select ${answerColumns}, ${progress} from answer a ${withFirstVerdict}
    where a.id = ${id} and a.course_id = ${at.courseId} and a.institution_id = ${at.institutionId} and a.scenario = ${scenario}
      and (${onlyOf} is null or a.person_id = ${onlyOf})`);

/** A person's answers to a scenario in the order they were given. At most as many as there are attempts. */
export const listAnswers = (db: Database, at: CourseAt, scenario: string, personId: string) =>
  db.all<AnswerWithProgress>(sql`select ${answerColumns}, ${progress} from answer a ${withFirstVerdict}
    where a.course_id = ${at.courseId} and a.institution_id = ${at.institutionId} and a.person_id = ${personId}
      and a.scenario = ${scenario} order by a.attempt`);

export type ProgressRow = { scenario: string; used: number };

/** Attempts a person has used, by scenario. */
export const listProgress = (db: Database, at: CourseAt, personId: string) =>
  db.all<ProgressRow>(sql`select scenario, count(*) as used from answer
    where course_id = ${at.courseId} and institution_id = ${at.institutionId} and person_id = ${personId} group by scenario`);
