import { request } from 'node:http';
import type { RuleSet } from '../../src/grading/rule-set.ts';
import { firstAttempts, learnersFor } from './answers.ts';
import { askAs } from './ask.ts';
import type { Setting } from './case.ts';
import { type Database, openDatabase } from './database.ts';
import { fillAnswers } from './fill.ts';
import { pipelineOf } from './pipeline.ts';
import { startProxy } from './proxy.ts';
import { enrol, openSchool, SECRETS } from './school.ts';
import { startWorker } from './workerd.ts';

/** So many that everybody has answered every scenario, some of them three times. */
const ANSWERS_A_LEARNER = 100;
const PEOPLE_A_PAGE = 100;
/** Of an answer and of its author: no page may be shorter. */
const ID_BYTES = 2 * 36;

/** Every other scenario is worth half as much more and the rest half, or again as before: every grade changes, up or down. */
export const turnPoints = ({ scenarios }: RuleSet): void => {
  for (const [index, rule] of Object.values(scenarios).entries())
    rule.points = rule.points !== 4 ? 4 : index % 2 === 0 ? 6 : 2;
};

/** Asks the database and lets the answer run through: how many bytes it was. Node's own client is the fastest at that. */
const drain = (port: number, asked: unknown): Promise<number> =>
  new Promise((resolve, reject) => {
    const asking = request({ port, method: 'POST', path: '/v2/pipeline' }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('end', () => resolve(bytes));
    });
    asking.on('error', reject);
    asking.end(JSON.stringify(asked));
  });

/** Reads what a comparison needs of every answer of a course, in pages of 10 000 (whole people), and does nothing with it. */
export const readRaw = async ({ port }: Database, courseId: string, people: readonly string[]): Promise<void> => {
  const sql = `select id, person_id, scenario, attempt, late_ms, verdict_id from answer
    where course_id = ? and person_id > ? and person_id <= ? order by person_id, scenario, attempt`;
  for (let start = 0; start < people.length; start += PEOPLE_A_PAGE) {
    const page = people.slice(start, start + PEOPLE_A_PAGE);
    const bytes = await drain(port, pipelineOf(sql, [courseId, people[start - 1] ?? '', page.at(-1)!]));
    if (bytes < page.length * ANSWERS_A_LEARNER * ID_BYTES) throw new Error('a page of answers is too short');
  }
};

/** What the grades of a course add up to. */
export const sumsOf = async ({ client }: Database, courseId: string): Promise<string> => {
  const sql = 'select count(*), sum(auto_points), sum(max) from grade where course_id = ?';
  return JSON.stringify((await client.execute({ sql, args: [courseId] })).rows[0]);
};

/** As many rows as there are answers, to be changed by one plain UPDATE. */
const makePlain = ({ client }: Database) =>
  client.batch(
    [
      `create table plain_answer (id text primary key not null, course_id text not null, person_id text not null,
        scenario text not null, attempt integer not null, role text not null, claims text not null, reason text,
        late_ms integer not null, submitted_at integer not null, verdict_id integer not null, points integer)
        strict, without rowid`,
      `insert into plain_answer select id, course_id, person_id, scenario, attempt, role, claims, reason, late_ms,
        submitted_at, verdict_id, points from answer`,
    ],
    'write',
  );

/**
 * A course with all the answers, an instructor who asks one of two Workers, and a small course beside it whose learners
 * write. The requests of the second Worker to the database are counted.
 */
export const openLargeCourse = async ({ app, catalogue, progress, answers }: Setting, mostWrites: number) => {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await openDatabase());
  const proxy = stack.use(await startProxy(database.url));
  const worker = stack.use(await startWorker(app, { ...SECRETS, TURSO_URL: database.url }));
  const counted = stack.use(await startWorker(app, { ...SECRETS, TURSO_URL: proxy.url }));
  const { institutionId, courseIds } = await openSchool(worker, 2);
  const [large, small] = courseIds.map((courseId) => ({ institutionId, courseId }));
  const learners = await enrol(database, large!, answers / ANSWERS_A_LEARNER);
  const [instructor] = await enrol(database, { ...large!, role: 'instructor' }, 1);
  await fillAnswers(database, catalogue, learners, answers);
  await makePlain(database);
  progress(`${answers} answers stored`);
  const writers = await enrol(database, small!, learnersFor(mostWrites, catalogue));
  const course = {
    database,
    proxy,
    worker,
    counted,
    courseId: large!.courseId,
    people: learners.map(({ personId }) => personId).sort(),
    nextAnswer: await firstAttempts(catalogue, writers),
    ask: askAs(worker.port, instructor!),
    askCounted: askAs(counted.port, instructor!),
  };
  const all = stack.move();
  return { ...course, [Symbol.asyncDispose]: () => all.disposeAsync() };
};

export type LargeCourse = Awaited<ReturnType<typeof openLargeCourse>>;
