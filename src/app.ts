import { Hono } from 'hono/quick';
import { analyticsApi } from './analytics/api.ts';
import { answersApi } from './answers/api.ts';
import { appealsApi } from './appeals/api.ts';
import { authApi } from './auth/api.ts';
import { catalogueApi } from './catalogue/api.ts';
import { coursesApi } from './courses/api.ts';
import { rosterApi } from './courses/roster-api.ts';
import type { Deps } from './deps.ts';
import { discussionApi } from './discussion/api.ts';
import { type HonoEnv, mount, mountFixed, write } from './edge.ts';
import { gradesApi } from './grades/api.ts';
import { gradeEventsApi } from './grades/events-api.ts';
import { feedApi } from './grades/feed-api.ts';
import { overridesApi } from './grades/overrides-api.ts';
import { interchangeApi } from './interchange/api.ts';
import { cartridgeApi } from './interchange/cartridge-api.ts';
import { lmsApi } from './lms/api.ts';
import { ltiApi } from './lti/api.ts';
import { deepLinkingApi } from './lti/deep-linking-api.ts';
import { launchLogPages } from './lti/launch-log-page.tsx';
import { registrationApi } from './lti/registration-api.ts';
import type { Section } from './openapi.ts';
import { outboxApi } from './outbox/api.ts';
import { webhooksApi } from './outbox/webhooks-api.ts';
import { adminPages } from './pages/admin/admin-pages.ts';
import { signInPage } from './pages/admin/sign-in-page.tsx';
import { courseFiles, coursePages } from './pages/course-pages.ts';
import { notFoundPage } from './pages/not-found.ts';
import { problemPage } from './pages/problem-page.ts';
import { personDataApi } from './person-data/api.ts';
import { Problem } from './problem.ts';
import { regradesApi } from './regrades/api.ts';
import type { Route } from './route.ts';
import { ruleSetsApi } from './rule-sets/api.ts';
import { ruleDraftApi } from './rule-sets/draft-api.ts';
import { siteApi } from './site.ts';
import { problemIn, writeProblem } from './write-problem.ts';

/** The interface, as data, in the sections of its documentation. */
export const sections: readonly Section[] = [
  { title: 'Site', routes: siteApi },
  { title: 'Content', routes: catalogueApi },
  { title: 'Institutions, keys and sessions', routes: authApi },
  { title: 'Courses, people and dates', routes: [...coursesApi, ...rosterApi] },
  { title: 'Scenarios and answers', routes: answersApi },
  { title: 'Discussion', routes: discussionApi },
  { title: 'Grades', routes: [...gradesApi, ...feedApi, ...overridesApi, ...gradeEventsApi] },
  { title: 'Rules', routes: [...ruleDraftApi, ...ruleSetsApi] },
  { title: 'Dry runs and regrades', routes: regradesApi },
  { title: 'Appeals', routes: appealsApi },
  { title: 'Analytics', routes: analyticsApi },
  { title: "A person's data", routes: personDataApi },
  { title: 'Interchange', routes: [...interchangeApi, ...cartridgeApi] },
  { title: 'The LMS, and webhooks', routes: [...outboxApi, ...webhooksApi] },
  { title: 'LTI', routes: [...lmsApi, ...ltiApi, ...registrationApi, ...deepLinkingApi] },
];

/** These, the pages that a launch leads to, and those of an institution's administrator. */
export const routes: readonly Route[] = [
  ...sections.flatMap((section) => section.routes),
  ...coursePages,
  ...courseFiles,
  ...adminPages,
  ...launchLogPages,
];

/** The site on one screen: the middleware in order, then every mount, then what happens when nothing fits or all fails. */
export const createApp = (deps: Deps) => {
  const app = new Hono<HonoEnv>({ strict: false });

  // A plain GET of these never comes here when deployed: worker.ts answers it before it loads this file.
  mountFixed(app, deps, routes);

  app.use(async (c, next) => {
    c.set('requestId', c.req.header('cf-ray') ?? crypto.randomUUID());
    const started = deps.now();
    await next();
    const { method, path } = c.req;
    deps.log({ requestId: c.get('requestId'), method, path, status: c.res.status, ms: deps.now() - started });
  });

  mount(app, deps, routes);

  app.notFound((c) => {
    return wantsPage(c.req)
      ? notFoundPage(c.get('requestId'))
      : writeProblem(deps.log, notRouted(c.req.path), c.get('requestId'));
  });
  app.onError(async (error, c) => {
    const requestId = c.get('requestId') ?? crypto.randomUUID();
    const written = writeProblem(deps.log, error, requestId);
    if (!wantsPage(c.req)) return written;
    const problem = problemIn(error);
    if (written.status === 401 && c.req.path.startsWith('/admin')) {
      const first = c.req.method === 'GET' && problem.problem === 'sign-in-needed';
      return write(signInPage(first ? undefined : problem, 401), requestId);
    }
    const read = problem.problem !== 'body-too-large' && isForm(c.req);
    const form = read ? await c.req.arrayBuffer().catch(() => undefined) : undefined;
    return problemPage(problem, requestId, new TextDecoder().decode(form));
  });
  return app;
};

/** Under /v1 everything is JSON; elsewhere a browser gets a page. */
const wantsPage = ({ path, raw }: { path: string; raw: Request }): boolean =>
  !path.startsWith('/v1') && (raw.headers.get('accept') ?? '').includes('text/html');

const isForm = ({ raw }: { raw: Request }): boolean =>
  (raw.headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded');

const notRouted = (path: string): Problem => {
  const fits = ({ path: pattern }: Route) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
  const methods = routes.filter(fits).map(({ method }) => method.toUpperCase());
  const allow = [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
  return allow.length > 0 ? new Problem('method-not-allowed', { allow }) : new Problem('route-not-found');
};
