import { Problem } from './problem.ts';

/** The strong tag of a revision. */
export const revisionTag = (revision: number): string => `"r${revision}"`;

/** The revision that an If-Match header names; `null` for `*` (any). Throws `stale` for a tag that is none of ours. */
export const revisionOf = (ifMatch: string): number | null => {
  if (ifMatch.trim() === '*') return null;
  const [, revision] = /^"r(\d+)"$/.exec(ifMatch.trim()) ?? [];
  if (revision === undefined) throw new Problem('stale');
  return Number(revision);
};
