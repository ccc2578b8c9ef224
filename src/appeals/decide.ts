import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Deps } from '../deps.ts';
import { gradeAnswer } from '../grading/grade-answer.ts';
import { lazily } from '../lazily.ts';
import { startDryRun } from '../regrades/dry-run.ts';
import { isPublishable } from '../rule-sets/check.ts';
import { ruleDraftIsStale, ruleDraftTag, upsertRuleDraft } from '../rule-sets/draft-store.ts';
import { getDraftRules, readCheckedDraft } from '../rule-sets/publish.ts';
import { getAppeal, readContested } from './contest.ts';
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
      }),
    ])
    .meta({ id: 'AppealDecision' }),
);

type Decision = z.output<ReturnType<typeof decideSchema>>;

/** Writes the decision, with what else belongs to its transaction. Throws `appeal-decided`. */
const write = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  { id }: AppealRow,
  { decision, reason }: Decision,
  draft: { doc: string; tag: string } | null,
) => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const [by, now] = [actorName(actor), deps.now()];
  const state = decision === 'deny' ? ('denied' as const) : ('upheld' as const);
  const audit = (action: string) =>
    insertAudit(db, { id: deps.newId(), ...at, actor: by, action, subject: id, reason, at: now });
  await db.batch([
    standing(db, actor, 'appeals:decide', courseId, [
      appealIsDecided(id),
      ...(draft ? ruleDraftIsStale(courseId, draft.tag) : []),
    ]),
    updateAppealDecided(db, id, { state, reason, by, now }),
    audit(`appeal-${state}`),
    ...(draft ? [upsertRuleDraft(db, at, { base: null, doc: draft.doc }, { by, now }), audit('rule-draft-saved')] : []),
  ]);
};

/**
 * Denies an appeal with a reason, or upholds it: unless `draft` is false, the rule that would license such answers is
 * put into the draft, and a dry run of the draft starts for everybody who gave them. Nothing is graded anew before the
 * draft is published and the dry run applied. Throws `appeal-not-found`, `appeal-decided`, `rules-not-publishable` for a draft that has no good shape.
 */
export const decideAppeal = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  id: string,
  later: (work: Promise<unknown>) => void,
  decision: Decision,
) => {
  const appeal = await getAppeal(deps, actor, courseId, id);
  const answer = await readContested(deps, actor, courseId, appeal);
  if (decision.decision === 'deny' || !decision.draft) {
    await write(deps, actor, courseId, appeal, decision, null);
    return { appeal: await getAppeal(deps, actor, courseId, id), dryRun: null, movesThisAnswer: false, findings: [] };
  }
  const { row, ruleSet } = await getDraftRules(deps, actor, courseId);
  const { scenario, role, claims } = answer;
  const upheld = { scenario, role, claims: [appeal.claim], credit: decision.credit };
  const changed = upholdInRules(ruleSet, upheld, { role, claims });
  const creditBy = (rules: typeof ruleSet) => gradeAnswer(rules, answer).credit;
  const doc = JSON.stringify(changed);
  await write(deps, actor, courseId, appeal, decision, { doc, tag: ruleDraftTag(row) });

  const { findings } = await readCheckedDraft(deps, actor, courseId);
  const run = isPublishable(findings)
    ? (await startDryRun(deps, actor, courseId, null, later, { ruleSet: 'draft' })).row
    : null;
  if (run) await updateAppealRegrade(deps.dbFor(institutionOf(actor)), id, run.id);
  return {
    appeal: await getAppeal(deps, actor, courseId, id),
    dryRun: run,
    movesThisAnswer: creditBy(changed) > creditBy(ruleSet),
    findings,
  };
};
