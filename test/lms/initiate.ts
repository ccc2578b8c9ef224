import { opaque } from './keys.ts';
import { type Client, type Hint, type Link, type Platform, profileOf } from './platforms.ts';
import { demand } from './refuse.ts';

const KEPT_HINTS = 500;

export type LaunchWish = {
  user: string;
  link?: string;
  context?: string;
  message?: Hint['message'];
  clientId?: string;
  deploymentId?: string;
  /** For submission review: the line item and the person whose work it is. */
  lineItem?: string;
  forUser?: string;
  targetLinkUri?: string;
  /** For deep linking: members of `deep_linking_settings` to change. */
  settings?: Record<string, unknown>;
};

/** The client of this id, or the newest that is active. */
export const clientFor = (platform: Platform, clientId: string | undefined): Client => {
  const { clients } = platform;
  const client = clientId
    ? clients.find((one) => one.clientId === clientId)
    : (clients.findLast(({ active }) => active) ?? clients.at(-1));
  demand(client, 404, `no client ${clientId ?? ''}: register the tool first`);
  return client;
};

/** A link whose client is no longer active goes over to the newest that is, with its column. */
const takeOver = (platform: Platform, link: Link): void => {
  const { clients, lineItems } = platform;
  const client = clientFor(platform, undefined);
  if (!client.active || clients.some((one) => one.active && one.clientId === link.clientId)) return;
  Object.assign(link, { clientId: client.clientId, deploymentId: client.deploymentIds[0] });
  const column = lineItems.find(({ id }) => id === link.lineItemId);
  if (column) column.clientId = client.clientId;
};

const settingsFor = (platform: Platform, hintId: string, wanted: Record<string, unknown> = {}) => ({
  accept_types: ['ltiResourceLink'],
  accept_presentation_document_targets: ['iframe', 'window'],
  accept_multiple: true,
  accept_lineitem: true,
  auto_create: false,
  title: 'Add an activity',
  ...(profileOf(platform).deepLink.data ? { data: `csrf:${opaque()}` } : {}),
  deep_link_return_url: `${platform.issuer}/deep-link-return?of=${hintId}`,
  ...wanted,
});

/** What is to be launched, kept by the platform under the message hint. Refuses what it does not know. */
export const makeHint = (platform: Platform, wish: LaunchWish): Hint => {
  const link = platform.links.find(({ id }) => id === wish.link);
  demand(!wish.link || link, 404, `no link ${wish.link}`);
  demand(
    platform.users.some(({ id }) => id === wish.user),
    404,
    `no user ${wish.user}`,
  );
  if (link && !wish.clientId) takeOver(platform, link);
  const item = platform.lineItems.find(({ id }) => id === (wish.lineItem ?? link?.lineItemId));
  const review = item?.members.submissionReview as { url?: string } | undefined;
  const client = clientFor(platform, wish.clientId ?? link?.clientId ?? item?.clientId);
  const message = wish.message ?? 'resource-link';
  const id = opaque().slice(0, 16);
  const linkId = link?.id ?? (message === 'submission-review' ? (item?.members.resourceLinkId as string) : undefined);
  const hint: Hint = {
    id,
    message,
    userId: wish.user,
    clientId: client.clientId,
    deploymentId: wish.deploymentId ?? link?.deploymentId ?? client.deploymentIds[0]!,
    contextId: link?.contextId ?? item?.contextId ?? wish.context,
    ...(linkId ? { linkId } : {}),
    ...(item ? { lineItemId: item.id } : {}),
    ...(wish.forUser ? { forUserId: wish.forUser } : {}),
    targetLinkUri:
      wish.targetLinkUri ?? (message === 'submission-review' ? review?.url : link?.url) ?? client.targetLinkUri,
    ...(message === 'deep-linking' ? { settings: settingsFor(platform, id, wish.settings) } : {}),
    used: false,
  };
  platform.hints[id] = hint;
  const [oldest] = Object.keys(platform.hints);
  if (Object.keys(platform.hints).length > KEPT_HINTS) delete platform.hints[oldest!];
  return hint;
};

const hintText = (platform: Platform, { id, linkId }: Hint): string =>
  profileOf(platform).name === 'moodle'
    ? JSON.stringify({ ...(linkId ? { cmid: Number(linkId) } : {}), launchid: id })
    : id;

/** The hint that a message hint's text stands for. */
export const hintFrom = (platform: Platform, text: string): Hint | undefined => {
  if (!text.startsWith('{')) return platform.hints[text];
  try {
    return platform.hints[JSON.parse(text).launchid];
  } catch {
    return undefined;
  }
};

/** The form that the platform posts to the tool's login address (LTI 1.3 Security Framework 5.1.1.1). */
export const loginInitiation = (
  platform: Platform,
  hint: Hint,
): { url: string; method: 'POST'; params: Record<string, string> } => {
  const client = clientFor(platform, hint.clientId);
  return {
    url: client.initiateLoginUri,
    method: 'POST',
    params: {
      iss: platform.issuer,
      target_link_uri: hint.targetLinkUri,
      login_hint: hint.userId,
      lti_message_hint: hintText(platform, hint),
      client_id: client.clientId,
      lti_deployment_id: hint.deploymentId,
      ...(platform.storageTarget ? { lti_storage_target: platform.storageTarget } : {}),
    },
  };
};
