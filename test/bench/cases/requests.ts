import type { Catalogue } from '../../../src/catalogue/shapes.ts';
import { answerRequest, sampleAnswers } from '../answers.ts';
import type { Case, Row } from '../case.ts';
import { openDatabase } from '../database.ts';
import { type Connection, openConnection, requestBytes } from '../http.ts';
import { startProxy } from '../proxy.ts';
import { bearer, enrol, type Member, openSchool, SECRETS } from '../school.ts';
import { startWorker } from '../workerd.ts';

/** Sends a request; throws unless it is answered with this status. Gives the body and how many requests it took. */
type Ask = (status: number, request: Buffer) => Promise<{ trips: number; id: string }>;

const asking =
  (connection: Connection, count: () => number): Ask =>
  async (status, request) => {
    const before = count();
    const answer = await connection.send(request);
    if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status} ${answer.body}`);
    const id = status === 201 ? (JSON.parse(answer.body.toString()) as { id: string }).id : '';
    return { trips: count() - before, id };
  };

const rowOf = (name: string, target: number, trips: number[]): Row => ({
  name: `requests to the database: ${name}`,
  measured: trips.join(', '),
  target: String(target),
  met: trips.every((one) => one === target),
  n: trips.length,
});

const WORDS = Array.from({ length: 120 }, (_, index) => `word${index}`).join(' ');

const postRequest = async ({ rules, claims }: Catalogue, member: Member, parentId?: string) => {
  const prompt = Object.keys(rules.ruleSet.prompts)[0]!;
  const cited = Object.keys(claims).slice(0, 3);
  const path = `/v1/courses/${member.courseId}/prompts/${prompt}/posts`;
  return requestBytes('POST', path, await bearer(member), { body: WORDS, claims: cited, parentId });
};

/** An answer is one request to the database, whatever becomes of it. */
const answering = async (ask: Ask, catalogue: Catalogue, member: Member, close: (unit: string) => Promise<unknown>) => {
  const [first, , ...others] = sampleAnswers(catalogue);
  const request = await answerRequest(member, first!, 'the-key');
  const plain = await answerRequest(member, first!);
  const made = [await ask(201, request)];
  const replayed = [await ask(201, request)];
  for (let attempt = 2; attempt <= catalogue.rules.ruleSet.policy.attempts.max; attempt++)
    made.push(await ask(201, plain));
  const usedUp = [await ask(409, plain)];
  const elsewhere = others.at(-1)!;
  await close(catalogue.scenarios[elsewhere.scenario]!.unit);
  const closed = [await ask(403, await answerRequest(member, elsewhere))];
  const trips = (asked: { trips: number }[]) => asked.map((one) => one.trips);
  return [
    rowOf('graded answer', 1, trips(made)),
    rowOf('answer sent again', 1, trips(replayed)),
    rowOf('no attempts left', 1, trips(usedUp)),
    rowOf('closed', 1, trips(closed)),
  ];
};

export const requests: Case = {
  name: 'requests',
  run: async ({ app, catalogue }) => {
    await using database = await openDatabase();
    await using proxy = await startProxy(database.url);
    await using worker = await startWorker(app, { ...SECRETS, TURSO_URL: proxy.url });
    const school = await openSchool(worker);
    const at = { institutionId: school.institutionId, courseId: school.courseIds[0]! };
    const [learner, peer] = await enrol(database, at, 2);
    const [instructor] = await enrol(database, { ...at, role: 'instructor' }, 1);
    const connection = openConnection(worker.port);
    const ask = asking(connection, proxy.count);
    const tripsOf = async (path: string, headers: Record<string, string> = {}) =>
      (await ask(200, requestBytes('GET', path, headers))).trips;

    const content = [
      await tripsOf('/v1/units/1'),
      await tripsOf('/v1/module'),
      await tripsOf(`/v1/sources/${catalogue.sources[0]!.id}`),
    ];
    const close = (unit: string) =>
      database.client.execute({
        sql: `insert into activity_window (course_id, kind, activity, institution_id, closes_at) values (?, 'unit', ?, ?, 1)`,
        args: [at.courseId, unit, at.institutionId],
      });
    const answered = await answering(ask, catalogue, learner!, close);
    const posted = await ask(201, await postRequest(catalogue, learner!));
    await ask(201, await postRequest(catalogue, peer!));
    const replied = await ask(201, await postRequest(catalogue, peer!, posted.id));
    const course = `/v1/courses/${at.courseId}`;
    const prompt = Object.keys(catalogue.prompts)[0]!;
    const [own, staff, key] = [
      await bearer(learner!),
      await bearer(instructor!),
      { authorization: `Bearer ${school.key}` },
    ];
    const lists = [
      await tripsOf(`${course}/people`, staff),
      await tripsOf('/v1/courses', key),
      await tripsOf(`${course}/prompts/${prompt}/posts`, own),
      await tripsOf(`${course}/gradebook`, staff),
      await tripsOf(`${course}/grades/me`, own),
      await tripsOf(`${course}/scenarios`, own),
    ];
    connection.close();
    return [
      rowOf('unit, module, source', 0, content),
      ...answered,
      rowOf('post', 1, [posted.trips]),
      rowOf('reply', 1, [replied.trips]),
      rowOf('people, courses, posts, gradebook, own grades, scenarios', 1, lists),
    ];
  },
};
