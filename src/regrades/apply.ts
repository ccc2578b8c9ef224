import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Deps } from '../deps.ts';
import { pointsOf } from '../grading/policy.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import { advance, gradeNewKeys, loadRun } from './advance.ts';
import { listMovedChanges, type MovedRow } from './compare-store.ts';
import { advanceLater, isComparing } from './dry-run.ts';
import { anotherIsApplying, findRegrade, policies, type RegradeRow, runHasMoved, updateApplying } from './store.ts';

const STEPS_AT_ONCE = 4;

export const applyRegradeSchema = lazily(() =>
  z
    .strictObject({
      dryRun: z.string().max(80),
      policy: z.enum(policies),
      reason: z.string().trim().max(2000).optional(),
    })
    .meta({ id: 'NewRegrade' }),
);

export const regradeSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      state: z.enum(['running', 'done', 'failed']),
      policy: z.enum(policies),
      ruleSet: z.string(),
      reason: z.string().nullable(),
      done: z.int(),
      total: z.int(),
    })
    .meta({ id: 'Regrade' }),
);

/** A regrade and how far it has come. Throws `regrade-not-found` for a dry run that was not applied. */
export const regradeBody = ({ id, state, policy, ruleSet, reason, done, total }: RegradeRow) => {
  if (policy === null) throw new Problem('regrade-not-found');
  return {
    id,
    state: state === 'applied' ? ('done' as const) : state === 'failed' ? state : ('running' as const),
    policy,
    ruleSet,
    reason,
    done,
    total,
  };
};

const movedBody = (row: MovedRow) => ({
  person: row.personId,
  activity: { kind: row.kind, id: row.activity },
  dryRun: { from: pointsOf(row.was), to: pointsOf(row.to), override: row.override !== null },
  now: { from: pointsOf(row.nowWas), to: pointsOf(row.nowTo), override: row.nowOverride !== null },
});

/** A change that would come out differently than the dry run told. */
export type MovedChange = ReturnType<typeof movedBody>;

/** An If-Match header names the dry run's hash, quoted or not. */
const names = (ifMatch: string, hash: string) => ifMatch.trim() === '*' || ifMatch.trim().replaceAll('"', '') === hash;

/**
 * Applies a dry run: exactly the changes it told of, under a policy, in slices that go on after the reply. Applying it
 * again does nothing more. Throws `dry-run-stale` with the rows that have moved since, and applies nothing then;
 * `dry-run-not-ready`, `rules-not-current`, `regrade-applied` for another policy, `stale` for another hash.
 */
export const applyRegrade = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  ifMatch: string,
  later: (work: Promise<unknown>) => void,
  { dryRun, policy, reason }: z.output<ReturnType<typeof applyRegradeSchema>>,
): Promise<RegradeRow> => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [row]] = await db.batch([standing(db, actor, 'regrades:apply', courseId), findRegrade(db, at, dryRun)]);
  if (!row) throw new Problem('dry-run-not-found');
  if (isComparing(row)) throw new Problem('dry-run-not-ready');
  if (!names(ifMatch, row.hash)) throw new Problem('stale');
  if (row.policy !== null && row.policy !== policy) throw new Problem('regrade-applied', { policy: row.policy });
  if (row.policy !== null) return row;
  if (row.state === 'failed') throw new Problem('dry-run-not-ready');

  const run = await loadRun(deps, db, at, row);
  await gradeNewKeys(db, run);
  const moved = (await Promise.all(listMovedChanges(db, run))).flat();
  if (moved.length > 0) throw new Problem('dry-run-stale', { moved: moved.map(movedBody) });

  const [now, by] = [deps.now(), actorName(actor)];
  const audit = { id: deps.newId(), ...at, actor: by, action: `regrade-${policy}`, subject: dryRun, reason, at: now };
  await db
    .batch([
      standing(db, actor, 'regrades:apply', courseId, [
        rulesMoved(courseId, row.ruleSet, null),
        anotherIsApplying(courseId, dryRun),
        runHasMoved(row),
      ]),
      updateApplying(db, dryRun, { policy, reason: reason ?? null, by, now }),
      insertAudit(db, audit),
    ])
    .catch((error: unknown) => {
      if (error instanceof Problem && error.problem === 'rules-moved') throw new Problem('rules-not-current');
      if (error instanceof Problem && error.problem === 'request-seen') return;
      throw error;
    });
  const applied = await advance(deps, at, dryRun, STEPS_AT_ONCE);
  if (applied.state === 'applying') advanceLater(deps, later, applied);
  return applied;
};
