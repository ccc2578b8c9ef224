import * as z from 'zod';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import type { Fault } from './fault.ts';
import { agsScopes, offeredScopes } from './line-items.ts';
import { callService, listAll } from './service.ts';
import type { ServiceSession } from './tokens.ts';
import { resultsUrl, scoresUrl } from './urls.ts';

/** What a person has earned, for a line item. Without `points` the platform is to show none. Points in 1/100, times in ms. */
export type Score = {
  userId: string;
  points: number | null;
  max: number;
  activityProgress: 'Initialized' | 'InProgress' | 'Submitted' | 'Completed';
  /** The latest submission behind it. */
  submittedAt: number | null;
  /** Whether that submission is one that the platform was not told of. */
  isNewSubmission: boolean;
};

const CANVAS_SUBMISSION = 'https://canvas.instructure.com/lti/submission';
const iso = (ms: number) => new Date(ms).toISOString();

/**
 * The score as JSON: AGS 2.0, 3.4. `stamp` is when we send it, later than for any score before; when the work was
 * handed in stands in `submission`, or every regrade would look late. Canvas makes another attempt of each score unless
 * told otherwise.
 */
const scoreBody = (score: Score, stamp: number, product: string) => ({
  userId: score.userId,
  timestamp: iso(stamp),
  ...(score.points === null ? {} : { scoreGiven: score.points / 100, scoreMaximum: score.max / 100 }),
  activityProgress: score.activityProgress,
  gradingProgress: score.points === null ? 'NotReady' : 'FullyGraded',
  ...(score.submittedAt === null ? {} : { submission: { submittedAt: iso(score.submittedAt) } }),
  ...(product === 'canvas'
    ? {
        [CANVAS_SUBMISSION]: {
          new_submission: score.isNewSubmission,
          ...(score.submittedAt === null ? {} : { submitted_at: iso(score.submittedAt) }),
        },
      }
    : {}),
});

/** A line item's address, and the scopes that the launch offered. */
export type ScoreService = { lineItem: string; scopes: readonly string[] };

export const postScore = (
  deps: Deps,
  session: ServiceSession,
  { lineItem, scopes }: ScoreService,
  score: Score,
  stamp: number,
) =>
  callService(deps, session, {
    url: scoresUrl(lineItem),
    method: 'POST',
    body: JSON.stringify(scoreBody(score, stamp, session.platform.product)),
    contentType: 'application/vnd.ims.lis.v1.score+json',
    needed: agsScopes.score,
    scopes: offeredScopes(scopes),
  });

const resultSchema = lazily(() =>
  z.object({
    userId: z.coerce.string(),
    resultScore: z.coerce.number().nullish(),
    resultMaximum: z.coerce.number().positive().nullish().catch(null),
  }),
);

/** What a platform shows for somebody: AGS 2.0, 3.3. Without a maximum it is of 1. */
export type Result = { score: number; max: number };

/** Somebody's result in a line item, `null` where the platform shows none. */
export const readResult = async (
  deps: Deps,
  session: ServiceSession,
  { lineItem, scopes }: ScoreService,
  userId: string,
): Promise<{ ok: true; result: Result | null } | Fault> => {
  const listed = await listAll(
    deps,
    session,
    {
      url: resultsUrl(lineItem, userId),
      accept: 'application/vnd.ims.lis.v2.resultcontainer+json',
      needed: agsScopes.result,
      scopes: offeredScopes(scopes),
    },
    (page) => {
      const read = z.array(resultSchema()).safeParse(page);
      return read.success ? read.data : null;
    },
  );
  if (!listed.ok) return listed;
  const found = listed.items.find((one) => one.userId === userId);
  const score = found?.resultScore ?? null;
  return { ok: true, result: score === null ? null : { score, max: found?.resultMaximum ?? 1 } };
};
