import type { Hono } from 'hono';
import type { Env } from './context.ts';
import { bodyOf } from './control.ts';
import * as take from './control-schemas.ts';
import { copyContext, setMark, setMember } from './courses.ts';
import { clientFor } from './initiate.ts';
import { addLink, lineItemUrl, removeLink } from './line-items.ts';
import { pick } from './pick.ts';
import { newId } from './platforms.ts';
import { fullRole } from './roles.ts';

const at = '/platforms/:id';

/** People, contexts, links, and the gradebook. */
export const addControlOfCourses = (app: Hono<Env>): void => {
  for (const [path, list] of [
    ['users', 'users'],
    ['contexts', 'contexts'],
    ['links', 'links'],
    ['line-items', 'lineItems'],
    ['deep-links', 'deepLinks'],
  ] as const)
    app.get(`${at}/${path}`, (c) => c.json({ items: c.get('platform')[list] }));

  app.post(`${at}/users`, async (c) => {
    const platform = c.get('platform');
    const { id, roles, ...names } = await bodyOf(c, take.userBody);
    const user = { id: id ?? newId(platform), roles: roles.map(fullRole), ...names };
    platform.users.push(user);
    return c.json(user, 201);
  });
  app.patch(`${at}/users/:user`, async (c) => {
    const user = pick(c.get('platform').users, c.req.param('user'), 'user');
    return c.json(Object.assign(user, await bodyOf(c, take.userBody.partial().omit({ id: true }))));
  });
  app.delete(`${at}/users/:user`, (c) => {
    const platform = c.get('platform');
    const gone = pick(platform.users, c.req.param('user'), 'user');
    platform.users = platform.users.filter((user) => user !== gone);
    for (const context of platform.contexts) setMember(context, { userId: gone.id, roles: [], status: 'Deleted' });
    return c.json(gone);
  });

  app.post(`${at}/contexts`, async (c) => {
    const platform = c.get('platform');
    const { id, label, title, members, learners } = await bodyOf(c, take.contextBody);
    const context = { id: id ?? newId(platform), label, title, history: [], version: 0, members: [] };
    for (const { user, roles, status } of members)
      setMember(context, { userId: pick(platform.users, user, 'user').id, roles: roles.map(fullRole), status });
    for (let count = 0; count < learners; count += 1) {
      const user = { id: newId(platform), roles: [] };
      platform.users.push(user);
      setMember(context, { userId: user.id, roles: [fullRole('Learner')], status: 'Active' });
    }
    platform.contexts.push(context);
    return c.json(context, 201);
  });
  app.put(`${at}/contexts/:context/members`, async (c) => {
    const platform = c.get('platform');
    const context = pick(platform.contexts, c.req.param('context'), 'context');
    const { user, roles, status } = await bodyOf(c, take.memberBody);
    return c.json(
      setMember(context, { userId: pick(platform.users, user, 'user').id, roles: roles.map(fullRole), status }),
    );
  });
  app.post(`${at}/contexts/:context/copy`, (c) => {
    const platform = c.get('platform');
    return c.json(copyContext(platform, pick(platform.contexts, c.req.param('context'), 'context')), 201);
  });

  app.post(`${at}/links`, async (c) => {
    const platform = c.get('platform');
    const { context, clientId, ...wish } = await bodyOf(c, take.linkBody);
    const link = addLink(platform, clientFor(platform, clientId), pick(platform.contexts, context, 'context'), wish);
    const item = platform.lineItems.find(({ id }) => id === link.lineItemId);
    return c.json({ ...link, ...(item ? { lineItemUrl: lineItemUrl(platform, item) } : {}) }, 201);
  });
  app.delete(`${at}/links/:link`, (c) => {
    const platform = c.get('platform');
    const gone = pick(platform.links, c.req.param('link'), 'link');
    removeLink(platform, gone);
    return c.json(gone);
  });

  app.get(`${at}/gradebook`, (c) => {
    const platform = c.get('platform');
    const lineItems = platform.lineItems.map((item) => ({
      id: item.id,
      context: item.contextId,
      url: lineItemUrl(platform, item),
      ...item.members,
      cells: item.results,
    }));
    return c.json({ lineItems });
  });
  app.get(`${at}/scores`, (c) => {
    const { lineItem, user } = c.req.query();
    const wanted = (given: string | undefined, value: string | undefined) => given === undefined || given === value;
    const items = c.get('platform').scores.filter((one) => wanted(lineItem, one.lineItem) && wanted(user, one.user));
    return c.json({ items });
  });
  app.put(`${at}/marks`, async (c) => {
    const platform = c.get('platform');
    const { lineItem, user, score, comment } = await bodyOf(c, take.markBody);
    const item = pick(platform.lineItems, lineItem, 'line item');
    return c.json(setMark(platform, item, pick(platform.users, user, 'user').id, score, comment));
  });
};
