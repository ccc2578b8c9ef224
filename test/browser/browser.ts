import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROME_ON_MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Chromium from npm, which runs on a bare Debian; on macOS the Chrome that is installed. */
const executablePath = async (): Promise<string> => {
  if (process.platform === 'darwin' && existsSync(CHROME_ON_MAC)) return CHROME_ON_MAC;
  return sparticuz.executablePath();
};

export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await executablePath(),
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--site-per-process'],
  });

/** Blocks third-party cookies as a user's setting does; a partitioned cookie still comes back. */
export const blockThirdPartyCookies = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send(
    'Network.setCookieControls' as never,
    {
      enableThirdPartyCookieRestriction: true,
      disableThirdPartyCookieMetadata: true,
      disableThirdPartyCookieHeuristics: true,
    } as never,
  );
};

/** Takes every cookie from what a browser and an origin say to each other, as a browser without partitioned ones does. */
export const dropAllCookies = async (page: Page, origin: string): Promise<void> => {
  await page.context().route(`${origin}/**`, async (route) => {
    const { cookie: _, ...headers } = await route.request().allHeaders();
    const response = await route.fetch({ headers, maxRedirects: 0 });
    const { 'set-cookie': __, ...kept } = response.headers();
    await route.fulfill({ response, headers: kept });
  });
};
