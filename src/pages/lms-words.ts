import { worst } from '../grades/lms-state.ts';
import type { LmsState } from '../grades/lms-store.ts';

/** Where a grade stands with the LMS; `at` is RFC 3339. */
export type Standing = { state: LmsState; at: string };

const words: Record<LmsState, (at: string) => string> = {
  conflict: () => 'Your instructor changed this mark in your course, so it is no longer sent from here.',
  refused: () =>
    'Your course did not take this grade. It is kept here; your instructor sees why and can send it again.',
  waiting: () => 'On its way to your course.',
  sent: (at) => `Sent to your course ${at}.`,
};

/** One sentence on where grades stand with the LMS, the worst first; `null` where none goes there. */
export const lmsWords = (standings: readonly Standing[], say: (time: string) => string): string | null => {
  const rank = ({ state }: Standing) => worst.indexOf(state);
  const [first] = [...standings].sort((a, b) => rank(a) - rank(b) || (a.at < b.at ? 1 : -1));
  return first ? words[first.state](say(first.at)) : null;
};
