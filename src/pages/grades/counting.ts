import type { EventRow } from '../../grades/ledger-store.ts';
import type { GradeRow } from '../../grades/store.ts';
import type { Policy } from '../../grading/rule-set.ts';

type Event = Pick<EventRow, 'id' | 'type' | 'points'>;

/**
 * Which events of a grade (oldest first) it stands on: the override while there is one; else the attempt that the policy
 * keeps or the regrade that said it anew, or the last count of participation, and the last marks by the rubric.
 */
export const counting = (
  row: Pick<GradeRow, 'auto' | 'override' | 'rubric' | 'eventId'> | undefined,
  keep: Policy['attempts']['keep'],
  events: readonly Event[],
): string[] => {
  if (row === undefined) return [];
  if (row.override !== null) return [row.eventId];
  const regrade = events.findLast(({ type }) => type === 'regrade');
  const automatic = events.filter(({ type }) => type === 'verdict' || type === 'participation' || type === 'regrade');
  const same = automatic.filter(({ points }) => points === row.auto);
  const first = keep !== 'last' && same[0]?.type === 'verdict';
  const standsOn = regrade && same.includes(regrade) ? regrade : first ? same[0] : same.at(-1);
  const marked = row.rubric === null ? undefined : events.findLast(({ type }) => type === 'rubric');
  return [...(row.auto === null || !standsOn ? [] : [standsOn.id]), ...(marked ? [marked.id] : [])];
};
