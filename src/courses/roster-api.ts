import { route } from '../route.ts';
import { importRoster, importRosterQuery, rosterPlanSchema } from './import-roster.ts';
import { rosterSchema } from './roster-file.ts';

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
];
