import type { lmsBody } from '../grades/lms-state.ts';
import type { LmsState } from '../grades/lms-store.ts';

/** Where a grade stands with the LMS; `null`: it goes to none. */
export type Standing = ReturnType<typeof lmsBody>;

const words: Record<LmsState, (at: string) => string> = {
  conflict: () => 'Your instructor changed this mark in your course, so it is no longer sent from here.',
  refused: () =>
    'Your course did not take this grade. It is kept here; your instructor sees why and can send it again.',
  retrying: () => 'Your course did not answer. The grade is kept here and sent again by itself.',
  kept: () => 'Your course shows the mark that your instructor set there.',
  waiting: () => 'On its way to your course.',
  sent: (at) => `Sent to your course ${at}.`,
};

/** One sentence on where a grade stands with the LMS; `null` where it goes to none. */
export const lmsWords = (standing: Standing, say: (time: string) => string): string | null =>
  standing && words[standing.state](say(standing.at));
