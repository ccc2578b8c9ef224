import type { Catalogue } from '../../src/catalogue/shapes.ts';
import { answerRequest } from './answers.ts';
import type { Database } from './database.ts';
import { type Fleet, insist } from './fleet.ts';
import { requestBytes } from './http.ts';
import type { LmsCourse, LmsLearner } from './lms-course.ts';
import { bearer, type Member } from './school.ts';

const LANES = 4;

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((value) => [Math.random(), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);

type Cell = { learner: LmsLearner; scenario: string; attempts: number };
/** A request, and the status it is to be answered with in the end. */
type Task = { request: Buffer; status: number };

/** Their next attempt, with the best answer. */
const answering = async ({ rules }: Catalogue, { learner, scenario, attempts }: Cell): Promise<Task> => {
  const sample = rules.ruleSet.bench.find((one) => one.scenario === scenario && one.credit === 1)!;
  const came = { ...learner, delivers: true };
  return { request: await answerRequest(came, sample, `${scenario}-${attempts + 1}`), status: 201 };
};

const overriding = async (instructor: Member, { learner, scenario }: Cell): Promise<Task> => {
  const path = `/v1/courses/${learner.courseId}/people/${learner.personId}/grades/scenario/${scenario}/override`;
  const body = { points: Math.round(Math.random() * 300) / 100, reason: 'second reading' };
  return { request: requestBytes('PUT', path, await bearer(instructor), body), status: 200 };
};

/** Who has answered what how often, of what the platforms have columns for. */
export const cellsOf = async ({ client }: Database, courses: readonly LmsCourse[]): Promise<Cell[]> => {
  const learners = new Map(courses.flatMap((course) => course.learners.map((one) => [one.personId, one])));
  const columns = new Set(courses.flatMap((course) => course.columns.map(({ scenario }) => scenario)));
  const { rows } = await client.execute('select person_id, scenario, count(*) as n from answer group by 1, 2');
  return rows
    .map(({ person_id, scenario, n }) => ({
      learner: learners.get(String(person_id))!,
      scenario: String(scenario),
      attempts: Number(n),
    }))
    .filter(({ scenario }) => columns.has(scenario));
};

/** Changes so many grades once more, in no order: by another attempt where there is one left, else by an instructor. */
export const makeChanges = (
  catalogue: Catalogue,
  cells: readonly Cell[],
  count: number,
  instructors: ReadonlyMap<string, Member>,
): Promise<Task[]> => {
  const { max } = catalogue.rules.ruleSet.policy.attempts;
  return Promise.all(
    shuffled(cells)
      .slice(0, count)
      .map((cell) =>
        cell.attempts < max ? answering(catalogue, cell) : overriding(instructors.get(cell.learner.courseId)!, cell),
      ),
  );
};

/** Does the tasks, a few at a time, by any Worker, until then at the latest. Gives how many were done. */
export const perform = async ({ workers }: Fleet, tasks: readonly Task[], end: number): Promise<number> => {
  const waiting = [...tasks];
  let done = 0;
  const lane = async (_: unknown, index: number) => {
    for (let task = waiting.shift(); task && performance.now() < end; task = waiting.shift()) {
      await insist(workers[index % workers.length]!.port, task.request, task.status);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return done;
};
