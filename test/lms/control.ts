import { Hono } from 'hono';
import type * as z from 'zod';
import { addClient } from './clients.ts';
import type { Ctx, Env } from './context.ts';
import { addControlOfCourses } from './control-courses.ts';
import { addControlOfFaults } from './control-faults.ts';
import { addControlOfMessages } from './control-messages.ts';
import * as take from './control-schemas.ts';
import { addressesOf, createPlatform, type Lms, type Platform } from './platforms.ts';
import { demand, refuse } from './refuse.ts';

/*
The control API: JSON in, JSON out, nobody checks who asks. Every call below /control/platforms/{id} may carry
`x-lms-clock: <ms>`: the platform's clock then stands at that moment. Bodies are in control-schemas.ts.

POST   /control/platforms                  { profile, toolUrl?, registered?, clientId?, deploymentId?, scopes?, privacy?,
                                             pageSize?, storageTarget?, title?, id? }   201, as GET
GET    /control/platforms/{id}             { id, profile, issuer, authUrl, tokenUrl, tokenAudience, jwksUrl, configurationUrl,
                                             clientId, deploymentId, clients }   (the ids are the first client's)
DELETE /control/platforms/{id}
POST   …/clients                           { toolUrl, clientId?, deploymentId?, active?, scopes? }   another client of this issuer
PATCH  …/clients/{clientId}                { active?, scopes?, redirectUris?, jwks? }   `jwks` are the tool's keys by value,
                                             for a tool that does not listen
POST   …/users                             { id?, name?, givenName?, familyName?, email?, roles?, loggedOut? }   roles: of the system
PATCH, DELETE …/users/{user}
POST   …/contexts                          { id?, label?, title?, members?: [ { user, roles: ['Learner'], status? } ], learners? }
                                             `learners`: so many nameless ones are made; 201 with `members`
PUT    …/contexts/{context}/members        { user, roles, status? }   enrols, changes, or (`Deleted`) removes
POST   …/contexts/{context}/copy           a course copy: new ids, links and line items with them, history kept
POST   …/links                             { context, title?, text?, url?, custom?, lineItem?: { label?, scoreMaximum?, … } }
DELETE …/links/{link}
GET    …/users, contexts, links, line-items, deep-links
POST   …/jwt                               { claims, header?, key?: 'current'|'next'|'foreign'|'none'|'hs256-public' } → { token }
POST   …/launch                            { user, link? | context?, message?: 'resource-link'|'deep-linking'|'submission-review',
                                             lineItem?, forUser?, clientId?, deploymentId?, targetLinkUri?, settings? }
                                             → { url, method, params }: what is posted to the tool's login address
POST   …/id-token                          as launch, and { nonce, omit?, set?, header?, key? } → { token, claims };
                                             claims of LTI may be named by their last part: 'roles', 'deployment_id'
POST   …/registration                      { url? } → { openidConfiguration, registrationToken?, url? }
GET    …/gradebook                         { lineItems: [ { id, url, label, scoreMaximum, resourceId, cells: { [user]: result } } ] }
GET    …/scores?lineItem=&user=            { items }: all that was received, in order, refused ones with their status
PUT    …/marks                             { lineItem, user, score, comment? }   a mark by hand
GET    …/requests                          { items }: the tool's calls, with outcome and fault
PUT    …/faults                            { rate, kinds, endpoints?, retryAfter?, delayMs?, count?, seed? };   DELETE ends them
PUT    …/stopped                           { stopped: true | 'services' | false }
PUT    …/tokens                            { lifeSeconds };   POST …/tokens/revoke
PUT    …/clock                             { offsetMs? } | { standsAt? }
POST   …/keys/rotate                       { forget? }
PUT    …/jwks-mode                         { mode: 'ok'|'500'|'html'|'oversized'|'slow'|'duplicate-kid'|'wrong-type'|'redirect' }
PUT    …/paging                            { pageSize?, next?: 'ok'|'foreign'|'endless' }
PUT    …/configuration                     members that replace those of the OpenID configuration
PUT    …/storage-mode                      { mode: 'ok'|'silent'|'wrong-value'|'wrong-origin' }
*/

/** The body, held to its schema. Refuses with 400 and the schema's words. */
export const bodyOf = async <S extends z.ZodType>(c: Ctx, schema: S): Promise<z.output<S>> => {
  const text = await c.req.text();
  const { data, error } = schema.safeParse(text === '' ? {} : JSON.parse(text));
  if (error) return refuse(400, error.message);
  return data;
};

const written = (platform: Platform) => ({
  id: platform.id,
  profile: platform.profileName,
  issuer: platform.issuer,
  ...addressesOf(platform),
  clientId: platform.clients[0]?.clientId,
  deploymentId: platform.clients[0]?.deploymentIds[0],
  clients: platform.clients,
});

export const createControlApp = (lms: Lms) => {
  const app = new Hono<Env>();
  app.post('/platforms', async (c) => {
    const { toolUrl, registered, clientId, deploymentId, scopes, ...wanted } = await bodyOf(c, take.platformBody);
    const platform = await createPlatform(lms, wanted);
    if (registered)
      addClient(platform, { toolUrl: toolUrl ?? 'http://127.0.0.1:8787', clientId, deploymentId, scopes });
    lms.changed();
    return c.json(written(platform), 201);
  });

  app.use('/platforms/:id/*', async (c, next) => {
    const platform = lms.platforms.get(c.req.param('id'));
    demand(platform, 404, `no platform ${c.req.param('id')}`);
    c.set('platform', platform);
    const clock = c.req.header('x-lms-clock');
    if (clock) platform.clock.standsAt = Number(clock);
    await next();
    lms.changed();
  });
  app.get('/platforms/:id', (c) => c.json(written(c.get('platform'))));
  app.delete('/platforms/:id', (c) => c.json({ deleted: lms.platforms.delete(c.get('platform').id) }));

  app.post('/platforms/:id/clients', async (c) =>
    c.json(addClient(c.get('platform'), await bodyOf(c, take.clientBody)), 201),
  );
  app.patch('/platforms/:id/clients/:client', async (c) => {
    const client = c.get('platform').clients.find(({ clientId }) => clientId === c.req.param('client'));
    demand(client, 404, `no client ${c.req.param('client')}`);
    const { jwks, ...changes } = await bodyOf(c, take.clientPatch);
    Object.assign(client, changes);
    if (jwks) {
      client.jwks = jwks.keys;
      delete client.jwksCache;
    }
    return c.json(client);
  });

  addControlOfCourses(app);
  addControlOfMessages(app);
  addControlOfFaults(app);
  return app;
};
