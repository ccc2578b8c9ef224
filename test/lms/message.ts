import { claim } from './claim-names.ts';
import { customOf } from './custom.ts';
import { garble } from './hostile.ts';
import { lineItemsUrl, lineItemUrl } from './line-items.ts';
import { courseUrl } from './pages/addresses.ts';
import { type Client, type Hint, type Platform, profileOf, timeOf, type User } from './platforms.ts';
import { agsScopes, scopes } from './scopes.ts';

const messageTypes = {
  'resource-link': 'LtiResourceLinkRequest',
  'deep-linking': 'LtiDeepLinkingRequest',
  'submission-review': 'LtiSubmissionReviewRequest',
} as const;

const namesOf = ({ name, givenName, familyName, email }: User) => ({
  ...(name ? { name } : {}),
  ...(givenName ? { given_name: givenName } : {}),
  ...(familyName ? { family_name: familyName } : {}),
  ...(email ? { email } : {}),
});

const servicesOf = (platform: Platform, client: Client, hint: Hint) => {
  const granted = client.scopes.filter((scope) => agsScopes.includes(scope));
  const context = hint.contextId;
  if (!context) return {};
  const link = platform.links.find(({ id }) => id === hint.linkId);
  const lineItemId = hint.lineItemId ?? link?.lineItemId;
  const item = platform.lineItems.find(({ id }) => id === lineItemId);
  const endpoint = {
    scope: granted,
    lineitems: lineItemsUrl(platform, context),
    ...(item ? { lineitem: lineItemUrl(platform, item) } : {}),
  };
  return {
    ...(granted.length > 0 ? { [claim.ags]: endpoint } : {}),
    ...(client.scopes.includes(scopes.members)
      ? {
          [claim.nrps]: {
            context_memberships_url: `${platform.issuer}/nrps/${context}`,
            service_versions: ['2.0'],
          },
        }
      : {}),
  };
};

const extrasOf = (platform: Platform, user: User, hint: Hint) => {
  const { name, lti1p1 } = profileOf(platform);
  if (name === 'moodle')
    return {
      [claim.ext]: { lms: 'moodle-2', ...(platform.privacy ? {} : { user_username: user.id }) },
      [claim.lis]: { person_sourcedid: '', course_section_sourcedid: '' },
      ...(hint.lineItemId
        ? {
            [claim.basicOutcome]: {
              lis_result_sourcedid: '{"data":{"instanceid":"1"}}',
              lis_outcome_service_url: `${platform.issuer}/service.php`,
            },
          }
        : {}),
    };
  if (!lti1p1) return {};
  return {
    [claim.lti1p1]: { user_id: `old-${user.id}`, ...(hint.linkId ? { resource_link_id: `old-${hint.linkId}` } : {}) },
  };
};

/**
 * The claims of a message to the tool, right in every respect for this platform.
 * `nonce` is the tool's; times are the platform's own.
 */
export const messageClaims = (
  platform: Platform,
  client: Client,
  user: User,
  hint: Hint,
  nonce: string,
): Record<string, unknown> => {
  const profile = profileOf(platform);
  const context = platform.contexts.find(({ id }) => id === hint.contextId);
  const link = platform.links.find(({ id }) => id === hint.linkId);
  const member = context?.members.find(({ userId }) => userId === user.id);
  const iat = Math.floor(timeOf(platform) / 1000);
  const item = hint.message === 'submission-review' && platform.lineItems.find(({ id }) => id === hint.lineItemId);
  const review = item ? (item.members.submissionReview as { custom?: Record<string, string> } | undefined) : undefined;
  const custom = { ...link?.custom, ...review?.custom };
  const claims = {
    iss: platform.issuer,
    aud: client.clientId,
    ...(profile.azp ? { azp: client.clientId } : {}),
    sub: user.id,
    iat,
    exp: iat + profile.idTokenSeconds,
    nonce,
    ...(platform.privacy ? {} : namesOf(user)),
    [claim.messageType]: messageTypes[hint.message],
    [claim.version]: '1.3.0',
    [claim.deploymentId]: hint.deploymentId,
    [claim.targetLinkUri]: hint.targetLinkUri,
    [claim.roles]: [...(member?.roles ?? []), ...user.roles],
    ...(context
      ? {
          [claim.context]: {
            id: context.id,
            ...(profile.contextTitles ? { label: context.label, title: context.title } : {}),
            type: profile.shortRoles
              ? ['CourseSection']
              : ['http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering'],
          },
        }
      : {}),
    ...(link && hint.message !== 'deep-linking'
      ? { [claim.resourceLink]: { id: link.id, title: link.title, ...(link.text ? { description: link.text } : {}) } }
      : {}),
    [claim.toolPlatform]: {
      guid: platform.id,
      name: platform.title,
      product_family_code: profile.product,
      version: profile.version,
    },
    [claim.launchPresentation]: {
      locale: 'en',
      document_target: 'iframe',
      return_url: courseUrl(platform, context?.id),
    },
    ...(Object.keys(custom).length > 0 ? { [claim.custom]: customOf(platform, custom, user, context, link) } : {}),
    ...servicesOf(platform, client, hint),
    ...extrasOf(platform, user, hint),
    ...(hint.settings ? { [claim.settings]: hint.settings } : {}),
    ...(hint.forUserId ? { [claim.forUser]: forUser(platform, hint.forUserId, context?.id) } : {}),
  };
  return profile.name === 'hostile' ? garble(claims) : claims;
};

const forUser = (platform: Platform, userId: string, contextId: string | undefined) => {
  const user = platform.users.find(({ id }) => id === userId);
  const context = platform.contexts.find(({ id }) => id === contextId);
  const roles = context?.members.find((one) => one.userId === userId)?.roles ?? [];
  return { user_id: userId, ...(user && !platform.privacy ? namesOf(user) : {}), roles };
};
