import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openAs } from './open-as.ts';
import type { Demo } from './pages.ts';

const demo = inject('demo' as never) as Demo;

let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(() => context.close());

const openScenario = async (scenario: string, { javaScriptEnabled = true, width = 1280 } = {}): Promise<Page> => {
  context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await openAs(page, demo, demo.STUDENT_3_TOKEN, `/scenarios/${scenario}`);
  return page;
};

/** Presses Tab until what has the focus is called so. */
const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.locator(':focus').allTextContents();
    if (focused.some((text) => text.trim() === name)) return;
  }
  throw new Error(`Tab does not come to ${name}`);
};

const attemptsUsed = async (scenario: string): Promise<number> => {
  const response = await fetch(`${demo.BASE_URL}/v1/courses/${demo.COURSE}/scenarios/${scenario}`, {
    headers: { authorization: `Bearer ${demo.STUDENT_3_TOKEN}` },
  });
  return ((await response.json()) as { attempts: { used: number } }).attempts.used;
};

it('by keyboard alone: a role, a claim cited from the margin of the lesson, and the verdict has the focus', async () => {
  const page = await openScenario('S29');
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '001.13');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Claim 001.13' }).waitFor();
  await tabTo(page, 'Cite 001.13');
  await page.keyboard.press('Enter');
  expect(await page.locator('#live').innerText()).toBe('Cited: 001.13.');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('textbox', { name: /Why/ }).focus();
  await tabTo(page, 'Submit');
  await page.keyboard.press('Enter');
  const verdict = page.getByRole('status', { name: 'Your last answer' });
  await verdict.getByText('4 of 4 points').first().waitFor();
  expect(await page.locator('#result:focus').count()).toBe(1);
  await page.getByRole('img', { name: /Which voice/ }).waitFor();
});

it('finds claims as one types, and takes no fourth', async () => {
  const page = await openScenario('S30', { width: 360 });
  await page.getByRole('searchbox').fill('community');
  const offered = page.locator('.picker label:not([hidden]) input[name=claims]');
  const found = await offered.count();
  expect(found).toBeGreaterThan(3);
  expect(found).toBeLessThan(80);
  for (let index = 0; index < 4; index++) await offered.nth(index).click();
  expect(await page.locator('#live').innerText()).toMatch(/^You cite 3 claims already/);
  expect(await page.locator('.picker input:checked').count()).toBe(3);
});

it('works without script', async () => {
  const page = await openScenario('S31', { javaScriptEnabled: false });
  await page.getByRole('radio', { name: 'Community manager' }).check();
  await page.getByRole('searchbox').fill('thank');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('radio', { name: 'Community manager', checked: true }).waitFor();
  await page.locator('.prose .claim').first().click();
  await page.getByRole('dialog').getByRole('button', { name: /^Cite/ }).click();
  await page.getByText('Nothing is sent yet').waitFor();
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.getByText('2 attempts left').first().waitFor();
});

it('loses nothing to a network that fails, says so, and uses one attempt when it is sent again', async () => {
  const page = await openScenario('S32');
  await page.getByRole('radio', { name: 'Both, shared' }).check();
  await page.getByRole('textbox', { name: /Why/ }).fill('Half of it is news.');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.getByRole('alert').getByText('Nothing you typed is lost').waitFor();
  expect(await page.getByRole('textbox', { name: /Why/ }).inputValue()).toBe('Half of it is news.');
  await context.setOffline(false);
  // The answer arrives, its reply does not.
  await page.route('**/scenarios/S32', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.getByRole('alert').getByText('It did not arrive').waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.getByText('2 attempts left').first().waitFor();
  expect(await attemptsUsed('S32')).toBe(1);
});

it('says over a slow network that it is sending, and a second press sends nothing', async () => {
  const page = await openScenario('S33');
  await page.getByRole('radio', { name: 'Both, shared' }).check();
  await page.route('**/scenarios/S33', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect.poll(() => page.locator('#live').innerText()).toBe('Sending…');
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.getByText('2 attempts left').first().waitFor();
  expect(await attemptsUsed('S33')).toBe(1);
});
