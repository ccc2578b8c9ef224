import { setTimeout as sleep } from 'node:timers/promises';
import type { Catalogue } from '../../../src/catalogue/shapes.ts';
import { gradeAnswer } from '../../../src/grading/grade-answer.ts';
import type { NamedRuleSet, RuleSet } from '../../../src/grading/rule-set.ts';
import { answerRequest, learnersFor } from '../answers.ts';
import { type Ask, askAs } from '../ask.ts';
import { type Case, none } from '../case.ts';
import { type Database, openDatabase } from '../database.ts';
import { type Pour, type PourLog, pour, type Receipt } from '../pouring.ts';
import { publishRules } from '../rules.ts';
import { enrol, type Member, openSchool, SECRETS } from '../school.ts';
import { startWorker } from '../workerd.ts';

const ANSWERS = 10_000;
const PUBLICATIONS = 20;
const CONNECTIONS = 8;
const POLL_MS = 5;

/** Other points for every scenario, and another credit for every entry but the full ones. */
const changeRules = (round: number) => (ruleSet: RuleSet) => {
  for (const rule of Object.values(ruleSet.scenarios)) {
    rule.points = 4 + round;
    for (const entry of rule.accepts)
      if (entry.credit < 1) entry.credit = ((Math.round(entry.credit * 100) + 7) % 100) / 100;
  }
  for (const sample of ruleSet.bench) sample.credit = gradeAnswer(ruleSet, { ...sample, counterClaims: [] }).credit;
};

/** One answer of every learner to every scenario: in turn each of the samples that the rules have for it. */
const pours = async ({ rules: { ruleSet } }: Catalogue, members: readonly Member[]): Promise<Pour[]> => {
  const all: Pour[] = [];
  for (const scenario of Object.keys(ruleSet.scenarios)) {
    const samples = ruleSet.bench.filter((sample) => sample.scenario === scenario);
    for (const [index, member] of members.entries()) {
      const sample = samples[index % samples.length]!;
      const { role, claims } = sample;
      const answer = { scenario, role, claims, counterClaims: [] };
      all.push({ answer, request: await answerRequest(member, sample, `${scenario}-${index}`) });
    }
  }
  return all.slice(0, ANSWERS);
};

/** Whether a receipt says what its rule set makes of the answer. */
const isRight = (rules: readonly NamedRuleSet[], { answer, ruleSet, credit, points, max }: Receipt): boolean => {
  const named = rules.find(({ hash }) => hash === ruleSet);
  if (!named) return false;
  const verdict = gradeAnswer(named.ruleSet, answer);
  return (
    verdict.credit === credit && verdict.max === Math.round(max * 100) && verdict.points === Math.round(points! * 100)
  );
};

/** Whether its rules were the course's at some time while it was on its way. */
const isTimely = (rules: readonly NamedRuleSet[], { ruleSet, after, before }: Receipt): boolean =>
  rules.slice(after, before + 1).some(({ hash }) => hash === ruleSet);

/** Acknowledged answers that are not stored with the verdict of the rule set that their receipt names. */
const countUnlike = async ({ client }: Database, receipts: readonly Receipt[]): Promise<number> => {
  const rows = receipts.map(({ id, ruleSet, credit, max }) => [
    id,
    ruleSet,
    Math.round(credit * 100),
    Math.round(max * 100),
  ]);
  const sql = `select count(*) as n from json_each(?) r left join answer a on a.id = r.value->>0
    left join verdict v on v.id = a.verdict_id where v.rule_set is not r.value->>1 or v.credit is not r.value->>2
      or v.max is not r.value->>3`;
  return Number((await client.execute({ sql, args: [JSON.stringify(rows)] })).rows[0]!.n);
};

/** Answers pour into two Workers while the rules are published anew again and again, by one and the other. */
export const publishing: Case = {
  name: 'publishing',
  run: async ({ app, catalogue, progress }) => {
    await using database = await openDatabase();
    const bindings = { ...SECRETS, TURSO_URL: database.url };
    await using first = await startWorker(app, bindings);
    await using second = await startWorker(app, bindings);
    const workers = [first, second];
    const { institutionId, courseIds } = await openSchool(first);
    const at = { institutionId, courseId: courseIds[0]! };
    const [instructor] = await enrol(database, { ...at, role: 'instructor' }, 1);
    const asks: Ask[] = workers.map(({ port }) => askAs(port, instructor!));
    const waiting = await pours(catalogue, await enrol(database, at, learnersFor(ANSWERS, catalogue)));

    const rules: NamedRuleSet[] = [catalogue.rules];
    const publications = { begun: 0, done: 0 };
    const log: PourLog = { receipts: [], busy: 0, faults: [] };
    let taken = 0;
    const publishing = async () => {
      while (publications.done < PUBLICATIONS) {
        const due = ((publications.done + 1) * ANSWERS) / (PUBLICATIONS + 1);
        if (log.receipts.length + log.faults.length < due) await sleep(POLL_MS);
        else {
          publications.begun += 1;
          rules.push(await publishRules(asks[publications.begun % 2]!, changeRules(publications.begun)));
          publications.done += 1;
        }
      }
    };
    const started = performance.now();
    const pouring = Array.from({ length: CONNECTIONS }, (_, index) =>
      pour(workers[index % 2]!.port, () => waiting[taken++], publications, log),
    );
    await Promise.all([publishing(), ...pouring]);
    const seconds = (performance.now() - started) / 1000;
    progress(`${log.receipts.length} answers and ${publications.done} publications in ${seconds.toFixed(1)} s`);

    const { receipts } = log;
    const n = receipts.length;
    const stored = Number((await database.client.execute('select count(*) as n from answer')).rows[0]!.n);
    const used = new Set(receipts.map(({ ruleSet }) => ruleSet)).size;
    const unlike = receipts.filter((one) => !isRight(rules, one)).length + (await countUnlike(database, receipts));
    const note = `${n} answers by ${CONNECTIONS} connections and two Workers in ${seconds.toFixed(1)} s, by ${used} rule sets; ${log.busy} times 503`;
    return [
      none(
        `answers not acknowledged, ${PUBLICATIONS} publications between`,
        ANSWERS - n,
        ANSWERS,
        log.faults[0] ?? note,
      ),
      none(
        'acknowledged answers lost, or stored twice',
        Math.abs(stored - n) + n - new Set(receipts.map(({ id }) => id)).size,
        n,
      ),
      none('verdicts other than by the rule set that the receipt names', unlike, n),
      none(
        'answers by rules replaced before they were sent',
        receipts.filter((one) => !isTimely(rules, one)).length,
        n,
      ),
    ];
  },
};
