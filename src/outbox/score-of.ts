import { maxOf } from '../grades/grade-body.ts';
import { type Activity, effectiveGrade } from '../grades/gradebook.ts';
import type { GradeRow } from '../grades/store.ts';
import type { Score } from '../lms/scores.ts';

/** A grade behind a score, with how often the scenario was answered and when they last handed something in (ms). */
export type CoveredGrade = Pick<GradeRow, 'kind' | 'activity' | 'auto' | 'override' | 'rubric' | 'max' | 'eventId'> & {
  attempts: number;
  submittedAt: number | null;
};

export type ScoreNow = Omit<Score, 'userId' | 'isNewSubmission'>;

const keyOf = ({ kind, id }: Pick<Activity, 'kind' | 'id'>) => `${kind}:${id}`;

/**
 * The score that grades make for what a placement covers: the sum of what is graded, of all that can be earned there.
 * Nothing graded is no score (`points` null), which is not 0; so is a maximum of 0. `attempts` is how many there are
 * for a scenario. Progress is that of AGS 2.0, 3.4.7: `Submitted` while more can be handed in, `Completed` then.
 */
export const scoreOf = (
  covers: readonly string[],
  activities: readonly Activity[],
  grades: readonly CoveredGrade[],
  attempts: number,
): ScoreNow => {
  const rows = new Map(grades.map((row) => [`${row.kind}:${row.activity}`, row]));
  const covered = activities
    .filter((activity) => covers.includes(keyOf(activity)))
    .map((activity) => {
      const row = rows.get(keyOf(activity));
      const { points } = effectiveGrade(row);
      const max = maxOf(activity, row);
      const isUsedUp = row !== undefined && row.kind === 'scenario' && row.attempts >= attempts;
      return { points, max, row, isDone: points !== null && (points >= max || isUsedUp) };
    });
  const graded = covered.filter(({ points }) => points !== null);
  const max = covered.reduce((sum, one) => sum + one.max, 0);
  const handedIn = covered.map(({ row }) => row?.submittedAt ?? null).filter((at) => at !== null);
  const common = { max, submittedAt: handedIn.length === 0 ? null : Math.max(...handedIn) };
  if (graded.length === 0 || max === 0)
    return { ...common, points: null, activityProgress: handedIn.length === 0 ? 'Initialized' : 'Submitted' };
  return {
    ...common,
    points: graded.reduce((sum, one) => sum + one.points!, 0),
    activityProgress:
      graded.length < covered.length ? 'InProgress' : covered.every((one) => one.isDone) ? 'Completed' : 'Submitted',
  };
};
