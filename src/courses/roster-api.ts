import { route } from '../route.ts';
import { importRoster, importRosterQuery } from './import-roster.ts';
import { rosterPlanSchema } from './roster-changes.ts';
import { rosterSchema } from './roster-file.ts';
import { syncRoster, syncRosterQuery } from './sync-roster.ts';

export const rosterApi = [
  route({
    method: 'post',
    path: '/v1/courses/{course}/roster',
    title:
      'Bring the people up to a roster: JSON, or CSV with externalId,name,role; ?preview=true only says what would change, and its ETag in If-Match imports exactly that',
    action: 'people:import',
    query: importRosterQuery,
    body: rosterSchema,
    takesText: { 'text/csv': 'csv' },
    maxBytes: 1_048_576,
    returns: () => ({ 200: rosterPlanSchema() }),
    handle: async ({ deps, actor, params, once, ifMatch, query, body }) => {
      const { etag, ...reply } = await importRoster(deps, actor, params.course, { once, ifMatch }, query, body);
      return { status: 200, ...reply, headers: { etag } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/roster-sync',
    title:
      'Bring the people up to the roster of the LMS: enrol, change, and withdraw who is gone there; ?preview=true only says what would change',
    action: 'roster:sync',
    query: syncRosterQuery,
    returns: () => ({ 200: rosterPlanSchema() }),
    handle: async ({ deps, actor, params, once, query }) => ({
      status: 200,
      ...(await syncRoster(deps, actor, params.course, once, query.preview === 'true')),
    }),
  }),
];
