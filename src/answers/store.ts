import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { type Once, resultOf } from '../db/once.ts';

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
  verdictId: number;
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
  a.verdict_id as verdictId, v.rule_set as ruleSet, v.credit, v.points as verdictPoints, v.max, v.trace, a.points, a.grade_points as gradePoints`;

const withFirstVerdict = sql`join verdict v on v.id = a.verdict_id`;

/** The answer that the request made when it was first sent, with its first verdict. */
export const findSubmitted = (db: Database, once: Once) =>
  db.all<AnswerRow>(sql`select ${answerColumns} from answer a ${withFirstVerdict} where a.id = ${resultOf(once, '')}`);

/** An answer, and how far its author is by now: attempts used, and whether full credit was ever reached. */
export type AnswerWithProgress = AnswerRow & { used: number; everFull: number };

const progress = sql`(select count(*) from answer o where o.course_id = a.course_id and o.person_id = a.person_id
  and o.scenario = a.scenario) as used, (select max(full_credit) from answer o where o.course_id = a.course_id
  and o.person_id = a.person_id and o.scenario = a.scenario) as everFull`;

/** A course's answers with their progress; `where` speaks of the answer `a`. */
export const answersWhere = (db: Database, at: CourseAt, where: SQL) =>
  db.all<AnswerWithProgress>(sql`select ${answerColumns}, ${progress} from answer a ${withFirstVerdict}
    where a.course_id = ${at.courseId} and a.institution_id = ${at.institutionId} and ${where}`);

/** An answer in a course; `onlyOf`: of this person alone. */
export const findAnswer = (db: Database, at: CourseAt, scenario: string, id: string, onlyOf: string | null) =>
  answersWhere(
    db,
    at,
    sql`a.id = ${id} and a.scenario = ${scenario} and (${onlyOf} is null or a.person_id = ${onlyOf})`,
  );

/** A person's answers to a scenario in the order they were given. At most as many as there are attempts. */
export const listAnswers = (db: Database, at: CourseAt, scenario: string, personId: string) =>
  answersWhere(db, at, sql`a.person_id = ${personId} and a.scenario = ${scenario} order by a.attempt`);

export type ProgressRow = { scenario: string; used: number };

/** Attempts a person has used, by scenario. */
export const listProgress = (db: Database, at: CourseAt, personId: string) =>
  db.all<ProgressRow>(sql`select scenario, count(*) as used from answer
    where course_id = ${at.courseId} and institution_id = ${at.institutionId} and person_id = ${personId} group by scenario`);
