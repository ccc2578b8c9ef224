import * as z from 'zod';
import type { Action, ApiKey } from '../../auth/actor.ts';
import { formTokenOf } from '../../auth/admin-sessions.ts';
import type { Deps } from '../../deps.ts';
import { lazily } from '../../lazily.ts';
import { Problem } from '../../problem.ts';
import { type Call, type HandledRoute, type Reply, route } from '../../route.ts';
import type { Asked, Fields } from '../visit.ts';

/** An institution's administrator at one of their pages: they act as the API key by which they signed in. */
export type AdminVisit = {
  key: ApiKey;
  scopes: readonly string[];
  /** For forms to carry. */
  csrf: string;
  /** Where the tool runs. */
  origin: string;
  now: number;
};

type ShowAdmin = (deps: Deps, visit: AdminVisit, asked: Asked) => Promise<Reply>;

const adminQuery = lazily(() => z.record(z.string(), z.string().max(600)));
export const adminForm = lazily(() => z.record(z.string(), z.union([z.string(), z.array(z.string())])));

/** A page of the administrator by both its methods. */
export const adminPage = (path: string, title: string, action: Action, show: ShowAdmin): HandledRoute[] => {
  const described = { path, title, action, admin: true, query: adminQuery, returns: () => ({ 200: null }) } as const;
  const handle = async (call: Call<string, Fields | undefined, Record<string, string>>) => {
    const { deps, actor, session, params, body = {}, query, url, later } = call;
    if (actor.kind !== 'key') throw new Problem('sign-in-needed');
    const csrf = await formTokenOf(deps.config.sessionSecret, session);
    const visit = { key: actor, scopes: actor.scopes ?? [], csrf, origin: url.origin, now: deps.now() };
    return show(deps, visit, { params, fields: body, query, url, later });
  };
  return [
    route({ ...described, method: 'get', alsoReturns: 'text/html', handle }),
    route({ ...described, method: 'post', alsoReturns: 'text/html', takesForm: true, body: adminForm, handle }),
  ];
};

/** A browser of an administrator has cookies, or is not signed in. */
export const withCookies = { byCookie: true } as const;
