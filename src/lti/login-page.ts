import { html } from 'hono/html';
import type { Reply } from '../route.ts';
import { PROBE } from './binding.ts';
import { wayPage } from './page.ts';
import type { StorageFrame } from './state.ts';
import { STORAGE_CALL } from './storage-call.ts';

// Cookies, and the platform's storage in case they fail yet; where neither keeps anything, a window of its own, before the
// platform is asked: Moodle lets itself be asked once.
const script = `${STORAGE_CALL}
(async () => {
  const [login, here, apart] = ['login', 'here', 'apart'].map((id) => document.getElementById(id));
  apart.hidden = true;
  const stored = storageCall('lti.put_data', login.dataset);
  if (document.cookie.includes('${PROBE}=1') || (await stored) !== undefined) return location.replace(login.dataset.goOn);
  here.hidden = true;
  apart.hidden = false;
})();`;

/**
 * The page of a login in a browser of which nothing is known yet: it sets cookies, sees whether they stay, and goes on to
 * `goOn` by itself. Without script, its two links do.
 */
export const loginPage = (login: {
  goOn: string;
  ownWindow: string;
  /** What the platform is to keep, and where. */
  storage: (StorageFrame & { key: string; value: string }) | null;
  cookies: readonly string[];
}): Reply => {
  const { target = '', origin = '', key = '', value = '' } = login.storage ?? {};
  const content = html`<h1>Opening the activity</h1>
<p id="login" data-go-on="${login.goOn}" data-target="${target}" data-origin="${origin}" data-key="${key}" data-value="${value}"></p>
<p id="here"><a href="${login.goOn}">Go on to the activity</a></p>
<p id="apart">If it does not open here, your browser keeps nothing for it inside the LMS's page.
<a href="${login.ownWindow}" target="_blank" rel="noopener">Open in a new window</a></p>`;
  return wayPage('Opening the activity', content, { script, cookies: login.cookies });
};
