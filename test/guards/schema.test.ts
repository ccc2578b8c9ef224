import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/http';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateDatabase } from '../../scripts/migrate.ts';
import { freePort, type Server, startSqld } from '../../scripts/sqld.ts';
import * as discussion from '../../src/db/discussion-schema.ts';
import * as lti from '../../src/db/lti-schema.ts';
import * as others from '../../src/db/schema.ts';

const schema = Object.values({ ...others, ...discussion, ...lti }).filter((one) => is(one, SQLiteTable));

let folder: string;
let sqld: Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cmgrclass-schema-'));
  sqld = await startSqld(folder, await freePort());
});
afterAll(async () => {
  await sqld.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the migrations', () => {
  it('make what schema.ts says, column by column, and run twice change nothing', async () => {
    expect((await migrateDatabase(sqld.url)).length).toBeGreaterThan(0);
    expect(await migrateDatabase(sqld.url)).toEqual([]);
    const client = createClient({ url: sqld.url });
    const tables = schema.map((table) => getTableConfig(table));
    const existing = await client.execute(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
    );
    const names = existing.rows.map(({ name }) => String(name)).filter((name) => !name.startsWith('libsql_'));
    expect(names.sort()).toEqual(tables.map(({ name }) => name).sort());
    for (const { name, columns } of tables) {
      const info = await client.execute(
        `select name, type, "notnull" as required from pragma_table_info('${name}') order by cid`,
      );
      const made = info.rows.map(
        (row) => `${row.name} ${String(row.type).toLowerCase()}${row.required ? ' not null' : ''}`,
      );
      const said = columns.map(
        (column) => `${column.name} ${column.getSQLType()}${column.notNull || column.primary ? ' not null' : ''}`,
      );
      expect(made.sort(), name).toEqual(said.sort());
    }
  });

  it('give every table that holds a tenant its institution', async () => {
    const without = schema
      .map((table) => getTableConfig(table))
      .filter(({ columns }) => !columns.some(({ name }) => name === 'institution_id'))
      .map(({ name }) => name);
    expect(without.sort()).toEqual(['institution', 'migration', 'tool_key']);
  });
});
