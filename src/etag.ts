import { sha256Hex } from './auth/digest.ts';
import { Problem } from './problem.ts';

/** The strong tag of a revision; `state` is what else about the resource can change without a new revision. */
export const revisionTag = (revision: number, state?: string): string => `"r${revision}${state ? `-${state}` : ''}"`;

/** The revision that an If-Match header names; `null` for `*` (any). Throws `stale` for a tag that is none of ours. */
export const revisionOf = (ifMatch: string): number | null => {
  if (ifMatch.trim() === '*') return null;
  const [, revision] = /^"r(\d{1,15})(?:-[a-z-]+)?"$/.exec(ifMatch.trim()) ?? [];
  if (revision === undefined) throw new Problem('stale');
  return Number(revision);
};

/** The strong tag of what an import would do: the preview gives it, and the import may want it in If-Match. */
export const planTag = async (plan: unknown): Promise<string> =>
  `"plan-${(await sha256Hex(JSON.stringify(plan))).slice(0, 32)}"`;

/** What `stale` tells who imports what they have previewed. */
export const PREVIEW_AGAIN = 'Nothing was changed. It would do something else by now: preview it again.';

/** Whether If-Match, where it is sent, names this tag. */
export const tagFits = (ifMatch: string | undefined, tag: string): boolean =>
  ifMatch === undefined || ifMatch.trim() === '*' || ifMatch.trim() === tag;
