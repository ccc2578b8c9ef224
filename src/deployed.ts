import { v7 } from 'uuid';
import { createApp } from './app.ts';
import { connect } from './db/client.ts';
import type { Deps } from './deps.ts';
import { Problem } from './problem.ts';
import { writeProblem } from './write-problem.ts';

/** The site on what it runs on when it is deployed. */
export const deployedApp = (given: Pick<Deps, 'config' | 'catalogue' | 'migrations' | 'log'>) =>
  createApp({
    ...given,
    dbFor: () => connect(given.config.databaseUrl, given.config.databaseToken, fetch),
    now: Date.now,
    newId: v7,
    rules: { byHash: new Map(), verdictIds: new Map(), byCourse: new Map() },
  });

/** What every request gets where `configFrom` throws. */
export const notConfigured = (log: Deps['log'], cause: unknown): Response =>
  writeProblem(log, new Problem('not-ready', { cause, reason: 'the Worker is not configured' }), crypto.randomUUID());
