import { setTimeout as sleep } from 'node:timers/promises';
import type { Catalogue } from '../../../src/catalogue/shapes.ts';
import { faultKinds } from '../../lms/faults.ts';
import type { Platform } from '../../lms/platforms.ts';
import { startLms } from '../../lms/server.ts';
import { answerRequest } from '../answers.ts';
import { askAs } from '../ask.ts';
import type { Case, Row } from '../case.ts';
import { type Database, openDatabase } from '../database.ts';
import { fillAnswers } from '../fill.ts';
import { endPauses, type Fleet, insist, passTime, startFleet } from '../fleet.ts';
import { requestBytes } from '../http.ts';
import { connectCourse, type LmsCourse, type LmsLearner } from '../lms-course.ts';
import { applyRun, dryRun } from '../regrading.ts';
import { publishRules } from '../rules.ts';
import { bearer, enrol, type Member, openSchool, SECRETS } from '../school.ts';
import { judgeCourse, keepHistory } from '../score-history.ts';
import { fireCron } from '../workerd.ts';

const LEARNERS = 50;
const COLUMNS = 20;
const LANES = 4;
/** Which part of the scores is delivered while nothing fails, and which is changed again while everything does. */
const HEALTHY = 0.2;
const CHANGED = 0.3;
const CHAOS_SECONDS = 110;
const PASSES_MS = 10 * 60_000;
const MOST_DRAINING_S = 120;

/** All but what lets a platform's answer stand, or what no score meets. */
const kinds = faultKinds.filter((kind) => !['huge', 'redirect', 'slow'].includes(kind));
/** Throttling comes less often than the others, because each time it stops its platform for a second. */
const often = kinds.filter((kind) => kind !== '429' && kind !== '403-throttle');
const weighted = [...kinds, ...often, ...often];

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((value) => [Math.random(), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);

type Cell = { learner: LmsLearner; scenario: string; attempts: number };
/** A request, and the status it is to be answered with in the end. */
type Task = { request: Buffer; status: number };

/** Their next attempt, with the best answer. */
const answering = async ({ rules }: Catalogue, { learner, scenario, attempts }: Cell): Promise<Task> => {
  const sample = rules.ruleSet.bench.find((one) => one.scenario === scenario && one.credit === 1)!;
  const came = { ...learner, delivers: true };
  return { request: await answerRequest(came, sample, `${scenario}-${attempts + 1}`), status: 201 };
};

const overriding = async (instructor: Member, { learner, scenario }: Cell): Promise<Task> => {
  const path = `/v1/courses/${learner.courseId}/people/${learner.personId}/grades/scenario/${scenario}/override`;
  const body = { points: Math.round(Math.random() * 300) / 100, reason: 'second reading' };
  return { request: requestBytes('PUT', path, await bearer(instructor), body), status: 200 };
};

/** Who has answered what how often, of what the platforms have columns for. */
const cellsOf = async ({ client }: Database, courses: readonly LmsCourse[]): Promise<Cell[]> => {
  const learners = new Map(courses.flatMap((course) => course.learners.map((one) => [one.personId, one])));
  const columns = new Set(courses.flatMap((course) => course.columns.map(({ scenario }) => scenario)));
  const { rows } = await client.execute('select person_id, scenario, count(*) as n from answer group by 1, 2');
  return rows
    .map(({ person_id, scenario, n }) => ({
      learner: learners.get(String(person_id))!,
      scenario: String(scenario),
      attempts: Number(n),
    }))
    .filter(({ scenario }) => columns.has(scenario));
};

/** Does the tasks, a few at a time, by any Worker, until then at the latest. Gives how many were done. */
const perform = async ({ workers }: Fleet, tasks: readonly Task[], end: number): Promise<number> => {
  const waiting = [...tasks];
  let done = 0;
  const lane = async (_: unknown, index: number) => {
    for (let task = waiting.shift(); task && performance.now() < end; task = waiting.shift()) {
      await insist(workers[index % workers.length]!.port, task.request, task.status);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return done;
};

const callsOf = (platforms: readonly Platform[]) => platforms.reduce((sum, { calls }) => sum + calls.length, 0);

const waitingIn = async ({ client }: Database) =>
  Number((await client.execute(`select count(*) as n from delivery where state = 'waiting'`)).rows[0]!.n);

const accepted = (platforms: readonly Platform[]) =>
  platforms.reduce((sum, { scores }) => sum + scores.filter(({ status }) => status === 200).length, 0);

/** Kills Workers and the database at random until told otherwise; with all Workers dead, time passes. */
const startChaos = (fleet: Fleet, database: Database) => {
  const done = { workers: 0, databases: 0, passes: 0 };
  let [on, calm] = [true, false];
  const strike = async () => {
    const lot = Math.random();
    if (lot < 0.35) {
      await fleet.kill(Math.floor(Math.random() * fleet.workers.length));
      done.workers += 1;
    } else if (lot < 0.65) {
      await database.crash();
      done.databases += 1;
    } else {
      await fleet.killAll(async () => {
        // What was on its way to the platform is to arrive first.
        await sleep(100);
        await passTime(database, PASSES_MS);
      });
      done.workers += fleet.workers.length;
      done.passes += 1;
    }
  };
  const striking = (async () => {
    while (on) {
      await sleep(500 + Math.random() * 3000);
      await endPauses(database);
      if (on && !calm) await strike();
    }
  })();
  return {
    done,
    /** Nothing is killed during this. */
    spare: async (work: () => Promise<unknown>) => {
      calm = true;
      await sleep(3000);
      await work();
      calm = false;
    },
    end: async () => {
      on = false;
      await striking;
      return done;
    },
  };
};

const zero = (name: string, measured: number, n: number, note?: string): Row => ({
  name,
  measured: String(measured),
  target: '0',
  met: measured === 0,
  n,
  note,
});
const told = (name: string, measured: string, n: number, note?: string): Row => ({
  name,
  measured,
  target: '',
  met: null,
  n,
  note,
});

/** Scores on their way to platforms that fail, by Workers and a database that are killed. */
export const outbox: Case = {
  name: 'outbox',
  run: async ({ app, catalogue, scores, progress }) => {
    await using database = await openDatabase();
    const { lms, stop } = await startLms({ port: 0 });
    await using _lms = { [Symbol.asyncDispose]: stop };
    await using fleet = await startFleet(app, { ...SECRETS, TURSO_URL: database.url, ALLOW_LOOPBACK: 'true' }, 2);
    const [first] = fleet.workers;
    const school = await openSchool(first!, Math.max(2, Math.ceil(scores / (LEARNERS * COLUMNS))));
    const courses: LmsCourse[] = [];
    for (const [index, courseId] of school.courseIds.entries())
      courses.push(
        await connectCourse(
          lms,
          database,
          catalogue,
          { institutionId: school.institutionId, courseId },
          {
            profile: index % 2 === 0 ? 'moodle' : 'canvas',
            learners: LEARNERS,
            scenarios: Object.keys(catalogue.rules.ruleSet.scenarios).slice(0, COLUMNS),
            toolUrl: `http://127.0.0.1:${first!.port}`,
          },
        ),
      );
    const platforms = courses.map(({ platform }) => platform);
    await keepHistory(database);
    await fireCron(first!);
    const { keys } = await (await fetch(`http://127.0.0.1:${first!.port}/lti/jwks.json`)).json();
    // By value: a Worker that is dead could not be asked for them.
    for (const { clients } of platforms) clients[0]!.jwks = keys;
    const instructors = new Map<string, Member>();
    for (const { courseId, institutionId } of courses) {
      const [one] = await enrol(database, { institutionId, courseId, role: 'instructor' }, 1);
      instructors.set(courseId, { ...one!, delivers: true });
    }

    const learners = courses.flatMap((course) => course.learners);
    // Of 25 answers each 11 are the last ones to a scenario: fillAnswers.
    await fillAnswers(database, catalogue, learners, Math.ceil(scores / 11) * 25);
    const cells = await cellsOf(database, courses);
    const healthy = Math.ceil(cells.length * HEALTHY);
    progress(`${cells.length} scores wait`);
    const wellStarted = performance.now();
    fleet.work();
    while (accepted(platforms) < healthy) await sleep(20);
    const wellSeconds = (performance.now() - wellStarted) / 1000;
    const [wellCalls, wellScores] = [callsOf(platforms), accepted(platforms)];
    progress(`${wellScores} scores delivered in ${wellSeconds.toFixed(1)} s while nothing fails`);

    for (const [index, platform] of platforms.entries())
      platform.faults = {
        rate: 0.3,
        kinds: weighted,
        endpoints: ['token', 'line-items', 'scores', 'results'],
        retryAfter: 1,
        delayMs: 100,
        state: index + 1,
      };
    const chaos = startChaos(fleet, database);
    const badEnds = performance.now() + CHAOS_SECONDS * 1000;
    const ticking = setInterval(
      () =>
        progress(
          `${accepted(platforms)} scores taken, ${callsOf(platforms)} calls; killed ${chaos.done.workers} Workers, ${chaos.done.databases} databases`,
        ),
      5000,
    );
    const { max } = catalogue.rules.ruleSet.policy.attempts;
    const changes: Task[] = [];
    for (const cell of shuffled(cells).slice(0, cells.length * CHANGED))
      changes.push(
        await (cell.attempts < max
          ? answering(catalogue, cell)
          : overriding(instructors.get(cell.learner.courseId)!, cell)),
      );
    // Nothing may be graded meanwhile: what moves after a dry run is not applied.
    await chaos.spare(async () => {
      const ask = askAs(fleet.workers[0]!.port, instructors.get(courses[0]!.courseId)!);
      await publishRules(ask, (ruleSet) => {
        for (const rule of Object.values(ruleSet.scenarios)) rule.points += 1;
      });
      await applyRun(ask, await dryRun(ask));
      progress('a course regraded');
    });
    const changed = await perform(fleet, changes, badEnds);
    progress(`${changed} changes made`);
    while (performance.now() < badEnds && (await waitingIn(database)) > 0) await sleep(500);
    const killed = await chaos.end();
    clearInterval(ticking);
    const [badCalls, badScores] = [callsOf(platforms) - wellCalls, accepted(platforms) - wellScores];
    const left = await waitingIn(database);

    for (const platform of platforms) platform.faults = undefined;
    progress(`the faults end: ${left} wait`);
    const drained = performance.now();
    await fleet.rest();
    for (;;) {
      await fleet.killAll(() => passTime(database, PASSES_MS));
      fleet.work();
      await fleet.rest();
      const waiting = await waitingIn(database);
      progress(`${waiting} wait`);
      if (waiting === 0 || performance.now() - drained > MOST_DRAINING_S * 1000) break;
    }
    const drainSeconds = (performance.now() - drained) / 1000;

    const found: Awaited<ReturnType<typeof judgeCourse>>[] = [];
    for (const course of courses) found.push(await judgeCourse(database, course));
    for (const { examples } of found) for (const example of examples.slice(0, 3)) progress(example);
    const sum = (name: 'cells' | 'accepted' | 'lost' | 'doubled' | 'outOfOrder' | 'attempts') =>
      found.reduce((total, one) => total + one[name], 0);
    const unsent = (
      await database.client.execute(
        `select state, outcome, count(*) as n, max(detail) as detail from delivery where state <> 'sent' group by 1, 2`,
      )
    ).rows;
    const failed = platforms.flatMap(({ calls }) => calls).filter(({ fault }) => fault !== undefined);
    const byKind = kinds.map((kind) => `${kind} ${failed.filter(({ fault }) => fault === kind).length}`).join(', ');
    const n = sum('accepted');
    return [
      zero(
        `final scores that did not arrive, of ${sum('cells')}`,
        sum('lost'),
        sum('cells'),
        `${changed} changed meanwhile, and a course regraded; killed: ${killed.workers} Workers, ${killed.databases} databases; faults: ${byKind}`,
      ),
      zero('scores taken twice', sum('doubled'), n),
      zero('attempts beyond the submissions made (Canvas)', sum('attempts'), n),
      zero('scores out of order, or with a timestamp that is not later', sum('outOfOrder'), n),
      zero(
        'deliveries left that are not sent',
        unsent.reduce((total, one) => total + Number(one.n), 0),
        sum('cells'),
        unsent.length > 0 ? JSON.stringify(unsent) : undefined,
      ),
      told(
        'scores a second while nothing fails',
        (wellScores / wellSeconds).toFixed(0),
        wellScores,
        `by two Workers to ${platforms.length} platforms`,
      ),
      told('calls a score while nothing fails', (wellCalls / wellScores).toFixed(2), wellScores),
      told('calls a score while 30 % fail', (badCalls / badScores).toFixed(2), badScores),
      told('seconds to drain the rest once the faults end', drainSeconds.toFixed(1), left),
    ];
  },
};
