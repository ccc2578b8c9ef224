import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { fireCron } from '../../scripts/start-worker.ts';
import { blockThirdPartyCookies, dropFramedCookies, openBrowser } from './browser.ts';
import { toolFrame } from './frame.ts';
import type { Demo } from './pages.ts';
import { newPlatform } from './platform.ts';

const { BASE_URL, LMS_URL, API_KEY } = inject('demo' as never) as Demo;

let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(() => context.close());

const openPage = async () => {
  context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
};

const tool = (heading: string | RegExp): Promise<Frame> => toolFrame(page, BASE_URL, heading);

const answer = async (frame: Page | Frame, scenario: string, points: string) => {
  await frame.getByText(scenario).click();
  await frame.getByRole('heading', { name: scenario, level: 1 }).waitFor();
  await frame.getByRole('radio', { name: 'Community manager' }).check();
  await frame.getByRole('button', { name: /submit|answer/i }).click();
  await frame.getByText(points).first().waitFor();
};

/** What the LMS's gradebook says of somebody, waiting until it does. */
const gradeOf = async (person: string, points: RegExp) => {
  await expect
    .poll(
      async () => {
        await page.goto(LMS_URL);
        const table = page.locator('section', { has: page.getByRole('heading', { name: 'Gradebook' }) });
        return table.getByRole('row', { name: new RegExp(`^${person}`) }).innerText();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toMatch(points);
};

it('an instructor adds a unit; a student answers it in the frame though third-party cookies are blocked; the score is in the gradebook, and one that had to wait arrives by itself', async () => {
  await openPage();
  await blockThirdPartyCookies(page);
  await page.goto(LMS_URL);
  await page.getByRole('link', { name: 'Add an activity' }).click();
  const picker = await tool('Choose what to add to your course');
  await picker
    .getByRole('group', { name: /Where the sources disagree/ })
    .getByRole('checkbox', { name: /The whole unit/ })
    .check();
  await picker.getByRole('button', { name: 'Add to the course' }).click();
  await picker.waitForURL((url) => !url.href.startsWith(BASE_URL));

  await page.goto(LMS_URL);
  const asSam = () =>
    page
      .getByRole('row', { name: /Where the sources disagree/ })
      .first()
      .getByRole('link', { name: 'Open as student (Sam)' });
  await asSam().click();
  await answer(await tool(/Where the sources disagree/), 'The broken chair', '3 of 4 points');
  await gradeOf('Sam', /\b3\b/);

  await page.getByRole('button', { name: "Stop the platform's services" }).click();
  await asSam().click();
  await answer(await tool(/Where the sources disagree/), 'The how-to', 'of 4 points');
  await gradeOf('Sam', /\b3\b/);
  await page.getByRole('button', { name: 'Start the services again' }).click();
  const firing = setInterval(() => fireCron(BASE_URL), 1000);
  await gradeOf('Sam', /\b[4-7]\b/).finally(() => clearInterval(firing));
});

it('where no cookie at all comes back in a frame, the platform keeps the launch, and the pages work without one', async () => {
  await openPage();
  await dropFramedCookies(context, BASE_URL);
  const { launchAddress } = await newPlatform('canvas', { BASE_URL, LMS_URL, API_KEY });
  await page.goto(await launchAddress('unit:4'));
  await answer(await tool(/Where the sources disagree/), 'The broken chair', '3 of 4 points');
});

it('where neither cookie nor platform keeps it, a new window opens the activity', async () => {
  await openPage();
  await dropFramedCookies(context, BASE_URL);
  const { launchAddress } = await newPlatform('moodle', { BASE_URL, LMS_URL, API_KEY });
  await page.goto(await launchAddress('unit:4'));
  const opened = context.waitForEvent('page');
  await page
    .frameLocator('iframe.tool')
    .getByRole('link', { name: /new window/ })
    .or(page.frameLocator('iframe.tool').getByRole('button', { name: /new window/ }))
    .click();
  const window = await opened;
  await window.getByRole('heading', { name: /Where the sources disagree/, level: 1 }).waitFor();
  await answer(window, 'The broken chair', '3 of 4 points');
});
