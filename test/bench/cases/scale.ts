import type { Catalogue } from '../../../src/catalogue/shapes.ts';
import { firstAttempts, learnersFor } from '../answers.ts';
import { atLeast, type Case, type Setting } from '../case.ts';
import { type Database, openDatabase } from '../database.ts';
import { fillAnswers } from '../fill.ts';
import { requestBytes } from '../http.ts';
import { expectingTheSame, type Shot } from '../load.ts';
import { answeredIn, cpuPerRequest, interleave, perSecond, ratioOf } from '../rounds.ts';
import { bearer, enrol, type Member, openSchool, SECRETS } from '../school.ts';
import { startWorker, type Worker } from '../workerd.ts';

const CONNECTIONS = 4;
const FEW = 1000;
const MANY = 1_000_000;
/** The first page of the measured course, and who is on it, is the same in both databases. */
const ON_THE_PAGE = 60;
const SCHOOLS = 5;
const COURSES_A_SCHOOL = 4;
const LEARNERS_A_COURSE = 500;
const ANSWERS_A_COURSE = MANY / SCHOOLS / COURSES_A_SCHOOL;
const MOST_PER_SECOND = 1000;

type Site = AsyncDisposable & { database: Database; worker: Worker; page: Member[]; instructor: Member };

/** A course with few answers and, where `many`, a million more in it and in the courses around it. */
const openSite = async ({ app, catalogue, progress }: Setting, many: boolean): Promise<Site> => {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await openDatabase());
  const worker = stack.use(await startWorker(app, { ...SECRETS, TURSO_URL: database.url }));
  const school = await openSchool(worker, COURSES_A_SCHOOL);
  const at = { institutionId: school.institutionId, courseId: school.courseIds[0]! };
  const page = await enrol(database, at, ON_THE_PAGE);
  const [instructor] = await enrol(database, { ...at, role: 'instructor' }, 1);
  await fillAnswers(database, catalogue, page, FEW);
  if (many) {
    const schools = [school];
    while (schools.length < SCHOOLS) schools.push(await openSchool(worker, COURSES_A_SCHOOL));
    let before = FEW;
    for (const { institutionId, courseIds } of schools)
      for (const courseId of courseIds) {
        const learners = await enrol(database, { institutionId, courseId }, LEARNERS_A_COURSE);
        const answers = Math.min(ANSWERS_A_COURSE, MANY - before);
        await fillAnswers(database, catalogue, learners, answers, { before });
        before += answers;
        progress(`${before} of ${MANY} answers stored`);
      }
  }
  await database.settle();
  const all = stack.move();
  return { database, worker, page, instructor: instructor!, [Symbol.asyncDispose]: () => all.disposeAsync() };
};

/** Each of the shots in turn, for ever. */
const inTurn = (shots: readonly Shot[]) => {
  let used = 0;
  return () => shots[used++ % shots.length]!;
};

type List = { items: { points?: number | null; grades?: { points: number | null }[] }[] };

const ownGrades = async ({ page }: Site): Promise<() => Shot> => {
  const shots = page.map(async (member) => {
    const request = requestBytes('GET', `/v1/courses/${member.courseId}/grades/me`, await bearer(member));
    return expectingTheSame<List>(
      request,
      200,
      ({ items }) => items.filter(({ points }) => points !== null).length >= 7,
    );
  });
  return inTurn(await Promise.all(shots));
};

const list = async ({ instructor }: Site, name: string, holds: (list: List) => boolean): Promise<() => Shot> => {
  const path = `/v1/courses/${instructor.courseId}/${name}?limit=50`;
  const request = requestBytes('GET', path, await bearer(instructor));
  return inTurn([expectingTheSame<List>(request, 200, (body) => body.items.length === 50 && holds(body))]);
};

const freshAnswers = async ({ database, instructor }: Site, catalogue: Catalogue, most: number) => {
  const { institutionId, courseId } = instructor;
  return firstAttempts(catalogue, await enrol(database, { institutionId, courseId }, learnersFor(most, catalogue)));
};

export const scale: Case = {
  name: 'scale',
  run: async (setting) => {
    const { catalogue, rounds, seconds } = setting;
    await using few = await openSite(setting, false);
    await using many = await openSite(setting, true);
    const most = (rounds * seconds + 1) * MOST_PER_SECOND;
    const graded = ({ items }: List) => items.every(({ grades }) => grades!.some(({ points }) => points !== null));
    const kinds: [string, (site: Site) => Promise<() => Shot>][] = [
      ['POST answers', (site) => freshAnswers(site, catalogue, most)],
      ['GET grades/me', ownGrades],
      ['GET people?limit=50', (site) => list(site, 'people', () => true)],
      ['GET gradebook?limit=50', (site) => list(site, 'gradebook', graded)],
    ];
    const rows = [];
    for (const [name, shots] of kinds) {
      setting.progress(name);
      const target = async (site: Site) => ({
        port: site.worker.port,
        connections: CONNECTIONS,
        next: await shots(site),
        pids: { sqld: site.database.pid, worker: site.worker.pid },
      });
      const rates = await interleave(setting, { few: await target(few), many: await target(many) });
      const note =
        `${Math.round(perSecond(rates.many).median)} and ${Math.round(perSecond(rates.few).median)} requests/s; ` +
        `sqld CPU µs ${cpuPerRequest(rates.many, 'sqld')} and ${cpuPerRequest(rates.few, 'sqld')}, ` +
        `Worker ${cpuPerRequest(rates.many, 'worker')} and ${cpuPerRequest(rates.few, 'worker')}`;
      const n = answeredIn(rates.few, rates.many);
      rows.push(atLeast(0.9, `${name}: ${MANY} answers / ${FEW}`, ratioOf(rates.many, rates.few), n, note));
    }
    return rows;
  },
};
