import { v7 } from 'uuid';
import { catalogue, migrations } from '#catalogue';
import { createApp } from './app.ts';
import { configFrom, type Env } from './config.ts';
import { connect } from './db/client.ts';
import type { Deps } from './deps.ts';
import { writeProblem } from './edge.ts';
import { Problem } from './problem.ts';

const log: Deps['log'] = (entry) => console.log(JSON.stringify(entry));

const dependencies = (env: Env): Deps => {
  const config = configFrom(env);
  return {
    dbFor: () => connect(config.databaseUrl, config.databaseToken, fetch),
    now: Date.now,
    newId: v7,
    config,
    catalogue,
    migrations,
    rules: { byHash: new Map(), verdictIds: new Map(), byCourse: new Map() },
    log,
  };
};

let app: ReturnType<typeof createApp> | undefined;

export default {
  fetch: (request: Request, env: Env): Response | Promise<Response> => {
    try {
      app ??= createApp(dependencies(env));
    } catch (error) {
      return writeProblem(
        log,
        new Problem('not-ready', { cause: error, reason: 'the Worker is not configured' }),
        crypto.randomUUID(),
      );
    }
    return app.fetch(request);
  },
};
