import type { Page } from 'playwright-core';
import type { Demo } from './setup.ts';

/** Opens a page of the demo course as somebody, as the form does with which a launch ends. */
export const openAs = async (page: Page, { BASE_URL, COURSE }: Demo, token: string, path: string): Promise<void> => {
  await page.goto(`${BASE_URL}/healthz`);
  await page.setContent(
    `<form method="post" action="${BASE_URL}/courses/${COURSE}${path}"><input name="session" value="${token}"><button>Go</button></form>`,
  );
  await page.getByRole('button', { name: 'Go' }).click();
  await page.getByRole('main').waitFor();
};
