import { route } from '../route.ts';
import { erasedSchema, erasePerson, eraseSchema } from './erase.ts';
import { readPersonData } from './person-data.ts';
import { personDataSchema } from './person-data-body.ts';

export const personDataApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/people/{person}/data',
    title: "Everything kept about a person in the course: your own (me), or for who may erase it, anybody's",
    action: 'person-data:read',
    returns: () => ({ 200: personDataSchema() }),
    handle: async ({ deps, actor, params }) => ({
      status: 200,
      body: await readPersonData(deps, actor, params.course, params.person),
      headers: { 'content-disposition': 'attachment; filename="person-data.json"' },
    }),
  }),
  route({
    method: 'delete',
    path: '/v1/courses/{course}/people/{person}/data',
    title:
      'Erase what a person wrote, and their name where this is their last course; grades and threads keep their shape',
    action: 'people:erase',
    body: eraseSchema,
    returns: () => ({ 200: erasedSchema() }),
    handle: async ({ deps, actor, params, body }) => ({
      status: 200,
      body: await erasePerson(deps, actor, params.course, params.person, body.reason),
    }),
  }),
];
