import * as z from 'zod';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { pageQuery } from '../paging.ts';
import type { LaunchClaims } from './claims.ts';
import { insertRefusedLaunch, type LaunchRow } from './log-store.ts';
import { type RefusalCode, type Refused, refusals } from './refusals.ts';

/** Whose log it goes to, as far as the state or the login's platform told. */
export type Whose = { institutionId: string; platformId: string };

/** Notes a refusal: for the operator always, for the institution where it is known whose it is. */
export const logLaunch = async (
  deps: Deps,
  { refused, detail }: Refused,
  whose: Whose | null,
  claims?: LaunchClaims,
): Promise<void> => {
  deps.log({ what: 'launch refused', outcome: refused, ...whose });
  if (!whose) return;
  await insertRefusedLaunch(deps.dbFor(whose.institutionId), {
    id: deps.newId(),
    ...whose,
    outcome: refused,
    messageType: claims?.lti.message_type.slice(0, 100).toWellFormed() ?? null,
    deploymentId: claims?.lti.deployment_id ?? null,
    detail: detail ?? null,
    at: deps.now(),
  });
};

export const OPENED = 'opened';
/** As a filter: all that did not open. */
export const REFUSED = 'refused';

export const launchesQuery = lazily(() =>
  pageQuery().extend({
    platform: z.string().max(64).default(''),
    outcome: z
      .enum([OPENED, REFUSED, ...(Object.keys(refusals) as RefusalCode[])])
      .optional()
      .describe('refused: all that did not open'),
  }),
);

export const launchSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      at: z.iso.datetime(),
      platform: z.string().nullable(),
      outcome: z.string(),
      says: z.string().describe('What to do, in plain words'),
      clause: z.string().nullable().describe('Of the specification'),
      detail: z.string().nullable(),
      messageType: z.string().nullable(),
      deploymentId: z.string().nullable(),
      course: z.string().nullable(),
      person: z.string().nullable(),
    })
    .meta({ id: 'Launch' }),
);

/** A launch for JSON: nobody's name, no token. */
export const launchBody = (row: Omit<LaunchRow, 'stateHash'>) => {
  const [, , says, clause] = Object.hasOwn(refusals, row.outcome)
    ? refusals[row.outcome as RefusalCode]
    : [200, '', 'It opened.', null];
  return {
    id: row.id,
    at: new Date(row.createdAt).toISOString(),
    platform: row.platformId,
    outcome: row.outcome,
    says,
    clause,
    detail: row.detail,
    messageType: row.messageType,
    deploymentId: row.deploymentId,
    course: row.courseId,
    person: row.personId,
  };
};
