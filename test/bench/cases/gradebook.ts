import type { Catalogue } from '../../../src/catalogue/shapes.ts';
import { connect } from '../../../src/db/client.ts';
import { listGradebook } from '../../../src/grades/store.ts';
import { gradeParticipation } from '../../../src/grading/participation.ts';
import { askAs } from '../ask.ts';
import { atLeast, type Case } from '../case.ts';
import { type Database, openDatabase } from '../database.ts';
import { fillAnswers } from '../fill.ts';
import { type Answer, openConnection, requestBytes } from '../http.ts';
import { expectingTheSame, type Shot } from '../load.ts';
import { startProxy } from '../proxy.ts';
import { answeredIn, cpuPerRequest, interleave, perSecond, ratioOf } from '../rounds.ts';
import { bearer, enrol, openSchool, SECRETS } from '../school.ts';
import { startWorker } from '../workerd.ts';

const CONNECTIONS = 4;
const PAGE = 100;
/** More than a page, so that it has a next one. */
const LEARNERS = 150;
const ANSWERS_A_LEARNER = 100;
const TIME_BYTES = 32;

/** A participation grade of every learner in every prompt, by the ledger's trigger. */
const fillPrompts = ({ client }: Database, { rules }: Catalogue, courseId: string) => {
  const prompts = Object.entries(rules.ruleSet.prompts).map(([id, rule]) => [id, gradeParticipation(rule, {}).max]);
  return client.execute({
    sql: `insert into grade_event (id, institution_id, course_id, person_id, kind, activity, type, rule_set, counted, points, max,
        grade_points, actor, created_at)
      select person_id || (x.value->>0), institution_id, course_id, person_id, 'prompt', x.value->>0, 'participation', ?, '{}',
        x.value->>1, x.value->>1, x.value->>1, 'person:' || person_id, 1
      from enrolment, json_each(?) x where course_id = ? and role = 'learner'`,
    args: [rules.hash, JSON.stringify(prompts), courseId],
  });
};

/** The request that the app's own query is to the database, by itself. */
const rawRequest = async (url: string, at: { institutionId: string; courseId: string }): Promise<Buffer> => {
  let sent: unknown;
  const recording = async (request: RequestInfo | URL) => {
    sent = await (request as Request).clone().json();
    return fetch(request);
  };
  await listGradebook(connect(url, undefined, recording), at, { after: null, limit: PAGE });
  return requestBytes('POST', '/v2/pipeline', {}, sent);
};

/** That request again and again: the answer must hold the page and then always be as long, but for the time that it tells. */
const rawShot = async (port: number, request: Buffer): Promise<Shot> => {
  const connection = openConnection(port);
  const { body } = await connection.send(request);
  connection.close();
  const { results } = JSON.parse(body.toString()) as RawPage;
  if (results[0]?.response?.result?.rows.length !== PAGE + 1) throw new Error(`no page: ${body.subarray(0, 300)}`);
  const fault = (answer: Answer) =>
    answer.status === 200 && Math.abs(answer.body.length - body.length) < TIME_BYTES
      ? undefined
      : `expected a page, got ${answer.status} ${answer.body.subarray(0, 300)}`;
  return { request, fault };
};

type Page = { items: { grades: { points: number | null }[] }[] };
type RawPage = { results: { response?: { result?: { rows: unknown[] } } }[] };

export const gradebook: Case = {
  name: 'gradebook',
  run: async (setting) => {
    const { app, catalogue } = setting;
    await using database = await openDatabase();
    await using proxy = await startProxy(database.url);
    await using worker = await startWorker(app, { ...SECRETS, TURSO_URL: database.url });
    await using counted = await startWorker(app, { ...SECRETS, TURSO_URL: proxy.url });
    const { institutionId, courseIds } = await openSchool(worker);
    const at = { institutionId, courseId: courseIds[0]! };
    const learners = await enrol(database, at, LEARNERS);
    const [instructor] = await enrol(database, { ...at, role: 'instructor' }, 1);
    await fillAnswers(database, catalogue, learners, LEARNERS * ANSWERS_A_LEARNER);
    await fillPrompts(database, catalogue, at.courseId);
    await database.settle();

    const before = proxy.count();
    await askAs(counted.port, instructor!)(200, 'GET', `/gradebook?limit=${PAGE}`);
    const trips = proxy.count() - before;

    const { scenarios, prompts } = catalogue.rules.ruleSet;
    const activities = Object.keys(scenarios).length + Object.keys(prompts).length;
    const isFull = ({ grades }: Page['items'][number]) =>
      grades.length === activities && grades.every(({ points }) => points !== null);
    const path = `/v1/courses/${at.courseId}/gradebook?limit=${PAGE}`;
    const shot = expectingTheSame<Page>(
      requestBytes('GET', path, await bearer(instructor!)),
      200,
      ({ items }) => items.length === PAGE && items.every(isFull),
    );
    const raw = await rawShot(database.port, await rawRequest(database.url, at));
    const pids = { sqld: database.pid, worker: worker.pid };
    const rates = await interleave(setting, {
      page: { port: worker.port, connections: CONNECTIONS, next: () => shot, pids },
      raw: { port: database.port, connections: CONNECTIONS, next: () => raw, pids },
    });
    const note =
      `${Math.round(perSecond(rates.page).median)} and ${Math.round(perSecond(rates.raw).median)} requests/s; CPU µs: sqld ` +
      `${cpuPerRequest(rates.page, 'sqld')} and ${cpuPerRequest(rates.raw, 'sqld')}, Worker ${cpuPerRequest(rates.page, 'worker')}`;
    return [
      {
        name: `requests to the database: ${PAGE} people × ${activities} activities`,
        measured: String(trips),
        target: '1',
        met: trips === 1,
        n: 1,
      },
      atLeast(
        0.5,
        'a gradebook page of them / its query alone',
        ratioOf(rates.page, rates.raw),
        answeredIn(rates.page, rates.raw),
        note,
      ),
    ];
  },
};
