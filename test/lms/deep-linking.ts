import * as z from 'zod';
import { claim } from './claim-names.ts';
import type { Ctx } from './context.ts';
import { clientFor } from './initiate.ts';
import { addLink } from './line-items.ts';
import { deepLinkedPage } from './pages/deep-linked.ts';
import { type Client, type DeepLinked, type Hint, type Platform, profileOf, timeOf } from './platforms.ts';
import { demand, refuse } from './refuse.ts';
import { verifyFromTool } from './tool-keys.ts';

const text = z.string();
const optional = text.optional();

/** Deep Linking 2.0 section 3.5: `lineItem` must have a scoreMaximum above 0, custom values must be strings. */
const ltiResourceLink = z.looseObject({
  type: z.literal('ltiResourceLink'),
  url: z.url().optional(),
  title: optional,
  text: optional,
  custom: z.record(text, text).optional(),
  lineItem: z
    .looseObject({ scoreMaximum: z.number().positive(), label: optional, resourceId: optional, tag: optional })
    .optional(),
});

const response = z.looseObject({
  [claim.messageType]: z.literal('LtiDeepLinkingResponse'),
  [claim.version]: z.literal('1.3.0'),
  [claim.deploymentId]: text,
  nonce: text.min(1),
  iat: z.number(),
  exp: z.number(),
  [claim.contentItems]: z.array(z.looseObject({ type: text })).default([]),
  [claim.msg]: optional,
  [claim.errormsg]: optional,
  [claim.log]: optional,
  [claim.errorlog]: optional,
});

const judgeClaims = (platform: Platform, client: Client, hint: Hint, claims: Record<string, unknown>) => {
  const now = timeOf(platform) / 1000;
  const { skewSeconds } = profileOf(platform);
  demand(claims.iss === client.clientId, 400, `iss must be the client id ${client.clientId}`);
  demand([claims.aud].flat().includes(platform.issuer), 400, `aud must be the platform's issuer ${platform.issuer}`);
  const parsed = response.safeParse(claims);
  if (!parsed.success)
    return refuse(400, `the response is not as Deep Linking wants it: ${z.prettifyError(parsed.error)}`);
  const { iat, exp, nonce } = parsed.data;
  demand(iat <= now + skewSeconds, 400, 'iat is in the future');
  demand(exp > now - skewSeconds, 400, 'the response has expired');
  demand(exp - iat <= 600, 400, 'the response lives longer than ten minutes');
  demand(!client.assertions[`nonce:${nonce}`], 400, 'nonce was used before');
  client.assertions[`nonce:${nonce}`] = (exp + skewSeconds) * 1000;
  demand(claims[claim.deploymentId] === hint.deploymentId, 400, `deployment_id must be ${hint.deploymentId}`);
  const { data } = hint.settings!;
  demand(
    claims[claim.data] === data,
    400,
    data === undefined ? 'data was not sent, and comes back' : 'data must come back unchanged',
  );
  return parsed.data;
};

const judgeItems = (platform: Platform, client: Client, hint: Hint, items: Record<string, unknown>[]) => {
  const { accept_types, accept_multiple, accept_lineitem } = hint.settings as Record<string, unknown>;
  demand(accept_multiple !== false || items.length <= 1, 400, `one item is accepted, and there are ${items.length}`);
  return items.map((item) => {
    demand(
      (accept_types as string[]).includes(item.type as string),
      400,
      `items of type ${item.type} are not accepted`,
    );
    const parsed = ltiResourceLink.safeParse(item);
    if (!parsed.success) return refuse(400, `a content item is wrong: ${z.prettifyError(parsed.error)}`);
    const link = parsed.data;
    demand(accept_lineitem !== false || !link.lineItem, 400, 'lineItem is not accepted here');
    const url = link.url ?? client.targetLinkUri;
    const host = new URL(url).host;
    demand(host === new URL(client.targetLinkUri).host, 400, `url is on ${host}, which is not the tool's host`);
    demand(
      !profileOf(platform).deepLink.registeredUrlOnly || url === client.targetLinkUri,
      400,
      `url must be the registered launch URL ${client.targetLinkUri}, with no query: put what is to open into custom`,
    );
    return link;
  });
};

/** Makes what a deep linking response asks for, after strict checks. Refuses with 400 and the reason. */
export const receiveDeepLinks = async (platform: Platform, hintId: string, token: string): Promise<DeepLinked> => {
  const hint = platform.hints[hintId];
  demand(hint?.settings, 400, 'nobody here asked for links at this address');
  demand(!hint.returned, 400, 'links for this request came back before');
  const client = clientFor(platform, hint.clientId);
  const verified = await verifyFromTool(client, token);
  if ('reason' in verified) return refuse(400, `JWT: ${verified.reason}`);
  const claims = judgeClaims(platform, client, hint, verified.claims);
  const items = claims[claim.contentItems] as Record<string, unknown>[];
  const links = judgeItems(platform, client, hint, items);
  const context = platform.contexts.find(({ id }) => id === hint.contextId);
  demand(context, 400, 'the launch was from no context');
  hint.returned = true;
  const severalGraded = profileOf(platform).deepLink.severalAlwaysGraded && links.length > 1;
  const made = links.map(({ title, text: words, url, custom, lineItem }) =>
    addLink(platform, client, context, {
      deploymentId: hint.deploymentId,
      ...(title ? { title } : {}),
      ...(words ? { text: words } : {}),
      ...(url ? { url } : {}),
      ...(custom ? { custom } : {}),
      ...(lineItem || severalGraded ? { lineItem: lineItem ?? { scoreMaximum: 100 } } : {}),
    }),
  );
  const { msg, errormsg, log, errorlog } = claim;
  const brought: DeepLinked = {
    at: timeOf(platform),
    hint: hint.id,
    links: made.map(({ id }) => id),
    items,
    msg: claims[msg],
    errormsg: claims[errormsg],
    log: claims[log],
    errorlog: claims[errorlog],
  };
  platform.deepLinks.push(brought);
  return brought;
};

/** Where the tool's form comes back: `JWT`, form-encoded (Deep Linking 2.0 section 4.5). */
export const deepLinkReturn = async (c: Ctx) => {
  const platform = c.get('platform');
  const { JWT: token } = await c.req.parseBody();
  demand(typeof token === 'string', 400, 'the form has no JWT');
  const brought = await receiveDeepLinks(platform, c.req.query('of') ?? '', token);
  if (profileOf(platform).deepLink.fetchesUrl)
    // Moodle looks for a cartridge at each address, with no cookies; what it finds changes nothing.
    for (const { url } of platform.links.filter(({ id }) => brought.links.includes(id)))
      if (url) fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
  return c.req.header('accept') === 'application/json' ? c.json(brought) : c.html(deepLinkedPage(platform, brought));
};
