import type { LmsState } from '../../grades/lms-store.ts';
import type { Standing } from '../lms-words.ts';
import { pointsWords } from '../words.ts';

/** A cell of the gradebook: one grade, or a unit's sum. `lms`: how far it is on its way there; `null`: it goes to none. */
export type CellRead = {
  points: number | null;
  max: number;
  byHand: boolean;
  late: boolean;
  needsRubric: boolean;
  lms: LmsState | null;
};

/** Signs for the eye, and their words for everybody else and for the legend. */
export const signs = {
  byHand: ['✎', 'set by hand'],
  late: ['L', 'late'],
  needsRubric: ['R', 'rubric not marked yet'],
  sent: ['✓', 'in the LMS'],
  waiting: ['…', 'on its way to the LMS'],
  held: ['!', 'not in the LMS: look there'],
  kept: ['≠', 'the LMS keeps another mark'],
} as const satisfies Record<string, readonly [sign: string, words: string]>;

export type Sign = keyof typeof signs;

const signOfLms: Record<LmsState, Sign> = {
  conflict: 'held',
  refused: 'held',
  retrying: 'waiting',
  waiting: 'waiting',
  kept: 'kept',
  sent: 'sent',
};

/** What a cell shows, with which signs, and what it says to who does not see them. */
export const cellWords = ({ points, max, byHand, late, needsRubric, lms }: CellRead) => {
  const shows: Sign[] = [
    ...(byHand ? (['byHand'] as const) : []),
    ...(late ? (['late'] as const) : []),
    ...(needsRubric ? (['needsRubric'] as const) : []),
    ...(lms ? [signOfLms[lms]] : []),
  ];
  return {
    shown: points === null ? '–' : String(points),
    signs: shows,
    says: [points === null ? 'no grade yet' : pointsWords(points, max), ...shows.map((one) => signs[one][1])].join(
      ', ',
    ),
  };
};

/** What is said of a grade beside its points. */
export const aboutWords = (cell: CellRead): string =>
  cellWords({ ...cell, lms: null })
    .signs.map((one) => signs[one][1])
    .join(', ');

const lms: Record<LmsState, (at: string) => string> = {
  conflict: () => 'Another mark stands in the LMS: an instructor decides on the page of the LMS.',
  refused: () => 'The LMS did not take it: the page of the LMS says why, and sends it again.',
  retrying: () => 'The LMS did not answer. It is sent again by itself.',
  kept: () => 'The LMS keeps the mark that was set there.',
  waiting: () => 'On its way to the LMS.',
  sent: (at) => `In the LMS since ${at}.`,
};

/** One sentence for the staff on where a grade stands with the LMS; `null` where it goes to none. */
export const lmsStaffWords = (standing: Standing, say: (time: string) => string): string | null =>
  standing && lms[standing.state](say(standing.at));
