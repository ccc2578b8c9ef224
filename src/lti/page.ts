import { html, raw } from 'hono/html';
import { randomToken } from '../auth/digest.ts';
import { page } from '../pages/page.ts';
import type { Reply } from '../route.ts';

export const redirectTo = (location: string, status: 302 | 303, cookies: readonly string[]): Reply => ({
  status,
  headers: { location },
  cookies,
});

/**
 * A page on the way into a course. It may be framed by anybody: an LMS is often framed at a host other than its issuer's,
 * which one is known only once a launch is verified, and nothing on it is worth a stolen click. Its script may run by a
 * nonce; its forms post to us (`formsTo`: or there).
 */
export const wayPage = (
  title: string,
  content: unknown,
  { status = 200, script = '', style = '', formsTo = '', cookies = [] as readonly string[] } = {},
): Reply => {
  const nonce = randomToken(16);
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    ...(script ? [`script-src 'nonce-${nonce}'`] : []),
    `form-action 'self' ${formsTo}`.trim(),
    "base-uri 'none'",
    'frame-ancestors *',
  ];
  const withScript = script ? html`${content}<script nonce="${nonce}">${raw(script)}</script>` : content;
  return {
    status,
    body: page(title, withScript, style),
    type: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': policy.join('; ') },
    cookies,
  };
};
