import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';

/**
 * What the placements of a course cover under new rules (`covers`: lists by `kind:activity`). The triggers of `placement`
 * put into the outbox what changes by that. Scores of units go there too, for what can be earned in one may be another sum;
 * of the rest those whose maximum is another by what can be marked by hand (`rubrics`: 1/100 point by `kind:activity`),
 * which changes no grade. Unchanged scores are not sent.
 */
export const updateCovers = (
  db: Database,
  at: { institutionId: string; courseId: string },
  covers: Readonly<Record<string, readonly string[]>>,
  rubrics: Readonly<Record<string, number>>,
  now: number,
) =>
  [
    db.run(sql`update placement set covers = x.value, updated_at = ${now} from json_each(${JSON.stringify(covers)}) x
      where course_id = ${at.courseId} and institution_id = ${at.institutionId} and placement.kind <> 'course'
        and x.key = placement.kind || ':' || placement.activity and covers <> x.value`),
    db.run(sql`update delivery set version = version + 1, state = iif(state = 'conflict', state, 'waiting'), due_at = ${now},
        tries = 0, first_tried_at = null, updated_at = ${now}
      where course_id = ${at.courseId} and institution_id = ${at.institutionId} and target = 'line-item'
        and (kind = 'unit' or sent_max <> (select g.max from grade g where g.course_id = delivery.course_id
            and g.person_id = delivery.person_id and g.kind = delivery.kind and g.activity = delivery.activity)
          + coalesce((select value from json_each(${JSON.stringify(rubrics)})
            where key = delivery.kind || ':' || delivery.activity), 0))`),
  ] as const;
