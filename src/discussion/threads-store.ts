import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import { type PostRow, postColumns, type Viewer, visiblePosts, withText } from './store.ts';

/** The most of a thread that is shown at once. */
const MAX_THREAD = 100;

/** The thread that a post stands in, from its head on, oldest first: what the viewer may see of it. */
export const listThread = (db: Database, viewer: Viewer, prompt: string, id: string) => {
  const { courseId } = viewer;
  return db.all<PostRow>(sql`with recursive
      up (id, parent_id) as (select id, parent_id from post where id = ${id} and course_id = ${courseId} and prompt = ${prompt}
        union all select q.id, q.parent_id from up join post q on q.id = up.parent_id),
      reply (id, parent_id) as materialized (select id, parent_id from post where course_id = ${courseId}
        and prompt = ${prompt} and parent_id is not null and exists (select 1 from up)),
      thread (id) as (select id from up where parent_id is null
        union all select q.id from thread join reply q on q.parent_id = thread.id)
    select ${postColumns(viewer)} from post p ${withText}
    where p.id in (select id from thread) and ${visiblePosts(viewer)}
    order by p.created_at, p.id limit ${MAX_THREAD}`);
};

/** Posts that were hidden since a time (ms), the last ones first. */
export const listHidden = (db: Database, viewer: Viewer, since: number, limit: number) =>
  db.all<PostRow>(sql`select ${postColumns(viewer)} from post p ${withText}
    where ${visiblePosts(viewer)} and p.hidden_at >= ${since} and p.deleted_at is null
    order by p.hidden_at desc, p.id limit ${limit}`);
