import type { Ctx } from './context.ts';
import { customOf } from './custom.ts';
import { pageOf } from './paging.ts';
import { type Context, type Member, type Platform, profileOf } from './platforms.ts';
import { demand } from './refuse.ts';
import { fullRole, shortRole } from './roles.ts';
import { accepts } from './service.ts';

const type = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json';
const lti = 'https://purl.imsglobal.org/spec/lti/claim';

const written = (platform: Platform, context: Context, { userId, roles, status }: Member, rlid: string | undefined) => {
  const user = platform.users.find(({ id }) => id === userId);
  const { shortRoles, lti1p1 } = profileOf(platform);
  const { name, givenName, familyName, email } = platform.privacy ? {} : (user ?? {});
  const link = platform.links.find(({ id }) => id === rlid);
  const all = [...roles, ...(user?.roles ?? [])];
  return {
    status,
    user_id: userId,
    roles: shortRoles ? all.map(shortRole) : all,
    ...(name ? { name } : {}),
    ...(givenName ? { given_name: givenName } : {}),
    ...(familyName ? { family_name: familyName } : {}),
    ...(email ? { email } : {}),
    ...(lti1p1 ? { lti11_legacy_user_id: `old-${userId}` } : {}),
    // NRPS 2.0 section 3.3: with rlid, what a launch of that link would carry for the member.
    ...(link && user
      ? {
          message: [
            {
              [`${lti}/message_type`]: 'LtiResourceLinkRequest',
              [`${lti}/resource_link`]: { id: link.id, title: link.title },
              [`${lti}/custom`]: customOf(platform, link.custom, user, context, link),
            },
          ],
        }
      : {}),
  };
};

/** The members of a context (NRPS 2.0 section 3): paged, by role, by link, or those changed `since` a version. */
export const listMembers = (c: Ctx) => {
  accepts(c, type);
  const platform = c.get('platform');
  const { role, rlid, since } = c.req.query();
  const context = platform.contexts.find(({ id }) => id === c.req.param('context'));
  demand(context, 404, `no context ${c.req.param('context')}`);
  demand(
    rlid === undefined || platform.links.some(({ id, contextId }) => id === rlid && contextId === context.id),
    404,
    `rlid ${rlid} is no link of this context`,
  );
  const url = `${platform.issuer}/nrps/${context.id}`;
  const members = context.members
    .filter(({ status, version }) => (since === undefined ? status !== 'Deleted' : version > Number(since)))
    .filter(({ roles }) => role === undefined || roles.includes(fullRole(role)));
  const { items, next } = pageOf(platform, members, c.req.query(), url);
  if (next) c.header('link', `<${next}>; rel="next"`);
  else c.header('link', `<${url}?since=${context.version}>; rel="differences"`);
  const { label, title } = context;
  const body = {
    id: url,
    context: { id: context.id, ...(profileOf(platform).contextTitles ? { label, title } : {}) },
    members: items.map((member) => written(platform, context, member, rlid)),
  };
  return c.body(JSON.stringify(body), 200, { 'content-type': type });
};
