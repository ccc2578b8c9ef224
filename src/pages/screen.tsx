import type { Child } from 'hono/jsx';
import { randomToken } from '../auth/digest.ts';
import type { Reply } from '../route.ts';
import { pageHeaders } from './page.ts';
import { style } from './style.ts';
import { at, type Visit } from './visit.ts';

type Props = { visit: Visit; children?: Child };

/** A link to another page of the course; where cookies do not come back, a button that posts the session there. */
export const Go = ({ visit, to, children }: Props & { to: string }) =>
  visit.byCookie ? (
    <a href={to}>{children}</a>
  ) : (
    <button type="submit" class="link" form="go" formaction={to}>
      {children}
    </button>
  );

/** A form that changes something; `to` names where its result stands (`#result`). A second click is the same request. */
export const Change = ({ visit, to, id, children }: Props & { to: string; id?: string }) => (
  <form method="post" action={to} id={id}>
    <input type="hidden" name="session" value={visit.session} />
    <input type="hidden" name="once" value={randomToken(12)} />
    {children}
  </form>
);

/** An origin as Content Security Policy takes it; a launch that named none leaves nothing to be framed by. */
const origins = ({ person: { frameAncestors = [] } }: Visit): string =>
  frameAncestors.filter((one) => /^https?:\/\/(\*\.)?[\w.:[\]-]+$/.test(one)).join(' ') || "'none'";

const policy = (visit: Visit, nonce: string): string =>
  [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${origins(visit)}`,
  ].join('; ');

export type Place = { to: string; title: string };

/** A page of the course for the browser. `trail` leads back from it, the course first. */
export const screen = (
  visit: Visit,
  { title, trail, status = 200 }: { title: string; trail: readonly Place[]; status?: number },
  content: Child,
): Reply => {
  const nonce = randomToken(16);
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <header>
          <nav aria-label="Where you are">
            <ol>
              {trail.map((place) => (
                <li>
                  <Go visit={visit} to={place.to}>
                    {place.title}
                  </Go>
                </li>
              ))}
            </ol>
          </nav>
        </header>
        <main>{content}</main>
        {!visit.byCookie && (
          <form id="go" method="post" action={at(visit)}>
            <input type="hidden" name="session" value={visit.session} />
          </form>
        )}
      </body>
    </html>
  );
  return {
    status,
    body: `<!doctype html>${document}`,
    type: pageHeaders['content-type'],
    headers: {
      'content-security-policy': policy(visit, nonce),
      // Back to a page that was posted for finds it in the browser's own cache, or not at all.
      ...(visit.byCookie ? {} : { 'cache-control': 'private, no-cache' }),
    },
  };
};
