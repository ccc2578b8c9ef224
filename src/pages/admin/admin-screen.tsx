import type { Child } from 'hono/jsx';
import { randomToken } from '../../auth/digest.ts';
import type { Problem } from '../../problem.ts';
import { problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { pageHeaders } from '../page.ts';
import { peopleStyle } from '../people/style.ts';
import { Refusal } from '../refusal.tsx';
import { ResultBox } from '../result-box.tsx';
import { style } from '../style.ts';
import { timesIn } from '../words.ts';
import type { AdminVisit } from './admin-visit.ts';

/** An institution is in no one time zone. */
export const adminTimes = timesIn('UTC');

/** The administrator's places: the part of the address, what it is called, and the scope it is for. */
const places = [
  ['', 'Overview', null],
  ['/courses', 'Courses', 'courses'],
  ['/platforms', 'LMSs', 'platforms'],
  ['/launches', 'Launches', 'platforms'],
  ['/keys', 'API keys', 'keys'],
  ['/webhooks', 'Webhooks', 'webhooks'],
] as const;
type AdminPlace = (typeof places)[number][0];

/** No frame holds it, and nothing on it comes from or goes to anywhere else. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** A document outside any course. `head` is what stands above the content. */
export const adminDocument = (title: string, status: number, head: Child, content: Child): Reply => {
  const nonce = randomToken(16);
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Administration`}</title>
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: style + peopleStyle }} />
        <script nonce={nonce} type="module" src="/page.js" />
      </head>
      <body class={head ? 'wide' : undefined}>
        {head}
        {content}
        <p id="live" class="unseen" role="status" />
      </body>
    </html>
  );
  return {
    status,
    body: `<!doctype html>${document}`,
    type: pageHeaders['content-type'],
    headers: {
      'content-security-policy': policy(nonce),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  };
};

/** A form that changes something. A second click is the same request. */
export const Act = ({ visit, to, id, children }: { visit: AdminVisit; to: string; id?: string; children?: Child }) => (
  <form method="post" action={`${to}#result`} id={id}>
    <input type="hidden" name="csrf" value={visit.csrf} />
    <input type="hidden" name="once" value={randomToken(12)} />
    {children}
  </form>
);

/** What was done. */
export const Done = ({ children }: { children?: Child }) => (
  <ResultBox tone="good" label="Done">
    {children}
  </ResultBox>
);

const Head = ({ visit, here }: { visit: AdminVisit; here: AdminPlace }) => (
  <>
    <a href="#main" class="skip">
      Skip to the content
    </a>
    <header>
      <p class="course">Administration</p>
      <nav aria-label="Administration" class="places">
        <ul>
          {places
            .filter(([, , scope]) => scope === null || visit.scopes.includes(scope))
            .map(([part, title]) => (
              <li>
                <a href={`/admin${part}`} aria-current={part === here ? 'page' : undefined}>
                  {title}
                </a>
              </li>
            ))}
        </ul>
      </nav>
    </header>
  </>
);

/** A page of an institution's administrator. A refusal stands below its title. */
export const adminScreen = (
  visit: AdminVisit,
  { title, here, refused }: { title: string; here: AdminPlace; refused?: Problem | undefined },
  content: Child,
): Reply =>
  adminDocument(
    title,
    refused ? problems[refused.problem][0] : 200,
    <Head visit={visit} here={here} />,
    <main id="main" tabindex={-1}>
      <h1 dir="auto">{title}</h1>
      {refused && <Refusal problem={refused} times={adminTimes} />}
      {content}
    </main>,
  );
