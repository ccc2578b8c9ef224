import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openAs } from './open-as.ts';
import type { Demo } from './pages.ts';

const demo = inject('demo' as never) as Demo;
const { STUDENT_1_TOKEN: ana, STUDENT_2_TOKEN: ben, STUDENT_3_TOKEN: cleo } = demo;

let browser: Browser;
const contexts: BrowserContext[] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

const openPrompt = async (token: string, prompt: string): Promise<Page> => {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await openAs(page, demo, token, `/prompts/${prompt}`);
  return page;
};

const api = async (token: string, method: string, path: string, body?: unknown) => {
  const response = await fetch(`${demo.BASE_URL}/v1/courses/${demo.COURSE}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, string>;
};

const prose = (count: number, word: string) => Array.from({ length: count }, (_, nth) => `${word}${nth}`).join(' ');
const postField = (page: Page) => page.getByLabel('What you think');
const told = (page: Page, says: string | RegExp) => page.getByRole('main').getByText(says);
const tick = async (page: Page, claim: string) => {
  await page.getByLabel('Search the claims').fill(claim);
  await page.getByRole('checkbox', { name: claim }).check();
};

it('keeps the draft as one types, ticks off what the post needs, previews it, and forgets the draft once it is posted', async () => {
  const page = await openPrompt(ana, 'Q003.3');
  await page.getByRole('button', { name: 'Keep as draft' }).waitFor({ state: 'hidden' });
  await postField(page).fill(prose(39, 'thought'));
  await told(page, '○ At least 40 words: 39 so far, 1 to go').waitFor();
  await told(page, 'Draft kept just now').waitFor();
  await postField(page).pressSequentially(' **more**');
  await told(page, '✓ At least 40 words: 40').waitFor();
  await tick(page, '003.16');
  await told(page, '✓ At least 1 claim ticked: 1').waitFor();
  await expect
    .poll(async () => (await api(ana, 'GET', '/prompts/Q003.3/draft')).claims, { timeout: 10_000 })
    .toEqual(['003.16']);

  const elsewhere = await openPrompt(ana, 'Q003.3');
  expect(await postField(elsewhere).inputValue()).toContain('thought38 **more**');
  expect(await elsewhere.getByRole('checkbox', { name: '003.16' }).isChecked()).toBe(true);

  await page.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.locator('strong', { hasText: 'more' }).waitFor();
  expect(await preview.evaluate((element) => element === document.activeElement)).toBe(true);
  await told(page, '✓ At least 40 words: 40').waitFor();

  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await told(page, /You are the first here|open to you below/).waitFor();
  expect((await api(ana, 'GET', '/prompts/Q003.3/draft')).title).toBe('No draft');
});

it('loses nothing to a network that fails: what was typed stays, is kept once it is back, and can be sent again', async () => {
  const page = await openPrompt(ben, 'Q003.4');
  const context = page.context();
  await context.setOffline(true);
  await postField(page).fill(prose(45, 'offline'));
  await told(page, 'Draft not kept: no connection. Trying again…').waitFor();
  await tick(page, '003.16');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await told(page, 'It did not arrive').waitFor();
  expect(await postField(page).inputValue()).toContain('offline44');
  await context.setOffline(false);
  await told(page, 'Draft kept just now').waitFor();
  expect((await api(ben, 'GET', '/prompts/Q003.4/draft')).body).toContain('offline44');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await told(page, /You are the first here|open to you below/).waitFor();
  expect(await page.locator('.post', { hasText: 'offline44' }).count()).toBe(1);
});

it('does not write over a draft from elsewhere: both texts can be had', async () => {
  const page = await openPrompt(cleo, 'Q003.3');
  await api(cleo, 'PUT', '/prompts/Q003.3/draft', { body: 'On the train.' });
  await postField(page).fill('At home.');
  await told(page, 'You wrote something else here meanwhile').waitFor();
  expect((await api(cleo, 'GET', '/prompts/Q003.3/draft')).body).toBe('On the train.');
  await page.getByRole('button', { name: 'Take this text' }).click();
  expect(await postField(page).inputValue()).toBe('On the train.');
  await told(page, 'At home.').waitFor();
  await page.getByRole('button', { name: 'Take this text' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await told(page, 'Draft kept just now').waitFor();
  expect((await api(cleo, 'GET', '/prompts/Q003.3/draft')).body).toBe('At home.');
});
