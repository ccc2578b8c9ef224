import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { axeFindings, sidewaysFindings, tabFindings } from './look-at.ts';
import type { Demo } from './pages.ts';

const demo = inject('demo' as never) as Demo;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
});
afterAll(() => browser.close());

const findings = async (): Promise<string[]> => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const wide = [...(await axeFindings(page, '1280 px')), ...(await tabFindings(page))];
  await page.setViewportSize({ width: 320, height: 640 });
  return [...wide, ...(await axeFindings(page, '320 px')), ...(await sidewaysFindings(page, '320 px'))];
};

it('an administrator signs in with a key, and every page of theirs is for everybody', async () => {
  await page.goto(`${demo.BASE_URL}/admin`);
  expect(await findings(), 'sign-in').toEqual([]);
  await page.getByLabel(/key/i).first().fill(demo.API_KEY);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('link', { name: 'LMSs' }).first().waitFor();
  for (const path of ['', '/courses', '/platforms', '/platforms/new', '/keys', '/webhooks', '/launches']) {
    await page.goto(`${demo.BASE_URL}/admin${path}`);
    expect(await findings(), path).toEqual([]);
  }
  await page.goto(`${demo.BASE_URL}/admin/platforms`);
  await page.getByRole('main').getByRole('row').nth(1).getByRole('link').first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await findings(), 'a platform').toEqual([]);
});
