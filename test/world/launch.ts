import { expect } from 'vitest';
import type { LaunchWish, newPlatform } from './lms.ts';
import type { Reply, World } from './world.ts';

type Platform = Awaited<ReturnType<typeof newPlatform>>;

/** A browser as far as a launch needs one: it keeps cookies, unless it blocks them, and posts forms. */
export const newBrowser = (world: World, { blocksCookies = false } = {}) => {
  const jar = new Map<string, string>();
  const keep = (reply: Reply) => {
    for (const line of blocksCookies ? [] : reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/Max-Age=0\b/.test(line)) jar.delete(name!);
      else jar.set(name!, value!);
    }
    return reply;
  };
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = () => ({ accept: 'text/html', ...(jar.size > 0 ? { cookie: cookie() } : {}) });
  const get = async (path: string): Promise<Reply> =>
    keep(await world.request(null, 'GET', path, undefined, headers()));
  const post = async (path: string, fields: Record<string, string>): Promise<Reply> =>
    keep(
      await world.request(null, 'POST', path, new URLSearchParams(fields).toString(), {
        ...headers(),
        'content-type': 'application/x-www-form-urlencoded',
      }),
    );
  return { jar, get, post };
};

export type Browser = ReturnType<typeof newBrowser>;

/** Text of an attribute as the browser reads it. */
const attribute = (page: string, name: string): string =>
  (new RegExp(`${name}="([^"]*)"`).exec(page)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** Where a login goes on to: by redirect, or by its page. */
export const authUrlOf = (login: Reply): URL => {
  expect([200, 302], login.text).toContain(login.status);
  return new URL(login.headers.get('location') ?? attribute(login.text, 'data-go-on'));
};

/** What the platform's storage is asked to keep by a login's page. */
export const storedBy = ({ text }: Reply) => ({
  key: attribute(text, 'data-key'),
  value: attribute(text, 'data-value'),
});

/** Begins a launch as the platform does. */
export const login = async (platform: Platform, browser: Browser, wish: LaunchWish) => {
  const { url, params } = await platform.launch(wish);
  const reply = await browser.post(new URL(url).pathname, params);
  const authUrl = authUrlOf(reply);
  const { state = '', nonce = '' } = Object.fromEntries(authUrl.searchParams);
  return { reply, authUrl, state, nonce };
};

/** A whole launch, as the browser walks it. */
export const launch = async (platform: Platform, browser: Browser, wish: LaunchWish): Promise<Reply> => {
  const { authUrl } = await login(platform, browser, wish);
  return browser.post('/lti/launch', await platform.authorize(authUrl.href));
};

/** The session with which a launch came in. */
export const sessionOf = (reply: Reply): string => {
  const [, token] = /^__Host-cmgr-[\w-]+=(eyJ[^;]+)/m.exec(reply.headers.getSetCookie().join('\n')) ?? [];
  return token ?? attribute(/name="session"[^>]*/.exec(reply.text)?.[0] ?? '', 'value');
};

/** The launch log, newest first. */
export const launchLog = async (world: World, query = '') =>
  (await world.request(world.key, 'GET', `/v1/launches${query}`)).body.items;
