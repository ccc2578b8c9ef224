import type { lmsBody } from '../grades/lms-state.ts';
import type { LmsState } from '../grades/lms-store.ts';

/** Where a grade stands with the LMS; `null`: it goes to none. */
export type Standing = ReturnType<typeof lmsBody>;

const words: Record<LmsState, (at: string) => string> = {
  conflict: () =>
    'Your instructor changed this mark in your course, so it is no longer sent from here. Ask them if the mark there looks wrong.',
  refused: () =>
    'Your course did not take this grade. It is kept here; your instructor sees why and can send it again. You need not do anything.',
  retrying: () =>
    'Your course did not answer. The grade is kept here and sent again by itself; you need not do anything.',
  kept: () => 'Your course shows the mark that your instructor set there. Ask them if the mark there looks wrong.',
  waiting: () => 'On its way to your course. It arrives by itself; you need not do anything.',
  sent: (at) =>
    `Sent to your course ${at}. The gradebook there has it; if you do not see it, your instructor has not shown it yet.`,
};

/** A sentence or two on where a grade stands with the LMS: whether it is there, if not why, and what there is to do; `null` where it goes to none. */
export const lmsWords = (standing: Standing, say: (time: string) => string): string | null =>
  standing && words[standing.state](say(standing.at));

/** The same in a cell of a table. */
export const lmsInShort: Record<LmsState, string> = {
  conflict: 'your instructor’s own mark',
  refused: 'not taken yet',
  retrying: 'sent again soon',
  kept: 'your instructor’s own mark',
  waiting: 'on its way',
  sent: 'yes',
};

const there: Record<LmsState, (count: string, many: boolean) => string> = {
  sent: (count, many) => `${count} ${many ? 'are' : 'is'} in your course’s gradebook`,
  waiting: (count, many) => `${count} ${many ? 'are' : 'is'} on the way there`,
  retrying: (count) => `${count} will be sent again, because your course did not answer`,
  refused: (count, many) =>
    `${count} ${many ? 'were' : 'was'} not taken there; your instructor sees why and can send ${many ? 'them' : 'it'} again`,
  kept: (count, many) => `${count} ${many ? 'show' : 'shows'} a mark there that your instructor set by hand`,
  conflict: (count, many) => `${count} ${many ? 'show' : 'shows'} a mark there that your instructor set by hand`,
};

/** In how many of somebody's grades each state occurs, in a paragraph: what arrived, what did not and why, and what there is to do. */
export const lmsSummary = (states: readonly LmsState[]): string | null => {
  if (states.length === 0) return null;
  const merged = states.map((state) => (state === 'conflict' ? 'kept' : state));
  const order: LmsState[] = ['sent', 'waiting', 'retrying', 'refused', 'kept'];
  const parts = order.flatMap((state) => {
    const count = merged.filter((one) => one === state).length;
    return count === 0 ? [] : [{ state, count }];
  });
  const says = parts.map(({ state, count }, index) => {
    const all = count === states.length;
    const noun = index === 0 ? (count === 1 ? ' grade' : ' grades') : '';
    return there[state](all && count > 1 ? `All ${count}${noun}` : `${count}${noun}`, count > 1);
  });
  const todo = merged.includes('kept')
    ? 'If a mark there looks wrong, ask your instructor.'
    : 'There is nothing that you need to do.';
  return `${says.join('; ')}. ${todo}`;
};
