import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { relationOf } from './relation.ts';
import type { CitedRow } from './store.ts';
import { isSmall, mayShow } from './suppression.ts';

const figure = z.number().nullable();
const relation = z.enum(['agrees', 'partly', 'differs', 'denies', 'silent']);

export const sourceSchema = lazily(() =>
  z.object({
    source: z.string(),
    answers: figure,
    people: figure,
    suppressed: z.boolean(),
    said: z.array(z.object({ role: z.string(), count: figure })),
    citations: z
      .array(
        z.object({
          claimRole: z.string().nullable(),
          denies: z.boolean(),
          said: z.string(),
          relation,
          count: z.number(),
        }),
      )
      .nullable(),
  }),
);

/**
 * Confusion by cited source: which role was said by first attempts that cite it, and what the cited claims say of that
 * role. Shown where each of its counts is of five people or more, and so is what it leaves of `totals`, all first attempts by role.
 */
export const sourceBody = (
  source: string,
  rows: readonly CitedRow[],
  totals: ReadonlyMap<string, number>,
  roles: readonly string[],
  means: Readonly<Record<string, readonly string[]>>,
  hides: boolean,
) => {
  const own = rows.filter((row) => row.source === source);
  const whole = own.find(({ said }) => said === null) ?? { n: 0, people: 0 };
  const countOf = (role: string) => own.find(({ denies, said }) => denies === null && said === role)?.n ?? 0;
  const rest = roles.map((role) => (totals.get(role) ?? 0) - countOf(role));
  const shown = mayShow(hides, [...own.map(({ people }) => people), ...rest]);
  const citations = own.flatMap(({ denies, claimRole, said, n }) => {
    if (denies === null || said === null) return [];
    const saying = { role: claimRole, denies: denies === 1 };
    return [{ claimRole, denies: saying.denies, said, relation: relationOf(said, saying, means), count: n }];
  });
  const withheld = hides && isSmall(whole.people);
  return {
    source,
    answers: withheld ? null : whole.n,
    people: withheld ? null : whole.people,
    suppressed: !shown,
    said: roles.map((role) => ({ role, count: shown ? countOf(role) : null })),
    citations: shown ? citations : null,
  };
};
