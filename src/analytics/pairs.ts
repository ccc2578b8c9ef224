import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { shareBody, shareSchema } from './figures.ts';
import type { PairRow } from './store.ts';
import { isSmall, mayShow } from './suppression.ts';

const figure = z.number().nullable();

export const pairSchema = lazily(() =>
  z.object({
    scenarios: z.tuple([z.string(), z.string()]),
    n: figure,
    suppressed: z.boolean(),
    both: shareSchema(),
    firstOnly: figure,
    secondOnly: figure,
    neither: figure,
  }),
);

/** How often people say a right role on both sides of a matched pair. */
export const pairBody = (scenarios: [string, string], row: PairRow | undefined, hides: boolean) => {
  const { both = 0, firstOnly = 0, secondOnly = 0, neither = 0, onlyFirst = 0, onlySecond = 0 } = row ?? {};
  const n = both + firstOnly + secondOnly + neither;
  const shown = mayShow(hides, [both, firstOnly, secondOnly, neither, onlyFirst, onlySecond]);
  return {
    scenarios,
    n: hides && isSmall(n) ? null : n,
    suppressed: !shown,
    both: shareBody(both, n, shown),
    firstOnly: shown ? firstOnly : null,
    secondOnly: shown ? secondOnly : null,
    neither: shown ? neither : null,
  };
};
