import { setTimeout as sleep } from 'node:timers/promises';
import type { Ask } from './ask.ts';
import { cpuMs } from './cpu.ts';
import type { Database } from './database.ts';

const POLL_MS = 25;

type Counts = { raised: number; lowered: number; same: number };
export type DryRun = {
  id: string;
  hash: string | null;
  state: 'running' | 'ready' | 'applying' | 'applied';
  graded: number;
  counts: { replace: Counts; changes: number } | null;
};
type Regrade = { id: string; state: 'running' | 'done'; done: number; total: number };

/** Asks for a dry run of the current rules and waits until it is ready. `others` are asked how far it is. */
export const dryRun = async (ask: Ask, watch: Ask = ask): Promise<DryRun> => {
  let { body: run } = await ask<DryRun>(201, 'POST', '/dry-runs', {});
  while (run.state === 'running') {
    await sleep(POLL_MS);
    run = (await watch<DryRun>(200, 'GET', `/dry-runs/${run.id}`)).body;
  }
  return run;
};

/** Applies a dry run as it was read and waits until it is done. */
export const applyRun = async (ask: Ask, { id, hash }: DryRun, watch: Ask = ask): Promise<Regrade> => {
  const body = { dryRun: id, policy: 'replace', reason: 'to measure it' };
  let { body: regrade } = await ask<Regrade>(202, 'POST', '/regrades', body, { 'if-match': `"${hash}"` });
  while (regrade.state === 'running') {
    await sleep(POLL_MS);
    regrade = (await watch<Regrade>(200, 'GET', `/regrades/${id}`)).body;
  }
  return regrade;
};

/** The ms that some work took, and those of the database's CPU. */
export type Timed = { ms: number; cpu: number };

export const timed = async <T>({ pid }: Database, work: () => Promise<T>): Promise<Timed & { result: T }> => {
  const [started, cpu] = [performance.now(), cpuMs(pid)];
  const result = await work();
  return { ms: performance.now() - started, cpu: cpuMs(pid) - cpu, result };
};
