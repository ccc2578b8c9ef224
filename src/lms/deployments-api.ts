import * as z from 'zod';
import { institutionOf } from '../auth/actor.ts';
import { listPage } from '../auth/list-page.ts';
import { lazily } from '../lazily.ts';
import { pageQuery } from '../paging.ts';
import { route } from '../route.ts';
import { listDeployments } from './deployment-store.ts';
import { addDeployment, decideOnDeployment } from './deployments.ts';
import { deploymentBody, deploymentSchema, identifierSchema } from './platform-body.ts';
import { platformIsMissing } from './platform-store.ts';

const action = 'platforms:manage';
const newDeploymentSchema = lazily(() =>
  z.strictObject({ deploymentId: identifierSchema() }).meta({ id: 'NewDeployment' }),
);

export const deploymentsApi = [
  route({
    method: 'post',
    path: '/v1/platforms/{platform}/deployments',
    title: 'Make a deployment known and approve it, before its first launch',
    action,
    body: newDeploymentSchema,
    returns: () => ({ 201: deploymentSchema() }),
    handle: async ({ deps, actor, params, once, body }) => {
      const { row, replayed } = await addDeployment(deps, actor, params.platform, once, body.deploymentId);
      return { status: 201, body: deploymentBody(row), replayed };
    },
  }),
  route({
    method: 'get',
    path: '/v1/platforms/{platform}/deployments',
    title: "A platform's deployments; pending ones were brought by a launch",
    action,
    query: pageQuery,
    returns: () => ({ 200: z.object({ items: z.array(deploymentSchema()) }) }),
    handle: async (call) => {
      const { platform } = call.params;
      const also = [platformIsMissing(institutionOf(call.actor), platform)];
      const at = { list: `deployments ${platform}`, action, also } as const;
      const { items, link } = await listPage(call, at, (db, institutionId, after, limit) =>
        listDeployments(db, institutionId, platform, after, limit),
      );
      return { status: 200, body: { items: items.map(deploymentBody) }, headers: { link } };
    },
  }),
  ...(['put', 'delete'] as const).map((method) =>
    route({
      method,
      path: '/v1/platforms/{platform}/deployments/{deployment}/approval',
      title: method === 'put' ? 'Let a deployment launch' : 'Disable a deployment',
      action,
      returns: () => ({ 200: deploymentSchema() }),
      handle: async ({ deps, actor, params }) => {
        const state = method === 'put' ? 'active' : 'disabled';
        const row = await decideOnDeployment(deps, actor, params.platform, params.deployment, state);
        return { status: 200, body: deploymentBody(row) };
      },
    }),
  ),
];
