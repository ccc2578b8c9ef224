import { type Actor, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import type { Deps } from '../deps.ts';
import type { Position } from '../paging.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { gradebookCsv } from './csv.ts';
import { withGrades } from './grade-body.ts';
import { activitiesOf } from './gradebook.ts';
import { listGradebook } from './store.ts';

const PAGE = 1000;

/** The whole gradebook as CSV, however many people are in it: a round trip for each thousand. */
export const wholeGradebookCsv = async (deps: Deps, actor: Actor, courseId: string): Promise<string> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  let csv = '';
  let after: Position | null = null;
  for (;;) {
    const asOf = deps.now();
    const [, [current], found] = await db.batch([
      standing(db, actor, 'gradebook:read', courseId),
      findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
      listGradebook(db, { institutionId, courseId }, { after, limit: PAGE }),
    ]);
    const activities = activitiesOf(deps.catalogue, adoptRules(deps, courseId, current).ruleSet);
    const rows = withGrades(found.slice(0, PAGE));
    csv += gradebookCsv(activities, rows, asOf, after === null);
    const last = rows.at(-1);
    if (found.length <= PAGE || !last) return csv;
    after = { at: last.createdAt, id: last.id };
  }
};
