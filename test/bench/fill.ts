import type { Catalogue } from '../../src/catalogue/shapes.ts';
import { answerKey, ENGINE_VERSION, gradeAnswer } from '../../src/grading/grade-answer.ts';
import type { Database } from './database.ts';
import { fillStatements } from './fill-statements.ts';
import type { Member } from './school.ts';

const SLICE = 10_000;

/** Every scenario's first, second and third attempt (the rules' samples, worst first) with the verdicts on them. */
const choices = ({ rules: { hash, ruleSet } }: Catalogue) =>
  Object.keys(ruleSet.scenarios).flatMap((scenario, number) => {
    const samples = ruleSet.bench.filter((one) => one.scenario === scenario).sort((a, b) => a.credit - b.credit);
    return [samples[0]!, samples[Math.floor(samples.length / 2)]!, samples.at(-1)!].map(({ role, claims }, index) => {
      const given = { scenario, role, claims, counterClaims: [] };
      const { credit, points, max, trace } = gradeAnswer(ruleSet, given);
      return {
        number,
        attempt: index + 1,
        scenario,
        role,
        claims: JSON.stringify(claims),
        key: answerKey(given),
        full: credit === 1 ? 1 : 0,
        credit: Math.round(credit * 100),
        points,
        max,
        trace: JSON.stringify(trace),
        rules: hash,
      };
    });
  });

const of = (name: string) => `json_extract(c.value, '$.${name}')`;

/** The tables that the numbered answers are made from. Dropped afterwards, so that the schema is the app's again. */
const prepare = (members: readonly Member[], catalogue: Catalogue) => {
  const institutions = JSON.stringify([...new Set(members.map((member) => member.institutionId))]);
  const rows = members.map(({ institutionId, courseId, personId }) => [institutionId, courseId, personId]);
  const all = JSON.stringify(choices(catalogue));
  const each = 'from json_each(?) i, json_each(?) c';
  return [
    `create table bench_member (number integer primary key, institution_id text, course_id text, person_id text)`,
    {
      sql: `insert into bench_member select key, json_extract(value, '$[0]'), json_extract(value, '$[1]'),
        json_extract(value, '$[2]') from json_each(?)`,
      args: [JSON.stringify(rows)],
    },
    {
      sql: `insert into verdict (institution_id, rule_set, answer_key, engine, credit, points, max, trace)
        select i.value, ${of('rules')}, ${of('key')}, ${ENGINE_VERSION}, ${of('credit')}, ${of('points')}, ${of('max')},
          ${of('trace')} ${each} where true on conflict do nothing`,
      args: [institutions, all],
    },
    `create table bench_choice (institution_id text, number integer, attempt integer, scenario text, role text, claims text,
      full_credit integer, points integer, max integer, rule_set text, verdict_id integer,
      primary key (institution_id, number, attempt)) without rowid`,
    {
      sql: `insert into bench_choice select i.value, ${of('number')}, ${of('attempt')}, ${of('scenario')}, ${of('role')},
          ${of('claims')}, ${of('full')}, ${of('points')}, ${of('max')}, v.rule_set, v.id
        ${each} join verdict v on v.institution_id = i.value and v.rule_set = ${of('rules')} and v.answer_key = ${of('key')}`,
      args: [institutions, all],
    },
  ];
};

/**
 * Stores so many answers (a multiple of 25) of these learners with verdicts, ledger and grades, in slices of one
 * transaction each. `before`: how many were stored before, for ids that go on from theirs.
 */
export const fillAnswers = async (
  { client }: Database,
  catalogue: Catalogue,
  members: readonly Member[],
  answers: number,
  { before = 0 }: { before?: number } = {},
): Promise<void> => {
  await client.batch(prepare(members, catalogue), 'write');
  for (let from = 0; from < answers; from += SLICE) {
    // The client would send a number as REAL, and divide it as such.
    const args = [from, Math.min(from + SLICE, answers), members.length, before].map(BigInt);
    await client.batch(
      fillStatements.map((sql) => ({ sql, args })),
      'write',
    );
  }
  await client.batch(['drop table bench_member', 'drop table bench_choice'], 'write');
};
