import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { coursePages } from '../../src/pages/course-pages.ts';
import { openBrowser } from './browser.ts';
import { arrowFindings, axeFindings, quickRules, shapeFindings, sidewaysFindings, tabFindings } from './look-at.ts';
import { findPlaces, listenTo, openByCookie, openByForm, type Place, statusFindings } from './open-page.ts';
import { type Demo, entries } from './pages.ts';

const demo = inject('demo' as never) as Demo;
const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

/** Two windows: one as most have it, one without script and cookies. */
type Lane = Record<'withScript' | 'without', { page: Page; heard: () => string[] }>;

let browser: Browser;
let places: Place[];
const free: Lane[] = [];
const waiting: ((lane: Lane) => void)[] = [];

const openLane = async (): Promise<Lane> => {
  const open = async (options: BrowserContextOptions) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return { page, heard: listenTo(context, page) };
  };
  return { withScript: await open({}), without: await open({ viewport: narrow, javaScriptEnabled: false }) };
};

/** Lends windows, which are opened once: most of the time goes by in them, so two lanes keep two cores at work. */
const inLane = async <T>(look: (lane: Lane) => Promise<T>): Promise<T> => {
  const lane = free.pop() ?? (await new Promise<Lane>((lend) => waiting.push(lend)));
  try {
    return await look(lane);
  } finally {
    const next = waiting.shift();
    if (next) next(lane);
    else free.push(lane);
  }
};

beforeAll(async () => {
  [browser, places] = await Promise.all([openBrowser(), findPlaces(demo, entries)]);
  free.push(...(await Promise.all([openLane(), openLane()])));
});
afterAll(() => browser.close());

it('every page of the course is looked at', () => {
  const paths = [...new Set(coursePages.map(({ path }) => path))];
  const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
  // `gradebook/spreadsheet` is not the page of a person.
  const parameters = (path: string) => path.split('{').length;
  const routeOf = (address: string) =>
    paths.filter((path) => patternOf(path).test(address)).sort((a, b) => parameters(a) - parameters(b))[0];
  const seen = places.map(({ url, course }) => routeOf(new URL(url).pathname.replace(course, 'x')));
  const missing = paths.filter((path) => !seen.includes(path));
  expect(missing, 'add a line to pages.ts').toEqual([]);
});

const withScriptFindings = async ({ page, heard }: Lane['withScript'], place: Place): Promise<string[]> => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(wide);
  const findings = await statusFindings(await openByCookie(page, place), place);
  findings.push(...(await shapeFindings(page)));
  await place.entry.prepare?.(page);
  findings.push(
    ...(await axeFindings(page, 'dark, 1280 px', quickRules)),
    ...(await tabFindings(page)),
    ...(await arrowFindings(page)),
  );
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(narrow);
  findings.push(...(await axeFindings(page, 'light, 320 px')), ...(await sidewaysFindings(page, '320 px')));
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  findings.push(...(await sidewaysFindings(page, '320 px, right to left')));
  return [...findings, ...heard()];
};

/** Whole by its first response: nothing else is asked for. */
const withoutScriptFindings = async ({ page, heard }: Lane['without'], place: Place): Promise<string[]> => {
  const requests: string[] = [];
  const count = (request: Request) => request.isNavigationRequest() || requests.push(`also asked for ${request.url()}`);
  page.on('request', count);
  const findings = await statusFindings(await openByForm(page, place), place);
  page.off('request', count);
  const titles = await page.getByRole('heading', { level: 1 }).count();
  if (titles !== 1) findings.push(`there are ${titles} h1`);
  if ((await page.locator('body').innerText()).length < 60) findings.push('there is next to nothing on it');
  findings.push(...(await sidewaysFindings(page, '320 px')), ...requests, ...heard());
  return findings.map((one) => `without script and cookies: ${one}`);
};

describe('a page, for everybody, at every width, in light and in dark, with script and without', () => {
  it.concurrent.each(entries)('$name', async ({ name }) => {
    const place = places.find(({ entry }) => entry.name === name)!;
    const findings = await inLane(({ withScript, without }) =>
      Promise.all([withScriptFindings(withScript, place), withoutScriptFindings(without, place)]),
    );
    expect(findings.flat()).toEqual([]);
  });
});
