import type * as z from 'zod';
import type { Action, Actor } from './auth/actor.ts';
import type { Once } from './db/once.ts';
import type { Deps } from './deps.ts';
import type { StaticBody } from './static-body.ts';

type ParamOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamOf<Rest> : never;

/** A request as a handler sees it: parsed, validated, with the actor known. No Hono in it. */
export type Call<Params extends string = string, Body = unknown, Query = unknown> = {
  deps: Deps;
  actor: Actor;
  params: Record<Params, string>;
  body: Body;
  query: Query;
  url: URL;
  once: Once | null;
  /** Goes on with work after the reply is sent. Whatever it leaves undone is taken up by the next tick (`tick.ts`). */
  later: (work: Promise<unknown>) => void;
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  accept: string;
  cookie: (name: string) => string | undefined;
  /** A page of another site sent it (Fetch Metadata: Sec-Fetch-Site; the Origin of browsers that do not say). */
  crossSite: boolean;
  /** The session token of a page, of a course or an administrator's; '' elsewhere. */
  session: string;
};

export type Reply = {
  status: number;
  /** An object becomes JSON; a string is sent as `type` says. Left out for 204 and 304. */
  body?: unknown;
  type?: string;
  headers?: Record<string, string | null>;
  /** Values of Set-Cookie. */
  cookies?: readonly string[];
  replayed?: boolean;
};

/** A route as data: how to reach it, who may, what it takes and gives. The site, the walk of the tests and the OpenAPI document are made from these. */
type Described = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  title: string;
  /** What the actor must be permitted to do; `null`: public. */
  action: Action | null;
  /** The schemas are made when they are first needed. */
  query?: () => z.ZodType;
  body?: () => z.ZodType;
  /** What the body should be, for the documentation, where `body` lets more through. */
  describes?: () => z.ZodType;
  returns: () => Readonly<Record<number, z.ZodType | null>>;
  /** Another media type it gives: by Accept, or always where it gives no JSON. */
  alsoReturns?: string;
  /** Media types of text that it takes besides JSON: the text becomes this member of the body. */
  takesText?: Readonly<Record<string, string>>;
  /** It takes HTML forms: fields are members of the body, repeated ones lists. */
  takesForm?: true;
  /**
   * A page of a course: the session is in the form (`session`), which works where cookies are blocked, or for a GET in the
   * course's cookie. A form without it is not ours, so it protects from forgery too; and one with somebody else's is not
   * taken from the page of another site.
   */
  page?: true;
  /** A page of an institution's administrator: the session is in a cookie of its own, and its forms say by `csrf` whose they are. */
  admin?: true;
  /** The largest body it takes; 64 KiB where it says nothing. */
  maxBytes?: number;
  /** The route wants If-Match. */
  ifMatch?: true;
};

export type HandledRoute = Described & { handle: (call: Call) => Promise<Reply> | Reply };
/** A public route that only finds a body made at build time. */
export type FixedRoute = Described & {
  fixed: (deps: Deps, params: Record<string, string>) => StaticBody | undefined;
};
export type Route = HandledRoute | FixedRoute;

/** Defines a route with its path's parameters, body and query typed for the handler. */
export const route = <
  Path extends string,
  Body extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
>(
  definition: Omit<Described, 'path' | 'body' | 'query'> & {
    path: Path;
    body?: () => Body;
    query?: () => Query;
    handle: (call: Call<ParamOf<Path>, z.output<Body>, z.output<Query>>) => Promise<Reply> | Reply;
  },
): HandledRoute => definition as unknown as HandledRoute;

/** Defines a public route whose bodies are made at build time. */
export const fixedRoute = (
  path: string,
  title: string,
  schema: () => z.ZodType,
  fixed: FixedRoute['fixed'],
): FixedRoute => ({
  method: 'get',
  path,
  title,
  action: null,
  returns: () => ({ 200: schema(), 304: null }),
  fixed,
});
