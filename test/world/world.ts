import { env } from 'cloudflare:workers';
import { v7 } from 'uuid';
import { expect } from 'vitest';
import { catalogue, migrations } from '#catalogue';
import { createApp, routes } from '../../src/app.ts';
import type { Role } from '../../src/auth/actor.ts';
import type { Catalogue } from '../../src/catalogue/shapes.ts';
import { configFrom } from '../../src/config.ts';
import { connect } from '../../src/db/client.ts';
import type { Deps } from '../../src/deps.ts';
import { canonicalJson, hashRuleSet, type RuleSet } from '../../src/grading/rule-set.ts';

const config = configFrom(env);
const YEAR_MS = 365 * 86_400_000;

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
export type Reply = { status: number; headers: Headers; body: any; text: string };
/** A part of a reply's body. */
export type Json = Reply['body'];
export type Somebody = { id: string; externalId: string; name: string | null; role: Role; token: string };

const pattern = (path: string) => new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);

/** Every answer of the site is held to the schema that the OpenAPI document promises for it. */
const expectPromised = (method: string, path: string, { status, headers, body }: Reply) => {
  if (!headers.get('content-type')?.startsWith('application/json')) return;
  const route = routes.find((one) => one.method === method.toLowerCase() && pattern(one.path).test(path));
  const schema = route?.returns()[status];
  expect(schema, `${method} ${path} promises no JSON for ${status}`).toBeTruthy();
  const result = schema!.safeParse(body);
  expect(result.error?.issues ?? [], `${method} ${path} keeps its promise`).toEqual([]);
};

/** An app on the run's database, with a clock that stands still until it is moved, and a count of round trips. */
export const newApp = (options: { catalogue?: Catalogue; config?: Partial<Deps['config']> } = {}) => {
  const clock = { now: Date.parse('2026-09-07T12:00:00Z') };
  const trips = { count: 0 };
  const counting: typeof fetch = (input, init) => {
    trips.count += 1;
    return fetch(input, init);
  };
  const logged: Record<string, unknown>[] = [];
  const deps: Deps = {
    dbFor: () => connect(config.databaseUrl, undefined, counting),
    databases: () => [connect(config.databaseUrl, undefined, counting)],
    fetch: (input, init) => fetch(input, init),
    now: () => clock.now,
    newId: v7,
    // Tests move the clock by days: their sessions live as long.
    config: { ...config, sessionMs: YEAR_MS, limits: { person: undefined, key: undefined }, ...options.config },
    catalogue: options.catalogue ?? catalogue,
    migrations,
    rules: { byHash: new Map(), verdictIds: new Map(), byCourse: new Map() },
    known: { keySets: new Map(), tokens: new Map() },
    log: (entry) => logged.push(entry),
  };
  const app = createApp(deps);
  const afterwards: Promise<unknown>[] = [];
  const context = { waitUntil: (work: Promise<unknown>) => afterwards.push(work), passThroughOnException: () => {} };
  /** Waits for what requests left to be done after their replies. */
  const settled = async () => {
    while (afterwards.length > 0) await afterwards.shift();
  };

  const request = async (
    token: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const init = {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const response = await app.request(path, init, {}, context as never);
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    const reply = {
      status: response.status,
      headers: response.headers,
      body: json ? JSON.parse(text) : undefined,
      text,
    };
    if (reply.status === 500) throw new Error(`500 for ${method} ${path}: ${JSON.stringify(logged.at(-2))}`);
    expectPromised(method, new URL(path, 'http://localhost').pathname, reply);
    return reply;
  };

  /** How many requests to the database something made. */
  const tripsOf = async <T>(work: () => Promise<T>): Promise<{ result: T; trips: number }> => {
    const before = trips.count;
    const result = await work();
    return { result, trips: trips.count - before };
  };

  return { app, deps, clock, request, settled, tripsOf, logged };
};

/** A small world of its own: an institution, its key, a course, and whoever the test enrols. */
export const newWorld = async (options: Parameters<typeof newApp>[0] = {}) => {
  const site = newApp(options);
  const { request, deps } = site;
  const created = async (reply: Promise<Reply>) => {
    const { status, body } = await reply;
    expect([200, 201], JSON.stringify(body)).toContain(status);
    return body;
  };
  const institution = await created(request(config.rootKey, 'POST', '/v1/institutions', { name: 'A school' }));
  const key: string = institution.key.secret;
  const newCourse = (): Promise<{ id: string; ruleSet: string }> =>
    created(request(key, 'POST', '/v1/courses', { name: 'A class', timeZone: 'America/New_York' }));
  const { id: course, ruleSet } = await newCourse();

  const enrol = async (role: Role, name?: string, courseId = course): Promise<Somebody> => {
    const externalId = `somebody-${v7()}`;
    await created(request(key, 'POST', `/v1/courses/${courseId}/people`, { externalId, name, role }));
    const { token, person } = await created(request(key, 'POST', `/v1/courses/${courseId}/sessions`, { externalId }));
    return { ...person, token };
  };

  const at = (path: string) => `/v1/courses/${course}${path}`;
  return {
    ...site,
    db: deps.dbFor(institution.id),
    institution: institution.id as string,
    key,
    rootKey: config.rootKey,
    course,
    ruleSet,
    newCourse,
    learner: (name?: string, courseId?: string) => enrol('learner', name, courseId),
    assistant: () => enrol('assistant'),
    instructor: (courseId?: string) => enrol('instructor', undefined, courseId),
    at,
    answer: (who: Somebody, scenario: string, body: unknown, headers?: Record<string, string>) =>
      request(who.token, 'POST', at(`/scenarios/${scenario}/answers`), body, headers),
    post: (who: Somebody, prompt: string, body: unknown, headers?: Record<string, string>) =>
      request(who.token, 'POST', at(`/prompts/${prompt}/posts`), body, headers),
  };
};

export type World = Awaited<ReturnType<typeof newWorld>>;

/** Publishes a changed copy of the default rules for the world's course, straight into the database and past the check. */
export const publish = async (world: World, change: (ruleSet: RuleSet) => void) => {
  const ruleSet = structuredClone(world.deps.catalogue.rules.ruleSet);
  change(ruleSet);
  const hash = await hashRuleSet(ruleSet);
  await world.db.$client.batch([
    {
      sql: 'insert into rule_set (institution_id, hash, doc, created_at) values (?, ?, ?, 0) on conflict do nothing',
      args: [world.institution, hash, canonicalJson(ruleSet)],
    },
    { sql: 'update course set rule_set = ? where id = ?', args: [hash, world.course] },
  ]);
  return hash;
};

/** So many words of prose, no two texts alike. */
export const words = (count: number, seed = 'word'): string =>
  Array.from({ length: count }, (_, index) => `${seed}${index}`).join(' ');

/** Lets `work` happen before the next request's second round trip: between its reading and its writing. */
export const inBetween = (world: World, work: () => Promise<unknown>) => {
  const { deps } = world;
  const { dbFor } = deps;
  let trips = 0;
  deps.dbFor = () =>
    connect(deps.config.databaseUrl, undefined, async (input, init) => {
      trips += 1;
      if (trips === 2) {
        deps.dbFor = dbFor;
        await work();
      }
      return fetch(input, init);
    });
};
