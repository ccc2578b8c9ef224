import type { ReceivedScore } from '../lms/platforms.ts';
import type { Database } from './database.ts';
import type { LmsCourse } from './lms-course.ts';

/** A grade as points and maximum (1/100). */
export type Graded = { points: number | null; max: number };

/** Has the database write down every grade that anybody ever had, in the order of the transactions. */
export const keepHistory = ({ client }: Database) => {
  const kept = `insert into bench_grade (course_id, person_id, activity, points, max) values (new.course_id, new.person_id,
    new.activity, coalesce(new.override_points, new.auto_points), new.max)`;
  return client.batch(
    [
      `create table bench_grade (id integer primary key, course_id text, person_id text, activity text, points integer,
        max integer)`,
      `create trigger bench_first after insert on grade begin ${kept}; end`,
      `create trigger bench_next after update on grade begin ${kept}; end`,
    ],
    'write',
  );
};

export const keyOf = (...names: string[]): string => names.join(' ');

/** Every grade that each learner of a course had for each scenario, the last one last, and how often they answered it. */
export const readHistory = async ({ client }: Database, courseId: string) => {
  const grades = new Map<string, Graded[]>();
  const sql = 'select person_id, activity, points, max from bench_grade where course_id = ? order by id';
  for (const { person_id, activity, points, max } of (await client.execute({ sql, args: [courseId] })).rows) {
    const key = keyOf(String(person_id), String(activity));
    grades.set(key, [...(grades.get(key) ?? []), { points: points as number | null, max: Number(max) }]);
  }
  const counted = await client.execute({
    sql: 'select person_id, scenario, count(*) as n from answer where course_id = ? group by person_id, scenario',
    args: [courseId],
  });
  const answers = new Map(
    counted.rows.map(({ person_id, scenario, n }) => [keyOf(String(person_id), String(scenario)), Number(n)]),
  );
  return { grades, answers };
};

type Body = { timestamp: string; scoreGiven?: number; scoreMaximum?: number };

const gradedOf = ({ scoreGiven, scoreMaximum }: Body): Graded => ({
  points: scoreGiven === undefined ? null : Math.round(scoreGiven * 100),
  max: Math.round((scoreMaximum ?? 0) * 100),
});
const isSame = (a: Graded | undefined, b: Graded | undefined): boolean => a?.points === b?.points && a?.max === b?.max;

/** What is wrong with the scores that a platform took for one cell, in the order they came. */
export const faultsOf = (taken: readonly ReceivedScore[], history: readonly Graded[]) => {
  const bodies = taken.map(({ body }) => body as Body);
  const scores = bodies.map(gradedOf);
  const stamps = bodies.map(({ timestamp }) => Date.parse(timestamp));
  let at = -1;
  const isInOrder = scores.every((score) => {
    at = history.findIndex((one, index) => index > at && isSame(one, score));
    return at >= 0;
  });
  return {
    doubled: scores.filter((score, index) => isSame(score, scores[index - 1])).length,
    outOfOrder: !isInOrder || stamps.some((stamp, index) => stamp <= (stamps[index - 1] ?? 0)),
  };
};

/** What is wrong with a course in its platform, held to what our database knows of its grades. */
export const judgeCourse = async (database: Database, { platform, courseId, learners, columns }: LmsCourse) => {
  const { grades, answers } = await readHistory(database, courseId);
  const taken = Map.groupBy(
    platform.scores.filter(({ status }) => status === 200),
    ({ lineItem, user }) => keyOf(lineItem, user!),
  );
  const found = { cells: 0, accepted: 0, lost: 0, doubled: 0, outOfOrder: 0, attempts: 0, examples: [] as string[] };
  for (const { scenario, lineItem } of columns) {
    const { results, members } = platform.lineItems.find(({ id }) => id === lineItem)!;
    for (const { personId, subject } of learners) {
      const history = grades.get(keyOf(personId, scenario)) ?? [];
      const scores = taken.get(keyOf(lineItem, subject)) ?? [];
      const wrong = faultsOf(scores, history);
      const { points, max } = history.at(-1) ?? { points: null, max: 0 };
      const shows = results[subject];
      const should = points === null ? null : (points / max) * members.scoreMaximum;
      const isShown = should === null ? !shows?.resultScore : Math.abs((shows?.resultScore ?? -1) - should) < 1e-4;
      const attempts = Math.max(0, (shows?.attempts ?? 0) - (answers.get(keyOf(personId, scenario)) ?? 0));
      found.cells += 1;
      found.accepted += scores.length;
      found.lost += isShown ? 0 : 1;
      found.doubled += wrong.doubled;
      found.attempts += attempts;
      found.outOfOrder += wrong.outOfOrder ? 1 : 0;
      if (!isShown || wrong.doubled > 0 || wrong.outOfOrder || attempts > 0)
        found.examples.push(
          `${platform.profileName} ${scenario} ${personId}: ${JSON.stringify({ ...wrong, isShown, attempts, history, scores, shows })}`,
        );
    }
  }
  return found;
};
