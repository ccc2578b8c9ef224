import type { Catalogue } from '../../../src/catalogue/shapes.ts';
import { answerRequest, learnersFor, sampleAnswers } from '../answers.ts';
import { type Case, none } from '../case.ts';
import { type Database, openDatabase } from '../database.ts';
import { enrol, type Member, openSchool, SECRETS } from '../school.ts';
import { startWorker } from '../workerd.ts';
import { type Log, type Task, write } from '../writers.ts';

const WRITERS = 16;
const MOST_PER_SECOND = 1500;

/** Every attempt that these learners have, one scenario's after one another, so that writers meet on the same one. */
const attemptsOf = (catalogue: Catalogue, members: readonly Member[]) => {
  const samples = sampleAnswers(catalogue);
  const { max } = catalogue.rules.ruleSet.policy.attempts;
  const pairs = members.flatMap((member) => samples.map((sample) => ({ member, sample })));
  return pairs.flatMap((pair) => Array.from({ length: max }, (_, index) => ({ ...pair, attempt: index + 1 })));
};

/** Signs requests ahead of the writers, for they take them without waiting. */
const tasksFor = (catalogue: Catalogue, members: readonly Member[]): Promise<Task[]> =>
  Promise.all(
    attemptsOf(catalogue, members).map(async ({ member, sample, attempt }) => {
      const request = await answerRequest(member, sample, `${sample.scenario}-${attempt}`);
      return { member, scenario: sample.scenario, request };
    }),
  );

const countOf = async ({ client }: Database, sql: string, rows: unknown[]): Promise<number> =>
  Number((await client.execute({ sql, args: [JSON.stringify(rows)] })).rows[0]?.n);

/** Acknowledged answers that are not there. */
const lost = (database: Database, { ids }: Log) =>
  countOf(
    database,
    `select count(*) as n from json_each(?) a where not exists (select 1 from answer where id = a.value ->> 0
      and person_id = a.value ->> 1 and scenario = a.value ->> 2)`,
    [...ids].map(([{ member, scenario }, id]) => [id, member.personId, scenario]),
  );

/** Answers beyond one for each request sent: rows too many, or rows that no remembered request stands for. */
const doubled = async (database: Database, sent: readonly Task[]) => {
  const pairs = new Map<string, [string, string, number]>();
  for (const { member, scenario } of sent) {
    const pair = pairs.get(member.personId + scenario) ?? [member.personId, scenario, 0];
    pairs.set(member.personId + scenario, [pair[0], pair[1], pair[2] + 1]);
  }
  const tooMany = `select coalesce(sum(n), 0) as n from (select count(*) - coalesce(max(a.value ->> 2), 0) as n from answer
    left join json_each(?) a on a.value ->> 0 = person_id and a.value ->> 1 = scenario group by person_id, scenario) where n > 0`;
  const unknown = `select count(*) as n from answer left join (select result_id, count(*) as times from idempotency
    group by result_id) r on r.result_id = answer.id where ? is not null and times is not 1`;
  return (await countOf(database, tooMany, [...pairs.values()])) + (await countOf(database, unknown, []));
};

/** Many writers, of whom some give up early and send again: nothing may hang, be lost, or be stored twice. */
export const soak: Case = {
  name: 'soak',
  run: async ({ app, catalogue, soakSeconds, progress }) => {
    await using database = await openDatabase();
    await using worker = await startWorker(app, { ...SECRETS, TURSO_URL: database.url });
    const { institutionId, courseIds } = await openSchool(worker);
    const { max } = catalogue.rules.ruleSet.policy.attempts;
    const learners = learnersFor((soakSeconds * MOST_PER_SECOND) / max, catalogue);
    const members = await enrol(database, { institutionId, courseId: courseIds[0]! }, learners);
    const tasks = await tasksFor(catalogue, members);
    const log: Log = { ids: new Map(), aborted: 0, busy: 0, faults: [] };
    let taken = 0;
    const next = () => tasks[taken++]!;
    const end = performance.now() + soakSeconds * 1000;
    const ticking = setInterval(() => progress(`${log.ids.size} acknowledged, ${log.aborted} given up`), 10_000);
    await Promise.all(Array.from({ length: WRITERS }, () => write(worker.port, next, end, log)));
    clearInterval(ticking);

    const sent = tasks.slice(0, taken);
    const n = log.ids.size;
    const note = `${n} acknowledged in ${soakSeconds} s, ${log.aborted} given up on and sent again, ${log.busy} times 503`;
    return [
      none('requests that hung or failed', log.faults.length, taken, log.faults[0] ?? note),
      none('acknowledged answers lost', await lost(database, log), n),
      none('acknowledgements that name the same answer', n - new Set(log.ids.values()).size, n),
      none('answers stored twice', await doubled(database, sent), n),
    ];
  },
};
