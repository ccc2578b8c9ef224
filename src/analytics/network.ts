import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { rounded, shareBody, shareSchema } from './figures.ts';
import type { NetworkRow, TieRow } from './participation-store.ts';
import { mayShow } from './suppression.ts';

const figure = z.number().nullable();
const personSchema = lazily(() => z.object({ id: z.string(), externalId: z.string(), name: z.string().nullable() }));

export const networkSchema = lazily(() =>
  z.object({
    suppressed: z.boolean(),
    ties: figure,
    replies: figure,
    reciprocity: shareSchema(),
    isolated: z.object({ count: figure, share: figure }),
    pairs: z
      .array(z.object({ from: personSchema(), to: personSchema(), replies: z.number(), returned: z.number() }))
      .nullable(),
  }),
);

/**
 * Who answers whom: `ties` from one learner to another; reciprocity, the share of ties that are returned; isolated:
 * learners who neither answered a classmate nor were answered by one (Wasserman and Faust, 1994, Social Network Analysis,
 * chapters 4 and 13). A pair is two people, so where `hides` none is listed.
 */
export const networkBody = (row: NetworkRow, pairs: readonly TieRow[], learners: number, hides: boolean) => {
  const { ties, mutual, connected } = row;
  const isolated = learners - connected;
  const shown = mayShow(hides, [connected, isolated]);
  return {
    suppressed: hides,
    ties: shown ? ties : null,
    replies: shown ? row.replies : null,
    reciprocity: shareBody(mutual, ties, shown && mayShow(hides, [mutual, ties - mutual])),
    isolated: {
      count: shown ? isolated : null,
      share: shown && learners > 0 ? rounded(isolated / learners) : null,
    },
    pairs: hides
      ? null
      : pairs.map(({ from, fromSubject, fromName, to, toSubject, toName, replies, returned }) => ({
          from: { id: from, externalId: fromSubject, name: fromName },
          to: { id: to, externalId: toSubject, name: toName },
          replies,
          returned,
        })),
  };
};
