import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import type { CourseAt } from '../courses/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { MAX_OVERRIDE, setOverride } from '../grades/overrides.ts';
import type { Along } from '../grades/overrides-store.ts';
import type { Finding } from '../grading/check-rule-set.ts';
import { gradeAnswer } from '../grading/grade-answer.ts';
import { lazily } from '../lazily.ts';
import { startDryRun } from '../regrades/dry-run.ts';
import type { RegradeRow } from '../regrades/store.ts';
import { isPublishable } from '../rule-sets/check.ts';
import { ruleDraftIsStale, ruleDraftTag, upsertRuleDraft } from '../rule-sets/draft-store.ts';
import { getDraftRules, readCheckedDraft } from '../rule-sets/publish.ts';
import { readAppeal } from './contest.ts';
import { type AppealRow, appealIsDecided, updateAppealDecided, updateAppealRegrade } from './store.ts';
import { upholdInRules } from './uphold.ts';

export const decideSchema = lazily(() =>
  z
    .discriminatedUnion('decision', [
      z.strictObject({ decision: z.literal('deny'), reason: z.string().trim().min(1).max(4000) }),
      z.strictObject({
        decision: z.literal('uphold'),
        reason: z.string().trim().min(1).max(4000),
        credit: z.number().min(0).max(1).multipleOf(0.01).default(1),
        /** `false`: the rules say so already, or an override will. */
        draft: z.boolean().default(true),
        override: z
          .number()
          .min(0)
          .max(MAX_OVERRIDE)
          .multipleOf(0.01)
          .optional()
          .describe("Sets this student's grade by hand, for the same reason; the rules stay as they are"),
      }),
    ])
    .meta({ id: 'AppealDecision' }),
);

type Decision = z.output<ReturnType<typeof decideSchema>>;

/** What writes a decision, with `draft` where it is one of the rules; and what refuses it: `appeal-decided`. */
const decisionOf = (
  deps: Deps,
  actor: Actor,
  at: CourseAt,
  { id }: AppealRow,
  { decision, reason }: Decision,
  draft: { doc: string; tag: string } | null = null,
): Along => {
  const [by, now] = [actorName(actor), deps.now()];
  const state = decision === 'deny' ? ('denied' as const) : ('upheld' as const);
  const audit = (db: Database, action: string) =>
    insertAudit(db, { id: deps.newId(), ...at, actor: by, action, subject: id, reason, at: now });
  return {
    refusals: [appealIsDecided(id), ...(draft ? ruleDraftIsStale(at.courseId, draft.tag) : [])],
    writes: (db) => [
      updateAppealDecided(db, id, { state, reason, by, now }),
      audit(db, `appeal-${state}`),
      ...(draft
        ? [upsertRuleDraft(db, at, { base: null, doc: draft.doc }, { by, now }), audit(db, 'rule-draft-saved')]
        : []),
    ],
  };
};

/**
 * Denies an appeal with a reason, or upholds it: for this student alone, in one transaction with an override; else, unless
 * `draft` is false, in the rules. Then the rule that would license such answers is put into the draft, and a dry run of
 * the draft starts for everybody who gave them: nothing is graded anew before the draft is published and the dry run
 * applied. Throws `appeal-not-found`, `appeal-decided`, `rules-not-publishable` for a draft that has no good shape.
 */
export const decideAppeal = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  id: string,
  later: (work: Promise<unknown>) => void,
  decision: Decision,
) => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const { appeal, contested: answer } = await readAppeal(deps, actor, courseId, id);
  const { scenario, role, claims } = answer;
  const write = async ({ refusals, writes }: Along) => {
    await db.batch([standing(db, actor, 'appeals:decide', courseId, refusals), ...writes(db)]);
  };
  const decided = async (dryRun: RegradeRow | null, movesThisAnswer: boolean, findings: Finding[]) => ({
    appeal: (await readAppeal(deps, actor, courseId, id)).appeal,
    dryRun,
    movesThisAnswer,
    findings,
  });
  const points = decision.decision === 'uphold' ? decision.override : undefined;
  if (points !== undefined) {
    const target = { person: appeal.personId, kind: 'scenario', activity: scenario };
    const { reason } = decision;
    await setOverride(
      deps,
      actor,
      target,
      { points, reason },
      { along: decisionOf(deps, actor, at, appeal, decision) },
    );
    return decided(null, false, []);
  }
  if (decision.decision === 'deny' || !decision.draft) {
    await write(decisionOf(deps, actor, at, appeal, decision));
    return decided(null, false, []);
  }
  const { row, ruleSet } = await getDraftRules(deps, actor, courseId);
  const upheld = { scenario, role, claims: [appeal.claim], credit: decision.credit };
  const changed = upholdInRules(ruleSet, upheld, { role, claims });
  const creditBy = (rules: typeof ruleSet) => gradeAnswer(rules, answer).credit;
  const draft = { doc: JSON.stringify(changed), tag: ruleDraftTag(row) };
  await write(decisionOf(deps, actor, at, appeal, decision, draft));

  const { findings } = await readCheckedDraft(deps, actor, courseId);
  const run = isPublishable(findings)
    ? (await startDryRun(deps, actor, courseId, null, later, { ruleSet: 'draft' })).row
    : null;
  if (run) await updateAppealRegrade(db, id, run.id);
  return decided(run, creditBy(changed) > creditBy(ruleSet), findings);
};
