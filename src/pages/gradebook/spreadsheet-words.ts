import type { LineFault } from '../../csv.ts';
import { Problem } from '../../problem.ts';

/** A fault of a file: where it is and what is wrong there. */
const faultWords = ({ line, column, detail }: LineFault): string =>
  `Line ${line}${column === undefined ? '' : `, column ${column}`}: ${detail}.`;

const SHOWN = 20;

const advice: Partial<Record<Problem['problem'], string>> = {
  'import-faulty': 'Nothing was changed. Mend these lines below, or in your spreadsheet, and look again.',
  stale: 'Nothing was changed: the gradebook has moved since you looked. Look again what it would change.',
};

/** A refused file in a page's words: each fault by its line, the first of many. Other problems as they are. */
export const inLines = (error: unknown): unknown => {
  if (!(error instanceof Problem) || !Object.hasOwn(advice, error.problem)) return error;
  const { errors = [], detail } = error.members as { errors?: LineFault[]; detail?: string };
  const more = errors.length - SHOWN;
  return new Problem(error.problem, {
    detail: (errors.length > 0 && detail) || advice[error.problem],
    errors: [
      ...errors.slice(0, SHOWN).map((one) => ({ detail: faultWords(one) })),
      ...(more > 0 ? [{ detail: `And ${more} more.` }] : []),
    ],
  });
};

type Counts = { override: number; lift: number; same: number };

const some = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];

/** What a plan would do, or did, in a sentence. */
export const planWords = ({ override, lift, same }: Counts, applied: boolean): string => {
  const parts = applied
    ? [...some(override, 'grade was set by hand', 'grades were set by hand'), ...some(lift, 'lifted', 'lifted')]
    : [
        ...some(override, 'grade would be set by hand', 'grades would be set by hand'),
        ...some(lift, 'would be lifted', 'would be lifted'),
      ];
  return parts.length === 0
    ? 'Nothing differs from the gradebook: there is nothing to change.'
    : `${parts.join(', ')}; ${same} ${same === 1 ? 'cell' : 'cells'} ${applied ? 'stayed' : 'stay'} as ${same === 1 ? 'it is' : 'they are'}.`;
};
