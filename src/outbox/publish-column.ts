import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { titleOf } from '../catalogue/course-content.ts';
import { insertAudit } from '../db/audit.ts';
import type { Deps } from '../deps.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { coversOf } from '../lms/covers.ts';
import { agsScopes, updateLineItem } from '../lms/line-items.ts';
import { openService } from '../lms/tokens.ts';
import { Problem } from '../problem.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { columnOf, maxUnder, serviceOf } from './column.ts';
import { type Graded, insertPlacement, listContexts, listPlacementsOf } from './column-store.ts';
import { sentenceFor } from './outcome.ts';
import type { PlacementRow } from './store.ts';

export const publishedSchema = lazily(() =>
  z
    .object({ items: z.array(z.object({ lineItem: z.string(), platform: z.string(), host: z.string() })) })
    .meta({ id: 'PublishedColumns' }),
);

/** Makes the column of one place, or brings its label and maximum up to date. Throws `lms-failed`. */
const publishInto = async (deps: Deps, placement: PlacementRow, rules: RuleSet, label: string) => {
  const session = openService({ ...placement, id: placement.platformId });
  const had = placement.lineItemUrl;
  const choose = async (gone?: string) => {
    const column = await columnOf(deps, deps.dbFor(placement.institutionId), session, placement, rules, gone);
    if (column.ok) return column;
    const reason = 'detail' in column ? column.detail : sentenceFor('line-item-gone');
    throw new Problem('lms-failed', { reason });
  };
  let column = await choose();
  const service = serviceOf(placement);
  if (had !== null && service?.scopes.includes(agsScopes.lineItem)) {
    const updated = await updateLineItem(deps, session, service, had, {
      label,
      scoreMaximum: maxUnder(deps, placement, rules),
    });
    if (!updated.ok && (updated.status === 404 || updated.status === 410)) column = await choose(had);
    else if (!updated.ok) throw new Problem('lms-failed', { reason: updated.detail });
  }
  return { lineItem: placement.id, platform: placement.platformName, host: new URL(column.url).host };
};

/**
 * Gives an activity a column in the LMS now, in each LMS course behind this one, with everybody's grades to follow; one
 * that it has is brought up to date. Throws `content-not-found`, `not-in-lms`, `lms-failed`.
 */
export const publishColumn = async (deps: Deps, actor: Actor, courseId: string, graded: Graded) => {
  const institutionId = institutionOf(actor);
  const at = { institutionId, courseId };
  const db = deps.dbFor(institutionId);
  const [, [current], contexts] = await db.batch([
    standing(db, actor, 'line-items:publish', courseId),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
    listContexts(db, at),
  ]);
  const { ruleSet } = adoptRules(deps, courseId, current);
  const { kind, activity } = graded;
  const covers = coversOf(deps.catalogue, ruleSet, graded);
  const title = titleOf(deps.catalogue, ruleSet, kind, activity);
  if (covers.length === 0 || title === undefined) throw new Problem('content-not-found');
  if (contexts.length === 0) throw new Problem('not-in-lms');
  const now = deps.now();
  const places = contexts.map((context) => ({
    id: deps.newId(),
    contextId: context.id,
    issuer: context.issuer,
    title,
    covers,
    at: now,
  }));
  const audit = { id: deps.newId(), ...at, actor: actorName(actor), action: 'line-item-published', at: now };
  const results = await db.batch([
    standing(db, actor, 'line-items:publish', courseId),
    ...places.map((place) => insertPlacement(db, at, graded, place)),
    insertAudit(db, { ...audit, subject: `${kind}:${activity}` }),
    listPlacementsOf(db, at, graded),
  ]);
  const found = results.at(-1) as PlacementRow[];
  const first = contexts.flatMap(({ id }) => found.filter(({ contextId }) => contextId === id).slice(0, 1));
  return { items: await Promise.all(first.map((placement) => publishInto(deps, placement, ruleSet, title))) };
};
