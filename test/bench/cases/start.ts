import type { Catalogue } from '../../../src/catalogue/shapes.ts';
import { firstAttempts } from '../answers.ts';
import { atMost, type Case, forTheRecord } from '../case.ts';
import { cpuMsOfThreads } from '../cpu.ts';
import { type Database, openDatabase } from '../database.ts';
import { openConnection } from '../http.ts';
import { expecting, type Shot } from '../load.ts';
import { spread } from '../rounds.ts';
import { enrol, openSchool, SECRETS } from '../school.ts';
import { startWorker } from '../workerd.ts';
import { startBoth, UNIT } from './content.ts';

const STARTS = 11;
const MOST_MS = 20;

/** CPU time from the start of the process to its first answer, in ms. */
const cpuToFirstAnswer = async (script: string, databaseUrl: string, { request, fault }: Shot): Promise<number> => {
  await using worker = await startWorker(script, { ...SECRETS, TURSO_URL: databaseUrl });
  const connection = openConnection(worker.port);
  const wrong = fault(await connection.send(request));
  connection.close();
  if (wrong) throw new Error(wrong);
  return cpuMsOfThreads(worker.pid);
};

/** Answers to be graded, one for each start. */
const answersOf = async (app: string, database: Database, catalogue: Catalogue) => {
  await using worker = await startWorker(app, { ...SECRETS, TURSO_URL: database.url });
  const { institutionId, courseIds } = await openSchool(worker);
  return firstAttempts(catalogue, await enrol(database, { institutionId, courseId: courseIds[0]! }, 1));
};

export const start: Case = {
  name: 'start',
  run: async ({ app, catalogue, progress }) => {
    await using database = await openDatabase();
    const nextAnswer = await answersOf(app, database, catalogue);
    await using both = await startBoth(app);
    const unit = expecting(UNIT, 200, both.unit.body);
    const [ours, bare, graded]: [number[], number[], number[]] = [[], [], []];
    for (let round = 1; round <= STARTS; round++) {
      bare.push(await cpuToFirstAnswer(both.bareScript, database.url, unit));
      ours.push(await cpuToFirstAnswer(app, database.url, unit));
      graded.push(await cpuToFirstAnswer(app, database.url, nextAnswer()));
      progress(`start ${round} of ${STARTS}: ${ours.at(-1)!.toFixed(1)} ms, bare ${bare.at(-1)!.toFixed(1)} ms`);
    }
    const overBare = (all: readonly number[]) => spread(all.map((one, round) => one - bare[round]!));
    const note = `${spread(ours).median.toFixed(1)} ms, bare ${spread(bare).median.toFixed(1)} ms`;
    return [
      atMost(MOST_MS, 'CPU ms to the first answer, a unit, minus bare', overBare(ours), 2 * STARTS, note),
      forTheRecord('the same to a graded answer, minus bare', overBare(graded), 2 * STARTS),
    ];
  },
};
