/** Where a grade stands with the LMS; `at` is RFC 3339. */
export type Standing = { state: string; at: string };

/** The worst first: of several grades that one stands for all. */
const order = ['refused', 'conflict', 'waiting', 'sent'];

const words: Record<string, (at: string) => string> = {
  refused: () =>
    'Your course did not take this grade. It is kept here; your instructor sees why and can send it again.',
  conflict: () => 'Your instructor changed this mark in your course, so it is no longer sent from here.',
  waiting: () => 'On its way to your course.',
  sent: (at) => `Sent to your course ${at}.`,
};

/** One sentence on where grades stand with the LMS; `null` where none goes there. */
export const lmsWords = (standings: readonly Standing[], say: (time: string) => string): string | null => {
  const rank = ({ state }: Standing) => (order.includes(state) ? order.indexOf(state) : order.length);
  const [first] = [...standings].sort((a, b) => rank(a) - rank(b) || (a.at < b.at ? 1 : -1));
  return first ? (words[first.state]?.(say(first.at)) ?? null) : null;
};
