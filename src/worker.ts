import { v7 } from 'uuid';
import { catalogue, documents, migrations } from '#catalogue';
import { createApp } from './app.ts';
import { configFrom, type Env } from './config.ts';
import { connect } from './db/client.ts';
import type { Deps } from './deps.ts';

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
  fetch: (request: Request, env: Env) => {
    app ??= createApp(dependencies(env));
    return app.fetch(request);
  },
};
