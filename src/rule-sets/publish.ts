import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { knownOf } from '../catalogue/course-content.ts';
import { insertRuleSet } from '../courses/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Guard } from '../db/guard.ts';
import { type Once, recallFirst, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { type Checked, checkDocument } from '../grading/check-document.ts';
import { canonicalJson, hashRuleSet, type RuleSet } from '../grading/rule-set.ts';
import { coversUnder, rubricsUnder } from '../lms/covers.ts';
import { updateCovers } from '../lms/covers-store.ts';
import { Problem } from '../problem.ts';
import { findingsBody, isPublishable, rubricFindings } from './check.ts';
import { rulesByHash } from './current.ts';
import { findRuleDraft, removeRuleDraft, ruleDraftIsMissing, ruleDraftIsStale, ruleDraftTag } from './draft-store.ts';
import { updateCourseRules } from './store.ts';

/** A draft's document checked, and held against the course's rules. */
export const checkDraft = (deps: Deps, doc: unknown, now: RuleSet): Checked => {
  const { ruleSet, findings } = checkDocument(doc, knownOf(deps.catalogue));
  return { ruleSet, findings: ruleSet ? [...findings, ...rubricFindings(now, ruleSet)] : findings };
};

/** The draft as it stands, checked. */
export const readCheckedDraft = async (deps: Deps, actor: Actor, courseId: string) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const [, [row]] = await db.batch([
    standing(db, actor, 'rules:read', courseId),
    findRuleDraft(db, { institutionId, courseId }),
  ]);
  const now = await rulesByHash(deps, db, institutionId, row!.current);
  return { row: row!, ...checkDraft(deps, JSON.parse(row!.doc), now) };
};

/** The draft as a rule set, faulty or not. Throws `rules-not-publishable` with the findings where it has not the shape of one. */
export const getDraftRules = async (deps: Deps, actor: Actor, courseId: string) => {
  const { row, ruleSet, findings } = await readCheckedDraft(deps, actor, courseId);
  if (ruleSet === null) throw new Problem('rules-not-publishable', { findings: findingsBody(findings) });
  return { row, ruleSet, findings };
};

/** The draft as a rule set without errors. Throws `rules-not-publishable` with the findings. */
export const getPublishable = async (deps: Deps, actor: Actor, courseId: string) => {
  const draft = await getDraftRules(deps, actor, courseId);
  if (!isPublishable(draft.findings))
    throw new Problem('rules-not-publishable', { findings: findingsBody(draft.findings) });
  return draft;
};

/**
 * Publishes the draft: an immutable rule set, by which every answer from then on is graded, in every isolate. Throws
 * `rules-not-publishable` with the findings, `rule-draft-not-found`, `stale`.
 */
export const publishDraft = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  ifMatch: string | undefined,
  once: Once | null,
) => {
  const institutionId = institutionOf(actor);
  const at = { institutionId, courseId };
  const db = deps.dbFor(institutionId);
  const mayPublish = (also: readonly Guard[]) => standing(db, actor, 'rules:publish', courseId, also);
  const earlier = await recallFirst<{ ruleSet: string }>(db, once, mayPublish);
  if (earlier) return { body: { ruleSet: earlier.ruleSet }, replayed: true };
  const { row, ruleSet } = await getPublishable(deps, actor, courseId);
  const hash = await hashRuleSet(ruleSet);
  const [id, now, by] = [deps.newId(), deps.now(), actorName(actor)];
  const refusals = [
    ruleDraftIsMissing(courseId),
    ...(ifMatch === undefined ? [] : ruleDraftIsStale(courseId, ifMatch)),
    ...ruleDraftIsStale(courseId, ruleDraftTag(row)),
  ];
  const { facts, replayed } = await writeOnce(
    db,
    once,
    { institutionId, id, facts: { ruleSet: hash }, at: now, refusals },
    mayPublish,
    [
      insertRuleSet(db, { ...at, hash, doc: canonicalJson(ruleSet), at: now }),
      updateCourseRules(db, at, hash),
      ...updateCovers(db, at, coversUnder(deps.catalogue, ruleSet), rubricsUnder(ruleSet), now),
      removeRuleDraft(db, at),
      insertAudit(db, { id, ...at, actor: by, action: 'rules-published', subject: hash, at: now }),
    ],
  );
  return { body: { ruleSet: facts.ruleSet }, replayed };
};
