import { Hono, type MiddlewareHandler } from 'hono';
import { createLineItem, deleteLineItem, listLineItems, readLineItem, updateLineItem } from './ags-line-items.ts';
import { listResults } from './ags-results.ts';
import { postScore } from './ags-scores.ts';
import { authenticate } from './auth.ts';
import { cut } from './break-call.ts';
import type { Env } from './context.ts';
import { deepLinkReturn } from './deep-linking.ts';
import { publishKeys } from './key-set.ts';
import { listMembers } from './nrps.ts';
import { type Lms, profileOf } from './platforms.ts';
import { describePlatform, register } from './registration.ts';
import { scopes } from './scopes.ts';
import { bearer, endpoint } from './service.ts';
import { grantToken } from './token.ts';

const services = /^\/p\/[^/]+\/(token|ags|nrps)(\/|$)/;

/** Reading line items: the read-only scope, or the full one where the platform lets that read too. */
const reads: MiddlewareHandler<Env> = (c, next) => {
  const { lineItemScopeReads } = profileOf(c.get('platform'));
  return bearer(scopes.lineItemReadonly, ...(lineItemScopeReads ? [scopes.lineItem] : []))(c, next);
};

/** One platform as a tool sees it, below /p/{platform}. */
export const createPlatformApp = (lms: Lms) => {
  const app = new Hono<Env>();
  app.use('/:platform/*', async (c, next) => {
    const platform = lms.platforms.get(c.req.param('platform'));
    if (!platform) return c.text('no such platform', 404);
    c.set('platform', platform);
    if (platform.stopped === true || (platform.stopped && services.test(c.req.path))) return cut(c);
    await next();
    lms.changed();
  });

  app.get('/:platform/openid-configuration', endpoint('configuration'), describePlatform);
  app.post('/:platform/register', endpoint('register'), register);
  app.post('/:platform/deep-link-return', endpoint('deep-link-return'), deepLinkReturn);
  app.get('/:platform/nrps/:context', endpoint('members'), bearer(scopes.members), listMembers);
  app.on(['GET', 'POST'], '/:platform/auth', endpoint('auth'), authenticate);
  app.get('/:platform/jwks', endpoint('jwks'), publishKeys);
  app.post('/:platform/token', endpoint('token'), grantToken);

  const list = '/:platform/ags/:context/lineitems';
  const { lineItem, result, score } = scopes;
  app.use(list, endpoint('line-items'));
  app.get(list, reads, listLineItems);
  app.post(list, bearer(lineItem), createLineItem);
  for (const one of [`${list}/:item`, `${list}/:item/lineitem`]) {
    app.get(`${one}/results`, endpoint('results'), bearer(result), listResults);
    app.post(`${one}/scores`, endpoint('scores'), bearer(score), postScore);
    app.use(one, endpoint('line-items'));
    app.get(one, reads, readLineItem);
    app.put(one, bearer(lineItem), updateLineItem);
    app.delete(one, bearer(lineItem), deleteLineItem);
  }
  return app;
};
