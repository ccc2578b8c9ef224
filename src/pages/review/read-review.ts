import { standing } from '../../auth/store.ts';
import { titleOf } from '../../catalogue/course-content.ts';
import { findCourse } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { listQueue } from '../../discussion/flags-store.ts';
import { postBody } from '../../discussion/post-body.ts';
import { queuedBody } from '../../discussion/review-queue.ts';
import { findPost, viewerOf } from '../../discussion/store.ts';
import { listHidden } from '../../discussion/threads-store.ts';
import { nextOf, pageOf, readCursor } from '../../paging.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { timesIn } from '../words.ts';

const PAGE = 25;
const HIDDEN_LATELY_MS = 14 * 86_400_000;
const HIDDEN_SHOWN = 20;

/** What waits for the staff, what they hid lately, and the post that they have just decided on: one round trip. */
export const readReview = async (
  deps: Deps,
  { person, courseId, now }: Visit,
  url: URL,
  { cursor, of }: { cursor?: string | undefined; of?: string | undefined },
) => {
  const { institutionId } = person;
  const secret = deps.config.sessionSecret;
  const list = `review ${courseId}`;
  const after = await readCursor(secret, list, cursor);
  const db = deps.dbFor(institutionId);
  const viewer = viewerOf(person);
  const [, [current], [course], queue, hidden, [decided]] = await db.batch([
    standing(db, person, 'posts:moderate', courseId),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, institutionId, courseId),
    listQueue(db, viewer, after, PAGE),
    listHidden(db, viewer, now - HIDDEN_LATELY_MS, HIDDEN_SHOWN),
    findPost(db, viewer, of ?? ''),
  ]);
  if (!course) throw new Problem('course-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const { items, link } = await pageOf(secret, list, url, queue, PAGE, (row) => ({ at: row.queuedAt, id: row.id }));
  return {
    course,
    times: timesIn(course.timeZone),
    titleOf: (prompt: string) => titleOf(deps.catalogue, ruleSet, 'prompt', prompt) ?? 'A discussion',
    items: items.map(queuedBody),
    hidden: hidden.map(postBody),
    decided: decided ? postBody(decided) : null,
    /** The address of the next page, if there is one. */
    next: nextOf(link),
  };
};

export type ReviewRead = Awaited<ReturnType<typeof readReview>>;
