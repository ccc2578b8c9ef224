import * as z from 'zod';
import { institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import {
  customPromptSchema,
  customScenarioSchema,
  policySchema,
  promptRuleSchema,
  ruleSetSchema,
  sampleSchema,
  scenarioRuleSchema,
} from '../grading/rule-set.ts';
import { type Reply, route } from '../route.ts';
import { findRuleDraft, type RuleDraftRow, ruleDraftTag } from './draft-store.ts';
import {
  benchSchema,
  dropRuleDraft,
  keptRuleDraftSchema,
  type RulePart,
  ruleDraftBody,
  ruleDraftSchema,
  rulePartSchema,
  saveRuleDraft,
  saveRulePart,
} from './drafts.ts';

/** A whole rule set is larger than other bodies. */
const MAX_BYTES = 1_048_576;

const wholeDraft = () =>
  z.strictObject({
    base: z.string().optional().describe('A published rule set to start from'),
    doc: ruleSetSchema().optional().describe('The whole draft; it may be faulty still'),
  });

const draftReply = (row: RuleDraftRow): Reply => ({
  status: 200,
  body: ruleDraftBody(row),
  headers: { etag: ruleDraftTag(row) },
});

type Params = Record<'course' | 'id', string>;
type Path = `/v1/courses/{course}/rule-draft/${string}`;

const putPart = (
  path: Path,
  title: string,
  partOf: (params: Params) => RulePart,
  describes: () => z.ZodType,
  body: () => z.ZodType = rulePartSchema,
) =>
  route({
    method: 'put',
    path: path as '/v1/courses/{course}/rule-draft/scenarios/{id}',
    title: `Change ${title} in the draft`,
    action: 'rules:draft',
    body,
    describes,
    maxBytes: MAX_BYTES,
    ifMatch: true,
    returns: () => ({ 200: keptRuleDraftSchema() }),
    handle: async ({ deps, actor, params, ifMatch, body }) =>
      draftReply(await saveRulePart(deps, actor, params.course, ifMatch!, partOf(params), body)),
  });

const deletePart = (path: Path, title: string, partOf: (params: Params) => RulePart) =>
  route({
    method: 'delete',
    path: path as '/v1/courses/{course}/rule-draft/scenarios/{id}',
    title: `Take ${title} out of the draft`,
    action: 'rules:draft',
    ifMatch: true,
    returns: () => ({ 200: keptRuleDraftSchema() }),
    handle: async ({ deps, actor, params, ifMatch }) =>
      draftReply(await saveRulePart(deps, actor, params.course, ifMatch!, partOf(params), null)),
  });

const ruleOf =
  (kind: 'scenarios' | 'prompts') =>
  ({ id }: Params): RulePart => ({ kind, id });
const textOf =
  (of: 'scenarios' | 'prompts') =>
  ({ id }: Params): RulePart => ({ kind: 'custom', of, id });

export const ruleDraftApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/rule-draft',
    title: 'The draft of the rules; the current rules where nothing was changed yet',
    action: 'rules:read',
    returns: () => ({ 200: keptRuleDraftSchema() }),
    handle: async ({ deps, actor, params }) => {
      const institutionId = institutionOf(actor);
      const db = deps.dbFor(institutionId);
      const [, [row]] = await db.batch([
        standing(db, actor, 'rules:read', params.course),
        findRuleDraft(db, { institutionId, courseId: params.course }),
      ]);
      return draftReply(row!);
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/rule-draft',
    title: 'Keep a whole draft, or start it again from a published rule set',
    action: 'rules:draft',
    body: ruleDraftSchema,
    describes: wholeDraft,
    maxBytes: MAX_BYTES,
    ifMatch: true,
    returns: () => ({ 200: keptRuleDraftSchema() }),
    handle: async ({ deps, actor, params, ifMatch, body }) =>
      draftReply(await saveRuleDraft(deps, actor, params.course, ifMatch!, body)),
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/rule-draft',
    title: 'Drop the draft',
    action: 'rules:draft',
    ifMatch: true,
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params, ifMatch }) => {
      await dropRuleDraft(deps, actor, params.course, ifMatch!);
      return { status: 204 };
    },
  }),
  putPart(
    '/v1/courses/{course}/rule-draft/scenarios/{id}',
    "a scenario's rule",
    ruleOf('scenarios'),
    scenarioRuleSchema,
  ),
  deletePart('/v1/courses/{course}/rule-draft/scenarios/{id}', "a scenario's rule", ruleOf('scenarios')),
  putPart('/v1/courses/{course}/rule-draft/prompts/{id}', "a prompt's criteria", ruleOf('prompts'), promptRuleSchema),
  deletePart('/v1/courses/{course}/rule-draft/prompts/{id}', "a prompt's criteria", ruleOf('prompts')),
  putPart(
    '/v1/courses/{course}/rule-draft/custom/scenarios/{id}',
    'a scenario of your own',
    textOf('scenarios'),
    customScenarioSchema,
  ),
  deletePart('/v1/courses/{course}/rule-draft/custom/scenarios/{id}', 'a scenario of your own', textOf('scenarios')),
  putPart(
    '/v1/courses/{course}/rule-draft/custom/prompts/{id}',
    'a prompt of your own',
    textOf('prompts'),
    customPromptSchema,
  ),
  deletePart('/v1/courses/{course}/rule-draft/custom/prompts/{id}', 'a prompt of your own', textOf('prompts')),
  putPart('/v1/courses/{course}/rule-draft/policy', 'the policy', () => ({ kind: 'policy' }), policySchema),
  putPart(
    '/v1/courses/{course}/rule-draft/bench',
    'the samples',
    () => ({ kind: 'bench' }),
    () => z.array(sampleSchema()),
    benchSchema,
  ),
];
