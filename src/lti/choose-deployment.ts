import { isLive, type LivePlatform } from './choose-platform.ts';
import { type Refused, refuse } from './refusals.ts';
import type { CandidateRow } from './store.ts';

export type Candidate = LivePlatform & CandidateRow;

/** Whose launch it is. `deployment` is `null` for one that the platform's policy approves as it comes. */
export type Tenant = { platform: Candidate; deployment: string | null };

/** A new deployment of the one platform that it can belong to, to be kept for approval. */
export type Newcomer = Refused & { newOf: Candidate | null };

/**
 * The tenant of a launch: an institution hangs on (issuer, client id, deployment), LTI Core 3.1.3. `candidates` are the
 * platforms of this issuer, client id and key set, each with what it knows of the deployment.
 */
export const chooseDeployment = (
  candidates: readonly CandidateRow[],
  deploymentId: string,
): Tenant | Refused | Newcomer => {
  const live = candidates.filter((one): one is Candidate => isLive(one));
  const known = live.filter(({ deployment }) => deployment !== null);
  const active = known.filter(({ deploymentState }) => deploymentState === 'active');
  const [first, second] = active;
  if (second) return refuse('deployment-ambiguous', deploymentId);
  if (first) return { platform: first, deployment: first.deployment };
  if (known.some(({ deploymentState }) => deploymentState === 'pending'))
    return refuse('deployment-pending', deploymentId);
  if (known.length > 0) return refuse('deployment-disabled', deploymentId);
  const [only, another] = live;
  if (only && !another && only.approvesDeployments) return { platform: only, deployment: null };
  return { ...refuse('deployment-unknown', deploymentId), newOf: only && !another ? only : null };
};
