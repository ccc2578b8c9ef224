import { answerRequest, firstAttempts, learnersFor, sampleAnswers } from '../answers.ts';
import { buildComparator } from '../build.ts';
import { atLeast, type Case, forTheRecord } from '../case.ts';
import { openDatabase } from '../database.ts';
import { expectingJson } from '../load.ts';
import { answeredIn, cpuPerRequest, interleave, perSecond, ratioOf } from '../rounds.ts';
import { enrol, openSchool, SECRETS } from '../school.ts';
import { startWorker } from '../workerd.ts';

const CONNECTIONS = 4;
/** More than the database could ever take. */
const MOST_PER_SECOND = 2000;

export const answers: Case = {
  name: 'answers',
  run: async (setting) => {
    const { catalogue, rounds, seconds, app } = setting;
    await using database = await openDatabase();
    await database.client.execute('create table plain (id integer primary key, person text, body text, at integer)');
    const bindings = { ...SECRETS, TURSO_URL: database.url };
    await using worker = await startWorker(app, bindings);
    await using plainWorker = await startWorker(await buildComparator('plain'), bindings);
    const { institutionId, courseIds } = await openSchool(worker, 2);
    const learners = learnersFor((rounds * seconds + 1) * MOST_PER_SECOND, catalogue);
    const [members, keyedMembers] = await Promise.all(
      courseIds.map((courseId) => enrol(database, { institutionId, courseId }, learners)),
    );
    const [sample] = sampleAnswers(catalogue);
    const request = await answerRequest(members![0]!, sample!);
    const plainShot = expectingJson<{ id: string }>(request, 201, ({ id }) => Number(id) > 0);
    const target = ({ port, pid }: typeof worker, next: () => typeof plainShot) => ({
      port,
      connections: CONNECTIONS,
      next,
      pids: { worker: pid, sqld: database.pid },
    });

    const { answer, keyed, plain } = await interleave(setting, {
      answer: target(worker, await firstAttempts(catalogue, members!)),
      plain: target(plainWorker, () => plainShot),
      keyed: target(worker, await firstAttempts(catalogue, keyedMembers!, { keyed: true })),
    });
    const cost = (rates: typeof answer) =>
      `${Math.round(perSecond(rates).median)}/s (CPU µs: Worker ${cpuPerRequest(rates, 'worker')}, sqld ${cpuPerRequest(rates, 'sqld')})`;
    const note = `answer ${cost(answer)}, with key ${cost(keyed)}, plain ${cost(plain)}`;
    return [
      atLeast(0.75, 'POST answers / one-row insert', ratioOf(answer, plain), answeredIn(answer, plain), note),
      forTheRecord('the same, under an Idempotency-Key', ratioOf(keyed, plain), answeredIn(keyed, plain)),
    ];
  },
};
