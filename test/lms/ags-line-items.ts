import type { Ctx } from './context.ts';
import { addLineItem, lineItemsUrl, lineItemUrl } from './line-items.ts';
import { pageOf } from './paging.ts';
import { type LineItem, type Platform, profileOf } from './platforms.ts';
import { demand, refuse } from './refuse.ts';
import { accepts, bodyAs } from './service.ts';

// AGS 2.0 section 3.2: line items.
const one = 'application/vnd.ims.lis.v2.lineitem+json';
const many = 'application/vnd.ims.lis.v2.lineitemcontainer+json';

const written = (platform: Platform, item: LineItem) => ({ id: lineItemUrl(platform, item), ...item.members });

/** Refuses what is no context here, or lacks the query that the platform's addresses carry. */
export const contextOf = (c: Ctx) => {
  const platform = c.get('platform');
  const context = platform.contexts.find(({ id }) => id === c.req.param('context'));
  demand(context, 404, `no context ${c.req.param('context')}`);
  const [name] = profileOf(platform).lineItemQuery.slice(1).split('=');
  demand(!name || c.req.query(name), 400, `${name} is missing: keep the query of the address that you were given`);
  return context;
};

/** The line item of the address; a tool sees its own only. */
export const lineItemOf = (c: Ctx): LineItem => {
  const context = contextOf(c);
  const id = c.req.param('item');
  const item = c.get('platform').lineItems.find((one) => one.id === id && one.contextId === context.id);
  demand(
    item && item.clientId === c.get('client').clientId,
    404,
    `no line item ${id}: it was deleted, or is another tool's`,
  );
  return item;
};

const checked = (platform: Platform, contextId: string, body: Record<string, unknown>): LineItem['members'] => {
  const { label, scoreMaximum, resourceId, tag, resourceLinkId, startDateTime, endDateTime } = body;
  demand(typeof label === 'string' && label.trim() !== '', 400, 'label is required');
  demand(typeof scoreMaximum === 'number' && scoreMaximum > 0, 400, 'scoreMaximum is required and must be above 0');
  for (const [name, value] of Object.entries({ resourceId, tag, resourceLinkId, startDateTime, endDateTime }))
    demand(value === undefined || typeof value === 'string', 400, `${name} must be a string`);
  demand(
    resourceLinkId === undefined ||
      platform.links.some((link) => link.id === resourceLinkId && link.contextId === contextId),
    400,
    `resourceLinkId ${resourceLinkId} is no link of this context`,
  );
  const { id, ...members } = body;
  return { ...members, label, scoreMaximum };
};

const pageLink = (platform: Platform, url: string): string =>
  profileOf(platform).brokenLinks
    ? // Moodle 4.3 writes it so; the quotes' UTF-8 bytes go out as they are.
      Buffer.from(`<${url.replaceAll('&', '&amp;')}>; rel=“next”`, 'utf8').toString('latin1')
    : `<${url}>; rel="next"`;

export const listLineItems = (c: Ctx) => {
  accepts(c, many);
  const platform = c.get('platform');
  const context = contextOf(c);
  const { resource_id, resource_link_id, tag } = c.req.query();
  const found = platform.lineItems.filter(
    ({ contextId, clientId, members }) =>
      contextId === context.id &&
      clientId === c.get('client').clientId &&
      (resource_id === undefined || members.resourceId === resource_id) &&
      (resource_link_id === undefined || members.resourceLinkId === resource_link_id) &&
      (tag === undefined || members.tag === tag),
  );
  const { items, next } = pageOf(platform, found, c.req.query(), lineItemsUrl(platform, context.id));
  if (next) c.header('link', pageLink(platform, next));
  c.header('content-type', many);
  // As bytes: with a text, Node would write the head in UTF-8 as well.
  return c.body(new TextEncoder().encode(JSON.stringify(items.map((item) => written(platform, item)))));
};

const answer = (c: Ctx, item: LineItem, status: 200 | 201) =>
  c.body(JSON.stringify(written(c.get('platform'), item)), status, { 'content-type': one });

export const createLineItem = async (c: Ctx) => {
  const platform = c.get('platform');
  const context = contextOf(c);
  const body = await bodyAs(c, one);
  const item = addLineItem(platform, c.get('client'), context, checked(platform, context.id, body), false);
  return answer(c, item, 201);
};

export const readLineItem = (c: Ctx) => {
  accepts(c, one);
  return answer(c, lineItemOf(c), 200);
};

export const updateLineItem = async (c: Ctx) => {
  const item = lineItemOf(c);
  const members = checked(c.get('platform'), item.contextId, await bodyAs(c, one));
  const { resourceLinkId } = item.members;
  // AGS 2.0 section 3.2.8: a coupled line item stays coupled.
  if (resourceLinkId !== undefined && members.resourceLinkId !== resourceLinkId)
    refuse(400, `resourceLinkId must stay ${resourceLinkId}`);
  item.members = members;
  return answer(c, item, 200);
};

export const deleteLineItem = (c: Ctx) => {
  const platform = c.get('platform');
  const gone = lineItemOf(c);
  platform.lineItems = platform.lineItems.filter((item) => item !== gone);
  for (const link of platform.links) if (link.lineItemId === gone.id) delete link.lineItemId;
  return c.body(null, 204);
};
