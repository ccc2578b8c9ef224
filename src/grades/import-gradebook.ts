import * as z from 'zod';
import { type Actor, actorName, asPerson } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudits } from '../db/audit.ts';
import type { Guard } from '../db/guard.ts';
import { keyFitsRequest, type Once, recall, unseen, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { PREVIEW_AGAIN, planTag, tagFits } from '../etag.ts';
import { pointsOf } from '../grading/policy.ts';
import { lazily } from '../lazily.ts';
import { invalid, Problem } from '../problem.ts';
import { withCurrentRules } from '../rule-sets/current.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import { readGradebookCsv } from './csv.ts';
import { activitySchema, pointsSchema } from './grade-body.ts';
import { activitiesOf } from './gradebook.ts';
import { type GradebookPlan, type GradeChange, type PresentGrade, planGradebook } from './gradebook-plan.ts';
import { auditOf, reasonSchema } from './overrides.ts';
import { gradesMoved, insertByHand, listPresentGrades } from './overrides-store.ts';
import type { ActivityKind } from './store.ts';

export const importGradebookQuery = lazily(() =>
  z.object({ preview: z.enum(['true', 'false']).default('false'), reason: reasonSchema.optional() }),
);

export const editedGradebookSchema = lazily(() =>
  z.strictObject({ csv: z.string(), reason: reasonSchema.optional() }).meta({ id: 'EditedGradebook' }),
);

export const gradebookPlanSchema = lazily(() =>
  z
    .object({
      counts: z.object({ override: z.int(), lift: z.int(), same: z.int() }),
      changes: z.array(
        z.object({
          line: z.int(),
          person: z.string(),
          activity: activitySchema,
          from: pointsSchema,
          to: pointsSchema,
          kind: z.enum(['override', 'lift']),
        }),
      ),
    })
    .meta({ id: 'GradebookPlan' }),
);

const planBody = ({ changes, same }: GradebookPlan) => {
  const lift = changes.filter(({ kind }) => kind === 'lift').length;
  return {
    counts: { override: changes.length - lift, lift, same },
    changes: changes.map(({ line, person, activity, from, to, kind }) => ({
      line,
      person,
      activity: { kind: activity.kind, id: activity.id },
      from: pointsOf(from),
      to: pointsOf(to),
      kind,
    })),
  };
};

const STALE =
  'Nothing was changed. These grades have moved since the file was read: read the gradebook again, or leave out the columns that you did not edit.';

const presentGrades = (json: string): PresentGrade[] =>
  (JSON.parse(json) as [ActivityKind, string, number | null, number | null, number | null, string, number][]).map(
    ([kind, activity, auto, override, rubric, latest, updatedAt]) => ({
      kind,
      activity,
      auto,
      override,
      rubric,
      latest,
      updatedAt,
    }),
  );

const decisionOf = ({ person, activity, kind, to, latest }: GradeChange, id: string) => ({
  id,
  personId: person,
  kind: activity.kind,
  activity: activity.id,
  type: kind,
  points: kind === 'lift' ? null : to,
  autoMax: activity.autoMax,
  latest,
});

/**
 * Overrides grades by an edited gradebook, and lifts the overrides whose cells were emptied, each with the reason. A
 * preview says the same and changes nothing; its `etag` in If-Match imports exactly that. Throws `import-faulty`, and
 * `stale` where a grade that would change has moved since it was read.
 */
export const importGradebook = async (
  deps: Deps,
  actor: Actor,
  { once, ifMatch }: { once: Once | null; ifMatch: string | undefined },
  query: z.output<ReturnType<typeof importGradebookQuery>>,
  { csv, reason = query.reason }: z.output<ReturnType<typeof editedGradebookSchema>>,
) => {
  const preview = query.preview === 'true';
  if (!preview && reason === undefined) throw invalid('/reason', 'say why: in ?reason=, or beside csv in JSON');
  const { institutionId, courseId } = asPerson(actor);
  const at = { institutionId, courseId };
  const db = deps.dbFor(institutionId);
  const onceFor = preview ? null : once;
  const act = { actor: actorName(actor), reason, now: deps.now() };
  const may = (also: readonly Guard[]) => standing(db, actor, 'grades:import', courseId, also);

  return withCurrentRules(deps, db, at, async ({ hash, ruleSet }) => {
    const read = readGradebookCsv(csv, activitiesOf(deps.catalogue, ruleSet));
    const [, [seen], people] = await db.batch([
      may([...keyFitsRequest(onceFor), rulesMoved(courseId, hash, unseen(onceFor))]),
      recall(db, onceFor),
      listPresentGrades(db, at, read.rows),
    ]);
    if (seen) return { body: JSON.parse(seen.facts) as ReturnType<typeof planBody>, etag: null, replayed: true };

    const decided = planGradebook(
      read.rows,
      people.map(({ grades, ...one }) => ({ ...one, grades: presentGrades(grades) })),
      read.faults,
    );
    if ('faults' in decided) throw new Problem('import-faulty', { errors: decided.faults });
    if ('stale' in decided) throw new Problem('stale', { detail: STALE, errors: decided.stale });
    const body = planBody(decided.plan);
    const etag = await planTag(body);
    if (!tagFits(ifMatch, etag)) throw new Problem('stale', { detail: PREVIEW_AGAIN });
    if (preview) return { body, etag, replayed: false };

    const decisions = decided.plan.changes.map((one) => decisionOf(one, deps.newId()));
    const audits = decisions.map((one) => ({ id: deps.newId(), ...auditOf(one), reason }));
    const refusals = [rulesMoved(courseId, hash, null), gradesMoved(at, decisions)];
    const { facts, replayed } = await writeOnce(
      db,
      once,
      { institutionId, id: courseId, facts: body, at: act.now, refusals },
      may,
      [insertByHand(db, at, decisions, act), insertAudits(db, { ...at, actor: act.actor, at: act.now }, audits)],
    );
    return { body: facts, etag, replayed };
  });
};
