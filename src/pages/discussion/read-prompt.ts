import { standing } from '../../auth/store.ts';
import { timeOf, windowFor } from '../../courses/schedule.ts';
import { findCourse, findPerson, listWindows } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { draftBody } from '../../discussion/drafts.ts';
import { findDraft } from '../../discussion/drafts-store.ts';
import { listOwnFlags } from '../../discussion/flags-store.ts';
import { renderPost } from '../../discussion/markdown.ts';
import { findParticipation } from '../../discussion/participation-store.ts';
import { gateBody, postBody } from '../../discussion/post-body.ts';
import { knownPrompt } from '../../discussion/posts.ts';
import { postQueries, shownPosts } from '../../discussion/read-posts.ts';
import { listVersions, viewerOf } from '../../discussion/store.ts';
import { listThread } from '../../discussion/threads-store.ts';
import { participationBody } from '../../grades/participation-body.ts';
import { countsOf, floorOf } from '../../grading/participation.ts';
import { nextOf, pageOf, readCursor } from '../../paging.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules, rulesByHash } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { timesIn } from '../words.ts';

const PAGE = 50;
const VERSIONS = 20;

/** Which part of a discussion is wanted: a page of it, one post's thread, what one post said before. */
export type Wanted = { cursor?: string | undefined; post?: string | undefined; history?: string | undefined };

/**
 * A prompt, the posts that `visiblePosts` leaves (of one person alone where staff name one), what taking part came to, and
 * what the visitor was writing: one round trip, two where it was graded by rules not seen before. Throws `prompt-not-found`.
 */
export const readPrompt = async (deps: Deps, visit: Visit, id: string, url: URL, wanted: Wanted) => {
  const { person, courseId, personId } = visit;
  const at = { institutionId: person.institutionId, courseId };
  const secret = deps.config.sessionSecret;
  const list = `posts ${courseId} ${id} ${personId}`;
  const after = await readCursor(secret, list, wanted.cursor);
  const db = deps.dbFor(at.institutionId);
  const viewer = viewerOf({ ...person, personId });
  const me = viewerOf(person);
  const [, [current], [course], [about], windows, [counted], [draft], flags, versions, thread, ...found] =
    await db.batch([
      standing(db, person, 'posts:read', courseId),
      findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
      findCourse(db, at.institutionId, courseId),
      findPerson(db, at, personId),
      listWindows(db, at, personId),
      findParticipation(db, { ...person, personId }, id),
      findDraft(db, person, id),
      listOwnFlags(db, me, id),
      listVersions(db, me, wanted.history ?? '', 0, VERSIONS),
      listThread(db, me, id, wanted.post ?? ''),
      ...postQueries(db, viewer, id, after, PAGE),
    ]);
  if (!course) throw new Problem('course-not-found');
  if (!about) throw new Problem('person-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const prompt = knownPrompt(deps, ruleSet, id);
  const rule = ruleSet.prompts[id] ?? { criteria: [] };
  const everybodys = shownPosts(viewer, ...found);
  const { open, rows, pinned } = personId === person.personId ? everybodys : { open: true, rows: found[2], pinned: [] };
  const { items, link } = await pageOf(secret, list, url, rows, PAGE, (row) => ({ at: row.createdAt, id: row.id }));
  const graded = counted ? (await rulesByHash(deps, db, at.institutionId, counted.ruleSet)).prompts[id] : rule;
  const { opensAt, dueAt, closesAt } = windowFor(windows, { kind: 'prompt', activity: id, unit: prompt.unit });
  const participation = participationBody(graded, counted?.counted ?? null);
  const replies = countsOf(rule).filter(({ fact }) => fact !== 'committedPosts');
  const shown = thread.length > 0 ? thread : [...pinned, ...items];
  return {
    course,
    about,
    times: timesIn(course.timeZone),
    prompt: { ...prompt, html: prompt.html ?? (await renderPost(deps.catalogue, prompt.text)) },
    dates: { opensAt: timeOf(opensAt), dueAt: timeOf(dueAt), closesAt: timeOf(closesAt) },
    gate: gateBody(rule, open),
    /** What a post of one's own must have to count, and a reply, where replies do. */
    floor: floorOf(rule),
    replyFloor: replies.length === 0 ? null : { words: Math.max(...replies.map(({ words }) => words)), claims: 0 },
    participation: {
      ...participation,
      criteria: participation.criteria.map((one) => {
        const own = windowFor(windows, { kind: 'criterion', activity: `${id}:${one.id}`, unit: prompt.unit });
        return { ...one, dueAt: timeOf(own.dueAt) };
      }),
    },
    posts: shown.map((row) => ({
      ...postBody(row),
      flagged: flags.find(({ post }) => post === row.id)?.reason ?? null,
    })),
    /** One thread alone is shown; or it was asked for, and there is none to be seen. */
    thread: thread.length > 0 ? wanted.post! : null,
    missing: wanted.post !== undefined && thread.length === 0,
    versions: versions.map(postBody),
    draft: draft ? draftBody(draft) : null,
    /** The address of the next page, if there is one. */
    next: thread.length > 0 ? undefined : nextOf(link),
  };
};

export type PromptRead = Awaited<ReturnType<typeof readPrompt>>;
export type Post = PromptRead['posts'][number];
