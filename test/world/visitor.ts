import { sessionCookieName } from '../../src/auth/session-cookie.ts';
import type { Somebody, World } from './world.ts';

export type Page = { status: number; html: string; text: string; headers: Headers; url: string };

/** What escaped text says. */
export const unescaped = (html: string) =>
  html.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!,
  );

/** The text of a page as one reads it, in one line. */
export const textOf = (html: string): string =>
  unescaped(html.replace(/<style.*?<\/style>/s, '').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');

/** The value of a hidden or text field, or what stands in a textarea, as a browser would send it. */
export const fieldValue = (html: string, name: string): string | undefined => {
  const [, value] = new RegExp(`<input[^>]* name="${name}"[^>]* value="([^"]*)"`).exec(html) ?? [];
  const [, text] = new RegExp(`<textarea[^>]*name="${name}"[^>]*>([^<]*)`).exec(html) ?? [];
  return value === undefined && text === undefined ? undefined : unescaped(value ?? text!);
};

/**
 * A browser without script at the pages of a course, as somebody who was launched into it. With `cookies` it brings the
 * session's cookie and follows redirects; without, it holds nothing but what forms carry.
 */
export const newVisitor = (world: World, who: Somebody, { cookies = true } = {}) => {
  const course = `/courses/${world.course}`;
  const send = async (method: string, url: string, fields?: URLSearchParams): Promise<Page> => {
    const [path] = url.split('#');
    const {
      status,
      headers,
      text: html,
    } = await world.request(null, method, path!, fields?.toString(), {
      accept: 'text/html',
      ...(cookies ? { cookie: `${sessionCookieName(world.course)}=${who.token}` } : {}),
      ...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    });
    const location = headers.get('location');
    if (status === 303 && location) return send('GET', location);
    return { status, html, text: textOf(html), headers, url: path! };
  };
  /** Opens a page: by its address, or, where there are no cookies, as the form does that a launch ends with. */
  const open = (path = '') =>
    cookies
      ? send('GET', `${course}${path}`)
      : send('POST', `${course}${path}`, new URLSearchParams({ session: who.token }));
  /** Sends the page's form with that action, its hidden fields as they are. */
  const submit = (page: Page, path: string, fields: [string, string][]) => {
    const action = `${course}${path}#result`;
    const form = page.html.split(`action="${action}"`)[1] ?? '';
    const hidden = ['session', 'once'].map((name): [string, string] => [name, fieldValue(form, name) ?? '']);
    return send('POST', action, new URLSearchParams([...hidden, ...fields]));
  };
  return { open, submit, send, course };
};
