import * as z from 'zod';
import { type Actor, institutionOf } from '../auth/actor.ts';
import { listPage } from '../auth/list-page.ts';
import { standing } from '../auth/store.ts';
import { timeOf } from '../courses/schedule.ts';
import type { Deps } from '../deps.ts';
import { ruleSetSchema } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { pageQuery } from '../paging.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { findingSchema, findingsBody, isPublishable } from './check.ts';
import { adoptRules, believedRules } from './current.ts';
import { publishDraft, readCheckedDraft } from './publish.ts';
import { findCurrentRules, findRuleSet, listPublications } from './store.ts';

const checkedSchema = lazily(() =>
  z.object({ publishable: z.boolean(), findings: z.array(findingSchema()) }).meta({ id: 'CheckedRules' }),
);
const publishedSchema = lazily(() => z.object({ ruleSet: z.string() }).meta({ id: 'Published' }));
const namedSchema = lazily(() => z.object({ ruleSet: z.string(), doc: ruleSetSchema() }).meta({ id: 'NamedRuleSet' }));
const publicationsSchema = lazily(() =>
  z.object({
    items: z.array(
      z.object({ ruleSet: z.string(), publishedAt: z.iso.datetime(), by: z.string(), current: z.boolean() }),
    ),
  }),
);

const readNamed = async (deps: Deps, actor: Actor, courseId: string, hash: string | null) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const [, [current], [named]] = await db.batch([
    standing(db, actor, 'rules:read', courseId),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
    findRuleSet(db, institutionId, hash ?? ''),
  ]);
  const rules = adoptRules(deps, courseId, current);
  if (hash === null) return { ruleSet: rules.hash, doc: rules.ruleSet };
  if (!named) throw new Problem('rule-set-not-found');
  return { ruleSet: hash, doc: JSON.parse(named.doc) };
};

export const ruleSetsApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/rule-sets',
    title: 'What was published in the course, newest first',
    action: 'rules:read',
    query: pageQuery,
    returns: () => ({ 200: publicationsSchema() }),
    handle: async ({ deps, actor, params, query, url }) => {
      const { items, link } = await listPage(
        { deps, actor, query, url },
        { list: `rule-sets ${params.course}`, action: 'rules:read', courseId: params.course },
        (db, institutionId, before, limit) =>
          listPublications(db, { institutionId, courseId: params.course }, before, limit),
      );
      const body = items.map(({ ruleSet, by, createdAt, current }) => ({
        ruleSet,
        publishedAt: timeOf(createdAt),
        by,
        current: current === 1,
      }));
      return { status: 200, body: { items: body }, headers: { link } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/rule-sets/{hash}',
    title: 'A published rule set by its name, or `current`',
    action: 'rules:read',
    returns: () => ({ 200: namedSchema() }),
    handle: async ({ deps, actor, params }) => ({
      status: 200,
      body: await readNamed(deps, actor, params.course, params.hash === 'current' ? null : params.hash),
    }),
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/rule-draft/check',
    title: 'What is wrong or doubtful in the draft',
    action: 'rules:read',
    returns: () => ({ 200: checkedSchema() }),
    handle: async ({ deps, actor, params }) => {
      const { findings } = await readCheckedDraft(deps, actor, params.course);
      return { status: 200, body: { publishable: isPublishable(findings), findings: findingsBody(findings) } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/rule-draft/publication',
    title: 'Publish the draft: new answers are graded by it from now on. If-Match, where sent, must name the draft',
    action: 'rules:publish',
    returns: () => ({ 201: publishedSchema() }),
    handle: async ({ deps, actor, params, ifMatch, once }) => ({
      status: 201,
      ...(await publishDraft(deps, actor, params.course, ifMatch, once)),
    }),
  }),
];
