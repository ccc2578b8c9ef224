import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '../../scripts/migrate.ts';
import { freePort, startSqld } from '../../scripts/sqld.ts';
import { startLms } from '../lms/server.ts';

/**
 * One real libSQL server for the run, fresh and migrated, and one pretend LMS; each test makes an institution of its own
 * in the one, and platforms of its own in the other.
 */
export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'cmgrclass-test-'));
  const sqld = await startSqld(folder, await freePort());
  await migrateDatabase(sqld.url);
  project.provide('databaseUrl' as never, sqld.url as never);
  const lms = await startLms({ port: 0 });
  project.provide('lmsUrl' as never, lms.url as never);
  return async () => {
    await lms.stop();
    await sqld.stop();
    await rm(folder, { recursive: true, force: true });
  };
};
