import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, type Case, forTheRecord } from '../case.ts';
import { cpuMs } from '../cpu.ts';
import { type LargeCourse, openLargeCourse, readRaw, sumsOf, turnPoints } from '../large-course.ts';
import { latenciesDuring, quantile } from '../latencies.ts';
import { memoryMiB } from '../memory.ts';
import { runRaw } from '../pipeline.ts';
import { applyRun, dryRun, type Timed, timed } from '../regrading.ts';
import { spread } from '../rounds.ts';
import { publishRules } from '../rules.ts';

const ROUNDS = 3;
const WRITERS = 2;
const MOST_WRITES = 90_000;
const IDLE_MS = 5000;
const MOST_CPU_MS = 30;
/** No step asks the database more often, so that there are at least half as many steps as requests. */
const REQUESTS_A_STEP = 2;

const SCAN = 'select sum(late_ms + verdict_id) from answer';
const UPDATE = 'update plain_answer set points = points + 1';

/** A dry run and a regrade with nobody else about, each beside what it is compared with. */
const quietRound = async ({ database, courseId, people, ask }: LargeCourse) => {
  await publishRules(ask, turnPoints);
  await database.settle();
  const raw = await timed(database, () => readRaw(database, courseId, people));
  const dry = await timed(database, () => dryRun(ask));
  await database.settle();
  const scan = await timed(database, () => runRaw(database.url, SCAN));
  const before = await timed(database, () => runRaw(database.url, UPDATE));
  await database.settle();
  const regrade = await timed(database, () => applyRun(ask, dry.result));
  await database.settle();
  const after = await timed(database, () => runRaw(database.url, UPDATE));
  const plain = { ms: (before.ms + after.ms) / 2, cpu: (before.cpu + after.cpu) / 2 };
  return { raw, dry, scan, plain, regrade };
};

/** Back to the rules before, by the Worker whose requests are counted, while others write by the other. */
const busyRound = async ({ database, proxy, worker, counted, nextAnswer, ask, askCounted }: LargeCourse) => {
  await publishRules(ask, turnPoints);
  await database.settle();
  const writing = <T>(work: () => Promise<T>) =>
    latenciesDuring({ port: worker.port, connections: WRITERS, next: nextAnswer }, work);
  const [cpu, requests] = [cpuMs(counted.pid), proxy.count()];
  const idle = await writing(() => sleep(IDLE_MS));
  const dry = await writing(() => dryRun(askCounted, ask));
  await database.settle();
  const still = await writing(() => sleep(IDLE_MS));
  const regrade = await writing(() => applyRun(askCounted, dry.result, ask));
  const steps = (proxy.count() - requests) / REQUESTS_A_STEP;
  const p99 = (...all: { ms: number[] }[]) =>
    quantile(
      all.flatMap(({ ms }) => ms),
      0.99,
    );
  return {
    idle: p99(idle, still),
    dry: p99(dry),
    regrade: p99(regrade),
    writes: dry.ms.length + regrade.ms.length,
    cpuAStep: (cpuMs(counted.pid) - cpu) / steps,
    memory: memoryMiB(counted.pid),
    missed: dry.result.counts!.changes - regrade.result.done,
  };
};

const shownTime = ({ ms, cpu }: Timed) => `${(ms / 1000).toFixed(1)} s (sqld CPU ${(cpu / 1000).toFixed(1)})`;

export const regrade: Case = {
  name: 'regrade',
  run: async (setting) => {
    const { answers, progress } = setting;
    await using course = await openLargeCourse(setting, MOST_WRITES);
    const { database, courseId, counted } = course;
    const [sums, start] = [await sumsOf(database, courseId), memoryMiB(counted.pid)];
    const quiet = [];
    const busy = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const alone = await quietRound(course);
      const others = await busyRound(course);
      quiet.push(alone);
      busy.push(others);
      progress(
        `round ${round} of ${ROUNDS}: raw ${shownTime(alone.raw)}, dry run ${shownTime(alone.dry)}, scan ` +
          `${shownTime(alone.scan)}, UPDATE ${shownTime(alone.plain)}, regrade ${shownTime(alone.regrade)}; p99 idle ` +
          `${others.idle.toFixed(1)} ms, dry run ${others.dry.toFixed(1)}, regrade ${others.regrade.toFixed(1)}; ` +
          `${others.cpuAStep.toFixed(1)} ms CPU a step; ${others.memory.toFixed(0)} MiB`,
      );
    }
    const grades = quiet[0]!.dry.result.graded;
    const missed = [
      ...quiet.map(({ dry, regrade }) => dry.result.counts!.changes - regrade.result.done),
      ...busy.map(({ missed }) => missed),
    ];
    const moved = (await sumsOf(database, courseId)) === sums ? 0 : 1;
    const medianS = (times: Timed[]) => `${(spread(times.map(({ ms }) => ms)).median / 1000).toFixed(1)} s`;
    const writes = busy.reduce((sum, one) => sum + one.writes, 0);
    const memory = [start, ...busy.map(({ memory }) => memory)].map((one) => one.toFixed(0)).join(', ');
    return [
      atMost(
        3,
        `dry run of ${answers} answers / reading them raw`,
        spread(quiet.map(({ dry, raw }) => dry.ms / raw.ms)),
        ROUNDS,
        `${medianS(quiet.map(({ dry }) => dry))}, raw ${medianS(quiet.map(({ raw }) => raw))}, one aggregate over them ${medianS(quiet.map(({ scan }) => scan))}; all ${grades} grades change`,
      ),
      atMost(
        2,
        `regrade of ${answers} answers / UPDATE of as many rows`,
        spread(quiet.map(({ regrade, plain }) => regrade.ms / plain.ms)),
        ROUNDS,
        `${medianS(quiet.map(({ regrade }) => regrade))} and ${medianS(quiet.map(({ plain }) => plain))}`,
      ),
      atMost(
        2,
        'p99 of two writers during a regrade / idle',
        spread(busy.map(({ regrade, idle }) => regrade / idle)),
        writes,
        `${spread(busy.map(({ regrade }) => regrade)).median.toFixed(1)} and ${spread(busy.map(({ idle }) => idle)).median.toFixed(1)} ms`,
      ),
      forTheRecord('the same during a dry run', spread(busy.map(({ dry, idle }) => dry / idle)), writes),
      atMost(MOST_CPU_MS, 'CPU ms of the Worker a step, at most', spread(busy.map(({ cpuAStep }) => cpuAStep)), ROUNDS),
      {
        ...forTheRecord(
          'MiB of the Worker after the last round / the first',
          spread([busy.at(-1)!.memory / busy[0]!.memory]),
          ROUNDS,
        ),
        note: `${memory} MiB`,
      },
      {
        name: 'changes not applied, or not undone by going back',
        measured: String(missed.reduce((a, b) => a + b, moved)),
        target: '0',
        met: missed.every((one) => one === 0) && moved === 0,
        n: missed.length,
      },
    ];
  },
};
