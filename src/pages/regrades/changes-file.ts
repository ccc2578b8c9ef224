import { standing } from '../../auth/store.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { changeBody, changesCsv } from '../../regrades/change-body.ts';
import { type ChangePosition, listChanges } from '../../regrades/changes-store.ts';
import { isComparing } from '../../regrades/dry-run.ts';
import { findRulesOf, findTold } from '../../regrades/read-store.ts';
import type { Reply } from '../../route.ts';
import { knownRules, takeRules } from '../../rule-sets/current.ts';
import type { Visit } from '../visit.ts';

const ROWS = 1000;

/**
 * All changes of a dry run as one CSV file, sent as it is read: a round trip for each thousand. Throws
 * `dry-run-not-found`, `dry-run-not-ready`.
 */
export const changesFile = async (deps: Deps, { person, courseId }: Visit, id: string): Promise<Reply> => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const read = async (after: ChangePosition | null) => {
    const [, [run], [named], rows] = await db.batch([
      standing(db, person, 'regrades:read', courseId),
      findTold(db, at, id),
      findRulesOf(db, at, id, knownRules(deps)),
      listChanges(db, at, id, {}, after, ROWS),
    ]);
    if (!run || !named) throw new Problem('dry-run-not-found');
    if (isComparing(run)) throw new Problem('dry-run-not-ready');
    const { ruleSet } = takeRules(deps, named);
    const items = rows.slice(0, ROWS);
    const text = changesCsv(
      items.map((row) => changeBody(row, ruleSet)),
      after === null,
    );
    return { bytes: new TextEncoder().encode(text), last: rows.length > ROWS ? items.at(-1)! : null };
  };
  let slice: Awaited<ReturnType<typeof read>> | null = await read(null);
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      if (slice === null) return controller.close();
      controller.enqueue(slice.bytes);
      slice = slice.last && (await read(slice.last));
    },
  });
  return {
    status: 200,
    body,
    type: 'text/csv; charset=utf-8',
    headers: { 'content-disposition': 'attachment; filename="grade-changes.csv"' },
  };
};
