import { type Client, type Context, type LineItem, type Link, newId, type Platform, profileOf } from './platforms.ts';

/** The address of a context's line items. */
export const lineItemsUrl = (platform: Platform, contextId: string): string =>
  `${platform.issuer}/ags/${contextId}/lineitems${profileOf(platform).lineItemQuery}`;

/** The address of a line item; Moodle's carries a query, so that `/scores` goes into the path. */
export const lineItemUrl = (platform: Platform, { contextId, id }: Pick<LineItem, 'contextId' | 'id'>): string => {
  const { lineItemEnd, lineItemQuery } = profileOf(platform);
  return `${platform.issuer}/ags/${contextId}/lineitems/${id}${lineItemEnd}${lineItemQuery}`;
};

export const addLineItem = (
  platform: Platform,
  client: Client,
  context: Context,
  members: LineItem['members'],
  own: boolean,
): LineItem => {
  const id = newId(platform);
  const item: LineItem = { id, contextId: context.id, clientId: client.clientId, own, members, results: {} };
  platform.lineItems.push(item);
  return item;
};

/** A link in a course, with the column that it brings. */
export const addLink = (
  platform: Platform,
  client: Client,
  context: Context,
  wish: Partial<Pick<Link, 'id' | 'title' | 'text' | 'url' | 'custom' | 'history' | 'deploymentId'>> & {
    lineItem?: Partial<LineItem['members']>;
  },
): Link => {
  const { lineItem, ...members } = wish;
  const link: Link = {
    title: 'An activity',
    custom: {},
    history: [],
    id: newId(platform),
    contextId: context.id,
    clientId: client.clientId,
    deploymentId: client.deploymentIds[0]!,
    ...members,
  };
  platform.links.push(link);
  if (lineItem) {
    const column = { label: link.title, scoreMaximum: 100, ...lineItem, resourceLinkId: link.id };
    link.lineItemId = addLineItem(platform, client, context, column, true).id;
  }
  return link;
};

/** A link goes, and the column that it brought. */
export const removeLink = (platform: Platform, gone: Link): void => {
  platform.links = platform.links.filter((link) => link !== gone);
  platform.lineItems = platform.lineItems.filter(({ id }) => id !== gone.lineItemId);
};
