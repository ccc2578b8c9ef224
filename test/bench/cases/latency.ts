import { firstAttempts, learnersFor } from '../answers.ts';
import { buildComparator } from '../build.ts';
import { atLeast, type Case } from '../case.ts';
import { openDatabase } from '../database.ts';
import { startProxy } from '../proxy.ts';
import { answeredIn, interleave, perSecond, ratioOf } from '../rounds.ts';
import { enrol, openSchool, SECRETS } from '../school.ts';
import { startWorker } from '../workerd.ts';

const CONNECTIONS = 16;
const ROUND_TRIP_MS = 30;
/** An interactive transaction takes a third of a second, so that a short round would catch too few. */
const LONGER = 2;

export const latency: Case = {
  name: 'latency',
  run: async (setting) => {
    const { catalogue, rounds, app } = setting;
    const seconds = setting.seconds * LONGER;
    await using database = await openDatabase();
    await using proxy = await startProxy(database.url, ROUND_TRIP_MS);
    const bindings = { ...SECRETS, TURSO_URL: proxy.url };
    await using worker = await startWorker(app, bindings);
    await using transactional = await startWorker(await buildComparator('transaction'), bindings);
    const { institutionId, courseIds } = await openSchool(worker);
    const mostAnswers = (rounds * seconds + 1) * CONNECTIONS * (1000 / ROUND_TRIP_MS);
    const at = { institutionId, courseId: courseIds[0]! };
    const members = await enrol(database, at, learnersFor(2 * mostAnswers, catalogue));
    const next = await firstAttempts(catalogue, members);

    const { batch, transaction } = await interleave(
      { ...setting, seconds },
      {
        batch: { port: worker.port, connections: CONNECTIONS, next },
        transaction: { port: transactional.port, connections: CONNECTIONS, next, tolerant: true },
      },
    );
    const failed = transaction.reduce((sum, { wrong }) => sum + wrong, 0);
    const note =
      `${perSecond(batch).median.toFixed(0)} and ${perSecond(transaction).median.toFixed(1)} answers/s; ` +
      `${failed} interactive transactions failed`;
    const name = `POST answers / drizzle's transaction(), ${ROUND_TRIP_MS} ms away`;
    return [atLeast(25, name, ratioOf(batch, transaction), answeredIn(batch, transaction), note)];
  },
};
