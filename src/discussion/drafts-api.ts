import { asPerson } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { revisionTag } from '../etag.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { draftBody, draftSchema, keptDraftSchema, saveDraft } from './drafts.ts';
import { findDraft } from './drafts-store.ts';
import { knownPrompt } from './posts.ts';

export const draftsApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts/{prompt}/draft',
    title: 'Your draft',
    action: 'posts:write',
    returns: () => ({ 200: keptDraftSchema() }),
    handle: async ({ deps, actor, params }) => {
      const person = asPerson(actor);
      const db = deps.dbFor(person.institutionId);
      const [, [current], [row]] = await db.batch([
        standing(db, actor, 'posts:write', params.course),
        findCurrentRules(db, person.institutionId, params.course, believedRules(deps, params.course).hash),
        findDraft(db, person, params.prompt),
      ]);
      knownPrompt(deps, adoptRules(deps, params.course, current).ruleSet, params.prompt);
      if (!row) throw new Problem('draft-not-found');
      return { status: 200, body: draftBody(row), headers: { etag: revisionTag(row.revision) } };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/prompts/{prompt}/draft',
    title: 'Keep your draft (If-Match from the second time on)',
    action: 'posts:write',
    body: draftSchema,
    returns: () => ({ 200: keptDraftSchema() }),
    handle: async ({ deps, actor, params, ifMatch, body }) => {
      const row = await saveDraft(deps, actor, params.prompt, ifMatch, body);
      return { status: 200, body: draftBody(row), headers: { etag: revisionTag(row.revision) } };
    },
  }),
];
