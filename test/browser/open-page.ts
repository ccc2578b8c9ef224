import type { BrowserContext, Page, Response } from 'playwright-core';
import { apiAt } from '../../scripts/api.ts';
import { findPeople, openSessions } from '../../scripts/class/make.ts';
import { CLASS_PLATFORM } from '../../scripts/class/platform.ts';
import { postSession } from './open-as.ts';
import type { Demo, Entry, Who, World } from './pages.ts';

/** Where an entry is, and who looks at it. */
export type Place = { entry: Entry; url: string; course: string; token: string };

/** Finds the addresses and sessions of all entries, in what `npm start` has made. */
export const findPlaces = async (demo: Demo, entries: readonly Entry[]): Promise<Place[]> => {
  const send = apiAt(demo.BASE_URL);
  const ids = await findPeople(send, demo.API_KEY, demo.CLASS_COURSE);
  const tokens = await openSessions(send, demo.API_KEY, demo.CLASS_COURSE, ids);
  const of = (who: Who): { course: string; token: string; staff: string } => {
    if (who === 'beginner') return { course: demo.COURSE, token: demo.STUDENT_2_TOKEN, staff: demo.INSTRUCTOR_TOKEN };
    if (who === 'founder') return { course: demo.COURSE, token: demo.INSTRUCTOR_TOKEN, staff: demo.INSTRUCTOR_TOKEN };
    return { course: demo.CLASS_COURSE, token: tokens[who], staff: tokens.ines };
  };
  const stopLms = () =>
    fetch(`${demo.LMS_URL}/control/platforms/${CLASS_PLATFORM}/stopped`, {
      method: 'PUT',
      body: JSON.stringify({ stopped: 'services' }),
    });
  const placeOf = async (entry: Entry): Promise<Place> => {
    const { course, token, staff } = of(entry.who);
    const at = `/v1/courses/${course}`;
    const world: World = {
      ask: async (path) => (await send<Awaited<ReturnType<World['ask']>>>(staff, 'GET', at + path)).body,
      send: (who, path, body) => send(tokens[who], 'POST', at + path, body),
      stopLms,
    };
    const path = typeof entry.path === 'string' ? entry.path : await entry.path(world);
    return { entry, course, token, url: `${demo.BASE_URL}/courses/${course}${path}` };
  };
  return Promise.all(entries.map(placeOf));
};

/** Opens it as a browser with cookies does. */
export const openByCookie = async (page: Page, { url, course, token }: Place): Promise<Response> => {
  const { hostname } = new URL(url);
  await page.context().clearCookies();
  const cookie = { name: `__Host-cmgr-${course}`, value: token, domain: hostname, path: '/' };
  await page.context().addCookies([{ ...cookie, secure: true, httpOnly: true, sameSite: 'None' }]);
  return (await page.goto(url, { waitUntil: 'load' }))!;
};

/** Opens it as a browser without cookies does: the session is posted, from a page of ours. */
export const openByForm = async (page: Page, { url, token }: Place): Promise<Response> => {
  await page.context().clearCookies();
  return postSession(page, url, token);
};

/** Whether it came with the status that it should. */
export const statusFindings = (response: Response, { entry: { status = 200 } }: Place): string[] =>
  response.status() === status ? [] : [`it answered ${response.status()}, not ${status}`];

/** What goes wrong while a page is open and nobody may see: messages, failed requests, requests to elsewhere. */
export const listenTo = (context: BrowserContext, page: Page): (() => string[]) => {
  const heard: string[] = [];
  page.on('console', (message) => {
    // A page's own status is told there too, and looked at by itself.
    const isStatus = /^Failed to load resource/.test(message.text()) && message.location().url.includes('/courses/');
    if (/^(error|warning)$/.test(message.type()) && !isStatus) heard.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => heard.push(`failed: ${request.url()} (${request.failure()?.errorText})`));
  context.on('request', (request) => {
    const [from, to] = [new URL(page.url()), new URL(request.url())];
    if (from.protocol === 'http:' && to.protocol !== 'data:' && to.origin !== from.origin)
      heard.push(`request to elsewhere: ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= (response.url().includes('/courses/') ? 500 : 400))
      heard.push(`${response.status()}: ${response.url()}`);
  });
  return () => heard.splice(0);
};
