import { v7 } from 'uuid';
import { createApp } from './app.ts';
import { connect } from './db/client.ts';
import type { Deps } from './deps.ts';
import { Problem } from './problem.ts';
import { tick } from './tick.ts';
import { writeProblem } from './write-problem.ts';

/** The site, and what it does on a schedule, on what they run on when deployed. */
export const deployed = (given: Pick<Deps, 'config' | 'catalogue' | 'migrations' | 'log'>) => {
  const open = () => connect(given.config.databaseUrl, given.config.databaseToken, fetch);
  const deps: Deps = {
    ...given,
    dbFor: open,
    databases: () => [open()],
    // A method of the global called on another object is an illegal invocation in workerd.
    fetch: (input, init) => fetch(input, init),
    now: Date.now,
    newId: v7,
    rules: { byHash: new Map(), verdictIds: new Map(), byCourse: new Map() },
    known: { keySets: new Map(), tokens: new Map() },
  };
  return { app: createApp(deps), tick: (cron: string) => tick(deps, cron) };
};

/** What every request gets where `configFrom` throws. */
export const notConfigured = (log: Deps['log'], cause: unknown): Response =>
  writeProblem(log, new Problem('not-ready', { cause, reason: 'the Worker is not configured' }), crypto.randomUUID());
