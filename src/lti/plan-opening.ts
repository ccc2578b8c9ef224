import type { Deps } from '../deps.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { type Content, coversOf, wholeCourse } from '../lms/covers.ts';
import type { Tenant } from './choose-deployment.ts';
import { customOf, type LaunchClaims, nameOf } from './claims.ts';
import { chooseContent, isInCourse } from './content.ts';
import type { Launcher } from './judge.ts';
import type { Opening } from './opening-store.ts';
import { contextIdOf, historyOf, type Snapshot } from './snapshot.ts';

/** A launch that may open: what it says, whose it is, and who comes. */
export type Entry = { claims: LaunchClaims; tenant: Tenant; launcher: Launcher };

/** What of a launch is not in its claims: the course behind its context, if there is one, and that course's rules. */
export type Ground = { isNew: boolean; ruleSet: RuleSet; placements: Snapshot['placements'] };

const contentOf = (deps: Deps, claims: LaunchClaims, { ruleSet, placements }: Ground): Content => {
  const link = claims.lti.resource_link?.id;
  if (link === undefined) return wholeCourse;
  const where = { contentId: customOf(claims, 'content_id'), contextId: contextIdOf(claims), resourceLinkId: link };
  return chooseContent({ ...where, history: historyOf(claims) }, placements, (one) =>
    isInCourse(deps.catalogue, ruleSet, one),
  );
};

/** Everything that a launch writes, decided before anything is written. Each anonymous launch is a person of its own. */
export const planOpening = (
  deps: Deps,
  { claims, tenant: { platform }, launcher }: Entry,
  stateHash: string,
  ground: Ground,
): { opening: Opening; content: Content } => {
  const { lti, ags, nrps } = claims;
  const id = deps.newId();
  const content = contentOf(deps, claims, ground);
  const link = lti.resource_link;
  const opening: Opening = {
    id,
    at: deps.now(),
    institutionId: platform.institutionId,
    platformId: platform.id,
    issuer: platform.issuer,
    deploymentId: lti.deployment_id,
    stateHash,
    messageType: lti.message_type,
    context: {
      id: contextIdOf(claims),
      newId: deps.newId(),
      newCourse: deps.newId(),
      name: lti.context?.title ?? lti.context?.label ?? deps.catalogue.module.title,
      membershipsUrl: lti.context?.id ? (nrps?.context_memberships_url ?? null) : null,
      lineItemsUrl: ags?.lineitems ?? null,
      scopes: ags?.scope ?? null,
    },
    person: {
      ...launcher,
      newId: deps.newId(),
      subject: launcher.subject ?? `anonymous:${id}`,
      name: launcher.subject === null ? null : nameOf(claims),
    },
    placement:
      link?.id === undefined
        ? null
        : {
            ...content,
            newId: deps.newId(),
            resourceLinkId: link.id,
            title: link.title ?? null,
            covers: coversOf(deps.catalogue, ground.ruleSet, content),
            lineItemUrl: ags?.lineitem ?? null,
          },
  };
  return { opening, content };
};
