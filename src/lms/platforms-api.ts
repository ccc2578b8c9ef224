import * as z from 'zod';
import { institutionOf } from '../auth/actor.ts';
import { listPage } from '../auth/list-page.ts';
import { standing } from '../auth/store.ts';
import { revisionTag } from '../etag.ts';
import { lazily } from '../lazily.ts';
import { pageQuery } from '../paging.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { approvePlatform, disablePlatform } from './approve-platform.ts';
import { invitePlatform, withdrawInvitation } from './invitations.ts';
import { renewKeys } from './keys.ts';
import {
  invitedSchema,
  newPlatformSchema,
  platformBody,
  platformChangeSchema,
  platformSchema,
} from './platform-body.ts';
import { findPlatform, listPlatforms } from './platform-store.ts';
import { changePlatform, registerPlatform } from './platforms.ts';

const action = 'platforms:manage';
const invitationSchema = lazily(() =>
  platformSchema()
    .extend({ url: z.string().describe('For the administrator of the LMS; shown once'), expiresAt: z.iso.datetime() })
    .meta({ id: 'PlatformInvitation' }),
);

export const platformsApi = [
  route({
    method: 'post',
    path: '/v1/platforms',
    title: 'Register an LMS by hand; it is pending until it is approved',
    action,
    body: newPlatformSchema,
    returns: () => ({ 201: platformSchema() }),
    handle: async ({ deps, actor, once, body, url, later }) => {
      const { row, replayed } = await registerPlatform(deps, actor, once, body);
      later(renewKeys(deps));
      return {
        status: 201,
        body: platformBody(row, url.origin),
        headers: { etag: revisionTag(row.revision) },
        replayed,
      };
    },
  }),
  route({
    method: 'post',
    path: '/v1/platform-invitations',
    title: 'A link by which an LMS registers itself (Dynamic Registration), once, within seven days',
    action,
    body: invitedSchema,
    returns: () => ({ 201: invitationSchema() }),
    handle: async ({ deps, actor, once, body, url, later }) => {
      const invited = await invitePlatform(deps, actor, once, url.origin, body);
      later(renewKeys(deps));
      return { status: 201, ...invited };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/platform-invitations/{platform}',
    title: 'Take an invitation back that was not used',
    action,
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params }) => {
      await withdrawInvitation(deps, actor, params.platform);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/v1/platforms',
    title: "The institution's platforms, invited ones too",
    action,
    query: pageQuery,
    returns: () => ({ 200: z.object({ items: z.array(platformSchema()) }) }),
    handle: async (call) => {
      const { items, link } = await listPage(call, { list: 'platforms', action }, listPlatforms);
      return {
        status: 200,
        body: { items: items.map((row) => platformBody(row, call.url.origin)) },
        headers: { link },
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/platforms/{platform}',
    title: 'A platform, and what to paste into it',
    action,
    returns: () => ({ 200: platformSchema() }),
    handle: async ({ deps, actor, params, url }) => {
      const institutionId = institutionOf(actor);
      const db = deps.dbFor(institutionId);
      const [, [row]] = await db.batch([standing(db, actor, action), findPlatform(db, institutionId, params.platform)]);
      if (!row) throw new Problem('platform-not-found');
      return { status: 200, body: platformBody(row, url.origin), headers: { etag: revisionTag(row.revision) } };
    },
  }),
  route({
    method: 'patch',
    path: '/v1/platforms/{platform}',
    title: 'Change what is known of a platform, or our policy towards it',
    action,
    ifMatch: true,
    body: platformChangeSchema,
    returns: () => ({ 200: platformSchema() }),
    handle: async ({ deps, actor, params, ifMatch, body, url }) => {
      const row = await changePlatform(deps, actor, params.platform, ifMatch!, body);
      return { status: 200, body: platformBody(row, url.origin), headers: { etag: revisionTag(row.revision) } };
    },
  }),
  ...(['put', 'delete'] as const).map((method) =>
    route({
      method,
      path: '/v1/platforms/{platform}/approval',
      title: method === 'put' ? 'Let a platform launch' : 'Disable a platform: no launch, no grades to it',
      action,
      returns: () => ({ 200: platformSchema() }),
      handle: async ({ deps, actor, params, url }) => {
        const decide = method === 'put' ? approvePlatform : disablePlatform;
        const row = await decide(deps, actor, params.platform);
        return { status: 200, body: platformBody(row, url.origin), headers: { etag: revisionTag(row.revision) } };
      },
    }),
  ),
];
