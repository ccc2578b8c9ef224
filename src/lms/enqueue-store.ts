import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';

/** Puts the grades that placements cover into the outbox, as the triggers of `grade` do. `which` speaks of placement `l`. */
const enqueue = (db: Database, which: SQL, now: number) =>
  db.run(sql`insert into delivery (target_id, person_id, kind, activity, institution_id, course_id, target, state, due_at, updated_at)
    select distinct l.id, g.person_id, l.kind, l.activity, g.institution_id, g.course_id, 'line-item', 'waiting', ${now}, ${now}
    from placement l join json_each(l.covers) c
    join grade g on g.course_id = l.course_id and c.value = g.kind || ':' || g.activity
    join person p on p.id = g.person_id and p.issuer = l.issuer
    join enrolment e on e.course_id = g.course_id and e.person_id = g.person_id and e.role = 'learner' and e.test_user = 0
    where ${which}
    on conflict do update set version = version + 1, state = iif(state = 'conflict', state, 'waiting'),
      due_at = excluded.due_at, tries = 0, first_tried_at = null, updated_at = excluded.updated_at`);

/**
 * Puts the grades that exist already into the outbox of a placement that is new, covers something else, or has got
 * another column. In the batch that makes it so. `placementId` may be SQL, for one that the batch makes.
 */
export const enqueueGrades = (db: Database, placementId: string | SQL, now: number) =>
  enqueue(db, sql`l.id = ${placementId}`, now);

/**
 * What the placements of a course cover under new rules (`covers`: lists by `kind:activity`), and into the outbox whatever
 * score that may change: a unit's, for what can be earned in it may be another sum. Unchanged scores are not sent.
 */
export const updateCovers = (
  db: Database,
  at: { institutionId: string; courseId: string },
  covers: Readonly<Record<string, readonly string[]>>,
  now: number,
) =>
  [
    db.run(sql`update placement set covers = x.value, updated_at = ${now} from json_each(${JSON.stringify(covers)}) x
      where course_id = ${at.courseId} and institution_id = ${at.institutionId} and placement.kind <> 'course'
        and x.key = placement.kind || ':' || placement.activity and covers <> x.value`),
    enqueue(
      db,
      sql`l.course_id = ${at.courseId} and l.institution_id = ${at.institutionId} and (l.kind = 'unit' or l.updated_at = ${now})`,
      now,
    ),
  ] as const;
