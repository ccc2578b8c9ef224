import { atMost, type Case } from '../case.ts';
import { cpuMsOfThreads } from '../cpu.ts';
import { openConnection } from '../http.ts';
import { spread } from '../rounds.ts';
import { startWorker } from '../workerd.ts';
import { NO_DATABASE, startBoth, UNIT } from './content.ts';

const STARTS = 11;
const MOST_MS = 20;

/** CPU time from the start of the process to its first answer, in ms. */
const cpuToFirstAnswer = async (script: string): Promise<number> => {
  await using worker = await startWorker(script, NO_DATABASE);
  const connection = openConnection(worker.port);
  const { status } = await connection.send(UNIT);
  connection.close();
  if (status !== 200) throw new Error(`GET /v1/units/1: ${status}`);
  return cpuMsOfThreads(worker.pid);
};

export const start: Case = {
  name: 'start',
  run: async ({ app, progress }) => {
    await using both = await startBoth(app);
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let round = 1; round <= STARTS; round++) {
      bare.push(await cpuToFirstAnswer(both.bareScript));
      ours.push(await cpuToFirstAnswer(app));
      progress(`start ${round} of ${STARTS}: ${ours.at(-1)!.toFixed(1)} ms, bare ${bare.at(-1)!.toFixed(1)} ms`);
    }
    const more = spread(ours.map((one, round) => one - bare[round]!));
    const note = `${spread(ours).median.toFixed(1)} ms, bare ${spread(bare).median.toFixed(1)} ms`;
    return [atMost(MOST_MS, 'CPU ms to the first answer, minus bare', more, 2 * STARTS, note)];
  },
};
