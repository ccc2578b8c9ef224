import { lmsInShort, type Standing } from '../lms-words.ts';

type Held = {
  kind: string;
  points: number | null;
  source: 'auto' | 'override' | 'rubric' | null;
  begun: boolean;
  void: boolean;
};

/** What there is to say beside a grade's points in a list; `null` where the points say all. */
export const noteOf = ({ kind, points, source, begun, void: nobody }: Held): string | null => {
  if (source === 'override') return 'set by your instructor';
  if (nobody && points === null) return 'counts for nobody';
  if (source === 'rubric') return 'marked by hand; nothing counted yet';
  if (points !== null) return null;
  if (kind === 'scenario') return begun ? 'no points yet' : 'not answered yet';
  return begun ? 'no points yet' : 'nothing posted yet';
};

/** Whether a grade is in the LMS's gradebook, in a cell of a list. */
export const thereOf = ({ points, goes, lms }: { points: number | null; goes: boolean; lms: Standing }): string => {
  if (lms) return lmsInShort[lms.state];
  if (!goes) return 'stays here';
  return points === null ? 'no grade yet' : 'not sent yet';
};
