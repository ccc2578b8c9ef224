import type { Client } from '@libsql/client';

export type Migration = { name: string; sql: string };

/**
 * Applies the migrations that have not run yet, in order, each with its record in one transaction.
 * Returns the names of those applied. Safe to run twice.
 */
export const migrate = async (client: Client, migrations: readonly Migration[], now: number): Promise<string[]> => {
  await client.execute(
    'create table if not exists migration (name text primary key not null, applied_at integer not null) strict',
  );
  const done = new Set((await client.execute('select name from migration')).rows.map((row) => String(row.name)));
  const pending = migrations.filter(({ name }) => !done.has(name));
  for (const { name, sql } of pending)
    await client.batch(
      [...statementsOf(sql), { sql: 'insert into migration (name, applied_at) values (?, ?)', args: [name, now] }],
      'write',
    );
  return pending.map(({ name }) => name);
};

/** A file's statements: each ends with `;` at the end of a line, triggers on one line of their own. */
const statementsOf = (sql: string): string[] =>
  sql
    .split(/;[ \t]*\n/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
