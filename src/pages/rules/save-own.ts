import { permit } from '../../auth/actor.ts';
import { standing } from '../../auth/store.ts';
import type { Deps } from '../../deps.ts';
import { canonicalJson } from '../../grading/rule-set.ts';
import { Problem } from '../../problem.ts';
import { findRuleDraft, ruleDraftTag } from '../../rule-sets/draft-store.ts';
import { type RulePart, saveRuleParts } from '../../rule-sets/drafts.ts';
import type { Visit } from '../visit.ts';

export type Doc = Readonly<Record<string, unknown>>;
export type Kept = { part: RulePart; value: unknown };

/** What a form began from, for it to carry: sent again, it tells whether somebody else has changed that meanwhile. */
export const wasText = (value: unknown): string => canonicalJson(value ?? null);

/** That, read back. */
export const readWas = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/**
 * Saves a page's own part of the draft. A draft that moved since the form was made is no hindrance where that part did not:
 * two people edit two scenarios at once. Throws `stale` where it did. Nothing is written where nothing would change.
 */
export const saveOwn = async (
  deps: Deps,
  { person, courseId }: Visit,
  form: { tag: string; was: string },
  own: (doc: Doc) => unknown,
  value: unknown,
  parts: (doc: Doc) => Kept[],
): Promise<void> => {
  permit(person, 'rules:draft');
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [row]] = await db.batch([standing(db, person, 'rules:draft', courseId), findRuleDraft(db, at)]);
  const doc = JSON.parse(row!.doc) as Doc;
  const [tag, stands] = [ruleDraftTag(row!), wasText(own(doc))];
  if (stands === wasText(value)) return;
  if (tag !== form.tag && stands !== form.was) throw new Problem('stale');
  await saveRuleParts(deps, person, courseId, tag, parts(doc));
};
