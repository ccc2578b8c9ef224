import { institutionOf } from '../auth/actor.ts';
import { pageQuery } from '../paging.ts';
import { Problem } from '../problem.ts';
import { type Call, route } from '../route.ts';
import { deliverCourse } from './deliver.ts';
import { publishColumn, publishedSchema } from './publish-column.ts';
import { decideConflict, decisionSchema, retrySchema, sendAgain } from './send-again.ts';
import { readSync } from './sync.ts';
import { syncSchema } from './sync-body.ts';

/** Delivers what the request made due; for a person whose requests are followed by that anyway, nothing more. */
const deliverAfter = ({ deps, actor, later }: Pick<Call, 'deps' | 'actor' | 'later'>, courseId: string) => {
  if (actor.kind !== 'person' || !actor.delivers) later(deliverCourse(deps, institutionOf(actor), courseId));
};

const kinds = ['unit', 'scenario', 'prompt'] as const;

export const outboxApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/lms-sync',
    title:
      'How the course stands with its LMS: columns, roster, and the scores that are not there yet; a learner sees their own',
    action: 'lms-sync:read',
    query: pageQuery,
    returns: () => ({ 200: syncSchema() }),
    handle: async ({ deps, actor, params, query, url }) => {
      const { body, link } = await readSync(deps, actor, params.course, query, url);
      return { status: 200, body, headers: { link } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/lms-sync/retry',
    title: 'Send scores to the LMS again: those named, or all that wait or were refused',
    action: 'lms-sync:retry',
    body: retrySchema,
    returns: () => ({ 202: null }),
    handle: async (call) => {
      const { deps, actor, params, once, body } = call;
      const { replayed } = await sendAgain(deps, actor, params.course, once, body.scores);
      deliverAfter(call, params.course);
      return { status: 202, replayed };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/lms-sync/conflicts/{lineItem}/{person}/decision',
    title: 'Decide which mark counts where the LMS has another: overwrite it, or keep it',
    action: 'lms-sync:decide',
    body: decisionSchema,
    returns: () => ({ 204: null }),
    handle: async (call) => {
      const { deps, actor, params, body } = call;
      const { course, lineItem, person } = params;
      await decideConflict(deps, actor, course, { lineItem, person }, body);
      deliverAfter(call, course);
      return { status: 204 };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/line-items/{kind}/{activity}',
    title: 'Make the column of a unit, a scenario or a prompt in the LMS now, or bring it up to date',
    action: 'line-items:publish',
    returns: () => ({ 200: publishedSchema() }),
    handle: async (call) => {
      const { deps, actor, params } = call;
      const kind = kinds.find((one) => one === params.kind);
      if (!kind) throw new Problem('content-not-found');
      const body = await publishColumn(deps, actor, params.course, { kind, activity: params.activity });
      deliverAfter(call, params.course);
      return { status: 200, body };
    },
  }),
];
