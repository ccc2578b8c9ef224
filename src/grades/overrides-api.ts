import { route } from '../route.ts';
import { gradedByHandSchema } from './grade-body.ts';
import {
  editedGradebookSchema,
  gradebookPlanSchema,
  importGradebook,
  importGradebookQuery,
} from './import-gradebook.ts';
import { overrideSchema, setOverride } from './overrides.ts';
import { markByRubric, rubricMarksSchema } from './rubric-marks.ts';

/** What people decide of grades by hand. */
export const overridesApi = [
  route({
    method: 'put',
    path: '/v1/courses/{course}/people/{person}/grades/{kind}/{activity}/override',
    title: 'Set a grade by hand, with a reason; more than the maximum is extra credit',
    action: 'grades:override',
    body: overrideSchema,
    returns: () => ({ 200: gradedByHandSchema() }),
    handle: async ({ deps, actor, params, body }) => ({
      status: 200,
      body: await setOverride(deps, actor, params, body),
    }),
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/people/{person}/grades/{kind}/{activity}/override',
    title: 'Lift an override: the automatic grade counts again',
    action: 'grades:override',
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params }) => {
      await setOverride(deps, actor, params, null);
      return { status: 204 };
    },
  }),
  route({
    method: 'put',
    path: '/v1/courses/{course}/people/{person}/grades/{kind}/{activity}/rubric',
    title: "Mark what somebody wrote by the rule's rubric: points by criterion, added to the automatic ones",
    action: 'rubric:mark',
    body: rubricMarksSchema,
    returns: () => ({ 200: gradedByHandSchema() }),
    handle: async ({ deps, actor, params, body }) => ({
      status: 200,
      body: await markByRubric(deps, actor, params, body),
    }),
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/people/{person}/grades/{kind}/{activity}/rubric',
    title: 'Take the points of the rubric away',
    action: 'rubric:mark',
    returns: () => ({ 204: null }),
    handle: async ({ deps, actor, params }) => {
      await markByRubric(deps, actor, params, null);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/gradebook',
    title:
      'Send the edited CSV of the gradebook back: changed cells override, emptied ones lift, with ?reason=; ?preview=true only says what would change, and its ETag in If-Match imports exactly that',
    action: 'grades:import',
    query: importGradebookQuery,
    body: editedGradebookSchema,
    takesText: { 'text/csv': 'csv' },
    maxBytes: 2_097_152,
    returns: () => ({ 200: gradebookPlanSchema() }),
    handle: async ({ deps, actor, once, ifMatch, query, body }) => {
      const { etag, ...reply } = await importGradebook(deps, actor, { once, ifMatch }, query, body);
      return { status: 200, ...reply, headers: { etag } };
    },
  }),
];
