import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Position } from '../paging.ts';
import { learners } from './store.ts';

/** True in SQL of a post that still stands. */
const stands = (post: SQL): SQL =>
  sql`(${post}.deleted_at is null and ${post}.hidden_at is null and ${post}.held_at is null)`;

/** How many learners the course has. */
export const countLearners = (db: Database, at: CourseAt) =>
  db.all<{ n: number }>(sql`select count(*) as n from enrolment e where ${learners(at)}`);

export type PromptRow = {
  prompt: string;
  /** Who wrote anything, whatever has become of it, and who committed a post. */
  people: number;
  committed: number;
  posts: number;
  posters: number;
  postWords: number | null;
  replies: number;
  repliers: number;
  replyWords: number | null;
};

/** What learners wrote, by prompt: posts and replies that stand, by how many, and their median length in words. */
export const listPrompts = (db: Database, at: CourseAt, prompt: string | null) =>
  db.all<PromptRow>(sql`select * from (with
    written as (select p.prompt, p.author_id as author, p.words, p.parent_id is not null as reply, ${stands(sql`p`)} as stands,
      p.parent_id is null and p.committed_at is not null as commits from post p
      join enrolment e on e.course_id = p.course_id and e.person_id = p.author_id
      where ${learners(at)} and p.course_id = ${at.courseId} and (${prompt} is null or p.prompt = ${prompt})),
    ranked as (select *, row_number() over (partition by prompt, reply, stands order by words) as place,
      count(*) over (partition by prompt, reply, stands) as places from written),
    marked as (select *, stands and not reply as post, stands and reply as answers,
      place between (places + 1) / 2 and (places + 2) / 2 as middle from ranked)
    select prompt, count(distinct author) as people, count(distinct iif(commits, author, null)) as committed,
      sum(post) as posts, count(distinct iif(post, author, null)) as posters, avg(iif(post and middle, words, null)) as postWords,
      sum(answers) as replies, count(distinct iif(answers, author, null)) as repliers,
      avg(iif(answers and middle, words, null)) as replyWords from marked group by prompt)`);

/** `tie`: how often a learner answered another one. */
const ties = (at: CourseAt, prompt: string | null): SQL => {
  const isLearner = (person: SQL) =>
    sql`exists (select 1 from enrolment e where ${learners(at)} and e.person_id = ${person})`;
  return sql`tie as materialized (select r.author_id as "from", t.author_id as "to", count(*) as replies
    from post r join post t on t.id = r.parent_id
    where r.course_id = ${at.courseId} and r.institution_id = ${at.institutionId} and (${prompt} is null or r.prompt = ${prompt})
      and r.author_id <> t.author_id and ${stands(sql`r`)} and ${isLearner(sql`r.author_id`)} and ${isLearner(sql`t.author_id`)}
    group by r.author_id, t.author_id)`;
};

const returning = sql`tie a left join tie b on b."from" = a."to" and b."to" = a."from"`;

export type NetworkRow = { ties: number; mutual: number; replies: number; connected: number };

/** Who answers whom, in sum: ties from one learner to another, those that go both ways, and the learners in any. */
export const findNetwork = (db: Database, at: CourseAt, prompt: string | null) =>
  db.all<NetworkRow>(sql`select * from (with ${ties(at, prompt)}
    select count(*) as ties, count(b.replies) as mutual, coalesce(sum(a.replies), 0) as replies,
      (select count(*) from (select "from" from tie union select "to" from tie)) as connected from ${returning})`);

export type TieRow = {
  from: string;
  fromSubject: string;
  fromName: string | null;
  to: string;
  toSubject: string;
  toName: string | null;
  replies: number;
  returned: number;
};

/** Ties after `after` (`at` is the number of replies), the strongest first, one more than `limit`. */
export const listTies = (db: Database, at: CourseAt, prompt: string | null, after: Position | null, limit: number) => {
  const key = sql`(a."from" || '.' || a."to")`;
  const next = after ? sql`where a.replies < ${after.at} or (a.replies = ${after.at} and ${key} > ${after.id})` : sql``;
  return db.all<TieRow>(sql`select * from (with ${ties(at, prompt)}
    select a."from", f.subject as fromSubject, f.name as fromName, a."to", t.subject as toSubject, t.name as toName, a.replies, coalesce(b.replies, 0) as returned
    from ${returning} join person f on f.id = a."from" join person t on t.id = a."to"
    ${next} order by a.replies desc, ${key} limit ${limit + 1})`);
};
