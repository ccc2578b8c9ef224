import { ADMIN_COOKIE } from '../../src/auth/admin-sessions.ts';
import { fieldValue, type Page, textOf } from './visitor.ts';
import type { World } from './world.ts';

/** A browser at the administrator's pages. It keeps what cookie it is given, and follows redirects. */
export const newAdministrator = (world: World) => {
  let cookie = '';
  const send = async (
    method: string,
    path: string,
    fields?: URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<Page> => {
    const reply = await world.request(null, method, path.split('#')[0]!, fields?.toString(), {
      accept: 'text/html',
      'sec-fetch-site': 'same-origin',
      ...(cookie ? { cookie } : {}),
      ...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...headers,
    });
    const set = reply.headers.get('set-cookie');
    if (set?.startsWith(ADMIN_COOKIE)) cookie = set.split(';')[0]!;
    const location = reply.headers.get('location');
    if (reply.status === 303 && location) return send('GET', location);
    return { status: reply.status, headers: reply.headers, html: reply.text, text: textOf(reply.text), url: path };
  };
  const open = (path = '') => send('GET', `/admin${path}`);
  const signIn = (key = world.key) => send('POST', '/admin/sign-in', new URLSearchParams({ key }));
  /** Sends the page's form with that action, its hidden fields as they are. */
  const submit = (page: Page, path: string, fields: [string, string][], headers: Record<string, string> = {}) => {
    const action = `/admin${path}#result`;
    const form = page.html.split(`action="${action}"`)[1] ?? '';
    const hidden = ['csrf', 'once'].map((name): [string, string] => [name, fieldValue(form, name) ?? '']);
    return send('POST', action, new URLSearchParams([...hidden, ...fields]), headers);
  };
  return {
    open,
    signIn,
    submit,
    send,
    cookie: () => cookie,
    keep: (value: string) => {
      cookie = `${ADMIN_COOKIE}=${value}`;
    },
  };
};
