import * as z from 'zod';
import { type Actor, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { type CourseAt, findCourse } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { withCurrentRules } from '../rule-sets/current.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import { correlation } from './correlation.ts';
import { boundsOf, rounded, shareBody, shareSchema } from './figures.ts';
import { keyedScenarios, licensingClaims } from './key.ts';
import { meanWithInterval } from './mean.ts';
import { pairBody, pairSchema } from './pairs.ts';
import { type ItemRow, listItems, listPairs, type PairRow } from './store.ts';
import { hidesSmallGroups, isSmall, mayShow } from './suppression.ts';

const figure = z.number().nullable();

export const itemsSchema = lazily(() =>
  z
    .object({
      items: z.array(
        z.object({
          scenario: z.string(),
          n: figure,
          suppressed: z.boolean(),
          /** More than one rule set graded these answers. */
          mixedRules: z.boolean(),
          credit: z.object({ mean: figure, low: figure, high: figure }),
          fullCredit: shareSchema(),
          rightRole: shareSchema(),
          licensed: shareSchema(),
          discrimination: z.object({ n: figure, r: figure, low: figure, high: figure }),
          attempts: z.object({ mean: figure }),
        }),
      ),
      pairs: z.array(pairSchema()),
    })
    .meta({ id: 'ItemAnalysis' }),
);

const adder =
  (rows: readonly ItemRow[]) =>
  (value: (row: ItemRow) => number): number =>
    rows.reduce((sum, row) => sum + value(row), 0);

/** The parts of those who answered by all that is said of them, so that no share gives another away. */
const partsOf = (rows: readonly ItemRow[], key: readonly string[]): number[] => {
  const parts = new Map<string, number>();
  for (const { role, full, licensed, n } of rows) {
    const part = `${key.includes(role)} ${full} ${licensed}`;
    parts.set(part, (parts.get(part) ?? 0) + n);
  }
  return [...parts.values()];
};

/**
 * The item analysis of a scenario. Difficulty is the mean credit (0 to 1), the share with full credit and the share
 * that said a role of the key; `discrimination` the corrected item-total correlation over those who answered other scenarios too.
 * Kept back for fewer than five people, and the shares with a part of fewer than five, where `hides`.
 */
export const itemBody = (scenario: string, rows: readonly ItemRow[], key: readonly string[], hides: boolean) => {
  const sum = adder(rows);
  const n = sum((row) => row.n);
  const suppressed = hides && isSmall(n);
  const shown = !suppressed && mayShow(hides, partsOf(rows, key));
  const share = (of: (row: ItemRow) => boolean | number) =>
    shareBody(
      sum((row) => (of(row) ? row.n : 0)),
      n,
      shown,
    );
  const credit = suppressed
    ? null
    : meanWithInterval(n, sum((row) => row.credit) / 100, sum((row) => row.credit2) / 1e4);
  const others = sum((row) => row.others);
  const sums = { x: sum((row) => row.x), xx: sum((row) => row.xx), y: sum((row) => row.y), yy: sum((row) => row.yy) };
  const item = suppressed ? null : correlation({ n: others, ...sums, xy: sum((row) => row.xy) });
  return {
    scenario,
    n: suppressed ? null : n,
    suppressed,
    mixedRules: new Set(rows.flatMap(({ leastRules, greatestRules }) => [leastRules, greatestRules])).size > 1,
    credit: { mean: credit && rounded(credit.mean), ...boundsOf(credit?.interval ?? null) },
    fullCredit: share((row) => row.full),
    rightRole: share((row) => key.includes(row.role)),
    licensed: share((row) => row.licensed),
    discrimination: {
      n: suppressed || (hides && isSmall(others)) ? null : others,
      r: item && rounded(item.r),
      ...boundsOf(item?.interval ?? null),
    },
    attempts: { mean: suppressed || n === 0 ? null : rounded(sum((row) => row.attempts) / n) },
  };
};

/** What the item analysis asks of the database. */
export const itemQueries = ({ catalogue }: Deps, db: Database, at: CourseAt, ruleSet: RuleSet) => {
  const scenarios = keyedScenarios(catalogue, ruleSet);
  const licences = scenarios.flatMap(({ id }) => licensingClaims(ruleSet, id).map((claim) => `${id} ${claim}`));
  const right = scenarios.flatMap(({ id, key }) => key.map((role) => `${id} ${role}`));
  return [listItems(db, at, licences), listPairs(db, at, catalogue.module.pairs, right)] as const;
};

/** The item analysis of a course, of what `itemQueries` gave under the same rules. */
export const itemsBody = (
  { catalogue }: Deps,
  ruleSet: RuleSet,
  rows: readonly ItemRow[],
  met: readonly PairRow[],
  hides: boolean,
) => ({
  items: keyedScenarios(catalogue, ruleSet).map(({ id, key }) =>
    itemBody(
      id,
      rows.filter(({ scenario }) => scenario === id),
      key,
      hides,
    ),
  ),
  pairs: catalogue.module.pairs.map((pair, index) =>
    pairBody(
      pair,
      met.find((row) => row.pair === index),
      hides,
    ),
  ),
});

/**
 * The item analysis of a course, on first attempts of its learners that counted. Credit is what the rules gave then; the
 * key, and what licenses, are those of the rules now.
 */
export const readItems = async (deps: Deps, actor: Actor, courseId: string) => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  return withCurrentRules(deps, db, at, async ({ hash, ruleSet }) => {
    const [, [course], rows, met] = await db.batch([
      standing(db, actor, 'analytics:read', courseId, [rulesMoved(courseId, hash, null)]),
      findCourse(db, at.institutionId, courseId),
      ...itemQueries(deps, db, at, ruleSet),
    ]);
    return { body: itemsBody(deps, ruleSet, rows, met, hidesSmallGroups(actor)), ruleSet, course: course! };
  });
};
