import type { Child } from 'hono/jsx';
import { randomToken } from '../../auth/digest.ts';
import { nextOf } from '../../paging.ts';
import { type Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { htmlDocument, SkipLink } from '../html-document.tsx';
import { peopleStyle } from '../people/style.ts';
import { Refusal } from '../refusal.tsx';
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

/** A document outside any course: no frame holds it. `head` is what stands above the content. */
export const adminDocument = (title: string, status: number, head: Child, content: Child): Reply =>
  htmlDocument(
    {
      title: `${title} · Administration`,
      status,
      wide: head !== null,
      more: peopleStyle,
      frames: "'none'",
      headers: { 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff' },
    },
    <>
      {head}
      {content}
    </>,
  );

/** A form that changes something. A second click is the same request. */
export const Act = ({ visit, to, id, children }: { visit: AdminVisit; to: string; id?: string; children?: Child }) => (
  <form method="post" action={`${to}#result`} id={id}>
    <input type="hidden" name="csrf" value={visit.csrf} />
    <input type="hidden" name="once" value={randomToken(12)} />
    {children}
  </form>
);

/** The way to the next page of a list. */
export const More = ({ link }: { link: string | null }) => {
  const next = nextOf(link);
  return next ? (
    <p>
      <a href={next}>More</a>
    </p>
  ) : null;
};

const Head = ({ visit, here }: { visit: AdminVisit; here: AdminPlace }) => (
  <>
    <SkipLink />
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
