import { standing } from '../../auth/store.ts';
import { findCourse } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules } from '../../rule-sets/current.ts';
import { findRuleDraft, ruleDraftTag } from '../../rule-sets/draft-store.ts';
import { findCurrentRules, findRuleSet, listPublications } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { timesIn } from '../words.ts';
import { bagOf } from './typed-values.ts';

/** So many publications are shown; more are in the interface. */
const SHOWN = 50;

/** The course's rules, their draft and what was published, in one round trip; `hash`: with that rule set's document. */
export const readRules = async (deps: Deps, { person, courseId }: Visit, hash = '') => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [course], [current], [draft], publications, [named]] = await db.batch([
    standing(db, person, 'rules:read', courseId),
    findCourse(db, at.institutionId, courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findRuleDraft(db, at),
    listPublications(db, at, null, SHOWN - 1),
    findRuleSet(db, at.institutionId, hash),
  ]);
  if (!course || !draft) throw new Problem('course-not-found');
  return {
    course,
    times: timesIn(course.timeZone),
    rules: adoptRules(deps, courseId, current),
    draft: {
      exists: draft.revision > 0,
      doc: bagOf(JSON.parse(draft.doc)),
      tag: ruleDraftTag(draft),
      base: draft.base,
      by: draft.updatedBy,
      byName: draft.updatedByName,
      at: draft.updatedAt,
    },
    publications,
    named: named?.doc,
  };
};

export type RulesRead = Awaited<ReturnType<typeof readRules>>;
