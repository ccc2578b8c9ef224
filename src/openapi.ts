import * as z from 'zod';
import { permissions } from './auth/actor.ts';
import { problems } from './problem.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;
export type Section = { title: string; routes: readonly Route[] };

/** What a browser or an API sends to a route. */
export const bodyType = ({ takesForm }: Route): string =>
  takesForm ? 'application/x-www-form-urlencoded' : 'application/json';

/**
 * The OpenAPI 3.1 document, from the schemas that validate. Made at build time: the generator stays out of the Worker.
 */
export const openApiDocument = (sections: readonly Section[], version: string): Json => {
  const schemas: Record<string, Json> = {
    Problem: {
      type: 'object',
      description: 'RFC 9457. `type` is stable; `detail` says what to do; 422 lists `errors`.',
      required: ['type', 'title', 'status', 'detail', 'requestId'],
      properties: {
        type: { type: 'string', enum: Object.keys(problems).map((name) => `urn:cmgrclass:problem:${name}`) },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        requestId: { type: 'string' },
        errors: {
          type: 'array',
          items: {
            type: 'object',
            description: 'A fault and its place: a JSON pointer, or the line (and column) of a file.',
            required: ['detail'],
            properties: {
              pointer: { type: 'string' },
              line: { type: 'integer' },
              column: { type: 'string' },
              detail: { type: 'string' },
            },
          },
        },
      },
    },
  };

  /** A schema in the document's own terms: named ones become components, once. */
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const {
      $schema: _,
      $defs = {},
      ...root
    } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json & {
      $defs?: Record<string, Json>;
    };
    const own = (value: Json): Json => {
      const { id: _id, ...rest } = JSON.parse(
        JSON.stringify(value).replaceAll('#/$defs/', '#/components/schemas/'),
      ) as Json;
      return rest;
    };
    for (const [name, definition] of Object.entries($defs)) schemas[name] = own(definition);
    const name = schema.meta()?.id;
    if (name === undefined) return own(root);
    if (root.$ref === undefined) schemas[name] = own(root);
    return { $ref: `#/components/schemas/${name}` };
  };

  const parameters = (route: Route): Json[] => {
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    const query = route.query ? (schemaOf(route.query(), 'output').properties as Record<string, Json>) : {};
    const inQuery = Object.entries(query).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
    const inHeader = (name: string, required: boolean) => ({
      name,
      in: 'header',
      required,
      schema: { type: 'string' },
    });
    return [
      ...inPath,
      ...inQuery,
      ...(route.method === 'post' ? [inHeader('Idempotency-Key', false)] : []),
      ...(route.ifMatch ? [inHeader('If-Match', true)] : []),
      ...(route.path.endsWith('/draft') && route.method === 'put' ? [inHeader('If-Match', false)] : []),
      ...('fixed' in route ? [inHeader('If-None-Match', false)] : []),
    ];
  };

  const header = (description: string): Json => ({ description, schema: { type: 'string' } });
  const headersOf = (route: Route, status: string): Json => ({
    ...('fixed' in route
      ? { ETag: header('Strong; send it in If-None-Match.') }
      : { 'X-Request-Id': header('Names the request in the log.') }),
    ...(route.ifMatch || /\/(draft|posts)$/.test(route.path)
      ? { ETag: header('Send it in If-Match to change this.') }
      : {}),
    ...(route.query && status === '200'
      ? { Link: header('The next page: <path>; rel="next". Absent on the last.') }
      : {}),
    ...(route.method === 'post'
      ? { 'Idempotency-Replayed': header('true: this request was carried out before.') }
      : {}),
  });
  const described: Record<string, string> = { 200: 'OK', 201: 'Made', 204: 'Done', 304: 'You have it already' };

  const operation = (route: Route, tag: string): Json => {
    const responses: Record<string, Json> = {};
    for (const [status, schema] of Object.entries(route.returns())) {
      const json = schema ? { 'application/json': { schema: schemaOf(schema, 'output') } } : {};
      const other =
        route.alsoReturns && status === '200' ? { [route.alsoReturns]: { schema: { type: 'string' } } } : {};
      const content = { ...json, ...other };
      responses[status] = {
        description: described[status] ?? 'OK',
        headers: headersOf(route, status),
        ...(Object.keys(content).length > 0 ? { content } : {}),
      };
    }
    responses.default = {
      description: 'A problem; 401 carries WWW-Authenticate, 405 Allow, 429 and 503 Retry-After.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
    return {
      tags: [tag],
      operationId: `${route.method} ${route.path}`.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, ''),
      summary: route.title,
      ...(route.action === null
        ? { security: [] }
        : { 'x-permission': { action: route.action, ...permissions[route.action] } }),
      parameters: parameters(route),
      ...(route.body
        ? {
            requestBody: {
              required: true,
              content: {
                [bodyType(route)]: { schema: schemaOf((route.describes ?? route.body)(), 'input') },
                ...Object.fromEntries(
                  Object.keys(route.takesText ?? {}).map((type) => [type, { schema: { type: 'string' } }]),
                ),
              },
            },
          }
        : {}),
      responses,
    };
  };

  const paths: Record<string, Json> = {};
  for (const { title, routes } of sections)
    for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route, title) };

  return {
    openapi: '3.1.0',
    info: {
      title: 'cmgrclass',
      version,
      description: 'A course module whose grades are licensed by evidence.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: sections.map(({ title }) => ({ name: title })),
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key (cmgr_…), a session token, or the root key.',
        },
      },
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
};
