import { expect } from 'vitest';
import { advance } from '../../src/regrades/advance.ts';
import type { Somebody, World } from './world.ts';

/** Makes a dry run of a published rule set and applies it, to its end. */
export const applyRegrade = async (world: World, instructor: Somebody, ruleSet: string): Promise<void> => {
  const run = await world.request(instructor.token, 'POST', world.at('/dry-runs'), { ruleSet });
  await world.settled();
  const ready = await world.request(instructor.token, 'GET', world.at(`/dry-runs/${run.body.id}`));
  const plan = { dryRun: run.body.id, policy: 'raise-only', reason: 'the rule changed' };
  const headers = { 'if-match': `"${ready.body.hash}"` };
  expect((await world.request(instructor.token, 'POST', world.at('/regrades'), plan, headers)).status).toBe(202);
  await world.settled();
  await advance(world.deps, { institutionId: world.institution, courseId: world.course }, run.body.id, 50);
};
