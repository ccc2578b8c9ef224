import * as z from 'zod';
import { route } from '../route.ts';
import { toolKeySet } from './keys.ts';

const keySetSchema = () => z.object({ keys: z.array(z.looseObject({ kid: z.string() })) }).meta({ id: 'KeySet' });

export const lmsApi = [
  route({
    method: 'get',
    path: '/lti/jwks.json',
    title: "The tool's public keys, for platforms to check what it signs",
    action: null,
    returns: () => ({ 200: keySetSchema() }),
    handle: async ({ deps }) => ({
      status: 200,
      body: await toolKeySet(deps),
      headers: { 'cache-control': 'public, max-age=3600' },
    }),
  }),
];
