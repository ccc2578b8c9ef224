import { readdir, readFile } from 'node:fs/promises';
import { createClient } from '@libsql/client/http';
import { type Migration, migrate } from '../src/db/migrate.ts';

/** The migrations in drizzle/, in order. */
export const readMigrations = async (): Promise<Migration[]> => {
  const names = (await readdir('drizzle')).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => ({ name: name.replace('.sql', ''), sql: await readFile(`drizzle/${name}`, 'utf8') })),
  );
};

/** Brings a database up to date; gives the names of the migrations applied. */
export const migrateDatabase = async (url: string, authToken?: string): Promise<string[]> =>
  migrate(createClient({ url, authToken }), await readMigrations(), Date.now());

if (import.meta.main) {
  const { TURSO_URL, TURSO_TOKEN } = process.env;
  if (!TURSO_URL) {
    console.error('Set TURSO_URL (and TURSO_TOKEN) to the database to migrate.');
    process.exit(1);
  }
  const applied = await migrateDatabase(TURSO_URL, TURSO_TOKEN);
  console.log(applied.length === 0 ? 'Nothing to do: all migrations are in.' : `Applied: ${applied.join(', ')}`);
}
