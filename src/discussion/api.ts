import * as z from 'zod';
import { type Actor, asPerson, institutionOf, isStaff, type Person } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf, windowFor } from '../courses/schedule.ts';
import { listWindows } from '../courses/store.ts';
import type { Deps } from '../deps.ts';
import { revisionTag } from '../etag.ts';
import { countsOf, floorOf } from '../grading/participation.ts';
import type { PromptRule } from '../grading/rule-set.ts';
import { pageOf, pageQuery, readCursor } from '../paging.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { draftBody, draftSchema, saveDraft } from './drafts.ts';
import { hidingSchema, setHiding } from './moderation.ts';
import { participationBody, postBody } from './post-body.ts';
import { changePost, changePostSchema, deletePost, knownPrompt, writePost, writePostSchema } from './posts.ts';
import {
  countParticipation,
  findDraft,
  findPost,
  isCommitted,
  listCommitted,
  listPosts,
  listVersions,
  type Viewer,
} from './store.ts';

const time = z.iso.datetime().nullable();
const criterionResult = z.object({
  id: z.string(),
  title: z.string(),
  points: z.number(),
  max: z.number(),
  done: z.boolean(),
  needs: z.string().nullable(),
});
const participationSchema = z
  .object({ points: z.number(), max: z.number(), criteria: z.array(criterionResult) })
  .meta({ id: 'Participation' });
const gateSchema = z.object({ open: z.boolean(), needs: z.array(z.string()) }).meta({ id: 'Gate' });
const promptSchema = z
  .object({
    id: z.string(),
    unit: z.string(),
    title: z.string(),
    text: z.string(),
    html: z.string(),
    source: z.string().nullable(),
    points: z.number(),
    gate: gateSchema,
    opensAt: time,
    dueAt: time,
    closesAt: time,
  })
  .meta({ id: 'Prompt' });
const postSchema = z
  .object({
    id: z.string(),
    prompt: z.string(),
    parentId: z.string().nullable(),
    author: z.object({ id: z.string(), name: z.string() }),
    body: z.string().nullable(),
    html: z.string().nullable(),
    claims: z.array(z.string()),
    role: z.string().nullable(),
    version: z.int(),
    state: z.enum(['visible', 'below-floor', 'hidden', 'deleted']),
    createdAt: z.iso.datetime(),
    editedAt: time,
  })
  .meta({ id: 'Post' });
const draftReturned = z
  .object({
    body: z.string(),
    claims: z.array(z.string()),
    role: z.string().nullable(),
    parentId: z.string().nullable(),
    revision: z.int(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Draft' });

const viewerOf = ({ courseId, personId, role }: Person): Viewer => ({ courseId, personId, staff: role !== 'learner' });

const gateBody = (rule: PromptRule | undefined, open: boolean) => {
  const { words, claims } = floorOf(rule ?? { criteria: [] });
  const cite = claims === 0 ? '' : ` that cites at least ${claims} ${claims === 1 ? 'claim' : 'claims'}`;
  return { open, needs: open ? [] : [`Commit a post of your own of at least ${words} words${cite}.`] };
};

const readPrompts = async (deps: Deps, actor: Actor, courseId: string, ids: string[]) => {
  const institutionId = institutionOf(actor);
  const personId = actor.kind === 'person' ? actor.personId : '';
  const db = deps.dbFor(institutionId);
  const [, [current], windows, committed] = await db.batch([
    standing(db, actor, 'prompts:read', courseId),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
    listWindows(db, courseId, personId),
    listCommitted(db, courseId, personId),
  ]);
  const { ruleSet } = adoptRules(deps, courseId, current);
  const open = (id: string) => actor.kind === 'key' || isStaff(actor) || committed.some(({ prompt }) => prompt === id);
  return ids.map((id) => {
    const { opensAt, dueAt, closesAt } = windowFor(windows, 'prompt', id);
    const rule = ruleSet.prompts[id];
    return {
      ...deps.catalogue.prompts[id]!,
      points: participationBody(rule, null).max,
      gate: gateBody(rule, open(id)),
      opensAt: timeOf(opensAt),
      dueAt: timeOf(dueAt),
      closesAt: timeOf(closesAt),
    };
  });
};

export const discussionApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts',
    title: 'The discussion prompts',
    action: 'prompts:read',
    returns: { 200: z.object({ items: z.array(promptSchema) }) },
    handle: async ({ deps, actor, params }) => {
      const ids = deps.catalogue.units.flatMap(({ prompts }) => prompts);
      return { status: 200, body: { items: await readPrompts(deps, actor, params.course, ids) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts/{prompt}',
    title: 'A prompt and its gate',
    action: 'prompts:read',
    returns: { 200: promptSchema },
    handle: async ({ deps, actor, params }) => {
      const [body] = await readPrompts(deps, actor, params.course, [knownPrompt(deps, params.prompt)]);
      return { status: 200, body };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts/{prompt}/participation',
    title: 'What you have done in a prompt, criterion by criterion',
    action: 'posts:read',
    returns: { 200: participationSchema },
    handle: async ({ deps, actor, params }) => {
      const prompt = knownPrompt(deps, params.prompt);
      const person = asPerson(actor);
      const db = deps.dbFor(person.institutionId);
      const read = (rule: PromptRule) =>
        db.batch([
          standing(db, actor, 'posts:read', params.course),
          findCurrentRules(db, person.institutionId, params.course, believedRules(deps, params.course).hash),
          countParticipation(db, { person, prompt, counts: countsOf(rule) }),
        ]);
      const believed = believedRules(deps, params.course);
      const noRule: PromptRule = { criteria: [] };
      let [, [current], [counted]] = await read(believed.ruleSet.prompts[prompt] ?? noRule);
      const rules = adoptRules(deps, params.course, current);
      const rule = rules.ruleSet.prompts[prompt] ?? noRule;
      if (rules.hash !== believed.hash) [, , [counted]] = await read(rule);
      return { status: 200, body: participationBody(rule, counted!.counted) };
    },
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/prompts/{prompt}/posts',
    title: 'Post to a prompt, or reply to a post',
    action: 'posts:write',
    body: writePostSchema,
    returns: { 201: postSchema.extend({ participation: participationSchema }).meta({ id: 'PostWithParticipation' }) },
    handle: async ({ deps, actor, params, once, body }) => {
      const { version, ...reply } = await writePost(deps, actor, params.prompt, once, body);
      return { status: 201, ...reply, headers: { etag: revisionTag(version) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts/{prompt}/posts',
    title: 'The posts you may see, oldest first',
    action: 'posts:read',
    query: pageQuery,
    returns: { 200: z.object({ items: z.array(postSchema), gate: gateSchema }) },
    handle: async ({ deps, actor, params, query, url }) => {
      const prompt = knownPrompt(deps, params.prompt);
      const person = asPerson(actor);
      const viewer = viewerOf(person);
      const secret = deps.config.sessionSecret;
      const list = `posts ${params.course} ${prompt}`;
      const after = await readCursor(secret, list, query.cursor);
      const db = deps.dbFor(person.institutionId);
      const [, [current], [gate], rows] = await db.batch([
        standing(db, actor, 'posts:read', params.course),
        findCurrentRules(db, person.institutionId, params.course, believedRules(deps, params.course).hash),
        isCommitted(db, viewer, prompt),
        listPosts(db, viewer, prompt, after, query.limit),
      ]);
      const rule = adoptRules(deps, params.course, current).ruleSet.prompts[prompt];
      const { items, link } = await pageOf(secret, list, url, rows, query.limit, (row) => ({
        at: row.createdAt,
        id: row.id,
      }));
      const open = viewer.staff || gate!.open === 1;
      return { status: 200, body: { items: items.map(postBody), gate: gateBody(rule, open) }, headers: { link } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/posts/{post}',
    title: 'A post',
    action: 'posts:read',
    returns: { 200: postSchema },
    handle: async ({ deps, actor, params }) => {
      const person = asPerson(actor);
      const db = deps.dbFor(person.institutionId);
      const [, [row]] = await db.batch([
        standing(db, actor, 'posts:read', params.course),
        findPost(db, viewerOf(person), params.post),
      ]);
      if (!row) throw new Problem('post-not-found');
      return { status: 200, body: postBody(row), headers: { etag: revisionTag(row.version) } };
    },
  }),
  route({
    method: 'patch',
    path: '/v1/courses/{course}/posts/{post}',
    title: 'Change your post: a new version; what was committed stays',
    action: 'posts:write',
    ifMatch: true,
    body: changePostSchema,
    returns: { 200: postSchema },
    handle: async ({ deps, actor, params, ifMatch, body }) => {
      const post = await changePost(deps, actor, params.post, ifMatch!, body);
      return { status: 200, body: post, headers: { etag: revisionTag(post.version) } };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/posts/{post}',
    title: 'Delete your post; replies keep their place',
    action: 'posts:write',
    returns: { 204: null },
    handle: async ({ deps, actor, params }) => {
      await deletePost(deps, actor, params.post);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/posts/{post}/versions',
    title: 'What a post said, version by version',
    action: 'posts:read',
    returns: { 200: z.object({ items: z.array(postSchema) }) },
    handle: async ({ deps, actor, params }) => {
      const person = asPerson(actor);
      const db = deps.dbFor(person.institutionId);
      const [, rows] = await db.batch([
        standing(db, actor, 'posts:read', params.course),
        listVersions(db, viewerOf(person), params.post),
      ]);
      if (rows.length === 0) throw new Problem('post-not-found');
      return { status: 200, body: { items: rows.map(postBody) } };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/posts/{post}/hiding',
    title: 'Hide a post from students, with a reason',
    action: 'posts:moderate',
    body: hidingSchema,
    returns: { 200: postSchema.extend({ hiddenReason: z.string().nullable() }).meta({ id: 'ModeratedPost' }) },
    handle: async ({ deps, actor, params, body }) => ({
      status: 200,
      body: await setHiding(deps, actor, params.post, body.reason),
    }),
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/posts/{post}/hiding',
    title: 'Show a hidden post again',
    action: 'posts:moderate',
    returns: { 204: null },
    handle: async ({ deps, actor, params }) => {
      await setHiding(deps, actor, params.post, null);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts/{prompt}/draft',
    title: 'Your draft',
    action: 'posts:write',
    returns: { 200: draftReturned },
    handle: async ({ deps, actor, params }) => {
      const person = asPerson(actor);
      const db = deps.dbFor(person.institutionId);
      const [, [row]] = await db.batch([
        standing(db, actor, 'posts:write', params.course),
        findDraft(db, person, knownPrompt(deps, params.prompt)),
      ]);
      if (!row) throw new Problem('draft-not-found');
      return { status: 200, body: draftBody(row), headers: { etag: revisionTag(row.revision) } };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/prompts/{prompt}/draft',
    title: 'Keep your draft (If-Match from the second time on)',
    action: 'posts:write',
    body: draftSchema,
    returns: { 200: draftReturned },
    handle: async ({ deps, actor, params, ifMatch, body }) => {
      const row = await saveDraft(deps, actor, params.prompt, ifMatch, body);
      return { status: 200, body: draftBody(row), headers: { etag: revisionTag(row.revision) } };
    },
  }),
];
