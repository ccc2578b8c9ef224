import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connect } from '../../src/db/client.ts';
import { gradeAnswer, parseAnswerKey } from '../../src/grading/grade-answer.ts';
import { afterDeductions, keptPoints } from '../../src/grading/policy.ts';
import type { RuleSet } from '../../src/grading/rule-set.ts';
import { advance } from '../../src/regrades/advance.ts';
import { type Json, newWorld, type Somebody, type World } from '../world/world.ts';

const DAY_MS = 86_400_000;
const BUDGET = { numRuns: 4, interruptAfterTimeLimit: 5000 };

const rules = fc.record({
  bare: fc.constantFrom(0, 0.25, 0.5),
  licensed: fc.constantFrom(['000.22'], ['000.22', '003.09']),
  points: fc.constantFrom(4, 4, 3, 7),
  treat: fc.constantFrom(undefined, undefined, undefined, 'void' as const, 'full-credit' as const),
  keep: fc.constantFrom('best' as const, 'last' as const, 'first' as const),
  penalty: fc.constantFrom(0, 0.25),
  perDay: fc.constantFrom(0, 0.1),
});
const answer = fc.record({
  who: fc.nat(2),
  role: fc.constantFrom('smm', 'smm', 'cm', 'both'),
  claims: fc.constantFrom([], ['000.22'], ['003.09'], ['003.09', '001.13']),
  counterClaims: fc.constantFrom([], ['002b.12']),
  daysLater: fc.constantFrom(0, 0, 1),
});
const round = fc.record({
  answers: fc.array(answer, { minLength: 1, maxLength: 3 }),
  rules,
  policy: fc.constantFrom('raise-only' as const, 'replace' as const),
  override: fc.option(fc.nat(2)),
  /** Before which of its round trips the regrade is killed. */
  killedAt: fc.integer({ min: 1, max: 9 }),
});
const term = fc.record({ start: fc.array(answer, { minLength: 2, maxLength: 4 }), rounds: fc.tuple(round, round) });

type Rules = (typeof rules extends fc.Arbitrary<infer R> ? R : never) & object;
type Answer = typeof answer extends fc.Arbitrary<infer A> ? A : never;
type Policy = 'raise-only' | 'replace';
type Change = {
  person: { id: string };
  from: number | null;
  to: number | null;
  max: number;
  override: boolean;
  crossesPass: boolean;
};
/** Points in 1/100. */
type Grade = { auto: number | null; override: number | null; max: number };
type Grades = Record<string, Grade>;

const hundredfold = (points: number | null) => (points === null ? null : Math.round(points * 100));

/** The scenario's automatic points, override and maximum by person, as stored. */
const gradesOf = async (world: World): Promise<Grades> => {
  const sql = `select person_id, auto_points, override_points, max from grade where course_id = '${world.course}' and activity = 'S29'`;
  const { rows } = await world.db.$client.execute(sql);
  return Object.fromEntries(
    rows.map((row) => [
      String(row.person_id),
      { auto: row.auto_points, override: row.override_points, max: row.max } as Grade,
    ]),
  );
};

/** Everything that the regrades of a course wrote down. */
const ledgerOf = async (world: World, id: string) =>
  (
    await world.db.$client.execute(`select * from regrade_change where regrade_id = '${id}' order by person_id`)
  ).rows.map((row) => ({ ...row }));

/** What a rule set makes of everybody's answers, by the pure grader alone. */
const byThePureGrader = async (world: World, ruleSet: RuleSet): Promise<Record<string, number | null>> => {
  const sql = `select a.person_id, a.attempt, a.late_ms, v.answer_key from answer a join verdict v on v.id = a.verdict_id
    where a.course_id = '${world.course}' and a.scenario = 'S29'`;
  const rows = (await world.db.$client.execute(sql)).rows;
  const attempts = rows.map((row) => {
    const { points } = gradeAnswer(ruleSet, parseAnswerKey(String(row.answer_key)));
    const attempt = Number(row.attempt);
    const left = points === null ? null : afterDeductions(ruleSet.policy, points, attempt, Number(row.late_ms));
    return { person: String(row.person_id), attempt, points: left };
  });
  const byPerson = Map.groupBy(attempts, ({ person }) => person);
  return Object.fromEntries(
    [...byPerson].map(([person, own]) => [person, keptPoints(ruleSet.policy.attempts.keep, own)]),
  );
};

const publishRules = async (world: World, who: Somebody, change: Rules): Promise<RuleSet> => {
  const { body, headers } = await world.request(who.token, 'GET', world.at('/rule-draft'));
  const doc: RuleSet = body.doc;
  const rule = doc.scenarios.S29!;
  const entry = (licensed: boolean) =>
    rule.accepts.find(({ role, needs }) => role === 'smm' && (needs !== undefined) === licensed)!;
  entry(false).credit = change.bare;
  entry(true).needs = { any: [...change.licensed] };
  rule.points = change.points;
  delete rule.treat;
  if (change.treat) rule.treat = change.treat;
  doc.policy.attempts = { max: 20, keep: change.keep, penalty: change.penalty };
  doc.policy.late.penaltyPerDay = change.perDay;
  doc.bench = doc.bench.filter(({ scenario }) => scenario !== 'S29');
  const saved = await world.request(
    who.token,
    'PUT',
    world.at('/rule-draft'),
    { doc },
    { 'if-match': headers.get('etag')! },
  );
  expect(saved.status).toBe(200);
  expect((await world.request(who.token, 'POST', world.at('/rule-draft/publication'))).status).toBe(201);
  return doc;
};

const dryRun = async (world: World, who: Somebody): Promise<Json> => {
  const started = await world.request(who.token, 'POST', world.at('/dry-runs'), {});
  expect(started).toMatchObject({ status: 201, body: { state: 'ready' } });
  return started.body;
};

const changesOf = async (world: World, who: Somebody, id: string, query = ''): Promise<Change[]> =>
  (await world.request(who.token, 'GET', world.at(`/dry-runs/${id}/changes${query}`))).body.items;

const apply = (world: World, who: Somebody, { id, hash }: Json, policy: Policy) =>
  world.request(who.token, 'POST', world.at('/regrades'), { dryRun: id, policy }, { 'if-match': `"${hash}"` });

/** The network goes before the request's round trip number `at`, and comes back afterwards. */
const killed = async (world: World, at: number, work: () => Promise<Json>) => {
  const { deps } = world;
  const { dbFor } = deps;
  let trips = 0;
  deps.dbFor = () =>
    connect(deps.config.databaseUrl, undefined, (input, init) => {
      trips += 1;
      return trips < at ? fetch(input, init) : Promise.reject(new TypeError('the network is gone'));
    });
  const { status } = await work();
  deps.dbFor = dbFor;
  expect(status).toBe(trips < at ? 202 : 503);
};

/** A change counts: always by `replace`; by `raise-only` where nobody loses points that they have. */
const counts = ({ from, to, max }: Change, wasMax: number, policy: Policy) =>
  policy === 'replace' || to === null || from === null || to > from || (to === from && hundredfold(max)! <= wasMax);

const effective = ({ auto, override }: Grade) => override ?? auto;

/** What applying should leave: the dry run's rows that count, and all else as it was. */
const told = (before: Grades, changes: readonly Change[], policy: Policy): Grades => {
  const after = structuredClone(before);
  for (const change of changes) {
    const was = before[change.person.id]!;
    expect(hundredfold(change.from)).toBe(was.auto);
    if (counts(change, was.max, policy))
      after[change.person.id] = { ...was, auto: hundredfold(change.to), max: hundredfold(change.max)! };
  }
  return after;
};

const newTerm = async () => {
  const world = await newWorld();
  const instructor = await world.instructor();
  const students = [await world.learner(), await world.learner(), await world.learner()];
  const dueAt = new Date(world.clock.now + DAY_MS / 2).toISOString();
  const dates = world.at('/schedule/unit/4');
  expect((await world.request(instructor.token, 'PUT', dates, { dueAt })).status).toBe(200);
  const hand = async ({ who, daysLater, ...one }: Answer) => {
    world.clock.now += daysLater * DAY_MS;
    expect([201, 409]).toContain((await world.answer(students[who]!, 'S29', one)).status);
  };
  return { world, instructor, students, hand };
};

/** Every event of a scenario's grades comes out the same when it is replayed. */
const expectReplays = async (world: World, who: Somebody, students: readonly Somebody[]) => {
  for (const { id } of students) {
    const path = world.at(`/people/${id}/grades/scenario/S29/events`);
    const { body } = await world.request(who.token, 'GET', path);
    for (const event of body.items) {
      const replayed = await world.request(who.token, 'POST', world.at(`/grade-events/${event.id}/replay`));
      expect(replayed.body.same, `${event.type} ${event.id}`).toBe(true);
    }
  }
};

describe('regrades, whatever the answers and the rules', () => {
  it('do what the dry run told row by row, lower nobody by raise-only, touch no override, end the same when killed, and replay', async () => {
    const property = fc.asyncProperty(term, async ({ start, rounds }) => {
      const { world, instructor, students, hand } = await newTerm();
      for (const one of start) await hand(one);
      expect((await dryRun(world, instructor)).counts.changes).toBe(0);

      for (const { answers, rules: change, policy, override, killedAt } of rounds) {
        if (override !== null) {
          const path = world.at(`/people/${students[override]!.id}/grades/scenario/S29/override`);
          await world.request(instructor.token, 'PUT', path, { points: 2.5, reason: 'said so in class' });
        }
        const ruleSet = await publishRules(world, instructor, change);
        for (const one of answers) await hand(one);

        const before = await gradesOf(world);
        const run = await dryRun(world, instructor);
        const changes = await changesOf(world, instructor, run.id);
        const crossing = changes.filter(({ crossesPass }) => crossesPass);
        expect(run.counts.replace.risesAbovePass + run.counts.replace.fallsBelowPass).toBe(crossing.length);
        const alone = await changesOf(world, instructor, run.id, '?crossesPass=true');
        expect(alone).toEqual(crossing);
        expect(await gradesOf(world)).toEqual(before);
        const should = await byThePureGrader(world, ruleSet);
        for (const [id, { auto }] of Object.entries(before)) {
          const row = changes.find(({ person }) => person.id === id);
          if (id in should) expect(row ? hundredfold(row.to) : auto).toBe(should[id]);
        }

        const after = told(before, changes, policy);
        await killed(world, killedAt, () => apply(world, instructor, run, policy));
        expect((await apply(world, instructor, run, policy)).status).toBe(202);
        const at = { institutionId: world.institution, courseId: world.course };
        expect(await advance(world.deps, at, run.id, 10)).toMatchObject({ state: 'applied', done: changes.length });
        expect(await gradesOf(world)).toEqual(after);
        for (const [id, was] of Object.entries(before)) {
          if (was.override !== null) expect(effective(after[id]!)).toBe(was.override);
          const [old, now] = [was.auto, after[id]!.auto];
          if (policy === 'raise-only' && old !== null && now !== null) expect(now).toBeGreaterThanOrEqual(old);
        }

        const written = await ledgerOf(world, run.id);
        expect((await apply(world, instructor, run, policy)).status).toBe(202);
        expect([await gradesOf(world), await ledgerOf(world, run.id)]).toEqual([after, written]);
        // Set back by hand, it ends the same.
        await world.db.$client.execute(`update regrade set state = 'applying', cursor = '' where id = '${run.id}'`);
        await advance(world.deps, at, run.id, 10);
        expect([await gradesOf(world), await ledgerOf(world, run.id)]).toEqual([after, written]);

        const { counts: left } = await dryRun(world, instructor);
        if (policy === 'replace') expect(left.changes).toBe(0);
        else expect(left.replace.raised).toBe(0);
      }
      await expectReplays(world, instructor, students);
    });
    await fc.assert(property, BUDGET);
  }, 20_000);
});
