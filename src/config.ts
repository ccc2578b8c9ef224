/** What wrangler binds. Only `worker.ts` sees it. */
export type Env = {
  TURSO_URL: string;
  TURSO_TOKEN?: string;
  SESSION_SECRET: string;
  ROOT_KEY: string;
  /** "true" in development: platforms and webhooks may be on this machine. */
  ALLOW_LOOPBACK?: string;
  PERSON_LIMIT?: RateLimiter;
  KEY_LIMIT?: RateLimiter;
};

/** The Workers rate-limit binding. */
export type RateLimiter = { limit: (options: { key: string }) => Promise<{ success: boolean }> };

export type Config = {
  databaseUrl: string;
  databaseToken: string | undefined;
  sessionSecret: string;
  rootKey: string;
  /** How long a session token lives. */
  sessionMs: number;
  /** Whether what goes out may go to this machine: in development and tests alone. */
  allowsLoopback: boolean;
  limits: { person: RateLimiter | undefined; key: RateLimiter | undefined };
};

/** Resolves the environment once. Throws where a secret is missing or too short to be one. */
export const configFrom = (env: Env): Config => {
  for (const name of ['TURSO_URL', 'SESSION_SECRET', 'ROOT_KEY'] as const)
    if (!env[name]) throw new Error(`${name} is not set: wrangler secret put ${name}`);
  if (env.SESSION_SECRET.length < 32) throw new Error('SESSION_SECRET is too short: use at least 32 random characters');
  if (env.ROOT_KEY.length < 8)
    throw new Error('ROOT_KEY is too short: use at least 16 random characters, and never under 8');
  return {
    databaseUrl: env.TURSO_URL,
    databaseToken: env.TURSO_TOKEN || undefined,
    sessionSecret: env.SESSION_SECRET,
    rootKey: env.ROOT_KEY,
    sessionMs: 12 * 3_600_000,
    allowsLoopback: env.ALLOW_LOOPBACK === 'true',
    limits: { person: env.PERSON_LIMIT, key: env.KEY_LIMIT },
  };
};
