import { type SQL, sql } from 'drizzle-orm';
import type { Person } from '../auth/actor.ts';
import { type CourseAt, effectiveDue } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { type Once, resultOf, unseen } from '../db/once.ts';
import { type AnswerKey, answerKey, ENGINE_VERSION, type Verdict } from '../grading/grade-answer.ts';
import { DAY_MS, hundredths } from '../grading/policy.ts';
import type { Policy } from '../grading/rule-set.ts';

/** `afterDeductions` of grading/policy.ts in SQL, integers only. */
const pointsAfterDeductions = (policy: Policy, points: SQL, attempt: SQL, lateMs: SQL): SQL => {
  const days = sql`((${lateMs} + ${DAY_MS - 1}) / ${DAY_MS})`;
  const kept = sql`max(0, 100 - ${hundredths(policy.attempts.penalty)} * (${attempt} - 1))`;
  const onTime = sql`iif(${lateMs} <= 0, 100, max(${hundredths(policy.late.floor)}, 100 - ${hundredths(policy.late.penaltyPerDay)} * ${days}))`;
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

const theAnswers = ({ person, answer }: Pick<Submission, 'person' | 'answer'>) =>
  sql`course_id = ${person.courseId} and person_id = ${person.personId} and scenario = ${answer.scenario}`;

/** Refuses one attempt more than the policy allows. */
export const attemptsUsedUp = (one: Submission, once: Once | null): Guard => [
  sql`${unseen(once)} and (select count(*) from answer where ${theAnswers(one)}) >= ${one.policy.attempts.max}`,
  'attempts-used-up',
];

/** Stores the answer with its facts: which attempt it is, how late, whether full credit was reached by now. */
export const insertAnswer = (db: Database, one: Submission, once: Once | null) => {
  const { person, answer } = one;
  const due = effectiveDue({ ...person, kind: 'unit', activity: one.unit, unit: one.unit });
  return db.run(sql`insert into answer (id, institution_id, course_id, person_id, scenario, attempt, role, claims,
      counter_claims, reason, late_ms, submitted_at, full_credit)
    select ${one.id}, ${person.institutionId}, ${person.courseId}, ${person.personId}, ${answer.scenario},
      before.attempts + 1, ${answer.role}, ${JSON.stringify(answer.claims)}, ${JSON.stringify(answer.counterClaims)},
      ${one.reason}, coalesce(max(0, ${one.now} - ${due}), 0), ${one.now},
      max(${one.verdict.credit === 1 ? 1 : 0}, before.full_credit)
    from (select count(*) as attempts, coalesce(max(full_credit), 0) as full_credit from answer where ${theAnswers(one)}) as before
    where ${unseen(once)}`);
};

/** Keeps the verdict of the answer just stored under (rule set, answer key); nothing where it is kept already. */
export const insertVerdict = (db: Database, { id, person, answer, ruleSet, verdict }: Submission) =>
  db.run(sql`insert into verdict (institution_id, rule_set, answer_key, engine, credit, points, max, trace)
    select ${person.institutionId}, ${ruleSet}, ${answerKey(answer)}, ${ENGINE_VERSION},
      ${Math.round(verdict.credit * 100)}, ${verdict.points}, ${verdict.max}, ${JSON.stringify(verdict.trace)}
    from answer where id = ${id} on conflict do nothing`);

/** Brings the effective grade up to date with the answer just stored, if it was. */
export const upsertAnswerGrade = (db: Database, { id, person, answer, policy, verdict, now }: Submission) => {
  const points = pointsAfterDeductions(policy, sql`${verdict.points}`, sql`a.attempt`, sql`a.late_ms`);
  const kept = keepOf(policy.attempts.keep, sql`auto_points`, sql`excluded.auto_points`);
  return db.run(sql`insert into grade (course_id, person_id, kind, activity, institution_id, auto_points, max, event_id, updated_at)
    select ${person.courseId}, ${person.personId}, 'scenario', ${answer.scenario}, ${person.institutionId},
      ${points}, ${verdict.max}, a.id, ${now} from answer a where a.id = ${id}
    on conflict do update set auto_points = ${kept}, max = excluded.max, event_id = excluded.event_id,
      updated_at = excluded.updated_at`);
};

/** The ledger's row of the answer just stored, if it was; it has the answer's id. */
export const insertVerdictEvent = (db: Database, { id, person, answer, ruleSet, policy, verdict, now }: Submission) =>
  db.run(sql`insert into grade_event (id, institution_id, course_id, person_id, kind, activity, type, rule_set, answer_id,
      verdict_id, points, max, grade_points, actor, created_at)
    select a.id, ${person.institutionId}, ${person.courseId}, ${person.personId}, 'scenario', ${answer.scenario}, 'verdict',
      ${ruleSet}, a.id,
      (select id from verdict where institution_id = ${person.institutionId} and rule_set = ${ruleSet}
        and engine = ${ENGINE_VERSION} and answer_key = ${answerKey(answer)}),
      ${pointsAfterDeductions(policy, sql`${verdict.points}`, sql`a.attempt`, sql`a.late_ms`)}, ${verdict.max},
      coalesce(g.override_points, g.auto_points), ${`person:${person.personId}`}, ${now}
    from answer a join grade g on g.course_id = a.course_id and g.person_id = a.person_id and g.kind = 'scenario'
      and g.activity = a.scenario
    where a.id = ${id}`);

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
  e.rule_set as ruleSet, v.credit, v.points as verdictPoints, v.max, v.trace, e.points, e.grade_points as gradePoints`;

const withFirstVerdict = sql`join grade_event e on e.id = a.id join verdict v on v.id = e.verdict_id`;

/** The answer that the request made, now or when it was first sent, with its first verdict. */
export const findSubmitted = (db: Database, once: Once | null, id: string) =>
  db.all<AnswerRow>(sql`select ${answerColumns} from answer a ${withFirstVerdict} where a.id = ${resultOf(once, id)}`);

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
