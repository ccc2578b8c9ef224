import { v7 } from 'uuid';
import { catalogue, documents, migrations } from '#catalogue';
import { createApp } from './app.ts';
import { configFrom, type Env } from './config.ts';
import { connect } from './db/client.ts';
import type { Deps } from './deps.ts';
import { Problem, problemDocument } from './problem.ts';

const dependencies = (env: Env): Deps => {
  const config = configFrom(env);
  return {
    dbFor: () => connect(config.databaseUrl, config.databaseToken, fetch),
    now: Date.now,
    newId: v7,
    config,
    catalogue,
    documents,
    migrations,
    rules: { byHash: new Map(), byCourse: new Map() },
    log: (entry) => console.log(JSON.stringify(entry)),
  };
};

let app: ReturnType<typeof createApp> | undefined;

export default {
  fetch: (request: Request, env: Env): Response | Promise<Response> => {
    try {
      app ??= createApp(dependencies(env));
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', problem: 'not-ready', reason: String(error) }));
      const document = problemDocument(new Problem('not-ready', { reason: 'the Worker is not configured' }), '');
      const headers = { 'content-type': 'application/problem+json', 'retry-after': '60' };
      return new Response(JSON.stringify(document), { status: 503, headers });
    }
    return app.fetch(request);
  },
};
