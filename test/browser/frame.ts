import type { Frame, Page } from 'playwright-core';

/** The tool's frame in a page of the LMS, once it shows a heading. */
export const toolFrame = async (page: Page, baseUrl: string, heading: string | RegExp): Promise<Frame> => {
  await page.frameLocator('iframe.tool').getByRole('heading', { name: heading, level: 1 }).waitFor();
  return page.frames().find((frame) => frame.parentFrame() === page.mainFrame() && frame.url().startsWith(baseUrl))!;
};
