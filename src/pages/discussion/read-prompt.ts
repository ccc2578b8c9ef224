import { standing } from '../../auth/store.ts';
import { timeOf, windowFor } from '../../courses/schedule.ts';
import { findCourse, findPerson, listWindows } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { renderPost } from '../../discussion/markdown.ts';
import { findParticipation } from '../../discussion/participation-store.ts';
import { gateBody, postBody } from '../../discussion/post-body.ts';
import { knownPrompt } from '../../discussion/posts.ts';
import { postQueries, shownPosts } from '../../discussion/read-posts.ts';
import { viewerOf } from '../../discussion/store.ts';
import { participationBody } from '../../grades/participation-body.ts';
import { pageOf, readCursor } from '../../paging.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules, rulesByHash } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { timesIn } from '../words.ts';

const PAGE = 50;

/**
 * A prompt, the posts that `visiblePosts` leaves (of one person alone where staff name one), and what taking part came to:
 * one round trip, two where it was graded by rules not seen before. Throws `prompt-not-found`.
 */
export const readPrompt = async (deps: Deps, visit: Visit, id: string, url: URL, cursor: string | undefined) => {
  const { person, courseId, personId } = visit;
  const at = { institutionId: person.institutionId, courseId };
  const secret = deps.config.sessionSecret;
  const list = `posts ${courseId} ${id} ${personId}`;
  const after = await readCursor(secret, list, cursor);
  const db = deps.dbFor(at.institutionId);
  const viewer = viewerOf({ ...person, personId });
  const [, [current], [course], [about], windows, [counted], ...found] = await db.batch([
    standing(db, person, 'posts:read', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    findPerson(db, at, personId),
    listWindows(db, at, personId),
    findParticipation(db, { ...person, personId }, id),
    ...postQueries(db, viewer, id, after, PAGE),
  ]);
  if (!course) throw new Problem('course-not-found');
  if (!about) throw new Problem('person-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const prompt = knownPrompt(deps, ruleSet, id);
  const rule = ruleSet.prompts[id];
  const everybodys = shownPosts(viewer, ...found);
  const { open, rows, pinned } = personId === person.personId ? everybodys : { open: true, rows: found[2], pinned: [] };
  const { items, link } = await pageOf(secret, list, url, rows, PAGE, (row) => ({ at: row.createdAt, id: row.id }));
  const graded = counted ? (await rulesByHash(deps, db, at.institutionId, counted.ruleSet)).prompts[id] : rule;
  const { opensAt, dueAt, closesAt } = windowFor(windows, { kind: 'prompt', activity: id, unit: prompt.unit });
  return {
    course,
    about,
    times: timesIn(course.timeZone),
    prompt: { ...prompt, html: prompt.html ?? (await renderPost(deps.catalogue, prompt.text)) },
    dates: { opensAt: timeOf(opensAt), dueAt: timeOf(dueAt), closesAt: timeOf(closesAt) },
    gate: gateBody(rule, open),
    participation: participationBody(graded, counted?.counted ?? null),
    posts: [...pinned, ...items].map(postBody),
    /** The address of the next page, if there is one. */
    next: /^<([^>]+)>/.exec(link ?? '')?.[1] ?? null,
  };
};

export type PromptRead = Awaited<ReturnType<typeof readPrompt>>;
export type Post = PromptRead['posts'][number];
