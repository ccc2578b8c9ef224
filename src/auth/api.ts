import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { pageQuery } from '../paging.ts';
import { route } from '../route.ts';
import { roles, scopes } from './actor.ts';
import { createInstitution, createInstitutionSchema } from './institutions.ts';
import { createKey, createKeySchema, revokeKey } from './keys.ts';
import { listPage } from './list-page.ts';
import { openSession, openSessionSchema } from './open-session.ts';
import { listApiKeys } from './store.ts';

const time = z.iso.datetime();
const keySchema = lazily(() =>
  z
    .object({
      id: z.string(),
      name: z.string(),
      scopes: z.array(z.enum(scopes)),
      createdAt: time,
      revokedAt: time.nullable(),
    })
    .meta({ id: 'ApiKey' }),
);
const newKeySchema = lazily(() =>
  keySchema().omit({ revokedAt: true }).extend({ secret: z.string() }).meta({ id: 'ApiKeyWithSecret' }),
);

type KeyRow = { id: string; name: string; scopes: string[]; createdAt: number; revokedAt: number | null };
const keyBody = (row: KeyRow) => ({
  ...row,
  createdAt: new Date(row.createdAt).toISOString(),
  revokedAt: row.revokedAt === null ? null : new Date(row.revokedAt).toISOString(),
});

export const authApi = [
  route({
    method: 'post',
    path: '/v1/institutions',
    title: 'Make an institution and its first key',
    action: 'institutions:create',
    body: createInstitutionSchema,
    returns: () => ({
      201: z.object({ id: z.string(), name: z.string(), key: newKeySchema() }).meta({ id: 'Institution' }),
    }),
    handle: async ({ deps, actor, once, body }) => ({
      status: 201,
      ...(await createInstitution(deps, actor, once, body)),
    }),
  }),
  route({
    method: 'post',
    path: '/v1/keys',
    title: 'Make an API key; its secret is shown once',
    action: 'keys:manage',
    body: createKeySchema,
    returns: () => ({ 201: newKeySchema() }),
    handle: async ({ deps, actor, once, body }) => ({ status: 201, ...(await createKey(deps, actor, once, body)) }),
  }),
  route({
    method: 'get',
    path: '/v1/keys',
    title: "The institution's API keys",
    action: 'keys:manage',
    query: pageQuery,
    returns: () => ({ 200: z.object({ items: z.array(keySchema()) }) }),
    handle: async (call) => {
      const { items, link } = await listPage(call, { list: 'keys', action: 'keys:manage' }, listApiKeys);
      return { status: 200, body: { items: items.map(keyBody) }, headers: { link } };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/keys/{key}',
    title: 'Revoke an API key',
    action: 'keys:manage',
    returns: () => ({ 200: keySchema() }),
    handle: async ({ deps, actor, params }) => ({
      status: 200,
      body: keyBody(await revokeKey(deps, actor, params.key)),
    }),
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/sessions',
    title: "A session token for one of the institution's people in this course",
    action: 'sessions:create',
    body: openSessionSchema,
    returns: () => ({
      201: z
        .object({
          token: z.string(),
          expiresAt: time,
          person: z.object({
            id: z.string(),
            externalId: z.string(),
            name: z.string().nullable(),
            role: z.enum(roles),
          }),
        })
        .meta({ id: 'Session' }),
    }),
    handle: async ({ deps, actor, params, once, body }) => ({
      status: 201,
      ...(await openSession(deps, actor, params.course, once, body)),
    }),
  }),
];
