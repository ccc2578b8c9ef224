import { confusionBody, confusionQueries } from '../../analytics/confusion.ts';
import { itemQueries, itemsBody } from '../../analytics/items.ts';
import { participationBody, participationQueries } from '../../analytics/participation.ts';
import { stanceShiftBody, stanceShiftQuery } from '../../analytics/stance-shift.ts';
import { hidesSmallGroups } from '../../analytics/suppression.ts';
import { standing } from '../../auth/store.ts';
import { findCourse } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { withCurrentRules } from '../../rule-sets/current.ts';
import { rulesMoved } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';

/** All four analytics of a course in one round trip, without who answers whom. */
export const readOverview = async (deps: Deps, { person, courseId }: Visit) => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const hides = hidesSmallGroups(person);
  return withCurrentRules(deps, db, at, async ({ hash, ruleSet }) => {
    const [, [course], rows, met, said, cited, [counted], written, [network], shifts] = await db.batch([
      standing(db, person, 'analytics:read', courseId, [rulesMoved(courseId, hash, null)]),
      findCourse(db, at.institutionId, courseId),
      ...itemQueries(deps, db, at, ruleSet),
      ...confusionQueries(deps, db, at),
      ...participationQueries(db, at, null),
      stanceShiftQuery(deps, db, at),
    ]);
    const taking = { learners: counted!.n, written, network: network!, ties: [] };
    return {
      course: course!,
      ruleSet,
      items: itemsBody(deps, ruleSet, rows, met, hides),
      confusion: confusionBody(deps, ruleSet, said, cited, hides),
      participation: participationBody(deps, ruleSet, null, taking, hides),
      shift: stanceShiftBody(deps, shifts, hides),
    };
  });
};
