import * as z from 'zod';
import { listPage } from '../auth/list-page.ts';
import { lazily } from '../lazily.ts';
import { pageQuery } from '../paging.ts';
import { route } from '../route.ts';
import {
  createWebhook,
  createWebhookSchema,
  deleteWebhook,
  newWebhookSchema,
  pingSchema,
  pingWebhook,
  retryWebhook,
  webhookBody,
  webhookSchema,
} from './webhooks.ts';
import { listWebhooks } from './webhooks-store.ts';

const webhooksSchema = lazily(() => z.object({ items: z.array(webhookSchema()) }).meta({ id: 'Webhooks' }));

export const webhooksApi = [
  route({
    method: 'post',
    path: '/v1/webhooks',
    title: 'Be told of every grade that changes: signed messages (Standard Webhooks), at least once each',
    action: 'webhooks:manage',
    body: createWebhookSchema,
    returns: () => ({ 201: newWebhookSchema() }),
    handle: async ({ deps, actor, once, body }) => ({
      status: 201,
      ...(await createWebhook(deps, actor, once, body.url)),
    }),
  }),
  route({
    method: 'get',
    path: '/v1/webhooks',
    title: 'The webhooks of the institution',
    action: 'webhooks:manage',
    query: pageQuery,
    returns: () => ({ 200: webhooksSchema() }),
    handle: async (call) => {
      const { items, link } = await listPage(call, { list: 'webhooks', action: 'webhooks:manage' }, listWebhooks);
      return { status: 200, body: { items: items.map(webhookBody) }, headers: { link } };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/webhooks/{webhook}',
    title: 'Take a webhook away',
    action: 'webhooks:manage',
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params }) => {
      await deleteWebhook(deps, actor, params.webhook);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/v1/webhooks/{webhook}/retry',
    title: 'Send again what waits for a webhook or was given up; one that was disabled is told again from now on',
    action: 'webhooks:manage',
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params, once }) => {
      const { replayed } = await retryWebhook(deps, actor, once, params.webhook);
      return { status: 204, replayed };
    },
  }),
  route({
    method: 'post',
    path: '/v1/webhooks/{webhook}/ping',
    title: 'Try a webhook: what it answers to a signed message that says nothing',
    action: 'webhooks:manage',
    returns: () => ({ 200: pingSchema() }),
    handle: async ({ deps, actor, params, once }) => ({
      status: 200,
      ...(await pingWebhook(deps, actor, once, params.webhook)),
    }),
  }),
];
