import type { TestProject } from 'vitest/node';
import { runStart } from './run-start.ts';

/** One `npm start` for all the tests in a browser. */
export default async (project: TestProject) => {
  const { demo, stop } = await runStart({ built: true });
  project.provide('demo' as never, demo as never);
  return stop;
};
