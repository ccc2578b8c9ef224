import type { Page, Response } from 'playwright-core';
import type { Demo } from './pages.ts';

/** Opens a page by posting the session, as the form does with which a launch ends. */
export const postSession = async (page: Page, url: string, token: string): Promise<Response> => {
  await page.goto(new URL('/healthz', url).href);
  await page.setContent(
    `<form method="post" action="${url.replaceAll('&', '&amp;')}"><input name="session" value="${token}"><button>Go</button></form>`,
  );
  const reply = page.waitForResponse((response) => response.request().isNavigationRequest());
  await page.getByRole('button', { name: 'Go' }).click();
  const response = await reply;
  await page.waitForLoadState('load');
  return response;
};

/** Opens a page of the demo course as somebody. */
export const openAs = async (page: Page, { BASE_URL, COURSE }: Demo, token: string, path: string): Promise<void> => {
  await postSession(page, `${BASE_URL}/courses/${COURSE}${path}`, token);
  await page.getByRole('main').waitFor();
};
