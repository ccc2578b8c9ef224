import * as z from 'zod';
import type { Action } from '../auth/actor.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { type HandledRoute, type Reply, route } from '../route.ts';
import { coursePage } from './course-page.tsx';
import { promptPage } from './prompt-page.tsx';
import { scenarioPage } from './scenario-page.tsx';
import { syncPage } from './sync-page.tsx';
import { unitPage } from './unit-page.tsx';
import { type Fields, type PageCall, type Visit, visitOf } from './visit.ts';

/** A post of 20 000 characters takes up to nine times as many bytes in a form. */
const MAX_FORM_BYTES = 262_144;

const pageQuery = lazily(() =>
  z.object({
    person: z.string().max(64).optional(),
    cursor: z.string().max(600).optional(),
    posted: z.string().max(8).optional(),
  }),
);
/** Pages check what their forms hold themselves: what is refused is given back. */
const formSchema = lazily(() => z.record(z.string(), z.union([z.string(), z.array(z.string())])));

type Show = (
  deps: Deps,
  visit: Visit,
  params: Record<string, string>,
  fields: Fields,
  call: PageCall,
) => Promise<Reply>;

/** A page by both its methods: GET by the session's cookie; POST with the session in a form, to go there or to change something. */
const page = (path: string, title: string, action: Action, show: Show): HandledRoute[] => {
  const described = { path, title, action, page: true, query: pageQuery, returns: () => ({ 200: null }) } as const;
  const handle = (call: PageCall) => show(call.deps, visitOf(call), call.params, call.body ?? {}, call);
  return [
    route({ ...described, method: 'get', alsoReturns: 'text/html', handle }),
    route({
      ...described,
      method: 'post',
      alsoReturns: 'text/html',
      takesForm: true,
      maxBytes: MAX_FORM_BYTES,
      body: formSchema,
      handle,
    }),
  ];
};

/** The pages that a launch leads to. They are for people, and no part of the interface that /docs describes. */
export const coursePages: readonly HandledRoute[] = [
  ...page('/courses/{course}', 'The course', 'course:read', (deps, visit) => coursePage(deps, visit)),
  ...page('/courses/{course}/units/{unit}', 'A unit', 'scenarios:read', (deps, visit, { unit }) =>
    unitPage(deps, visit, unit!),
  ),
  ...page('/courses/{course}/scenarios/{scenario}', 'A scenario', 'answers:read', (deps, visit, { scenario }, fields) =>
    scenarioPage(deps, visit, scenario!, fields),
  ),
  ...page(
    '/courses/{course}/prompts/{prompt}',
    'A discussion',
    'posts:read',
    (deps, visit, { prompt }, fields, { url, query }) =>
      promptPage(deps, visit, prompt!, fields, { url, cursor: query.cursor, posted: query.posted !== undefined }),
  ),
  ...page(
    '/courses/{course}/sync',
    'What went to the LMS',
    'lms-sync:read',
    (deps, visit, _params, fields, { url, query }) => syncPage(deps, visit, fields, { url, cursor: query.cursor }),
  ),
];
