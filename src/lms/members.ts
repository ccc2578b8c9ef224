import * as z from 'zod';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import type { Fault } from './fault.ts';
import { roleFrom, type Standing } from './roles.ts';
import { listAll } from './service.ts';
import type { ServiceSession } from './tokens.ts';
import { withQuery } from './urls.ts';

/** The one scope of NRPS 2.0. */
export const rosterScope = 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly';
const ACCEPT = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json';

/** What a platform says beside user id and roles may be missing, or anything: privacy is its to keep. */
const text = z.string().nullish().catch(null);
const containerSchema = lazily(() =>
  z.object({
    members: z.array(
      z.object({
        user_id: z.coerce.string().min(1).max(255),
        roles: z.array(z.string()),
        status: text,
        name: text,
        given_name: text,
        family_name: text,
      }),
    ),
  }),
);

/** Somebody in the platform's course. `active` false: they were, and are not now. */
export type Member = Standing & { userId: string; name: string | null; active: boolean };

type Listed = z.output<ReturnType<typeof containerSchema>>['members'][number];

const nameOf = ({ name, given_name: given, family_name: family }: Listed): string | null =>
  (
    name?.trim() ||
    [given, family]
      .map((part) => part?.trim())
      .filter(Boolean)
      .join(' ')
  ).slice(0, 200) || null;

/** NRPS 2.0, 2.2: a member without a status is an active one. */
const memberOf = (listed: Listed): Member => ({
  userId: listed.user_id,
  name: nameOf(listed),
  active: (listed.status ?? 'Active').toLowerCase() === 'active',
  ...roleFrom(listed.roles),
});

/** Everybody in the platform's course, all pages of them or a fault. NRPS 2.0, 2; `role`, `limit` and `rlid` as in 2.4. */
export const listMembers = async (
  deps: Deps,
  session: ServiceSession,
  membershipsUrl: string,
  { role, limit, rlid }: { role?: string; limit?: number; rlid?: string } = {},
): Promise<{ ok: true; items: Member[] } | Fault> =>
  listAll(
    deps,
    session,
    {
      url: withQuery(membershipsUrl, { role, limit: limit?.toString(), rlid }),
      accept: ACCEPT,
      needed: rosterScope,
      scopes: [rosterScope],
    },
    (page) => {
      const read = containerSchema().safeParse(page);
      return read.success ? read.data.members.map(memberOf) : null;
    },
  );
