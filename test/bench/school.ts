import { v7 } from 'uuid';
import type { Role } from '../../src/auth/actor.ts';
import { signSession } from '../../src/auth/sessions.ts';
import type { Database } from './database.ts';
import { openConnection, requestBytes } from './http.ts';
import type { Worker } from './workerd.ts';

/** Of the length that the Worker asks for. */
export const SECRETS = {
  SESSION_SECRET: 'the session secret of the benchmark, a long one',
  ROOT_KEY: 'the-root-key-of-the-benchmark-a-long-one-too',
};

export type School = { institutionId: string; key: string; courseIds: string[] };

const post = async <Body>(port: number, token: string, path: string, body: unknown): Promise<Body> => {
  const connection = openConnection(port);
  const answer = await connection.send(requestBytes('POST', path, { authorization: `Bearer ${token}` }, body));
  connection.close();
  if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${answer.body}`);
  return JSON.parse(answer.body.toString()) as Body;
};

/** Makes an institution with so many courses, by the API. */
export const openSchool = async ({ port }: Worker, courses = 1): Promise<School> => {
  const made = await post<{ id: string; key: { secret: string } }>(port, SECRETS.ROOT_KEY, '/v1/institutions', {
    name: 'A school',
  });
  const courseIds: string[] = [];
  while (courseIds.length < courses) {
    const course = await post<{ id: string }>(port, made.key.secret, '/v1/courses', { name: 'A class' });
    courseIds.push(course.id);
  }
  return { institutionId: made.id, key: made.key.secret, courseIds };
};

/** `delivers`: what they do goes out to an LMS at once, as for those who came from one. */
export type Member = { institutionId: string; courseId: string; personId: string; role: Role; delivers?: boolean };

const PEOPLE_A_SLICE = 5000;

/** Enrols new people, straight into the database. Later ones have later ids. */
export const enrol = async (
  { client }: Database,
  { institutionId, courseId, role = 'learner' }: { institutionId: string; courseId: string; role?: Role },
  count: number,
): Promise<Member[]> => {
  const members = Array.from({ length: count }, () => ({ institutionId, courseId, personId: v7(), role }));
  for (let start = 0; start < count; start += PEOPLE_A_SLICE) {
    const ids = JSON.stringify(members.slice(start, start + PEOPLE_A_SLICE).map(({ personId }) => personId));
    const each = 'from json_each(?) where true';
    await client.batch(
      [
        {
          sql: `insert into person (id, institution_id, issuer, subject, name, created_at)
            select value, ?, 'api', value, 'Somebody', 1 ${each}`,
          args: [institutionId, ids],
        },
        {
          sql: `insert into enrolment (course_id, person_id, institution_id, role, created_at)
            select ?, value, ?, ?, 1 ${each}`,
          args: [courseId, institutionId, role, ids],
        },
      ],
      'write',
    );
  }
  return members;
};

const HOUR_MS = 3_600_000;
const tokens = new WeakMap<Member, Promise<string>>();

/** The header by which a person asks. */
export const bearer = async (member: Member): Promise<{ authorization: string }> => {
  const now = Date.now();
  const signed =
    tokens.get(member) ?? signSession(SECRETS.SESSION_SECRET, { delivers: false, ...member }, now, now + 2 * HOUR_MS);
  tokens.set(member, signed);
  return { authorization: `Bearer ${await signed}` };
};
