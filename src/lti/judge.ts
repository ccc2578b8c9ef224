import type { Deps } from '../deps.ts';
import { roleFrom } from '../lms/roles.ts';
import type { Bound } from './binding.ts';
import { chooseDeployment, type Newcomer, type Tenant } from './choose-deployment.ts';
import { isLive, type LivePlatform, notLive } from './choose-platform.ts';
import type { LaunchClaims } from './claims.ts';
import { type FoundKeys, findKeys } from './key-sets.ts';
import { isRefused, type Refused, refuse } from './refusals.ts';
import type { Snapshot } from './snapshot.ts';
import { type LoginState, targetHashOf } from './state.ts';
import { checkClaims, type ParsedToken, verifySignature } from './verify-token.ts';

const refusedBinding = {
  'no-cookie': 'cookies-lost',
  'other-cookies': 'other-browser',
  'wrong-proof': 'proof-wrong',
} as const;

/** A token that its platform signed: the platform of the login, and the keys if they were fetched just now. */
export type Signed = { platform: LivePlatform; fetched: FoundKeys['fetched'] };

/** Whether the platform of the login signed the token. */
export const checkSignature = async (
  deps: Deps,
  { candidates: [platform] }: Pick<Snapshot, 'candidates'>,
  { token, kid }: ParsedToken,
): Promise<Signed | Refused> => {
  if (!platform || !isLive(platform)) return notLive(platform ? [platform] : []);
  const found = await findKeys(deps, platform, kid);
  if (isRefused(found)) return found;
  const signed = await verifySignature(token, found.keys);
  return signed === 'signed' ? { platform, fetched: found.fetched } : signed;
};

/** Somebody as the message has them: `subject` is `null` where the platform does not say who it is. */
export type Launcher = ReturnType<typeof launcherOf>;

const launcherOf = ({ sub, lti: { roles } }: LaunchClaims) => ({
  subject: sub ?? null,
  ...roleFrom(roles.filter((role) => typeof role === 'string')),
});

/** A launch that may open. */
export type Judged = { tenant: Tenant; launcher: Launcher };

/**
 * Whether a signed message opens: it is of this login and of now, opens for the first time, in the browser that began it,
 * for an approved deployment, and shows nobody what is another's. In this order, so that the reason given is the real one.
 */
export const judge = async (
  claims: LaunchClaims,
  state: LoginState,
  facts: { snapshot: Snapshot; platform: LivePlatform; bound: Bound; now: number },
): Promise<Judged | Refused | Newcomer> => {
  const { snapshot, platform, bound, now } = facts;
  const { issuer, clientId } = platform;
  const checked = checkClaims(claims, { issuer, clientId, nonce: state.nonce, now });
  if (checked !== 'right') return checked;
  const target = claims.lti.target_link_uri;
  if (target !== undefined && (await targetHashOf(target)) !== state.targetHash) return refuse('target-differs');
  if (snapshot.used) return refuse('launch-used');
  if (bound !== 'bound') return refuse(refusedBinding[bound]);
  const tenant = chooseDeployment(snapshot.candidates, claims.lti.deployment_id);
  if (isRefused(tenant)) return tenant;
  const launcher = launcherOf(claims);
  if (launcher.subject === null && !tenant.platform.allowsAnonymous) return refuse('anonymous');
  const reviewed = claims.lti.for_user?.user_id;
  if (isReview(claims) && launcher.role === 'learner' && reviewed && reviewed !== launcher.subject)
    return refuse('review-of-another');
  return { tenant, launcher };
};

export const isReview = ({ lti }: LaunchClaims): boolean => lti.message_type === 'LtiSubmissionReviewRequest';
