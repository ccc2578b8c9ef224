import * as z from 'zod';
import { type Actor, institutionOf } from '../auth/actor.ts';
import { listPage } from '../auth/list-page.ts';
import { standing } from '../auth/store.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { limitUpTo, pageQuery } from '../paging.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { rulesByHash } from '../rule-sets/current.ts';
import { applyRegrade, applyRegradeSchema, regradeBody, regradeSchema } from './apply.ts';
import { changeSchema, changesCsv } from './change-body.ts';
import { changesAfter, pageOfChanges } from './changes.ts';
import { directions, listChanges } from './changes-store.ts';
import { dryRunBody, dryRunSchema, startDryRun, startDryRunSchema } from './dry-run.ts';
import { findRegrade, listRegrades, type RegradeRow } from './store.ts';

const getRegrade = async (deps: Deps, actor: Actor, courseId: string, id: string): Promise<RegradeRow> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const [, [row]] = await db.batch([
    standing(db, actor, 'regrades:read', courseId),
    findRegrade(db, { institutionId, courseId }, id),
  ]);
  if (!row) throw new Problem('dry-run-not-found');
  return row;
};

const changesQuery = lazily(() =>
  z.object({
    cursor: z.string().max(400).optional(),
    limit: limitUpTo(1000).default(100),
    person: z.string().max(80).optional(),
    activity: z.string().max(80).optional(),
    direction: z.enum(directions).optional(),
    crossesPass: z.literal('true').optional(),
  }),
);

const etagOf = ({ hash }: RegradeRow) => (hash === '' ? null : `"${hash}"`);

export const regradesApi = [
  route({
    method: 'post',
    path: '/v1/courses/{course}/dry-runs',
    title: 'What a rule set would change, person by person, before anything happens',
    action: 'regrades:apply',
    body: startDryRunSchema,
    returns: () => ({ 201: dryRunSchema() }),
    handle: async ({ deps, actor, params, once, later, body }) => {
      const { row, replayed } = await startDryRun(deps, actor, params.course, once, later, body);
      return { status: 201, body: dryRunBody(row), headers: { etag: etagOf(row) }, replayed };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/dry-runs',
    title: 'The dry runs of the course, newest first',
    action: 'regrades:read',
    query: pageQuery,
    returns: () => ({ 200: z.object({ items: z.array(dryRunSchema()) }) }),
    handle: async ({ deps, actor, params, query, url }) => {
      const { items, link } = await listPage(
        { deps, actor, query, url },
        { list: `dry-runs ${params.course}`, action: 'regrades:read', courseId: params.course },
        (db, institutionId, before, limit) =>
          listRegrades(db, { institutionId, courseId: params.course }, before?.id ?? null, limit),
      );
      return { status: 200, body: { items: items.map(dryRunBody) }, headers: { link } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/dry-runs/{dryRun}',
    title: 'A dry run: how far it is, its counts under each policy, and the hash that applying wants',
    action: 'regrades:read',
    returns: () => ({ 200: dryRunSchema() }),
    handle: async ({ deps, actor, params }) => {
      const row = await getRegrade(deps, actor, params.course, params.dryRun);
      return { status: 200, body: dryRunBody(row), headers: { etag: etagOf(row) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/dry-runs/{dryRun}/changes',
    title: 'Whose grades would change, from what to what, and why; as JSON or (Accept: text/csv) CSV',
    action: 'regrades:read',
    query: changesQuery,
    returns: () => ({ 200: z.object({ items: z.array(changeSchema()) }) }),
    alsoReturns: 'text/csv',
    handle: async ({ deps, actor, params, query, url, accept }) => {
      const at = { institutionId: institutionOf(actor), courseId: params.course };
      const { cursor, limit, ...filter } = query;
      const secret = deps.config.sessionSecret;
      const after = await changesAfter(secret, params.dryRun, cursor);
      const db = deps.dbFor(at.institutionId);
      const [, [row], rows] = await db.batch([
        standing(db, actor, 'regrades:read', params.course),
        findRegrade(db, at, params.dryRun),
        listChanges(db, at, params.dryRun, filter, after, limit),
      ]);
      if (!row) throw new Problem('dry-run-not-found');
      const ruleSet = await rulesByHash(deps, db, at.institutionId, row.ruleSet);
      const { items, link } = await pageOfChanges(secret, { dryRun: params.dryRun, url, limit }, rows, ruleSet);
      return accept.includes('text/csv')
        ? { status: 200, body: changesCsv(items, after === null), type: 'text/csv; charset=utf-8', headers: { link } }
        : { status: 200, body: { items }, headers: { link } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/regrades',
    title: 'Apply a dry run, exactly as it was read (If-Match: its hash)',
    action: 'regrades:apply',
    body: applyRegradeSchema,
    ifMatch: true,
    returns: () => ({ 202: regradeSchema() }),
    handle: async ({ deps, actor, params, ifMatch, later, body }) => ({
      status: 202,
      body: regradeBody(await applyRegrade(deps, actor, params.course, ifMatch!, later, body)),
    }),
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/regrades/{regrade}',
    title: 'A regrade and how far it has come',
    action: 'regrades:read',
    returns: () => ({ 200: regradeSchema() }),
    handle: async ({ deps, actor, params }) => ({
      status: 200,
      body: regradeBody(await getRegrade(deps, actor, params.course, params.regrade)),
    }),
  }),
];
