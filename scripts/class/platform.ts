import { addClient, toolAddresses } from '../../test/lms/clients.ts';
import { setMember } from '../../test/lms/courses.ts';
import { loginInitiation, makeHint } from '../../test/lms/initiate.ts';
import { addLink } from '../../test/lms/line-items.ts';
import { type Context, createPlatform, type Lms, newId, type Platform } from '../../test/lms/platforms.ts';
import { fullRole } from '../../test/lms/roles.ts';
import { type PersonKey, staff, students } from './people.ts';

export const CLASS_PLATFORM = 'class';
const TITLE = 'A class that has worked';

/** The class as its LMS knows it: ids of people, and its links, by what they show (`course`, `unit:4`). */
export type ClassThere = {
  platform: Platform;
  context: Context;
  users: Record<PersonKey, string>;
  links: Record<string, string>;
};

const linkTitles = {
  course: 'The whole module',
  'unit:1': 'First impressions',
  'unit:2': 'The work of the social media manager',
  'unit:4': 'Where the sources disagree',
} as const;

/** The class's platform that is there already; the tool may have moved. */
export const findClassPlatform = (lms: Lms, toolUrl: string): Platform | undefined => {
  const known = lms.platforms.get(CLASS_PLATFORM);
  if (known?.issuer !== `${lms.url}/p/${CLASS_PLATFORM}`) return undefined;
  for (const client of known.clients) Object.assign(client, toolAddresses(toolUrl));
  return known;
};

/** A platform of the class's own, so that what goes wrong there holds up nobody else: people, and a link to each unit that counts. */
export const makeClassPlatform = async (lms: Lms, toolUrl: string): Promise<ClassThere> => {
  const platform = await createPlatform(lms, {
    id: CLASS_PLATFORM,
    profile: 'moodle',
    title: 'A pretend LMS in mid-term',
  });
  const client = addClient(platform, { toolUrl });
  const context: Context = {
    id: newId(platform),
    label: 'COMM 204',
    title: TITLE,
    history: [],
    version: 0,
    members: [],
  };
  platform.contexts.push(context);
  const users = {} as Record<PersonKey, string>;
  for (const { key, name, role } of [...staff, ...students.map((one) => ({ ...one, role: 'Learner' }))]) {
    users[key] = newId(platform);
    platform.users.push({ id: users[key], name, email: `${key}@school.example`, roles: [] });
    setMember(context, { userId: users[key], roles: [fullRole(role)], status: 'Active' });
  }
  const links: Record<string, string> = {};
  for (const [shows, title] of Object.entries(linkTitles)) {
    const counts = shows === 'course' ? {} : { custom: { content_id: shows }, lineItem: { scoreMaximum: 100 } };
    links[shows] = addLink(platform, client, context, { title, ...counts }).id;
  }
  lms.changed();
  return { platform, context, users, links };
};

/** The fields of the form on a page of the pretend LMS. */
const fieldsOf = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [
      name!,
      value!.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
    ]),
  );

const posted = (url: string, fields: Record<string, string>, cookie = '') =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers: { cookie } });

/** Launches a link as somebody does in a browser; gives the session, the course and `again`, which sends the same launch once more. */
export const launchAs = async ({ platform, context, links }: ClassThere, userId: string, shows: string) => {
  const { url, params } = loginInitiation(
    platform,
    makeHint(platform, { user: userId, link: links[shows], context: context.id }),
  );
  const login = await posted(url, params as Record<string, string>);
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const [, onPage = ''] = /data-go-on="([^"]*)"/.exec(await login.text()) ?? [];
  const onwards = login.headers.get('location') ?? onPage.replaceAll('&amp;', '&');
  const fields = fieldsOf(await (await fetch(onwards)).text());
  const send = () => posted(platform.clients[0]!.targetLinkUri, fields, cookie);
  const entered = await send();
  const [, course] = /^\/courses\/([^/]+)/.exec(entered.headers.get('location') ?? '') ?? [];
  const [, session] = /^__Host-cmgr-[\w-]+=(eyJ[^;]+)/m.exec(entered.headers.getSetCookie().join('\n')) ?? [];
  if (!course || !session)
    throw new Error(`the launch of ${shows} answered ${entered.status}: ${await entered.text()}`);
  return { course, session, again: send };
};
