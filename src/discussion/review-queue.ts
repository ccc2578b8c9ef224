import * as z from 'zod';
import { displayName } from '../courses/roster.ts';
import { timeOf } from '../courses/schedule.ts';
import { lazily } from '../lazily.ts';
import type { QueueRow } from './flags-store.ts';
import { postBody, postSchema } from './post-body.ts';

export const queuedSchema = lazily(() =>
  z
    .object({
      since: z.iso.datetime(),
      flags: z.array(
        z.object({
          by: z.object({ id: z.string(), name: z.string() }),
          reason: z.string(),
          createdAt: z.iso.datetime(),
        }),
      ),
      post: postSchema(),
    })
    .meta({ id: 'QueuedPost' }),
);

type Raised = { personId: string; name: string | null; reason: string; at: number };

/** What waits for the staff, for JSON: the post (`held`, or flagged, or both), who flagged it and why. */
export const queuedBody = (row: QueueRow) => ({
  since: timeOf(row.queuedAt),
  flags: (JSON.parse(row.raised) as Raised[]).map(({ personId, name, reason, at }) => ({
    by: { id: personId, name: displayName(personId, name) },
    reason,
    createdAt: timeOf(at),
  })),
  post: postBody(row),
});
