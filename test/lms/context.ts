import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Client, Platform } from './platforms.ts';
import { demand } from './refuse.ts';

/** What Hono carries through a request of this server. */
export type Env = {
  Bindings: HttpBindings;
  Variables: { platform: Platform; client: Client; narrow: boolean; refusal: string | undefined };
};
export type Ctx = Context<Env>;

/** Form or query parameters, each at most once. Refuses with 400 a parameter that comes twice. */
export const onceOnly = async (c: Ctx): Promise<Record<string, string>> => {
  const text = c.req.method === 'GET' ? new URL(c.req.url).search : await c.req.text();
  const found = [...new URLSearchParams(text)];
  const names = found.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  demand(twice === undefined, 400, `the parameter ${twice} is sent more than once`);
  return Object.fromEntries(found);
};

/** The media type that a body is sent as, without its parameters. */
export const mediaType = (c: Ctx): string => (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
