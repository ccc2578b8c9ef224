import * as z from 'zod';
import { asPerson, isStaff } from '../auth/actor.ts';
import { listPage } from '../auth/list-page.ts';
import { lazily } from '../lazily.ts';
import { pageQuery } from '../paging.ts';
import { dryRunBody, dryRunSchema } from '../regrades/dry-run.ts';
import { route } from '../route.ts';
import { findingSchema, findingsBody } from '../rule-sets/check.ts';
import { appealBody, appealSchema, contestedSchema, states } from './appeal-body.ts';
import { contest, contestSchema, readAppeal } from './contest.ts';
import { decideAppeal, decideSchema } from './decide.ts';
import { listAppeals } from './store.ts';

const appealsQuery = lazily(() => pageQuery().extend({ state: z.enum(states).optional() }));
const decidedSchema = lazily(() =>
  z
    .object({
      appeal: appealSchema(),
      /** Of the draft that upholding made; `null` when denied, or where the draft has errors. */
      dryRun: dryRunSchema().nullable(),
      /** Whether the drafted rule gives the contested answer itself more. */
      movesThisAnswer: z.boolean(),
      findings: z.array(findingSchema()),
    })
    .meta({ id: 'DecidedAppeal' }),
);

export const appealsApi = [
  route({
    method: 'post',
    path: '/v1/courses/{course}/appeals',
    title: 'Contest the verdict on your answer, citing a claim',
    action: 'appeals:make',
    body: contestSchema,
    returns: () => ({ 201: appealSchema() }),
    handle: async ({ deps, actor, once, body }) => {
      const { row, replayed } = await contest(deps, actor, once, body);
      return { status: 201, body: appealBody(row), replayed };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/appeals',
    title: "Appeals, oldest first: your own, or the course's for its staff",
    action: 'appeals:read',
    query: appealsQuery,
    returns: () => ({ 200: z.object({ items: z.array(appealSchema()) }) }),
    handle: async ({ deps, actor, params, query, url }) => {
      const onlyOf = isStaff(actor) ? null : asPerson(actor).personId;
      const { items, link } = await listPage(
        { deps, actor, query, url },
        { list: `appeals ${params.course}`, action: 'appeals:read', courseId: params.course },
        (db, institutionId, after, limit) =>
          listAppeals(
            db,
            { institutionId, courseId: params.course },
            { onlyOf, state: query.state ?? null },
            after,
            limit,
          ),
      );
      return { status: 200, body: { items: items.map(appealBody) }, headers: { link } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/appeals/{appeal}',
    title: 'An appeal with the answer it contests; the staff see its exact trace',
    action: 'appeals:read',
    returns: () => ({ 200: contestedSchema() }),
    handle: async ({ deps, actor, params }) => {
      const { appeal, contested } = await readAppeal(deps, actor, params.course, params.appeal);
      return { status: 200, body: { ...appealBody(appeal), contested } };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/appeals/{appeal}/decision',
    title: 'Deny an appeal with a reason, or uphold it: the rule is drafted and a dry run started',
    action: 'appeals:decide',
    body: decideSchema,
    returns: () => ({ 200: decidedSchema() }),
    handle: async ({ deps, actor, params, later, body }) => {
      const { appeal, dryRun, movesThisAnswer, findings } = await decideAppeal(
        deps,
        actor,
        params.course,
        params.appeal,
        later,
        body,
      );
      return {
        status: 200,
        body: {
          appeal: appealBody(appeal),
          dryRun: dryRun && dryRunBody(dryRun),
          movesThisAnswer,
          findings: findingsBody(findings),
        },
      };
    },
  }),
];
