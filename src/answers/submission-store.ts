import { type SQL, sql } from 'drizzle-orm';
import type { Person } from '../auth/actor.ts';
import { dueOfWindow, windowIsShut, windowJoins } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { allowed, type Guard } from '../db/guard.ts';
import { keyFitsRequest, type Once, unseen } from '../db/once.ts';
import { effectivePoints } from '../grades/store.ts';
import { type AnswerKey, answerKey, ENGINE_VERSION, type Verdict } from '../grading/grade-answer.ts';
import { DAY_MS, hundredths } from '../grading/policy.ts';
import type { Policy } from '../grading/rule-set.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import type { AnswerRow } from './store.ts';

/** `afterDeductions` of grading/policy.ts in SQL, integers only. What the policy never deducts is left out of the text. */
export const pointsAfterDeductions = (policy: Policy, points: number | null | SQL, attempt: SQL, lateMs: SQL): SQL => {
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

const theVerdict = ({ person, answer, ruleSet }: Submission): SQL =>
  sql`select id from verdict where institution_id = ${person.institutionId} and rule_set = ${ruleSet}
    and engine = ${ENGINE_VERSION} and answer_key = ${answerKey(answer)}`;

/** Keeps a verdict under (rule set, answer key); nothing where it is kept already. */
export const insertVerdict = (db: Database, { person, answer, ruleSet, verdict }: Submission) =>
  db.run(sql`insert into verdict (institution_id, rule_set, answer_key, engine, credit, points, max, trace)
    values (${person.institutionId}, ${ruleSet}, ${answerKey(answer)}, ${ENGINE_VERSION},
      ${Math.round(verdict.credit * 100)}, ${verdict.points}, ${verdict.max}, ${JSON.stringify(verdict.trace)})
    on conflict do nothing`);

/** What only the database knows of an answer just stored. */
export type Stored = Pick<AnswerRow, 'attempt' | 'lateMs' | 'fullCredit' | 'points' | 'gradePoints' | 'verdictId'>;

/**
 * Stores the answer with its facts: which attempt it is, how late, whether full credit was reached by now, what the
 * policy leaves of its points and what grade that makes. Refused where one of `standing` holds, the rules moved, the
 * unit is shut or the attempts are used up; stores nothing where the request was carried out before. `verdictId`: where it is known to be stored.
 */
export const insertAnswer = (
  db: Database,
  one: Submission,
  once: Once | null,
  standing: readonly Guard[],
  verdictId: number | undefined,
) => {
  const { person, answer, policy, verdict, now } = one;
  const usedUp: Guard = [sql`attempts >= ${policy.attempts.max}`, 'attempts-used-up'];
  const fresh = allowed([rulesMoved(person.courseId, one.ruleSet, null), ...windowIsShut(null, now), usedUp]);
  const may = allowed([...standing, ...keyFitsRequest(once)], once ? sql`iif(${unseen(once)}, ${fresh}, 0)` : fresh);
  return db.all<Stored>(sql`insert into answer (id, institution_id, course_id, person_id, scenario, attempt, role, claims,
      counter_claims, reason, late_ms, submitted_at, full_credit, verdict_id, points, auto_points, grade_points)
    select ${one.id}, ${person.institutionId}, ${person.courseId}, ${person.personId}, ${answer.scenario}, attempt,
      ${answer.role}, ${JSON.stringify(answer.claims)}, ${JSON.stringify(answer.counterClaims)}, ${one.reason}, late,
      ${now}, max(${verdict.credit === 1 ? 1 : 0}, full_credit),
      ${verdictId === undefined ? sql`(${theVerdict(one)})` : sql`${verdictId}`}, points, auto,
      ${effectivePoints(sql`override_points`, sql`auto`, sql`rubric_points`)}
    from (select *, ${keepOf(policy.attempts.keep, sql`auto_points`, sql`points`)} as auto
      from (select *, ${pointsAfterDeductions(policy, verdict.points, sql`attempt`, sql`late`)} as points
        from (select attempts + 1 as attempt, full_credit, coalesce(max(0, ${now} - ${dueOfWindow}), 0) as late,
            override_points, auto_points, rubric_points
          from (select count(*) as attempts, coalesce(max(full_credit), 0) as full_credit from answer
            where course_id = ${person.courseId} and person_id = ${person.personId} and scenario = ${answer.scenario})
          left join grade g on g.course_id = ${person.courseId} and g.person_id = ${person.personId}
            and g.kind = 'scenario' and g.activity = ${answer.scenario}
          ${windowJoins({ ...person, kind: 'unit', activity: one.unit, unit: one.unit })}
          where ${may})))
    returning attempt, late_ms as lateMs, full_credit as fullCredit, points, grade_points as gradePoints,
      verdict_id as verdictId`);
};

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
