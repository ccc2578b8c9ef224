import { setTimeout as sleep } from 'node:timers/promises';
import { faultKinds } from '../../lms/faults.ts';
import type { Platform } from '../../lms/platforms.ts';
import { startLms } from '../../lms/server.ts';
import { askAs } from '../ask.ts';
import { type Case, none, told } from '../case.ts';
import { PASSES_MS, startChaos } from '../chaos.ts';
import { type Database, openDatabase } from '../database.ts';
import { fillAnswers } from '../fill.ts';
import { passTime, startFleet } from '../fleet.ts';
import { cellsOf, makeChanges, perform } from '../grade-changes.ts';
import { openCourses } from '../lms-courses.ts';
import { applyRun, dryRun } from '../regrading.ts';
import { publishRules } from '../rules.ts';
import { SECRETS } from '../school.ts';
import { judgeCourse, keepHistory } from '../score-history.ts';

/** Which part of the scores is delivered while nothing fails, and which is changed again while everything does. */
const HEALTHY = 0.2;
const CHANGED = 0.3;
const CHAOS_SECONDS = 110;
const MOST_DRAINING_S = 120;

/**
 * All but what no score meets, and what a platform means: one that answers 404 for a score and for its column has no such
 * column, and 403 is its last word.
 */
const kinds = faultKinds.filter((kind) => !['403', '404', 'huge', 'redirect', 'slow'].includes(kind));
/** Throttling comes less often than the others, because each time it stops its platform for a second. */
const often = kinds.filter((kind) => kind !== '429' && kind !== '403-throttle');
const weighted = [...kinds, ...often, ...often];

const callsOf = (platforms: readonly Platform[]) => platforms.reduce((sum, { calls }) => sum + calls.length, 0);

/** How many wait; no end of them while the database is dead. */
const waitingIn = ({ client }: Database): Promise<number> =>
  client.execute(`select count(*) as n from delivery where state = 'waiting'`).then(
    ({ rows }) => Number(rows[0]!.n),
    () => Number.POSITIVE_INFINITY,
  );

const accepted = (platforms: readonly Platform[]) =>
  platforms.reduce((sum, { scores }) => sum + scores.filter(({ status }) => status === 200).length, 0);

/** Scores on their way to platforms that fail, by Workers and a database that are killed. */
export const outbox: Case = {
  name: 'outbox',
  run: async ({ app, catalogue, scores, progress }) => {
    await using database = await openDatabase();
    const { lms, stop } = await startLms({ port: 0 });
    await using _lms = { [Symbol.asyncDispose]: stop };
    await using fleet = await startFleet(app, { ...SECRETS, TURSO_URL: database.url, ALLOW_LOOPBACK: 'true' }, 2);
    const { courses, platforms, instructors } = await openCourses(lms, database, catalogue, fleet, scores);
    await keepHistory(database);
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
    const changes = await makeChanges(catalogue, cells, cells.length * CHANGED, instructors);
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
      none(
        `final scores that did not arrive, of ${sum('cells')}`,
        sum('lost'),
        sum('cells'),
        `${changed} changed meanwhile, and a course regraded; killed: ${killed.workers} Workers, ${killed.databases} databases; faults: ${byKind}`,
      ),
      none('scores taken twice', sum('doubled'), n),
      none('attempts beyond the submissions made (Canvas)', sum('attempts'), n),
      none('scores out of order, or with a timestamp that is not later', sum('outOfOrder'), n),
      none(
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
