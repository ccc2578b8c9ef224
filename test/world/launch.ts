import { expect } from 'vitest';
import { type LaunchWish, newPlatform, type PlatformWish } from './lms.ts';
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
  const post = async (
    path: string,
    fields: Record<string, string>,
    more: Record<string, string> = {},
  ): Promise<Reply> =>
    keep(
      await world.request(null, 'POST', path, new URLSearchParams(fields).toString(), {
        ...headers(),
        ...more,
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

/** Changes to a right id token: claims to leave out or to set, its header, the key that signs. */
export type Variation = {
  omit?: string[];
  set?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: string;
};

/** A launch whose id token is another than the platform would send; `token` makes one up from nothing. */
export const launchVaried = async (
  platform: Platform,
  browser: Browser,
  wish: LaunchWish,
  variation: Variation | ((login: { nonce: string }) => Promise<string>),
): Promise<Reply> => {
  const { state, nonce } = await login(platform, browser, wish);
  const id_token =
    typeof variation === 'function'
      ? await variation({ nonce })
      : (await platform.idToken({ ...wish, nonce, ...variation })).token;
  return browser.post('/lti/launch', { id_token, state });
};

/** A platform with a course, its people and a link, to launch from. */
export const newCampus = async (world: World, wish: PlatformWish = {}) => {
  const platform = await newPlatform(world, wish);
  const course = await platform.course({ Ines: 'Instructor', Sam: 'Learner' });
  const link = await platform.link(course.id, { custom: { content_id: 'unit:4' }, lineItem: { scoreMaximum: 10 } });
  return { platform, course, link, ines: course.people.Ines.id, sam: course.people.Sam.id };
};

/** How many people and launches that opened the institution has: a refused launch adds none. */
export const opened = async ({ db, institution }: World): Promise<[people: number, launches: number]> => {
  const { rows } = await db.$client.execute({
    sql: `select (select count(*) from person where institution_id = ?1),
      (select count(*) from launch where institution_id = ?1 and outcome = 'opened')`,
    args: [institution],
  });
  return [Number(rows[0]![0]), Number(rows[0]![1])];
};

/** Holds a reply to be a refusal: a page that says so, no session, nobody enrolled, and its reason in the log. */
export const expectRefused = async (
  world: World,
  reply: Reply,
  [status, code]: readonly [number, string],
  before: readonly number[],
): Promise<void> => {
  expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect([reply.status, /<code>([\w-]+)<\/code>/.exec(reply.text)?.[1]]).toEqual([status, code]);
  expect(sessionOf(reply)).toBe('');
  expect(await opened(world)).toEqual(before);
  expect((await launchLog(world, '?limit=1'))[0]).toMatchObject({ outcome: code });
};
