import type { Catalogue } from '../src/catalogue/shapes.ts';

/** What a person (or a script) needs to use the demo course. */
export type Demo = {
  BASE_URL: string;
  ROOT_KEY: string;
  API_KEY: string;
  COURSE: string;
  INSTRUCTOR_TOKEN: string;
  STUDENT_1_TOKEN: string;
  STUDENT_2_TOKEN: string;
  STUDENT_3_TOKEN: string;
};

const people = [
  { externalId: 'demo-instructor', name: 'Ines Okafor', role: 'instructor' },
  { externalId: 'demo-student-1', name: 'Sam Weaver', role: 'learner' },
  { externalId: 'demo-student-2', name: 'Noor Haddad', role: 'learner' },
  { externalId: 'demo-student-3', name: 'Lena Virtanen', role: 'learner' },
] as const;

const firstPost =
  'To me they are two jobs that share a desk. Cole says the titles are only easy to mix up where being social means no ' +
  'more than reacting to comments, and I think that is where most small firms still are. Once members start to talk to ' +
  'each other, somebody has to care for that talk, and it is not the person who fills the calendar.';

/** Makes the demo course through the HTTP interface, or finds the one that is there; sessions are fresh each time. */
export const seedDemo = async (
  baseUrl: string,
  rootKey: string,
  before: Partial<Record<keyof Demo, string>>,
  { prompts, claims }: Pick<Catalogue, 'prompts' | 'claims'>,
): Promise<{ demo: Demo; ruleSet: string }> => {
  const call = async <T>(
    token: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T }> => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  };
  const made = async <T>(token: string, path: string, body: unknown): Promise<T> => {
    const reply = await call<T>(token, 'POST', path, body);
    if (reply.status !== 201 && reply.status !== 200)
      throw new Error(`seeding the demo: POST ${path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  };

  let { API_KEY: key, COURSE: course } = before;
  const found = key && course ? await call<{ ruleSet: string }>(key, 'GET', `/v1/courses/${course}`) : undefined;
  if (found && ![200, 401, 404].includes(found.status))
    throw new Error(`looking for the demo course: the Worker answered ${found.status}`);
  const isNew = found?.status !== 200;
  let ruleSet = isNew ? '' : found.body.ruleSet;
  if (isNew) {
    const institution = await made<{ key: { secret: string } }>(rootKey, '/v1/institutions', {
      name: 'Demo University',
    });
    key = institution.key.secret;
    const newCourse = await made<{ id: string; ruleSet: string }>(key, '/v1/courses', {
      name: '#CMGRClass demo',
      timeZone: 'America/New_York',
    });
    course = newCourse.id;
    ruleSet = newCourse.ruleSet;
  }
  const tokens: string[] = [];
  for (const person of people) {
    if (isNew) await made(key!, `/v1/courses/${course}/people`, person);
    const { externalId } = person;
    tokens.push((await made<{ token: string }>(key!, `/v1/courses/${course}/sessions`, { externalId })).token);
  }
  const [instructor, first, second, third] = tokens as [string, string, string, string];
  if (isNew && prompts['Q003.1'] && claims['003.03'])
    await made(third, `/v1/courses/${course}/prompts/Q003.1/posts`, {
      role: 'both',
      claims: ['003.03'],
      body: firstPost,
    });

  const demo: Demo = {
    BASE_URL: baseUrl,
    ROOT_KEY: rootKey,
    API_KEY: key!,
    COURSE: course!,
    INSTRUCTOR_TOKEN: instructor,
    STUDENT_1_TOKEN: first,
    STUDENT_2_TOKEN: second,
    STUDENT_3_TOKEN: third,
  };
  return { demo, ruleSet };
};
