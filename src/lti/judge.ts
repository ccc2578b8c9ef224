import type { Role } from '../auth/actor.ts';
import type { Deps } from '../deps.ts';
import { roleFrom } from '../lms/roles.ts';
import type { Bound } from './binding.ts';
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

/**
 * Whether a signed message may open at all: it is of this login and of now, for the first time, in the browser that began
 * it. In this order, so that the reason given is the real one.
 */
export const judgeMessage = async (
  claims: LaunchClaims,
  state: LoginState,
  { platform, used, bound, now }: { platform: LivePlatform; used: boolean; bound: Bound; now: number },
): Promise<'right' | Refused> => {
  const { issuer, clientId } = platform;
  const checked = checkClaims(claims, { issuer, clientId, nonce: state.nonce, now });
  if (checked !== 'right') return checked;
  const target = claims.lti.target_link_uri;
  if (target !== undefined && (await targetHashOf(target)) !== state.targetHash) return refuse('target-differs');
  if (used) return refuse('launch-used');
  return bound === 'bound' ? 'right' : refuse(refusedBinding[bound]);
};

/**
 * Somebody as the message has them. `subject` is `null` for a visitor whom the platform does not name: a learner without a
 * place in a gradebook.
 */
export type Launcher = { subject: string | null; role: Role; testUser: boolean };

/** Who launches, unless the platform must say who it is, or the work that they would review is another's. */
export const judgeLauncher = (claims: LaunchClaims, { allowsAnonymous }: LivePlatform): Launcher | Refused => {
  const { sub, lti } = claims;
  if (!sub) return allowsAnonymous ? { subject: null, role: 'learner', testUser: true } : refuse('anonymous');
  const standing = roleFrom(lti.roles.filter((role) => typeof role === 'string'));
  const reviewed = isReview(claims) ? lti.for_user?.user_id : undefined;
  if (standing.role === 'learner' && reviewed !== undefined && reviewed !== sub) return refuse('review-of-another');
  return { subject: sub, ...standing };
};

export const isReview = ({ lti }: LaunchClaims): boolean => lti.message_type === 'LtiSubmissionReviewRequest';
