import * as z from 'zod';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { type Fault, fault } from './fault.ts';
import { jsonIn } from './outgoing.ts';
import { callService, listAll, type ServiceCall } from './service.ts';
import type { ServiceSession } from './tokens.ts';
import { withQuery } from './urls.ts';

const AGS = 'https://purl.imsglobal.org/spec/lti-ags/scope/';
/** The scopes of AGS 2.0, 3.1. None implies another: who may write line items asks for the reading too. */
export const agsScopes = {
  lineItem: `${AGS}lineitem`,
  lineItemRead: `${AGS}lineitem.readonly`,
  result: `${AGS}result.readonly`,
  score: `${AGS}score`,
} as const;

/** Of the scopes that a launch offered those of AGS: a token is asked for all of them, so that one serves every call. */
export const offeredScopes = (offered: readonly string[]): string[] =>
  Object.values(agsScopes).filter((scope) => offered.includes(scope));

/** How line items are known to be the tool's. */
export const lineItemTag = 'cmgrclass';
/** Their submissions can be opened from the platform's gradebook. Submission Review 1.0, 3. */
export const submissionReview = { reviewableStatus: ['InProgress', 'Submitted', 'Completed'] };

const ITEM = 'application/vnd.ims.lis.v2.lineitem+json';
const CONTAINER = 'application/vnd.ims.lis.v2.lineitemcontainer+json';

const lineItemSchema = lazily(() =>
  z.object({
    id: z.string().min(1),
    label: z.string().nullish(),
    scoreMaximum: z.coerce.number().nullish(),
    resourceId: z.string().nullish(),
    resourceLinkId: z.coerce.string().nullish(),
    tag: z.string().nullish(),
  }),
);

/** A column of the platform's gradebook, known by its address `id`. */
export type LineItem = z.output<ReturnType<typeof lineItemSchema>>;
export type NewLineItem = { label: string; scoreMaximum: number; resourceId: string; tag: string };
/** Where line items are asked for, and the scopes that the launch offered. */
export type LineItemService = { url: string; scopes: readonly string[] };

/** Whether the launch offered the reading of line items. */
export const mayReadLineItems = ({ scopes }: LineItemService): boolean =>
  scopes.includes(agsScopes.lineItemRead) || scopes.includes(agsScopes.lineItem);

const mayRead = ({ scopes }: LineItemService) =>
  scopes.includes(agsScopes.lineItemRead) ? agsScopes.lineItemRead : agsScopes.lineItem;

const callFor = (service: LineItemService, url: string, needed: string, call: Partial<ServiceCall>): ServiceCall => ({
  url,
  needed,
  scopes: offeredScopes(service.scopes),
  ...call,
});

const itemIn = (text: { text: string }): { ok: true; item: LineItem } | Fault => {
  const read = lineItemSchema().safeParse(jsonIn(text));
  return read.success ? { ok: true, item: read.data } : fault('unreadable', `no line item: ${text.text.slice(0, 200)}`);
};

/** The tool's line items in a context that fit, of all pages. AGS 2.0, 3.2.5 to 3.2.8. */
export const listLineItems = (
  deps: Deps,
  session: ServiceSession,
  service: LineItemService,
  {
    resourceId,
    resourceLinkId,
    tag,
    limit,
  }: { resourceId?: string; resourceLinkId?: string; tag?: string; limit?: number } = {},
) => {
  const filters = { resource_id: resourceId, resource_link_id: resourceLinkId, tag, limit: limit?.toString() };
  const call = callFor(service, withQuery(service.url, filters), mayRead(service), { accept: CONTAINER });
  return listAll(deps, session, call, (page) => {
    const read = z.array(lineItemSchema()).safeParse(page);
    return read.success ? read.data : null;
  });
};

/** Makes a line item. */
export const createLineItem = async (
  deps: Deps,
  session: ServiceSession,
  service: LineItemService,
  item: NewLineItem,
) => {
  const body = JSON.stringify({ ...item, submissionReview });
  const call = { method: 'POST', body, contentType: ITEM, accept: ITEM } as const;
  const reply = await callService(deps, session, callFor(service, service.url, agsScopes.lineItem, call));
  return reply.ok ? itemIn(reply) : reply;
};

/** A line item as the platform has it now; the fault of one that is gone has status 404 or 410. */
const fetchLineItem = (deps: Deps, session: ServiceSession, service: LineItemService, id: string) =>
  callService(deps, session, callFor(service, id, mayRead(service), { accept: ITEM }));

/** Whether the platform still has a line item. */
export const lineItemExists = async (
  deps: Deps,
  session: ServiceSession,
  service: LineItemService,
  id: string,
): Promise<{ ok: true; exists: boolean } | Fault> => {
  const found = await fetchLineItem(deps, session, service, id);
  const isGone = !found.ok && found.reason === 'status' && (found.status === 404 || found.status === 410);
  return found.ok || isGone ? { ok: true, exists: found.ok } : found;
};

/** Gives a line item another label or maximum; what it says else stays, as the platform last said it. */
export const updateLineItem = async (
  deps: Deps,
  session: ServiceSession,
  service: LineItemService,
  id: string,
  change: Pick<NewLineItem, 'label' | 'scoreMaximum'>,
) => {
  const found = await fetchLineItem(deps, session, service, id);
  if (!found.ok) return found;
  const was = itemIn(found);
  if (!was.ok) return was;
  if (was.item.label === change.label && was.item.scoreMaximum === change.scoreMaximum) return was;
  const body = JSON.stringify({ ...(jsonIn(found) as object), ...change });
  const call = { method: 'PUT', body, contentType: ITEM, accept: ITEM } as const;
  const reply = await callService(deps, session, callFor(service, id, agsScopes.lineItem, call));
  return reply.ok ? itemIn(reply) : reply;
};

/** Takes a line item away, with what is in it. */
export const removeLineItem = (deps: Deps, session: ServiceSession, service: LineItemService, id: string) =>
  callService(deps, session, callFor(service, id, agsScopes.lineItem, { method: 'DELETE' }));
