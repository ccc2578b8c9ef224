import { catalogue, migrations } from '#catalogue';
import { type Config, configFrom, type Env } from './config.ts';
import type { Deps } from './deps.ts';
import { staticReply } from './static-body.ts';

type Site = typeof import('./deployed.ts');
type Deployed = ReturnType<Site['deployed']>;
type Context = NonNullable<Parameters<Deployed['app']['fetch']>[2]>;

const log: Deps['log'] = (entry) => console.log(JSON.stringify(entry));

let config: Config | undefined;
let site: Site | undefined;
let deployed: Deployed | undefined;

/** All but content: `deployed.ts` and what it imports. That is nearly everything to start, so it waits for a request that needs it. */
const loadSite = async (): Promise<Site> => {
  const { load } = await import('#site');
  // What was loaded is kept, and no promise: a request must not wait for another's work.
  site ??= load();
  return site;
};

/** The reply to a plain GET of content. A HEAD, a query or a last slash is for the site, which has these routes too. */
const contentReply = ({ method, url, headers }: Request): Response | undefined => {
  const body = method === 'GET' ? catalogue.bodies[url.slice(url.indexOf('/', 'https://'.length))] : undefined;
  return body && staticReply(body, headers.get('if-none-match') ?? undefined);
};

const start = async (resolved: Config): Promise<Deployed> => {
  const loaded = await loadSite();
  deployed ??= loaded.deployed({ config: resolved, catalogue, migrations, log });
  return deployed;
};

export default {
  fetch: (request: Request, env: Env, context: Context): Response | Promise<Response> => {
    try {
      config ??= configFrom(env);
    } catch (error) {
      return loadSite().then(({ notConfigured }) => notConfigured(log, error));
    }
    const rest = () => start(config!).then(({ app }) => app.fetch(request, {}, context));
    return contentReply(request) ?? deployed?.app.fetch(request, {}, context) ?? rest();
  },
  scheduled: async ({ cron }: { cron: string }, env: Env): Promise<void> => {
    config ??= configFrom(env);
    await (await start(config)).tick(cron);
  },
};
