import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sparticuz, { inflate } from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';

const CHROME_ON_MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Chromium from npm with the libraries and fonts that a bare Debian lacks; on macOS the Chrome that is installed. */
const findChromium = async () => {
  if (process.platform === 'darwin' && existsSync(CHROME_ON_MAC)) return { executablePath: CHROME_ON_MAC };
  const executablePath = await sparticuz.executablePath();
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  await inflate(join(dirname(main), '../bin/al2023.tar.br'));
  const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(tmpdir(), 'fonts') };
  return { executablePath, env: { ...process.env, ...fonts, LD_LIBRARY_PATH: join(tmpdir(), 'al2023/lib') } };
};

export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({
    ...(await findChromium()),
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--site-per-process',
      // A reply that went through the test has no address, so Chromium takes this machine for somebody else's network.
      '--disable-features=LocalNetworkAccessChecks',
    ],
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

/** A new window's first request has no frame as yet. */
const isFramed = (request: Request): boolean => {
  try {
    return request.frame().parentFrame() !== null;
  } catch {
    return false;
  }
};

/** Takes every cookie from what frames and an origin say to each other, as a browser without partitioned ones does. */
export const dropFramedCookies = async (context: BrowserContext, origin: string): Promise<void> => {
  await context.route(`${origin}/**`, async (route) => {
    const request = route.request();
    if (!isFramed(request)) return route.continue();
    const { cookie: _, ...headers } = await request.allHeaders();
    // Playwright's own fetch would put the reply's cookies into the browser.
    const response = await fetch(request.url(), {
      method: request.method(),
      headers,
      body: request.postData(),
      redirect: 'manual',
    });
    const kept = [...response.headers].filter(([name]) => !/^(set-cookie|content-(encoding|length))$/.test(name));
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(kept),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
};
