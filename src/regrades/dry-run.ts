import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf } from '../courses/schedule.ts';
import { insertRuleSet } from '../courses/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Guard } from '../db/guard.ts';
import { type Once, recallFirst, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { canonicalJson, hashRuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { getPublishable } from '../rule-sets/publish.ts';
import { findCurrentRules, findRuleSet } from '../rule-sets/store.ts';
import { advance } from './advance.ts';
import type { Counts, Reach } from './counts-store.ts';
import { insertRegrade, type RegradeRow } from './store.ts';

/** So much is done before the reply; a small class is ready then. The rest goes on after it, and by ticks. */
const STEPS_AT_ONCE = 8;
const STEPS_LATER = 2000;

export const startDryRunSchema = lazily(() =>
  z
    .strictObject({
      /** A published rule set, `current`, or `draft`: what the draft would do. */
      ruleSet: z.string().max(80).default('current'),
    })
    .meta({ id: 'NewDryRun' }),
);

const counts = z.object({
  raised: z.int(),
  lowered: z.int(),
  same: z.int(),
  risesAbovePass: z.int().nullable(),
  fallsBelowPass: z.int().nullable(),
  lmsWouldMove: z.int().nullable(),
});
export const dryRunSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      ruleSet: z.string(),
      hash: z.string().nullable(),
      state: z.enum(['running', 'ready', 'applying', 'applied', 'failed']),
      graded: z.int(),
      counts: z
        .object({ raiseOnly: counts, replace: counts, voided: z.int(), overridden: z.int(), changes: z.int() })
        .nullable(),
      by: z.string(),
      createdAt: z.iso.datetime(),
    })
    .meta({ id: 'DryRun' }),
);

/** Whether a dry run is still being worked out. */
export const isComparing = ({ state }: Pick<RegradeRow, 'state'>): boolean =>
  state === 'grading' || state === 'comparing' || state === 'hashing';

const reachBody = (reach: Reach | undefined) => ({
  risesAbovePass: reach?.rise ?? null,
  fallsBelowPass: reach?.fall ?? null,
  lmsWouldMove: reach?.lms ?? null,
});

/** A dry run for JSON; hash and counts once it is ready. */
export const dryRunBody = (row: RegradeRow) => {
  const { state, graded, total } = row;
  const running = isComparing(row);
  const found = row.counts === null ? null : (JSON.parse(row.counts) as Counts);
  return {
    id: row.id,
    ruleSet: row.ruleSet,
    hash: running ? null : row.hash,
    state: running ? ('running' as const) : state,
    graded,
    counts: found && {
      raiseOnly: {
        raised: found.raised,
        lowered: 0,
        same: graded - found.raised - found.voided,
        ...reachBody(found.raiseOnly),
      },
      replace: {
        raised: found.raised,
        lowered: found.lowered,
        same: graded - found.raised - found.lowered - found.voided,
        ...reachBody(found.replace),
      },
      voided: found.voided,
      overridden: found.overridden,
      changes: total,
    },
    by: row.createdBy,
    createdAt: timeOf(row.createdAt),
  };
};

/** The rule set to compare with, by name; the draft's is kept as a rule set, which it becomes when it is published. */
const namedRules = async (deps: Deps, actor: Actor, courseId: string, name: string): Promise<string> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  if (name === 'draft') {
    const { ruleSet } = await getPublishable(deps, actor, courseId);
    const hash = await hashRuleSet(ruleSet);
    await insertRuleSet(db, { institutionId, hash, doc: canonicalJson(ruleSet), at: deps.now() });
    return hash;
  }
  const [, [current], [found]] = await db.batch([
    standing(db, actor, 'regrades:apply', courseId),
    findCurrentRules(db, institutionId, courseId, ''),
    findRuleSet(db, institutionId, name),
  ]);
  if (name === 'current') return current!.hash;
  if (!found) throw new Problem('rule-set-not-found');
  return name;
};

/** Goes on with a run after the reply is sent. */
export const advanceLater = (
  deps: Deps,
  later: (work: Promise<unknown>) => void,
  { institutionId, courseId, id }: RegradeRow,
) =>
  later(
    advance(deps, { institutionId, courseId }, id, STEPS_LATER).catch((error: unknown) =>
      deps.log({
        level: 'error',
        what: 'a regrade stopped and waits for the next tick',
        regrade: id,
        reason: String(error),
      }),
    ),
  );

/**
 * Works out what a rule set would make of a course's grades, and changes nothing. A large course goes on after the reply:
 * read it until it is ready. Throws `rule-set-not-found`, `rules-not-publishable` for a draft with errors.
 */
export const startDryRun = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  once: Once | null,
  later: (work: Promise<unknown>) => void,
  input: z.output<ReturnType<typeof startDryRunSchema>>,
) => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const mayStart = (also: readonly Guard[]) => standing(db, actor, 'regrades:apply', courseId, also);
  const earlier = await recallFirst<{ id: string }>(db, once, mayStart);
  if (earlier) return { row: await advance(deps, at, earlier.id, 0), replayed: true };
  const ruleSet = await namedRules(deps, actor, courseId, input.ruleSet);
  const [id, now, by] = [deps.newId(), deps.now(), actorName(actor)];
  const { facts, replayed } = await writeOnce(
    db,
    once,
    { institutionId: at.institutionId, id, facts: { id }, at: now },
    mayStart,
    [
      insertRegrade(db, at, { id, ruleSet, by, now }),
      insertAudit(db, { id: deps.newId(), ...at, actor: by, action: 'dry-run-started', subject: ruleSet, at: now }),
    ],
  );
  const row = await advance(deps, at, facts.id, STEPS_AT_ONCE);
  if (row.state !== 'ready') advanceLater(deps, later, row);
  return { row, replayed };
};
