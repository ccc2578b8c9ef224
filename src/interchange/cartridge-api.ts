import { institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { findCourse } from '../courses/store.ts';
import { route } from '../route.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { cartridgeOf } from './cartridge.ts';
import { packageOf } from './package.ts';
import { cartridgeFiles } from './write-cartridge.ts';

export const cartridgeApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/cartridge',
    title: 'The course as a Common Cartridge 1.3: lessons as pages, prompts as topics, what is graded as LTI links',
    action: 'course:export',
    returns: () => ({ 200: null }),
    alsoReturns: 'application/zip',
    handle: async ({ deps, actor, params, url }) => {
      const institutionId = institutionOf(actor);
      const db = deps.dbFor(institutionId);
      const [, [current], [course]] = await db.batch([
        standing(db, actor, 'course:export', params.course),
        findCurrentRules(db, institutionId, params.course, believedRules(deps, params.course).hash),
        findCourse(db, institutionId, params.course),
      ]);
      const { ruleSet } = adoptRules(deps, params.course, current);
      const cartridge = await cartridgeOf(deps.catalogue, course!, ruleSet, url.origin);
      const body = packageOf(cartridgeFiles(cartridge));
      const headers = { 'content-disposition': 'attachment; filename="course.imscc"' };
      return { status: 200, body, type: 'application/zip', headers };
    },
  }),
];
