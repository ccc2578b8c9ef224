import { route } from '../route.ts';
import { confusionSchema, readConfusion } from './confusion.ts';
import { itemsSchema, readItems } from './items.ts';
import { participationAnalysisSchema, participationQuery, readParticipation } from './participation.ts';
import { readStanceShift, stanceShiftSchema } from './stance-shift.ts';

// All on learners who are not withdrawn; what is said of answers is said of first attempts. Assistants see no group of fewer than five.

export const analyticsApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/analytics/items',
    title: 'How hard each scenario is, how well it tells people apart, and how matched pairs go',
    action: 'analytics:read',
    returns: () => ({ 200: itemsSchema() }),
    handle: async ({ deps, actor, params }) => ({
      status: 200,
      body: (await readItems(deps, actor, params.course)).body,
    }),
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/analytics/confusion',
    title: 'Which role was said where which was right, and what the cited sources say of it',
    action: 'analytics:read',
    returns: () => ({ 200: confusionSchema() }),
    handle: async ({ deps, actor, params }) => ({
      status: 200,
      body: (await readConfusion(deps, actor, params.course)).body,
    }),
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/analytics/stance-shift',
    title: 'Who changed their mind on the hinge scenarios between before and after discussion',
    action: 'analytics:read',
    returns: () => ({ 200: stanceShiftSchema() }),
    handle: async ({ deps, actor, params }) => ({
      status: 200,
      body: (await readStanceShift(deps, actor, params.course)).body,
    }),
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/analytics/participation',
    title: 'Who writes in the discussion, prompt by prompt, and who answers whom',
    action: 'analytics:read',
    query: participationQuery,
    returns: () => ({ 200: participationAnalysisSchema() }),
    handle: async ({ deps, actor, params, query, url }) => {
      const { body, link } = await readParticipation(deps, actor, params.course, query, url);
      return { status: 200, body, headers: { link } };
    },
  }),
];
