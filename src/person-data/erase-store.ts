import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import type { PersonAt } from './store.ts';

const theirs = ({ courseId, personId }: PersonAt): SQL => sql`course_id = ${courseId} and person_id = ${personId}`;
const theirPosts = ({ courseId, personId }: PersonAt): SQL =>
  sql`select id from post where course_id = ${courseId} and author_id = ${personId}`;

/** What goes of a person in a course: every word they wrote. The rows stay, so that ledger and threads keep their shape. */
export const eraseWords = (db: Database, at: PersonAt, now: number) =>
  [
    db.run(sql`update answer set reason = null where ${theirs(at)} and reason is not null`),
    db.run(sql`update post_version set body = '', html = '' where post_id in (${theirPosts(at)}) and body <> ''`),
    db.run(
      sql`update post set deleted_at = coalesce(deleted_at, ${now}), pinned_at = null where id in (${theirPosts(at)})`,
    ),
    db.run(sql`delete from draft where ${theirs(at)}`),
    db.run(sql`update post_flag set reason = '' where person_id = ${at.personId}
      and post_id in (select id from post where course_id = ${at.courseId})`),
    db.run(sql`update appeal set body = '' where ${theirs(at)}`),
    // By another stamp: what is in somebody's hands is not written down again.
    db.run(sql`update delivery set detail = null, outcome = iif(state = 'sent', outcome, 'not-enrolled'),
        state = iif(state = 'sent', state, 'refused'), stamp = coalesce(stamp, 0) + 1, claimed_until = null,
        updated_at = ${now}
      where ${theirs(at)}`),
    db.run(sql`update audit_event set reason = null where course_id = ${at.courseId} and reason is not null
      and actor = ${`person:${at.personId}`} and (action = 'post-flagged' or exists (select 1 from enrolment
        where ${theirs(at)} and role = 'learner'))`),
  ] as const;

export const withdraw = (db: Database, at: PersonAt, now: number) =>
  db.run(sql`update enrolment set withdrawn_at = ${now}, revision = revision + 1
    where ${theirs(at)} and withdrawn_at is null`);

const inNoCourse = (personId: string): SQL =>
  sql`not exists (select 1 from enrolment where person_id = ${personId} and withdrawn_at is null)`;

/**
 * Takes name and subject of somebody who is in no course any more: by `tombstone` nobody finds them. Both go from what
 * retries of enrolments and roster imports are answered with, too (an import keeps its counts); that is found by who can
 * have sent them, for nothing else needs an index.
 */
export const eraseIdentity = (db: Database, { institutionId, personId }: PersonAt, tombstone: string) =>
  [
    db.run(sql`update idempotency set facts = json_set(facts,
        '$.changes', json(${withoutThem(sql`'$.changes'`, personId)}), '$.kept', json(${withoutThem(sql`'$.kept'`, personId)}))
      where ${inNoCourse(personId)} and institution_id = ${institutionId}
        and actor in (select 'key:' || id from api_key where institution_id = ${institutionId}
          union select 'person:' || person_id from enrolment where course_id in (${theirCourses(personId)}))
        and result_id in (${theirCourses(personId)}) and facts ->> '$.counts.enrol' is not null`),
    db.run(sql`update person set name = null, issuer = 'erased', subject = ${tombstone}
      where id = ${personId} and institution_id = ${institutionId} and issuer <> 'erased'
        and ${inNoCourse(personId)}`),
    db.run(
      sql`update enrolment set revision = revision + 1 where person_id = ${personId} and ${isErased(personId, tombstone)}`,
    ),
    db.run(sql`update idempotency set facts = json_replace(facts, '$.name', null) where ${isErased(personId, tombstone)}
      and actor in (select 'key:' || id from api_key where institution_id = ${institutionId})
      and result_id = ${personId} and facts is not null`),
  ] as const;

const theirCourses = (personId: string): SQL => sql`select course_id from enrolment where person_id = ${personId}`;

/** The lines of an import's plan that are not about them, as JSON. */
const withoutThem = (lines: SQL, personId: string): SQL =>
  sql`(select json_group_array(json(value)) from json_each(facts, ${lines})
    where value ->> 'externalId' <> (select subject from person where id = ${personId}))`;

const isErased = (personId: string, tombstone: string): SQL =>
  sql`exists (select 1 from person where id = ${personId} and subject = ${tombstone})`;

/** Whether the person's name and subject are gone. */
export const findIdentity = (db: Database, { institutionId, personId }: PersonAt) =>
  db.all<{ erased: number }>(sql`select issuer = 'erased' as erased from person
    where id = ${personId} and institution_id = ${institutionId}`);
