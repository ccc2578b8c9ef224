import type { RuleSet } from '../../src/grading/rule-set.ts';
import { setMark, setMember } from '../../test/lms/courses.ts';
import type { Lms } from '../../test/lms/platforms.ts';
import { type Api, apiAt } from '../api.ts';
import { register } from '../start-lms.ts';
import { fireCron } from '../start-worker.ts';
import { answersOf, type Given, secondThoughts, unforeseen } from './answers.ts';
import { decideThings } from './decisions.ts';
import { type PersonKey, type StudentKey, staff, students } from './people.ts';
import { type ClassThere, launchAs, makeClassPlatform } from './platform.ts';
import { writePosts } from './write-posts.ts';

/** The class as it is here: how to ask, by whose token; people's ids. */
export type ClassHere = {
  toolUrl: string;
  send: Api;
  course: string;
  tokens: Record<PersonKey, string>;
  ids: Record<PersonKey, string>;
  rules: RuleSet;
};
type Made = { toolUrl: string; key: string; rules: RuleSet };

const day = 86_400_000;
/** A date for the schedule, so many days from now, at a time that people set. */
const inDays = (days: number): string => {
  const date = new Date(Date.now() + days * day);
  date.setUTCHours(4, 59, 0, 0);
  return date.toISOString();
};

/** People's ids here, by the names that the roster brought. */
export const findPeople = async (send: Api, key: string, course: string): Promise<Record<PersonKey, string>> => {
  const path = `/v1/courses/${course}/people?limit=100`;
  const { body } = await send<{ items: { id: string; name: string | null }[] }>(key, 'GET', path);
  const everybody = [...staff, ...students];
  const found = everybody.map(({ key, name }) => [key, body.items.find((one) => one.name === name)!.id]);
  return Object.fromEntries(found);
};

/** Sessions, which are fresh at each start. */
export const openSessions = async <K extends PersonKey>(
  send: Api,
  key: string,
  course: string,
  ids: Record<K, string>,
): Promise<Record<K, string>> => {
  const opened = Object.entries<string>(ids).map(async ([name, person]) => {
    const { body } = await send<{ token: string }>(key, 'POST', `/v1/courses/${course}/sessions`, { person });
    return [name, body.token];
  });
  return Object.fromEntries(await Promise.all(opened));
};

const answer = async (here: ClassHere, key: StudentKey, given: Given[]) => {
  for (const { scenario, ...body } of given) {
    await here.send(here.tokens[key], 'POST', `/v1/courses/${here.course}/scenarios/${scenario}/answers`, body);
  }
};

/** Everybody at the same time, each one answer after the other. */
const answerAll = (here: ClassHere, givenBy: (key: StudentKey) => Given[]) =>
  Promise.all(students.map(({ key }) => answer(here, key, givenBy(key))));

const setDates = async ({ send, course, tokens, ids }: ClassHere) => {
  const dates: [string, object][] = [
    ['unit/1', { dueAt: inDays(-16) }],
    ['unit/2', { dueAt: inDays(-1) }],
    ['unit/3', { dueAt: inDays(4) }],
    ['unit/4', { opensAt: inDays(-3), dueAt: inDays(11), closesAt: inDays(18) }],
    ['prompt/X.1', { dueAt: inDays(9) }],
    ['unit/5', { opensAt: inDays(12), dueAt: inDays(25) }],
  ];
  await Promise.all(
    dates.map(([path, body]) => send(tokens.ines, 'PUT', `/v1/courses/${course}/schedule/${path}`, body)),
  );
  await send(tokens.ines, 'PUT', `/v1/courses/${course}/people/${ids.grace}/extensions/2`, {
    dueAt: inDays(6),
    reason: 'In hospital last week; we agreed on a week more.',
  });
};

/** The columns come in: most scores arrive, one is refused for who left, one meets a mark by hand, one has to wait. */
const sendToLms = async (here: ClassHere, there: ClassThere) => {
  const { platform, context, users } = there;
  const column = (unit: string) => {
    const { lineItemId } = platform.links.find(({ id }) => id === there.links[`unit:${unit}`])!;
    return platform.lineItems.find(({ id }) => id === lineItemId)!;
  };
  setMark(platform, column('2'), users.maria, 71, 'Spoke about it in class');
  setMember(context, { userId: users.tomas, roles: [], status: 'Deleted' });
  const opened = await Promise.all(['unit:1', 'unit:2', 'unit:4'].map((shows) => launchAs(there, users.ines, shows)));
  // The launch that comes a second time is refused, and stands in the log.
  await opened[0]!.again();
  await fireCron(here.toolUrl);
  platform.stopped = 'services';
  await answer(here, 'jiwoo', [{ scenario: 'S32', role: 'cm', claims: ['000.30'] }]);
  await new Promise((done) => setTimeout(done, 300));
  platform.stopped = false;
};

/** Makes the class that has worked, in an LMS of its own, through launches and the HTTP interface alone. Gives the course. */
export const makeClass = async (lms: Lms, { toolUrl, key, rules }: Made): Promise<string> => {
  const there = await makeClassPlatform(lms, toolUrl);
  await register(there.platform, toolUrl, key);
  const send = apiAt(toolUrl);
  const { course, session } = await launchAs(there, there.users.ines, 'course');
  const { etag } = await send(session, 'GET', `/v1/courses/${course}`);
  await Promise.all([
    send(session, 'PATCH', `/v1/courses/${course}`, { timeZone: 'America/New_York' }, { 'if-match': etag }),
    send(session, 'POST', `/v1/courses/${course}/roster-sync`, {}),
  ]);
  const ids = await findPeople(send, key, course);
  const tokens = await openSessions(send, key, course, ids);
  const here: ClassHere = { toolUrl, send, course, tokens, ids, rules };
  await answerAll(here, (name) => answersOf(rules, name));
  await writePosts(here);
  // What came before is in time, whatever its unit's date.
  await setDates(here);
  await answerAll(here, (name) => secondThoughts(rules, name));
  await Promise.all(unforeseen.map(({ by, ...given }) => answer(here, by, [given])));
  // Late, but for Grace, who has an extension.
  const late = { scenario: 'S07', role: 'smm', claims: ['001.07'] };
  await Promise.all((['jonas', 'chloe', 'grace'] as const).map((name) => answer(here, name, [late])));
  await decideThings(here);
  await sendToLms(here, there);
  lms.changed();
  return course;
};
