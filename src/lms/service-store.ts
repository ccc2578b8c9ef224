import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';

/** Keeps a platform's access tokens, sealed. */
export const updateTokens = (db: Database, platformId: string, sealed: string) =>
  db.run(sql`update platform set tokens = ${sealed} where id = ${platformId}`);

/** Leaves a platform alone until a time (ms), or longer where that was said before. */
export const pausePlatform = (db: Database, platformId: string, until: number) =>
  db.run(sql`update platform set paused_until = max(coalesce(paused_until, 0), ${until}) where id = ${platformId}`);
