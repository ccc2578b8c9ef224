import { titleOf } from '../catalogue/course-content.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { activitiesOf } from '../grades/gradebook.ts';
import { pointsOf } from '../grading/policy.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import type { Fault } from '../lms/fault.ts';
import {
  agsScopes,
  createLineItem,
  type LineItem,
  type LineItemService,
  lineItemExists,
  lineItemTag,
  listLineItems,
  mayReadLineItems,
  removeLineItem,
} from '../lms/line-items.ts';
import type { ServiceSession } from '../lms/tokens.ts';
import { adoptLineItem, findOtherColumn, forgetLineItem } from './claim-store.ts';
import type { PlacementRow } from './store.ts';

/** A placement's column in the platform's gradebook. `shared`: another placement of ours fills it; `none`: there is none, and we may not make one. */
export type Column = { ok: true; url: string } | { ok: false; reason: 'shared' | 'none' } | Fault;

export const serviceOf = ({ lineItemsUrl, scopes }: PlacementRow): LineItemService | null =>
  lineItemsUrl === null ? null : { url: lineItemsUrl, scopes: JSON.parse(scopes) as string[] };

/** What can be earned under these rules in what a placement covers, in points. */
export const maxUnder = ({ catalogue }: Deps, { covers }: Pick<PlacementRow, 'covers'>, rules: RuleSet): number => {
  const covered = JSON.parse(covers) as string[];
  const activities = activitiesOf(catalogue, rules).filter(({ kind, id }) => covered.includes(`${kind}:${id}`));
  return pointsOf(activities.reduce((sum, { max }) => sum + max, 0));
};

/** The same where we may read its line items. */
const readableService = (placement: PlacementRow): LineItemService | null => {
  const service = serviceOf(placement);
  return service !== null && mayReadLineItems(service) ? service : null;
};

/**
 * Chooses the column of a placement that has none: one that bears our name for the activity (`resourceId`), else a new one
 * where the scope allows it, else, when that failed, one that somebody made meanwhile.
 */
const choose = async (
  deps: Deps,
  session: ServiceSession,
  placement: PlacementRow,
  rules: RuleSet,
): Promise<{ ok: true; item: LineItem; isNew: boolean } | Column> => {
  const service = readableService(placement);
  if (!service) return { ok: false, reason: 'none' };
  const resourceId = `${placement.kind}:${placement.activity}`;
  const search = async () => {
    const listed = await listLineItems(deps, session, service, { resourceId });
    if (!listed.ok) return listed;
    // A platform may ignore the filter.
    const item = listed.items.find((one) => one.resourceId === resourceId);
    return item ? { ok: true as const, item, isNew: false } : null;
  };
  const found = await search();
  if (found) return found;
  if (!service.scopes.includes(agsScopes.lineItem)) return { ok: false, reason: 'none' };
  const scoreMaximum = maxUnder(deps, placement, rules);
  if (scoreMaximum === 0) return { ok: false, reason: 'none' };
  const label = placement.title ?? titleOf(deps.catalogue, rules, placement.kind, placement.activity) ?? resourceId;
  const made = await createLineItem(deps, session, service, { label, scoreMaximum, resourceId, tag: lineItemTag });
  return made.ok ? { ...made, isNew: true } : ((await search()) ?? made);
};

/**
 * The column that a placement's scores go to, chosen and stored where it has none yet. `gone`: the address of one that the
 * platform says it has not; that is forgotten only where the column itself is not there either, for another one starts
 * empty: everything is sent again.
 */
export const columnOf = async (
  deps: Deps,
  db: Database,
  session: ServiceSession,
  placement: PlacementRow,
  rules: RuleSet,
  gone?: string,
): Promise<Column> => {
  if (placement.lineItemUrl !== null && placement.lineItemUrl !== gone) return { ok: true, url: placement.lineItemUrl };
  if (gone !== undefined) {
    const service = readableService(placement);
    if (!service) return { ok: false, reason: 'none' };
    const seen = await lineItemExists(deps, session, service, gone);
    if (!seen.ok) return seen;
    if (seen.exists) return { ok: true, url: gone };
    await forgetLineItem(db, placement.id, gone);
  }
  placement.lineItemUrl = null;
  // One that came with another link need not bear our name, so a search would not find it.
  const [other] = await findOtherColumn(db, placement.id);
  if (other) return { ok: false, reason: 'shared' };
  const chosen = await choose(deps, session, placement, rules);
  if (!('item' in chosen)) return chosen;
  const { id: url } = chosen.item;
  const [, [now]] = await db.batch([...adoptLineItem(db, placement.id, url, deps.now())]);
  const stored = now?.lineItemUrl ?? null;
  if (chosen.isNew && stored !== url) await removeLineItem(deps, session, serviceOf(placement)!, url);
  placement.lineItemUrl = stored;
  return stored === null ? { ok: false, reason: 'shared' } : { ok: true, url: stored };
};
