import type { Page } from 'playwright-core';
import type { PersonKey } from '../../scripts/class/people.ts';
import type { Demo as FirstDemo } from '../../scripts/seed.ts';
import type { ClassDemo } from '../../scripts/seed-class.ts';

export type Demo = FirstDemo & ClassDemo & { LMS_URL: string };

/** Somebody of the class that has worked, or of the demo course, in which hardly anything has happened. */
export type Who = PersonKey | 'beginner' | 'founder';

/** What a page's address is found by, and what may have to happen first. */
export type World = {
  /** Asks the interface about the course, as its instructor. */
  ask: (path: string) => Promise<{ items: Record<string, string>[] }>;
  /** Has somebody of the class send something about the course. */
  send: (who: PersonKey, path: string, body: unknown) => Promise<unknown>;
  /** Stops the services of the class's LMS. */
  stopLms: () => Promise<unknown>;
};

/** A page in a state worth seeing. */
export type Entry = {
  /** Also the name of its pictures. */
  name: string;
  who: Who;
  /** Below the course; a function where it has an id in it that must be found. */
  path: string | ((world: World) => Promise<string>);
  /** What is done there, in the browser, before it is looked at. */
  prepare?: (page: Page) => Promise<unknown>;
  /** The status it comes with; 200 unless said. */
  status?: number;
};

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
const result = (page: Page) => page.locator('#result').waitFor();

/** The id of the first of a list that is so. */
const idOf = async ({ ask }: World, path: string, is: (one: Record<string, string>) => boolean): Promise<string> =>
  (await ask(path)).items.find(is)!.id!;
const personNamed = (name: string) => (world: World) => idOf(world, '/people?limit=100', (one) => one.name === name);
const amara = personNamed('Amara Nwosu');
const layla = personNamed('ليلى منصور');
const appeal = (state: string) => (world: World) => idOf(world, '/appeals', (one) => one.state === state);
const run = (state: string) => (world: World) => idOf(world, '/dry-runs', (one) => one.state === state);

/** A grade waits at the LMS's closed door. */
const syncWaiting = async ({ send, stopLms }: World) => {
  await stopLms();
  await send('jiwoo', '/scenarios/S35/answers', { role: 'cm', claims: [] });
  return '/sync';
};

/** Every page of the course, in every state worth seeing. A new page is a line here; a guard holds that none is missing. */
export const entries: readonly Entry[] = [
  { name: 'home', who: 'amara', path: '' },
  { name: 'home-newcomer', who: 'newcomer', path: '' },
  { name: 'home-staff', who: 'ines', path: '' },
  { name: 'home-new-course', who: 'founder', path: '' },
  { name: 'unit', who: 'amara', path: '/units/4' },
  { name: 'unit-late', who: 'newcomer', path: '/units/2' },
  {
    name: 'unit-of-another',
    who: 'rui',
    path: async (world) => `/units/4?person=${await amara(world)}`,
  },
  { name: 'source', who: 'amara', path: '/sources/000' },
  { name: 'scenario', who: 'newcomer', path: '/scenarios/S29' },
  { name: 'scenario-revealed', who: 'amara', path: '/scenarios/S29' },
  { name: 'scenario-denied', who: 'kostas', path: '/scenarios/S34' },
  { name: 'scenario-contested', who: 'chloe', path: '/scenarios/S33' },
  { name: 'scenario-late', who: 'jonas', path: '/scenarios/S07' },
  { name: 'scenario-by-hand', who: 'layla', path: '/scenarios/S01' },
  { name: 'scenario-not-open', who: 'newcomer', path: '/scenarios/S21' },
  {
    name: 'scenario-answered',
    who: 'grace',
    path: '/scenarios/S39',
    prepare: async (page) => {
      await page.getByRole('radio').first().check();
      await press('Submit')(page);
      await result(page);
    },
  },
  { name: 'scenario-missing', who: 'amara', path: '/scenarios/S99', status: 404 },
  { name: 'discussion', who: 'maria', path: '/prompts/Q003.1' },
  { name: 'discussion-gate', who: 'newcomer', path: '/prompts/Q003.1' },
  { name: 'discussion-too-short', who: 'tomas', path: '/prompts/Q003.1' },
  { name: 'discussion-hidden', who: 'chloe', path: '/prompts/Q003.1' },
  { name: 'discussion-held', who: 'grace', path: '/prompts/X.1' },
  { name: 'discussion-staff', who: 'ines', path: '/prompts/Q003.1' },
  {
    name: 'discussion-refused',
    who: 'newcomer',
    path: '/prompts/X.4',
    prepare: async (page) => {
      await page.locator('textarea[name=body]').fill('   ');
      await press('Post')(page);
      await result(page);
    },
  },
  { name: 'grades', who: 'amara', path: '/grades' },
  { name: 'grades-newcomer', who: 'newcomer', path: '/grades' },
  { name: 'grade', who: 'amara', path: '/grades/scenario/S29' },
  { name: 'grade-regraded', who: 'maria', path: '/grades/scenario/S30' },
  { name: 'grade-by-hand', who: 'layla', path: '/grades/scenario/S01' },
  { name: 'grade-denied', who: 'kostas', path: '/grades/scenario/S34' },
  { name: 'grade-discussion', who: 'xiaohong', path: '/grades/prompt/Q003.1' },
  { name: 'appeals', who: 'ines', path: '/appeals' },
  { name: 'appeals-none', who: 'founder', path: '/appeals' },
  { name: 'appeal', who: 'ines', path: async (world) => `/appeals/${await appeal('open')(world)}` },
  { name: 'appeal-upheld', who: 'ines', path: async (world) => `/appeals/${await appeal('upheld')(world)}` },
  { name: 'appeal-assistant', who: 'rui', path: async (world) => `/appeals/${await appeal('open')(world)}` },
  { name: 'gradebook', who: 'ines', path: '/gradebook' },
  { name: 'gradebook-assistant', who: 'rui', path: '/gradebook' },
  { name: 'gradebook-none', who: 'founder', path: '/gradebook' },
  { name: 'spreadsheet', who: 'ines', path: '/gradebook/spreadsheet' },
  { name: 'gradebook-person', who: 'ines', path: async (world) => `/gradebook/${await amara(world)}` },
  { name: 'gradebook-cell', who: 'ines', path: async (world) => `/gradebook/${await layla(world)}/scenario/S01` },
  {
    name: 'gradebook-cell-assistant',
    who: 'rui',
    path: async (world) => `/gradebook/${await layla(world)}/prompt/Q003.1`,
  },
  { name: 'rules', who: 'ines', path: '/rules' },
  { name: 'rules-assistant', who: 'rui', path: '/rules' },
  { name: 'rules-new-course', who: 'founder', path: '/rules' },
  { name: 'rules-policy', who: 'ines', path: '/rules/policy' },
  { name: 'rules-scenario', who: 'ines', path: '/rules/scenarios/S29' },
  { name: 'rules-scenario-assistant', who: 'rui', path: '/rules/scenarios/S29' },
  { name: 'rules-prompt', who: 'ines', path: '/rules/prompts/Q003.1' },
  {
    name: 'rules-set',
    who: 'ines',
    path: async ({ ask }) => `/rules/sets/${(await ask('/rule-sets')).items[0]!.ruleSet}`,
  },
  { name: 'dry-runs', who: 'ines', path: '/rules/dry-runs' },
  { name: 'dry-runs-assistant', who: 'rui', path: '/rules/dry-runs' },
  { name: 'dry-runs-none', who: 'founder', path: '/rules/dry-runs' },
  { name: 'dry-run', who: 'ines', path: async (world) => `/rules/dry-runs/${await run('ready')(world)}` },
  { name: 'dry-run-assistant', who: 'rui', path: async (world) => `/rules/dry-runs/${await run('ready')(world)}` },
  { name: 'regrade', who: 'ines', path: async (world) => `/rules/regrades/${await run('applied')(world)}` },
  { name: 'review-queue', who: 'ines', path: '/review-queue' },
  { name: 'review-queue-empty', who: 'founder', path: '/review-queue' },
  { name: 'people', who: 'ines', path: '/people' },
  { name: 'people-assistant', who: 'rui', path: '/people' },
  { name: 'person', who: 'ines', path: async (world) => `/people/${await amara(world)}` },
  { name: 'roster', who: 'ines', path: '/roster' },
  { name: 'dates', who: 'ines', path: '/dates' },
  { name: 'dates-none', who: 'founder', path: '/dates' },
  { name: 'analytics', who: 'ines', path: '/analytics' },
  { name: 'analytics-none', who: 'founder', path: '/analytics' },
  { name: 'analytics-items', who: 'ines', path: '/analytics/items' },
  { name: 'analytics-confusion', who: 'ines', path: '/analytics/confusion' },
  { name: 'analytics-confusion-assistant', who: 'rui', path: '/analytics/confusion' },
  { name: 'analytics-participation', who: 'ines', path: '/analytics/participation' },
  { name: 'analytics-stance-shift', who: 'ines', path: '/analytics/stance-shift' },
  { name: 'sync', who: 'ines', path: syncWaiting },
  { name: 'sync-assistant', who: 'rui', path: '/sync' },
  { name: 'sync-without-lms', who: 'founder', path: '/sync' },
  { name: 'sync-refused', who: 'amara', path: '/sync', status: 403 },
];
