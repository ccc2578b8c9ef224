import * as z from 'zod';
import { asPerson } from '../auth/actor.ts';
import { listPage } from '../auth/list-page.ts';
import { route } from '../route.ts';
import { clearAllFlags, clearFlagsSchema, flagPost, flagSchema, raisedFlagSchema, unflagPost } from './flags.ts';
import { listQueue } from './flags-store.ts';
import { hidingSchema, releasePost, setHiding, setLock, setPin } from './moderation.ts';
import { postSchema, postsQuery } from './post-body.ts';
import { queuedBody, queuedSchema } from './review-queue.ts';
import { viewerOf } from './store.ts';

export const moderationApi = [
  route({
    method: 'put',
    path: '/v1/courses/{course}/posts/{post}/hiding',
    title: 'Hide a post from students, its author too, who is told the reason',
    action: 'posts:moderate',
    body: hidingSchema,
    returns: () => ({ 200: postSchema() }),
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
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params }) => {
      await setHiding(deps, actor, params.post, null);
      return { status: 204 };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/posts/{post}/lock',
    title: 'Lock a thread: it takes no more replies',
    action: 'posts:moderate',
    returns: () => ({ 200: postSchema() }),
    handle: async ({ deps, actor, params }) => ({ status: 200, body: await setLock(deps, actor, params.post, true) }),
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/posts/{post}/lock',
    title: 'Unlock a thread',
    action: 'posts:moderate',
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params }) => {
      await setLock(deps, actor, params.post, false);
      return { status: 204 };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/posts/{post}/pin',
    title: 'Pin a post: it stands before the others of its prompt',
    action: 'posts:moderate',
    returns: () => ({ 200: postSchema() }),
    handle: async ({ deps, actor, params }) => ({ status: 200, body: await setPin(deps, actor, params.post, true) }),
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/posts/{post}/pin',
    title: 'Unpin a post',
    action: 'posts:moderate',
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params }) => {
      await setPin(deps, actor, params.post, false);
      return { status: 204 };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/posts/{post}/release',
    title: 'Let a held post through to the class; its author is not held any more',
    action: 'posts:moderate',
    returns: () => ({ 200: postSchema() }),
    handle: async ({ deps, actor, params }) => ({ status: 200, body: await releasePost(deps, actor, params.post) }),
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/posts/{post}/flag',
    title: "Ask the staff to look at somebody's post, with a reason",
    action: 'posts:flag',
    body: flagSchema,
    returns: () => ({ 200: raisedFlagSchema() }),
    handle: async ({ deps, actor, params, body }) => ({
      status: 200,
      body: await flagPost(deps, actor, params.post, body.reason),
    }),
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/posts/{post}/flag',
    title: 'Take your flag back',
    action: 'posts:flag',
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params }) => {
      await unflagPost(deps, actor, params.post);
      return { status: 204 };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/posts/{post}/flags',
    title: 'Clear all flags of a post: you have looked at it',
    action: 'posts:moderate',
    body: clearFlagsSchema,
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params, body }) => {
      await clearAllFlags(deps, actor, params.post, body.reason);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/review-queue',
    title: 'What waits for you: held posts and flagged ones, oldest first',
    action: 'posts:moderate',
    query: postsQuery,
    returns: () => ({ 200: z.object({ items: z.array(queuedSchema()) }) }),
    handle: async (call) => {
      const viewer = viewerOf(asPerson(call.actor));
      const { courseId } = viewer;
      const { items, link } = await listPage(
        call,
        { list: `queue ${courseId}`, action: 'posts:moderate', courseId },
        (db, _, after, limit) => listQueue(db, viewer, after, limit),
        ({ queuedAt, id }) => ({ at: queuedAt, id }),
      );
      return { status: 200, body: { items: items.map(queuedBody) }, headers: { link } };
    },
  }),
];
