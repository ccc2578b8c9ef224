import { type SQL, sql } from 'drizzle-orm';
import type { Person } from '../auth/actor.ts';
import { effectiveDue } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { effectivePoints } from '../grades/store.ts';
import type { Count } from '../grading/participation.ts';

/** The role a person takes in a prompt: that of their first post that names one. */
const roleTaken = (courseId: SQL, prompt: SQL, author: SQL): SQL =>
  sql`(select s.role from post s where s.course_id = ${courseId} and s.author_id = ${author} and s.prompt = ${prompt}
    and s.parent_id is null and s.role is not null order by s.created_at, s.id limit 1)`;

/** Somebody (their ids, or the columns that hold them) in a prompt. */
type Place = { person: { courseId: string | SQL; personId: string | SQL }; prompt: string; unit: string };

/** How many of a fact a person has in a prompt, as a scalar subquery: what was done by the criterion's date, or the prompt's. */
const countOf = ({ person, prompt, unit }: Place, { id, fact, words }: Count): SQL => {
  const at = { ...person, unit };
  const due = sql`coalesce(${effectiveDue({ ...at, kind: 'criterion', activity: `${prompt}:${id}` })},
    ${effectiveDue({ ...at, kind: 'prompt', activity: prompt })})`;
  const mine = sql`r.course_id = ${person.courseId} and r.author_id = ${person.personId} and r.prompt = ${prompt}`;
  if (fact === 'committedPosts')
    return sql`(select count(*) from post r where ${mine} and r.parent_id is null
      and r.committed_at is not null and r.committed_at <= coalesce(${due}, r.committed_at))`;
  const replies = sql`from post r join post t on t.id = r.parent_id where ${mine} and r.words >= ${words}
    and t.author_id <> r.author_id and r.created_at <= coalesce(${due}, r.created_at)`;
  if (fact === 'peersAnswered') return sql`(select count(distinct t.author_id) ${replies})`;
  const ours = sql`coalesce(r.role, ${roleTaken(sql`r.course_id`, sql`r.prompt`, sql`r.author_id`)})`;
  const theirs = sql`coalesce(t.role, ${roleTaken(sql`t.course_id`, sql`t.prompt`, sql`t.author_id`)})`;
  return sql`(select count(distinct t.author_id) ${replies} and ${ours} <> ${theirs})`;
};

/** True in SQL when the post stands: the request was carried out just now. */
export const postWritten = (id: string): SQL => sql`exists (select 1 from post where id = ${id})`;

/** True in SQL when the change just made can count: it committed the post, or it is a reply's. */
export const mayCount = (id: string, now: number): SQL =>
  sql`exists (select 1 from post where id = ${id} and (committed_at = ${now} or parent_id is not null))`;

export type Participating = Place & {
  person: Person;
  eventId: string;
  counts: Count[];
  max: number;
  ruleSet: string;
  now: number;
  /** True in SQL when the ledger is to be written. */
  when: SQL;
};

/** The counts by criterion as JSON, in SQL. */
export const countedJson = ({ counts, ...place }: Place & { counts: Count[] }): SQL =>
  sql`json_object(${sql.join(
    counts.flatMap((count) => [sql`${count.id}`, countOf(place, count)]),
    sql`, `,
  )})`;

/** `gradeParticipation` in SQL: the sum over criteria of the proportion, rounded down. */
export const pointsFrom = (counts: Count[], counted: SQL): SQL =>
  sql.join(
    [
      sql`0`,
      ...counts.map(
        ({ id, target, points }) =>
          sql`(${points} * min(json_extract(${counted}, ${`$."${id}"`}), ${target}) / ${target})`,
      ),
    ],
    sql` + `,
  );

/** Counts the person's participation in a prompt and writes it to the ledger; learners only. The grade never falls by it, whatever rules came in between. */
export const insertParticipationEvent = (db: Database, one: Participating) => {
  const { person, prompt } = one;
  const points = pointsFrom(one.counts, sql`counted`);
  return db.run(sql`insert into grade_event (id, institution_id, course_id, person_id, kind, activity, type, rule_set,
      counted, points, max, grade_points, actor, created_at)
    select ${one.eventId}, ${person.institutionId}, ${person.courseId}, ${person.personId}, 'prompt', ${prompt},
      'participation', ${one.ruleSet}, counted, ${points}, ${one.max},
      ${effectivePoints(sql`override_points`, sql`max(${points}, coalesce(auto_points, 0))`, sql`rubric_points`)},
      ${`person:${person.personId}`}, ${one.now}
    from (select ${countedJson(one)} as counted) left join grade g on g.course_id = ${person.courseId}
      and g.person_id = ${person.personId} and g.kind = 'prompt' and g.activity = ${prompt}
    where ${one.when} and ${one.counts.length > 0} and ${person.role === 'learner'}`);
};

/** The participation that counts: what the ledger last counted for a person in a prompt, and by which rules. */
export const findParticipation = (db: Database, { institutionId, courseId, personId }: Person, prompt: string) =>
  db.all<{ counted: string; ruleSet: string }>(sql`select counted, rule_set as ruleSet from grade_event
    where course_id = ${courseId} and institution_id = ${institutionId} and person_id = ${personId} and kind = 'prompt' and activity = ${prompt}
      and type = 'participation' order by id desc limit 1`);
