import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import { toolKey } from '../db/lti-schema.ts';

export type ToolKeyRow = typeof toolKey.$inferSelect;

/** The tool's keys, which are nobody's tenant's. */
export const listToolKeys = (db: Database) => db.select().from(toolKey);

/** Keeps a key that somebody else has not made meanwhile: there is one of a kind newer than `unlessSince` (ms) at most. */
export const insertToolKey = (db: Database, row: ToolKeyRow, unlessSince: number) =>
  db.run(sql`insert into tool_key (kid, public_jwk, sealed_private_jwk, created_at)
    select ${row.kid}, ${row.publicJwk}, ${row.sealedPrivateJwk}, ${row.createdAt}
    where not exists (select 1 from tool_key where created_at > ${unlessSince})`);

export const removeToolKeys = (db: Database, kids: readonly string[]) =>
  db.run(sql`delete from tool_key where kid in (select value from json_each(${JSON.stringify(kids)}))`);
