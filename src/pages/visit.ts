import { type Actor, actorName, asPerson, isStaff, type Person } from '../auth/actor.ts';
import { sha256Hex } from '../auth/digest.ts';
import { sessionCookieName } from '../auth/session-cookie.ts';
import type { Once } from '../db/once.ts';
import { onceFrom } from '../idempotency.ts';
import type { Call } from '../route.ts';

/** The fields of a form; one that came several times is a list. */
export type Fields = Record<string, string | string[]>;

/** A request for a page, with the fields of its form where it was posted. */
export type PageCall = Call<string, Fields | undefined, Record<string, string>>;

/** What was asked of a page: the parts of its address, and the fields of its form, none where it was only opened. */
export type Asked = {
  params: Record<string, string>;
  fields: Fields;
  query: Readonly<Record<string, string | undefined>>;
  url: URL;
  /** Goes on with work after the reply. */
  later: PageCall['later'];
};

/** Somebody at a page of their course, and how they came to it. */
export type Visit = {
  person: Person;
  staff: boolean;
  courseId: string;
  /** The session token, for forms to carry: it speaks for them, and protects from forgery. */
  session: string;
  /**
   * The browser brings this session's cookie, so links are links. Where cookies are blocked, or belong to another session
   * that was opened since, every link is a button that posts the session.
   */
  byCookie: boolean;
  /** Whose work is shown: one's own, or for staff the person they name. */
  personId: string;
  now: number;
};

export const visitOf = ({ deps, actor, params, query, session, cookie }: PageCall): Visit => {
  const person = asPerson(actor);
  const staff = isStaff(person);
  return {
    person,
    staff,
    courseId: person.courseId,
    session,
    byCookie: cookie(sessionCookieName(params.course!)) === session,
    personId: (staff && query.person) || person.personId,
    now: deps.now(),
  };
};

/** The address of a page of the course: `at(visit, 'units', '4')`. Whose work is shown goes along. */
export const at = ({ courseId, person, personId }: Visit, ...parts: string[]): string =>
  `${['/courses', courseId, ...parts].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join('/')}${
    personId === person.personId ? '' : `?person=${encodeURIComponent(personId)}`
  }`;

/** An address of a page with more in its query: `withQuery(at(visit, 'grades'), { done: 'contest' })`. */
export const withQuery = (address: string, more: Readonly<Record<string, string | undefined>>): string => {
  const added = new URLSearchParams(Object.entries(more).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return added.size === 0 ? address : `${address}${address.includes('?') ? '&' : '?'}${added}`;
};

/** A field of the form; browsers end its lines in two characters. */
export const fieldOf = (fields: Fields, name: string): string =>
  ([fields[name] ?? ''].flat()[0] ?? '').replaceAll('\r\n', '\n');
export const fieldsOf = (fields: Fields, name: string): string[] => [fields[name] ?? []].flat();

/**
 * What makes a posted form one of its kind: the key that its page was given and what was typed. Sent twice, it is carried
 * out once; changed and sent again (after Back), it is another.
 */
export const onceOf = async (actor: Actor, path: string, fields: Fields): Promise<Once | null> => {
  const key = fieldOf(fields, 'once');
  const { session: _, ...typed } = fields;
  const body = JSON.stringify(typed);
  return key === ''
    ? null
    : onceFrom(actorName(actor), `${key}.${(await sha256Hex(body)).slice(0, 32)}`, { method: 'POST', path, body });
};
