import { mkdir, writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../test/browser/browser.ts';
import { findPlaces, openByCookie, type Place } from '../test/browser/open-page.ts';
import { entries } from '../test/browser/pages.ts';
import { runStart } from '../test/browser/run-start.ts';

// npm run screenshots: every page in every state worth seeing, as pictures in .build/screenshots/; after names of pages
// (npm run screenshots -- unit scenario) only those. The few that stand in the README are written to test/browser/pictures/.

const looks = {
  light: { size: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { size: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { size: { width: 360, height: 740 }, colorScheme: 'light' },
  small: { size: { width: 800, height: 780 }, colorScheme: 'light' },
  'phone-dark': { size: { width: 360, height: 740 }, colorScheme: 'dark' },
} as const;
type Look = keyof typeof looks;
const always: readonly Look[] = ['light', 'dark', 'phone'];

/** What stands in the README: the first screen of a page, or what begins at a place of it. */
const pictures: readonly { entry: string; look: Look; from?: string }[] = [
  { entry: 'unit', look: 'small' },
  { entry: 'scenario-revealed', look: 'small', from: '#result' },
  { entry: 'dry-run', look: 'small' },
  { entry: 'discussion', look: 'phone-dark', from: '#posts' },
];
const MOST_BYTES = 80 * 1024;

const folder = '.build/screenshots';
const pictureFolder = 'test/browser/pictures';

const dress = async (page: Page, look: Look) => {
  const { size, colorScheme } = looks[look];
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(size);
};

/** The first screen as JPEG, as fine as fits. */
const takePicture = async (page: Page, { entry, look, from }: (typeof pictures)[number]): Promise<void> => {
  await dress(page, look);
  await page.evaluate((from) => (from ? document.querySelector(from) : document.body)?.scrollIntoView(), from);
  for (const quality of [80, 75, 70, 65, 60]) {
    const bytes = await page.screenshot({ type: 'jpeg', quality });
    if (bytes.length <= MOST_BYTES) return writeFile(`${pictureFolder}/${entry}-${look}.jpeg`, bytes);
  }
  throw new Error(`the picture of ${entry} as ${look} is too large: show less of it`);
};

const take = async (page: Page, place: Place): Promise<void> => {
  const { name, prepare } = place.entry;
  await dress(page, 'light');
  await openByCookie(page, place);
  await prepare?.(page);
  for (const look of always) {
    await dress(page, look);
    await page.screenshot({ path: `${folder}/${name}.${look}.png`, fullPage: true });
  }
  for (const picture of pictures.filter(({ entry }) => entry === name)) await takePicture(page, picture);
};

const takeAll = async (browser: Browser, places: Place[]): Promise<void> => {
  const left = [...places];
  const work = async () => {
    const page = await (await browser.newContext()).newPage();
    for (let place = left.shift(); place; place = left.shift()) {
      process.stderr.write(`\r\u001b[K${places.length - left.length} of ${places.length}: ${place.entry.name}`);
      await take(page, place);
    }
  };
  await Promise.all([work(), work()]);
  process.stderr.write(`\r\u001b[K${places.length} pages in ${folder}/, each as ${always.join(', ')}\n`);
};

const names = process.argv.slice(2);
const unknown = [...names, ...pictures.map(({ entry }) => entry)].filter(
  (name) => !entries.some((entry) => entry.name === name),
);
if (unknown.length > 0)
  throw new Error(`no page is called ${unknown.join(', ')}; there are ${entries.map(({ name }) => name).join(', ')}`);
await Promise.all([mkdir(folder, { recursive: true }), mkdir(pictureFolder, { recursive: true })]);
process.stderr.write('npm start, on ports of its own …');
const { demo, stop } = await runStart({ built: false });
try {
  const browser = await openBrowser();
  const wanted = entries.filter(({ name }) => names.length === 0 || names.includes(name));
  await takeAll(browser, await findPlaces(demo, wanted)).finally(() => browser.close());
} finally {
  await stop();
}
