import * as z from 'zod';
import { touchMigration } from './db/ready.ts';
import { Problem } from './problem.ts';
import { route } from './route.ts';

export const siteApi = [
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
