import * as z from 'zod';
import { asPerson } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { participationSchema } from '../grades/participation-body.ts';
import { pageOf, readCursor } from '../paging.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { draftsApi } from './drafts-api.ts';
import { moderationApi } from './moderation-api.ts';
import { gateBody, gateSchema, postBody, postSchema, postsQuery, postTag } from './post-body.ts';
import { changePost, changePostSchema, deletePost, knownPrompt, writePost, writePostSchema } from './posts.ts';
import { promptsApi } from './prompts-api.ts';
import { postQueries, shownPosts } from './read-posts.ts';
import { findPost, listVersions, viewerOf } from './store.ts';

export const discussionApi = [
  ...promptsApi,
  route({
    method: 'post',
    path: '/v1/courses/{course}/prompts/{prompt}/posts',
    title: 'Post to a prompt, or reply to a post',
    action: 'posts:write',
    body: writePostSchema,
    returns: () => ({
      201: postSchema().extend({ participation: participationSchema() }).meta({ id: 'PostWithParticipation' }),
    }),
    handle: async ({ deps, actor, params, once, body }) => {
      const reply = await writePost(deps, actor, params.prompt, once, body);
      return { status: 201, ...reply, headers: { etag: postTag(reply.body) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts/{prompt}/posts',
    title: 'The posts you may see, oldest first; pinned ones before them on the first page',
    action: 'posts:read',
    query: postsQuery,
    returns: () => ({ 200: z.object({ items: z.array(postSchema()), gate: gateSchema() }) }),
    handle: async ({ deps, actor, params, query, url }) => {
      const { prompt } = params;
      const person = asPerson(actor);
      const viewer = viewerOf(person);
      const secret = deps.config.sessionSecret;
      const list = `posts ${params.course} ${prompt}`;
      const after = await readCursor(secret, list, query.cursor);
      const db = deps.dbFor(person.institutionId);
      const [, [current], ...found] = await db.batch([
        standing(db, actor, 'posts:read', params.course),
        findCurrentRules(db, person.institutionId, params.course, believedRules(deps, params.course).hash),
        ...postQueries(db, viewer, prompt, after, query.limit),
      ]);
      const { open, rows, pinned } = shownPosts(viewer, ...found);
      const { ruleSet } = adoptRules(deps, params.course, current);
      knownPrompt(deps, ruleSet, prompt);
      const rule = ruleSet.prompts[prompt];
      const { items, link } = await pageOf(secret, list, url, rows, query.limit, (row) => ({
        at: row.createdAt,
        id: row.id,
      }));
      const shown = [...pinned, ...items];
      return { status: 200, body: { items: shown.map(postBody), gate: gateBody(rule, open) }, headers: { link } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/posts/{post}',
    title: 'A post',
    action: 'posts:read',
    returns: () => ({ 200: postSchema() }),
    handle: async ({ deps, actor, params }) => {
      const person = asPerson(actor);
      const db = deps.dbFor(person.institutionId);
      const [, [row]] = await db.batch([
        standing(db, actor, 'posts:read', params.course),
        findPost(db, viewerOf(person), params.post),
      ]);
      if (!row) throw new Problem('post-not-found');
      return { status: 200, body: postBody(row), headers: { etag: postTag(postBody(row)) } };
    },
  }),
  route({
    method: 'patch',
    path: '/v1/courses/{course}/posts/{post}',
    title: 'Change your post: a new version; what was committed stays',
    action: 'posts:write',
    ifMatch: true,
    body: changePostSchema,
    returns: () => ({ 200: postSchema() }),
    handle: async ({ deps, actor, params, ifMatch, body }) => {
      const post = await changePost(deps, actor, params.post, ifMatch!, body);
      return { status: 200, body: post, headers: { etag: postTag(post) } };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/posts/{post}',
    title: 'Delete your post; replies keep their place',
    action: 'posts:write',
    returns: () => ({ 204: null }),
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
    query: postsQuery,
    returns: () => ({ 200: z.object({ items: z.array(postSchema()) }) }),
    handle: async ({ deps, actor, params, query, url }) => {
      const person = asPerson(actor);
      const secret = deps.config.sessionSecret;
      const list = `versions ${params.post}`;
      const after = await readCursor(secret, list, query.cursor);
      const db = deps.dbFor(person.institutionId);
      const [, rows] = await db.batch([
        standing(db, actor, 'posts:read', params.course),
        listVersions(db, viewerOf(person), params.post, after?.at ?? 0, query.limit),
      ]);
      if (rows.length === 0) throw new Problem('post-not-found');
      const { items, link } = await pageOf(secret, list, url, rows, query.limit, ({ version, id }) => ({
        at: version,
        id,
      }));
      return { status: 200, body: { items: items.map(postBody) }, headers: { link } };
    },
  }),
  ...moderationApi,
  ...draftsApi,
];
