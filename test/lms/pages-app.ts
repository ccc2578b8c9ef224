import { Hono } from 'hono';
import type { Env } from './context.ts';
import { launchBody } from './control-schemas.ts';
import { copyContext, setMark, setMember } from './courses.ts';
import { postingPage } from './html.ts';
import { loginInitiation, makeHint } from './initiate.ts';
import { removeLink } from './line-items.ts';
import { courseUrl, siteUrl } from './pages/addresses.ts';
import { callsPage } from './pages/calls.ts';
import { coursePage } from './pages/course.ts';
import { gradebookTable } from './pages/gradebook.ts';
import { framePage } from './pages/launch.ts';
import { nameOf } from './pages/names.ts';
import { pick } from './pick.ts';
import { type Lms, newId } from './platforms.ts';
import { demand } from './refuse.ts';
import { startRegistration } from './registration.ts';
import { fullRole } from './roles.ts';
import { forgerFrame, storageFrame } from './storage.ts';

const invented = ['Mira', 'Jon', 'Lea', 'Omar', 'Tess', 'Yuki'];

/** The platform as people see it, below /lms/{platform}. */
export const createPagesApp = (lms: Lms) => {
  const app = new Hono<Env>();
  app.use('/:platform/*', async (c, next) => {
    const platform = lms.platforms.get(c.req.param('platform'));
    demand(platform, 404, 'no such platform');
    c.set('platform', platform);
    await next();
    lms.changed();
  });

  app.get('/:platform', (c) => {
    const platform = c.get('platform');
    return c.redirect(courseUrl(platform, platform.contexts[0]?.id), 303);
  });
  app.get('/:platform/storage', (c) => c.html(storageFrame(c.get('platform'), new URL(c.req.url))));
  app.get('/:platform/storage/forger', (c) => c.html(forgerFrame()));

  app.get('/:platform/courses/:context', (c) => {
    const platform = c.get('platform');
    return c.html(coursePage(platform, pick(platform.contexts, c.req.param('context'), 'course')));
  });
  app.get('/:platform/courses/:context/gradebook', (c) => {
    const platform = c.get('platform');
    return c.html(gradebookTable(platform, pick(platform.contexts, c.req.param('context'), 'course')));
  });
  app.post('/:platform/courses/:context/copy', (c) => {
    const platform = c.get('platform');
    const copy = copyContext(platform, pick(platform.contexts, c.req.param('context'), 'course'));
    return c.redirect(courseUrl(platform, copy.id), 303);
  });
  app.post('/:platform/courses/:context/members', async (c) => {
    const platform = c.get('platform');
    const context = pick(platform.contexts, c.req.param('context'), 'course');
    const { user, status } = await c.req.parseBody<Record<string, string>>();
    const before = context.members.find(({ userId }) => userId === user);
    if (before) setMember(context, { ...before, status: status === 'Active' ? 'Active' : 'Deleted' });
    else {
      const name = invented[platform.users.length % invented.length]!;
      const made = { id: newId(platform), name, email: `${name.toLowerCase()}@school.example`, roles: [] };
      platform.users.push(made);
      setMember(context, { userId: made.id, roles: [fullRole('Learner')], status: 'Active' });
    }
    return c.redirect(courseUrl(platform, context.id), 303);
  });

  app.get('/:platform/open', (c) => {
    const platform = c.get('platform');
    const wish = c.req.query();
    const link = platform.links.find(({ id }) => id === wish.link);
    const item = platform.lineItems.find(({ id }) => id === wish.lineItem);
    const title = link?.title ?? item?.members.label ?? 'Add an activity';
    const home = courseUrl(platform, link?.contextId ?? item?.contextId ?? wish.context);
    const source = `${siteUrl(platform)}/initiate?${new URLSearchParams(wish)}`;
    return c.html(framePage(platform, title, `${nameOf(platform, wish.user ?? '')} is logged in`, source, home));
  });
  app.get('/:platform/initiate', (c) => {
    const platform = c.get('platform');
    const { data: wish } = launchBody.safeParse(c.req.query());
    demand(wish, 400, 'this address opens nothing: go back to the course');
    const { url, params } = loginInitiation(platform, makeHint(platform, wish));
    return c.html(postingPage(url, params, 'Open the activity'));
  });
  app.get('/:platform/register', (c) => {
    const platform = c.get('platform');
    const { url } = startRegistration(platform, c.req.query('url'));
    return c.html(framePage(platform, 'Register the tool', 'An administrator is logged in', url!, siteUrl(platform)));
  });
  app.get('/:platform/calls', (c) => c.html(callsPage(c.get('platform'))));

  app.post('/:platform/:what', async (c) => {
    const platform = c.get('platform');
    const { stopped, client, active, link, lineItem, user, score } = await c.req.parseBody<Record<string, string>>();
    const acts: Record<string, () => void> = {
      services: () => {
        platform.stopped = stopped ? 'services' : false;
      },
      clients: () => {
        for (const one of platform.clients) if (one.clientId === client) one.active = Boolean(active);
      },
      'remove-link': () => removeLink(platform, pick(platform.links, link, 'link')),
      marks: () => setMark(platform, pick(platform.lineItems, lineItem, 'column'), user!, Number(score)),
    };
    const act = acts[c.req.param('what')];
    demand(act, 404, 'nothing to do here');
    act();
    return c.redirect(c.req.header('referer') ?? siteUrl(platform), 303);
  });
  return app;
};
