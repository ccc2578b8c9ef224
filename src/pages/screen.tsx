import type { Child } from 'hono/jsx';
import { randomToken } from '../auth/digest.ts';
import type { Reply } from '../route.ts';
import { pageHeaders } from './page.ts';
import { style, tight } from './style.ts';
import { at, type Visit } from './visit.ts';

type Props = { visit: Visit; children?: Child };

/**
 * A link to another page of the course; where cookies do not come back, a button that posts the session there.
 * `current`: this is where one is.
 */
export const Go = ({ visit, to, current, children }: Props & { to: string; current?: boolean }) =>
  visit.byCookie ? (
    <a href={to} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  ) : (
    <button type="submit" class="link" form="go" formaction={to} aria-current={current ? 'page' : undefined}>
      {children}
    </button>
  );

/** A form that changes something; `to` names where its result stands (`#result`). A second click is the same request. */
export const Change = ({
  visit,
  to,
  id,
  class: name,
  children,
}: Props & { to: string; id?: string; class?: string }) => (
  <form method="post" action={to} id={id} class={name}>
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
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${origins(visit)}`,
  ].join('; ');

export type Place = { to: string; title: string };

/** The course's main pages, by the part of the address that names them. */
const studentPlaces = { '': 'Course', grades: 'My grades' } as const;
const staffPlaces = {
  '': 'Course',
  gradebook: 'Gradebook',
  rules: 'Rules',
  analytics: 'Analytics',
  'review-queue': 'Review',
  people: 'People',
  appeals: 'Appeals',
  sync: 'LMS',
} as const;
export type Here = keyof typeof studentPlaces | keyof typeof staffPlaces;

const MainPlaces = ({ visit, here }: { visit: Visit; here: Here }) => {
  const own = { ...visit, personId: visit.person.personId };
  return (
    <nav aria-label="Course" class="places">
      <ul>
        {Object.entries(visit.staff ? staffPlaces : studentPlaces).map(([part, title]) => (
          <li>
            <Go visit={visit} to={part === '' ? at(own) : at(own, part)} current={part === here}>
              {title}
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const Trail = ({ visit, trail }: { visit: Visit; trail: readonly Place[] }) => (
  <nav aria-label="Where you are" class="trail">
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
);

type Screen = {
  title: string;
  /** The course's name. */
  course: string;
  /** Which of the course's main pages it is, or belongs to. */
  here: Here;
  /** The pages between that one and this. */
  trail?: readonly Place[];
  status?: number;
  /** For tables: as wide as the window. */
  wide?: boolean;
  /** Rules of its own for the style sheet. */
  more?: string;
};

/** A page of the course for the browser. It is whole without script; `page.js` (pages/script/) makes it better. */
export const screen = (
  visit: Visit,
  { title, course, here, trail = [], status = 200, wide = false, more = '' }: Screen,
  content: Child,
): Reply => {
  const nonce = randomToken(16);
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === course ? title : `${title} · ${course}`}</title>
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: style + tight(more) }} />
        <script nonce={nonce} type="module" src="/page.js" />
      </head>
      <body class={wide ? 'wide' : undefined}>
        <a href="#main" class="skip">
          Skip to the content
        </a>
        <header>
          <p class="course" dir="auto">
            {course}
          </p>
          <MainPlaces visit={visit} here={here} />
        </header>
        <main id="main" tabindex={-1}>
          {trail.length > 0 && <Trail visit={visit} trail={trail} />}
          {content}
        </main>
        <p id="live" class="unseen" role="status" />
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
