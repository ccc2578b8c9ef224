import type { receiptBody } from '../grades/receipts.ts';
import { counted, pointsWords, type Times } from './words.ts';

/** A grade event with all it was made from. */
export type ReceiptRead = ReturnType<typeof receiptBody>;

/** A rule set as people name it: since when it is there, and the beginning of its hash. */
export const rulesWords = ({ ruleSet, rulesFrom }: Pick<ReceiptRead, 'ruleSet' | 'rulesFrom'>, times: Times): string =>
  ruleSet === null
    ? 'No rule had a part in it.'
    : `The rules of ${times(rulesFrom)} (${ruleSet.replace('sha256:', '').slice(0, 8)}), a version that never changes.`;

const points = (value: number | null): string => (value === null ? 'no points' : counted(value, 'point'));

/** What happened to the grade, in a sentence. `by`: who did it, where it was somebody other than its owner. */
export const eventWords = (
  { type, points: given, max, was, answer }: Pick<ReceiptRead, 'type' | 'points' | 'max' | 'was' | 'answer'>,
  by: string,
): string => {
  switch (type) {
    case 'verdict':
      return `Attempt ${answer?.attempt ?? ''} was graded: ${given === null ? 'it counts for nobody' : pointsWords(given, max)}.`;
    case 'participation':
      return `Taking part was counted: ${pointsWords(given, max)}.`;
    case 'override':
      return `${by} set the grade by hand: ${pointsWords(given, max)}.`;
    case 'lift':
      return `${by} lifted the grade that was set by hand: what was earned counts again.`;
    case 'rubric':
      return given === null
        ? `${by} took the points of the rubric away.`
        : `${by} marked it by the rubric: ${pointsWords(given, max)}, added to the automatic points.`;
    case 'regrade':
      return `${by} graded it anew by other rules: ${points(was)} before, ${points(given)} since.`;
  }
};

/** The arithmetic from the credit of a verdict to the points of its event, step by step; nothing where no answer was graded. */
export const arithmeticWords = ({
  verdict,
  deductions,
  points: given,
}: Pick<ReceiptRead, 'verdict' | 'deductions' | 'points'>): string | null => {
  if (verdict === null || verdict.points === null || given === null) return null;
  const credit = `${Math.round(verdict.credit * 100)} % of ${counted(verdict.max, 'point')} is ${verdict.points}`;
  const less = deductions.map((one) => `less ${one.points} (${one.kind === 'late' ? 'late' : 'a further attempt'})`);
  return less.length === 0 ? `${credit}.` : `${credit}, ${less.join(', ')}: ${given}.`;
};

/** Every claim that a receipt speaks of. */
export const claimsOfReceipt = ({ answer, verdict }: Pick<ReceiptRead, 'answer' | 'verdict'>): string[] => [
  ...(answer?.claims ?? []),
  ...(answer?.counterClaims ?? []),
  ...(verdict?.trace.flatMap((line) => line.claims) ?? []),
];
