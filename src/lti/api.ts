import * as z from 'zod';
import { listPage } from '../auth/list-page.ts';
import { type Call, route } from '../route.ts';
import { launchAddressPage } from './entry-pages.ts';
import { launchSchema, proofSchema, receiveLaunch } from './launch.ts';
import { launchBody, launchesQuery, launchSchema as loggedLaunchSchema } from './launch-log.ts';
import { listLaunches } from './log-store.ts';
import { loginSchema, startLogin } from './login.ts';

const page = { action: null, alsoReturns: 'text/html', returns: () => ({ 200: null }) } as const;
const begin = ({ deps, url, cookie, params }: Call, sent: Parameters<typeof startLogin>[0]['sent']) =>
  startLogin({ deps, url, cookie, platform: params.platform ?? '', sent });

const logins = (['/lti/login', '/lti/login/{platform}'] as const).flatMap((path) => [
  route({
    ...page,
    method: 'get',
    path,
    title: path === '/lti/login' ? 'A platform begins a launch' : 'A platform begins a launch, at its own address',
    query: loginSchema,
    handle: (call) => begin(call as Call, call.query),
  }),
  route({
    ...page,
    method: 'post',
    path,
    title: 'The same by form',
    takesForm: true,
    body: loginSchema,
    handle: (call) => begin(call as Call, call.body),
  }),
]);

export const ltiApi = [
  ...logins,
  route({
    ...page,
    method: 'get',
    path: '/lti/launch',
    title: 'Says what this address is for',
    handle: () => launchAddressPage(),
  }),
  route({
    ...page,
    method: 'post',
    path: '/lti/launch',
    title: 'A platform launches: its signed message opens a course',
    takesForm: true,
    body: launchSchema,
    handle: ({ deps, cookie, body }) => receiveLaunch({ deps, cookie, sent: body }),
  }),
  route({
    ...page,
    method: 'post',
    path: '/lti/verify',
    title: "The same launch, with a proof from the platform's storage instead of a cookie",
    takesForm: true,
    body: proofSchema,
    // Whoever began a login knows its proof, and could have another browser post it: only our own page is believed.
    handle: ({ deps, cookie, crossSite, body: { proof = '', ...sent } }) =>
      receiveLaunch({ deps, cookie, sent, proof: crossSite ? '' : proof }),
  }),
  route({
    method: 'get',
    path: '/v1/launches',
    title: 'The launch log, newest first: which launches opened, and why the others did not',
    action: 'platforms:manage',
    query: launchesQuery,
    returns: () => ({ 200: z.object({ items: z.array(loggedLaunchSchema()) }) }),
    handle: async (call) => {
      const at = { list: 'launches', action: 'platforms:manage' } as const;
      const { items, link } = await listPage(call, at, (db, institutionId, before, limit) =>
        listLaunches(db, institutionId, { outcome: '', ...call.query }, before, limit),
      );
      return { status: 200, body: { items: items.map(launchBody) }, headers: { link } };
    },
  }),
];
