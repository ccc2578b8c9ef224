import type { Activity } from '../grades/gradebook.ts';
import { pointsOf } from '../grading/policy.ts';
import type { Tried } from './claim-store.ts';
import type { Shown } from './conflict.ts';
import { type CoveredGrade, type ScoreNow, scoreOf } from './score-of.ts';
import type { DueRow, PlacementRow } from './store.ts';

type Cells = [
  CoveredGrade['kind'],
  string,
  number | null,
  number | null,
  number | null,
  number,
  string,
  number,
  number,
  number | null,
];

/** The grades that a due row comes with. */
export const gradesOf = ({ grades }: Pick<DueRow, 'grades'>): (CoveredGrade & { updatedAt: number })[] =>
  (JSON.parse(grades) as Cells[]).map(
    ([kind, activity, auto, override, rubric, max, eventId, updatedAt, attempts, submittedAt]) => ({
      kind,
      activity,
      auto,
      override,
      rubric,
      max,
      eventId,
      updatedAt,
      attempts,
      submittedAt,
    }),
  );

export const triedOf = ({ tried }: Pick<DueRow, 'tried'>): Tried[] => (tried === null ? [] : JSON.parse(tried));

/** The mark that somebody typed into the LMS, where one was found. */
export const theirsOf = (row: Pick<DueRow, 'tried'>): Tried | undefined =>
  triedOf(row).findLast(([, , , theirs]) => theirs !== undefined);

/** Points and maximum in 1/100 as a platform shows them, in points. */
export const shown = ([points, max]: readonly [points: number | null, max: number, ...rest: unknown[]]): Shown => ({
  points: pointsOf(points),
  max: pointsOf(max),
});

/** What is to be done for a person in a column. */
export type ScorePlan = { does: 'nothing' } | { does: 'refuse' } | { does: 'send'; score: ScoreNow; tried: Tried[] };

const MAX_TRIED = 8;

/**
 * What is to be done about a score that is due: send it; nothing, where the platform is known to have it, or there is
 * none and never was; or refuse, for somebody who has no place in the platform's gradebook.
 */
export const planScore = (
  row: DueRow,
  { covers, issuer }: Pick<PlacementRow, 'covers' | 'issuer'>,
  activities: readonly Activity[],
  attempts: number,
): ScorePlan => {
  if (row.isLearner === 0 || row.issuer !== issuer) return { does: 'refuse' };
  const score = scoreOf(JSON.parse(covers), activities, gradesOf(row), attempts);
  const before = triedOf(row);
  const isKnown = before.length === 0 && row.sentVersion !== null;
  const same = score.points === row.sentPoints && (score.points === null || score.max === row.sentMax);
  const hasOurs = row.sentVersion !== null || before.some(([, , , theirs]) => theirs === undefined);
  const nothingYet = score.points === null && !hasOurs;
  if (nothingYet || (isKnown && same)) return { does: 'nothing' };
  const next: Tried = [score.points, score.max, score.submittedAt];
  const others = before.filter((one) => one.join() !== next.join());
  return { does: 'send', score, tried: [...others, next].slice(-MAX_TRIED) };
};
