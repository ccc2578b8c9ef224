import * as z from 'zod';
import { touchMigration } from './db/ready.ts';
import { lazily } from './lazily.ts';
import { Problem } from './problem.ts';
import { fixedRoute, route } from './route.ts';

const anyObject = lazily(() => z.record(z.string(), z.unknown()));
const document = (path: string, title: string, schema: (() => z.ZodType) | null = null) =>
  fixedRoute(path, title, schema, ({ documents }) => documents[path]);

export const siteApi = [
  document('/', 'What this is'),
  document('/docs', 'These routes, to read'),
  document('/openapi.json', 'These routes, as OpenAPI 3.1', anyObject),
  route({
    method: 'get',
    path: '/healthz',
    title: 'Whether the Worker runs',
    action: null,
    returns: () => ({ 200: z.object({ status: z.literal('ok') }) }),
    handle: () => ({ status: 200, body: { status: 'ok' } }),
  }),
  route({
    method: 'get',
    path: '/readyz',
    title: 'Whether the database answers, takes a write, and has its migrations',
    action: null,
    returns: () => ({ 200: z.object({ status: z.literal('ok'), migrations: z.array(z.string()) }) }),
    handle: async ({ deps }) => {
      const applied = await touchMigration(deps.dbFor('')).catch((cause) => {
        throw new Problem('not-ready', { cause, reason: 'the database does not answer or takes no writes' });
      });
      const names = applied.map(({ name }) => name).sort();
      const missing = deps.migrations.filter((name) => !names.includes(name));
      if (missing.length > 0)
        throw new Problem('not-ready', { reason: `migrations are missing: ${missing.join(', ')}` });
      return { status: 200, body: { status: 'ok', migrations: names } };
    },
  }),
];
