import type { Deps } from '../deps.ts';
import { customOf, type LaunchClaims } from './claims.ts';
import { readHistory } from './content.ts';
import type { LoginState } from './state.ts';
import { findUsedState, listCandidates, listContexts, listPlacements } from './store.ts';

/** A message without a context has a course of its own for its resource link, under a name that no context has. */
export const contextIdOf = ({ lti }: Pick<LaunchClaims, 'lti'>): string =>
  lti.context?.id ?? `urn:cmgrclass:without-context:${lti.resource_link?.id ?? ''}`;

export const historyOf = (claims: LaunchClaims): string[] => [
  ...readHistory(customOf(claims, 'resource_link_history')),
  ...readHistory(customOf(claims, 'ResourceLink.id.history')),
];

/**
 * All that a launch needs to know of the database, in one round trip. The claims say only where to look: nothing of them
 * is believed yet; `null` where they could not be read.
 */
export const readSnapshot = async (deps: Deps, state: LoginState, claims: LaunchClaims | null) => {
  const db = deps.dbFor(state.institutionId);
  const at = { platformId: state.platformId, deploymentId: claims?.lti.deployment_id ?? '' };
  const link = claims?.lti.resource_link?.id;
  const links = claims ? [...(link ? [link] : []), ...historyOf(claims)] : [];
  const known = [deps.catalogue.rules.hash, ...deps.rules.byHash.keys()];
  const [candidates, contexts, placements, used] = await db.batch([
    listCandidates(db, at.platformId, at.deploymentId),
    listContexts(db, { ...at, contextId: claims ? contextIdOf(claims) : '' }, known),
    listPlacements(db, at, links),
    findUsedState(db, state.binding),
  ]);
  return { candidates, contexts, placements, used: used.length > 0 };
};

export type Snapshot = Awaited<ReturnType<typeof readSnapshot>>;
