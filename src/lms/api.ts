import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { route } from '../route.ts';
import { canvasConfiguration } from './canvas-configuration.ts';
import { deploymentsApi } from './deployments-api.ts';
import { toolKeySet } from './keys.ts';
import { platformsApi } from './platforms-api.ts';

const keySetSchema = () => z.object({ keys: z.array(z.looseObject({ kid: z.string() })) }).meta({ id: 'KeySet' });

const canvasQuery = lazily(() =>
  z.object({
    platform: z
      .string()
      .regex(/^[\w-]{1,64}$/)
      .optional(),
  }),
);
const canvasSchema = lazily(() =>
  z.looseObject({ title: z.string(), oidc_initiation_url: z.string() }).meta({ id: 'CanvasDeveloperKey' }),
);

export const lmsApi = [
  route({
    method: 'get',
    path: '/lti/jwks.json',
    title: "The tool's public keys, for platforms to check what it signs",
    action: null,
    returns: () => ({ 200: keySetSchema() }),
    handle: async ({ deps }) => {
      const body = await toolKeySet(deps);
      // A platform that kept an empty set would refuse us for as long.
      const cacheControl = body.keys.length > 0 ? 'public, max-age=3600' : 'no-store';
      return { status: 200, body, headers: { 'cache-control': cacheControl } };
    },
  }),
  route({
    method: 'get',
    path: '/lti/config/canvas.json',
    title: 'The tool as a Canvas developer key; ?platform= gives it the login URL of one platform',
    action: null,
    query: canvasQuery,
    returns: () => ({ 200: canvasSchema() }),
    handle: ({ deps, url, query }) => ({
      status: 200,
      body: canvasConfiguration(deps.catalogue, url.origin, query.platform),
    }),
  }),
  ...platformsApi,
  ...deploymentsApi,
];
